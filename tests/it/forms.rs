//! Holds the JSON Schemas against the program: a file whose form the program accepts is valid by its schema, and one
//! whose form it rejects is not, as far as a schema can say it. Every mistake that another test makes is held.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};
use tiendo::diagnostic::wording::Language;
use tiendo::diagnostic::{Code, Severity};
use tiendo::pipeline::authoring;

use crate::harness::{TODAY, Told};

/// Mistakes in the form of one file.
const FORM: &[Code] = &[
    Code::UnknownKey,
    Code::MissingField,
    Code::WrongType,
    Code::BadNumber,
    Code::BadDate,
    Code::BadPeriod,
    Code::BadId,
    Code::UnknownValue,
    Code::UnknownCheck,
    Code::UnknownLanguage,
    Code::UnsafeLink,
];

static VALIDATORS: LazyLock<BTreeMap<&'static str, jsonschema::Validator>> = LazyLock::new(|| {
    let kinds = ["site", "unit", "resolution", "report", "page", "translation", "site-translation"];
    let compile = |kind: &'static str| {
        let kind_of = tiendo::content::schema::SchemaKind::from_name(kind);
        let schema = authoring::schema(kind_of, Language::En);
        let schema = serde_json::from_str(&schema).expect("the schema is JSON");
        (kind, jsonschema::draft202012::new(&schema).expect("the schema compiles"))
    };
    kinds.into_iter().map(compile).collect()
});

/// The kind of a content file, and its YAML as another parser of YAML reads it; nothing where that finds none.
pub(crate) fn yaml(path: &str, text: &str) -> Option<(&'static str, Value)> {
    let path = path.strip_prefix("content/")?;
    let kind = match path.split('/').next().unwrap_or_default() {
        "site.yaml" => "site",
        "site.en.yaml" => "site-translation",
        _ if path.ends_with(".en.md") => "translation",
        "units" => "unit",
        "resolutions" => "resolution",
        "reports" => "report",
        "pages" => "page",
        _ => return None,
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let yaml =
        if path.ends_with(".md") { text.strip_prefix("---\n")?.split_once("\n---\n")?.0.to_owned() } else { text };
    let value: Value = serde_yaml::from_str(&yaml).ok()?;
    Some((kind, if value.is_null() { Value::Object(Map::new()) } else { value }))
}

/// What the schema of its kind finds in a file.
pub(crate) fn errors(kind: &str, value: &Value) -> Vec<String> {
    VALIDATORS[kind].iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// How the program and the schemas differ about the files of a run.
#[derive(Debug, Default)]
struct Differences {
    /// Files that only a schema rejects, with its errors.
    refused: Vec<String>,
    /// Mistakes of form in files that are valid.
    let_through: Vec<&'static str>,
    /// How many files with such mistakes are not.
    agreed: usize,
}

fn differences(told: &Told) -> Differences {
    let mut differences = Differences::default();
    for (id, file) in told.sources.iter() {
        let Some((kind, value)) = yaml(&file.path, &file.text) else { continue };
        let found = errors(kind, &value);
        let here = told.diagnostics.iter().filter(|diagnostic| diagnostic.primary.file == id);
        let errors = here.filter(|diagnostic| diagnostic.severity == Severity::Error);
        let codes: Vec<Code> = errors.map(|diagnostic| diagnostic.code).collect();
        if codes.is_empty() && !found.is_empty() {
            differences.refused.push(format!("{}: {found:?}", file.path));
        }
        let of_form = codes.iter().filter(|code| FORM.contains(code)).map(|code| code.as_str());
        if found.is_empty() {
            differences.let_through.extend(of_form);
        } else {
            differences.agreed += usize::from(of_form.count() > 0);
        }
    }
    differences
}

/// What no schema can say: the mistake, and why.
const UNSAID: &[(&str, &str)] = &[
    ("menu: true", "only the home page, which a schema does not know by its name, may have no title"),
    ("number: ⟦03⟧", "a text in one parser of YAML is a number in another"),
    ("      cho: ⟦1e3⟧", "a number is no longer known by how it was written"),
    ("due: ⟦2021-02-30⟧", "which days the calendar has is for the program to know"),
    ("⟦Asia/Hanoi⟧", "which time zones there are, too"),
    ("a link to a file on the clerk's own computer", "it stands in the text below the front matter"),
    ("[x](⟦javascript:alert(1)⟧)", "it stands in the text below the front matter"),
    ("[x](⟦JaVaScRiPt:alert(1)⟧)", "it stands in the text below the front matter"),
    ("a file name with marks and blanks", "a schema does not know the file's name"),
    ("a file's name", "a schema does not know the file's name"),
    ("a document without its issuer's folder", "a schema does not know the file's folder"),
    ("a translation into a language that the site has not", "a schema knows no other file"),
];

#[test]
fn what_the_program_accepts_is_valid_and_what_it_rejects_is_not() {
    let clerks = crate::clerk::all().into_iter().map(|(name, site)| (name.to_owned(), site));
    let mut unsaid: Vec<&str> = UNSAID.iter().map(|(name, _)| *name).collect();
    let (mut wrong, mut rejected) = (Vec::new(), 0);
    for (name, site) in clerks.chain(crate::diagnostics::all()) {
        let told = site.check(TODAY);
        let Differences { refused, let_through, agreed } = differences(&told);
        rejected += agreed;
        let is_unsaid = unsaid.iter().position(|known| name.ends_with(known));
        match (let_through.is_empty(), is_unsaid) {
            (false, Some(place)) => _ = unsaid.remove(place),
            (false, None) => wrong.push(format!("{name}: valid, though {let_through:?}")),
            (true, _) => {}
        }
        wrong.extend(refused.iter().map(|errors| format!("{name}: not valid: {errors}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(unsaid, [""; 0], "a schema can say these");
    assert!(rejected > 60, "{rejected}");
}
