//! The guides are true: what they list is made from the program, and made again here to compare.
//!
//! Run with `TIENDO_UPDATE_DOCS=1` to write the lists anew; read the difference before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use tiendo::diagnostic::wording::Language;
use tiendo::pipeline::authoring::{self, SchemaKind};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Compares the part of a guide between two marks with what it should be.
#[track_caller]
fn generated(guide: &str, what: &str, right: &str) {
    let file = path("docs").join(guide);
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{guide}: {error}"));
    let start = format!("<!-- generated: {what} -->\n");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{guide} has no place for {what}"));
    let (written, after) = rest.split_once("<!-- /generated -->").expect("the place has an end");
    if std::env::var_os("TIENDO_UPDATE_DOCS").is_some() {
        fs::write(&file, format!("{before}{start}{right}<!-- /generated -->{after}"))
            .expect("the guide can be written");
    } else {
        assert!(written == right, "docs/{guide} is out of date: run the tests with TIENDO_UPDATE_DOCS=1 and look");
    }
}

/// What a value is, in a few words.
fn kind_of(schema: &Value, definitions: &Map<String, Value>, language: Language) -> String {
    let vi = language == Language::Vi;
    let say = |english: &'static str, vietnamese: &'static str| (if vi { vietnamese } else { english }).to_owned();
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        let definition = &definitions[name];
        return match definition.get("properties") {
            Some(_) => say("fields: ", "các mục: ") + &format!("[{}](#{})", title(name), anchor(name)),
            None => kind_of(definition, definitions, language),
        };
    }
    if let Some(alternatives) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
        let kinds: Vec<String> =
            alternatives.iter().map(|alternative| kind_of(alternative, definitions, language)).collect();
        let distinct: Vec<&String> = kinds
            .iter()
            .enumerate()
            .filter(|(place, kind)| !kinds[..*place].contains(kind))
            .map(|(_, kind)| kind)
            .collect();
        return distinct.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(if vi {
            " hoặc "
        } else {
            " or "
        });
    }
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return format!("`{word}`");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    }
    match schema.get("$comment").and_then(Value::as_str) {
        Some("Figure") => return say("figure", "số"),
        Some("Day") => return say("day", "ngày"),
        Some("Period") => return say("period", "kỳ"),
        Some("DayOrPeriod") => return say("day or period", "ngày hoặc kỳ"),
        Some("Id" | "Reference") => return say("id", "mã"),
        Some("Url" | "BaseUrl") => return say("web address", "địa chỉ web"),
        _ => {}
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => "`true`, `false`".to_owned(),
        Some("integer") => say("whole number", "số nguyên"),
        Some("array") => say("list: ", "danh sách: ") + &kind_of(&schema["items"], definitions, language),
        Some("object") => match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => {
                say("one for each name: ", "mỗi tên một giá trị: ") + &kind_of(values, definitions, language)
            }
            _ => say("fields", "các mục"),
        },
        _ => say("text", "văn bản"),
    }
}

fn title(name: &str) -> String {
    let name = name.strip_prefix("Raw").unwrap_or(name);
    let mut title = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !title.is_empty() {
            title.push(' ');
        }
        title.extend(letter.to_lowercase());
    }
    title.replace('-', " ")
}

fn anchor(name: &str) -> String {
    title(name).replace(' ', "-")
}

/// A table of the fields of every kind of file, and of every record within them.
fn fields(language: Language) -> String {
    let all: Value = serde_json::from_str(&authoring::schema(None, language)).expect("the schema is JSON");
    let definitions = all["$defs"].as_object().expect("it has definitions");
    let kinds: Vec<&str> = SchemaKind::ALL.into_iter().map(SchemaKind::as_str).collect();
    let records = definitions.keys().map(String::as_str).filter(|name| !kinds.contains(name));
    let mut text = String::new();
    for name in kinds.iter().copied().chain(records) {
        let Some(properties) = definitions[name].get("properties").and_then(Value::as_object) else { continue };
        let required: BTreeSet<&str> =
            definitions[name]["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let description = definitions[name]["description"].as_str().unwrap_or_default();
        let header = match language {
            Language::En => "| field | value | meaning |",
            Language::Vi => "| mục | giá trị | ý nghĩa |",
        };
        write!(text, "\n### {}\n\n{description}\n\n{header}\n|---|---|---|\n", title(name))
            .expect("a string takes text");
        for (field, schema) in properties {
            let star = if required.contains(field.as_str()) { " *" } else { "" };
            let kind = kind_of(schema, definitions, language);
            let meaning = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            writeln!(text, "| `{field}`{star} | {kind} | {meaning} |").expect("a string takes text");
        }
    }
    let note = match language {
        Language::En => "\nA field with * is required.\n",
        Language::Vi => "\nMục có dấu * là bắt buộc.\n",
    };
    format!("{note}{text}\n")
}

#[test]
fn the_editors_guides_name_every_field() {
    generated("editor.en.md", "fields", &fields(Language::En));
    generated("editor.vi.md", "fields", &fields(Language::Vi));
}

/// The Rust types that templates are given, by the module that defines them: fields with their types and comments.
fn views() -> String {
    let folder = path("src/render/view");
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    // The page's own view comes first.
    let order = |file: &walkdir::DirEntry| (file.file_name() != "mod.rs", file.file_name().to_owned());
    for file in walkdir::WalkDir::new(&folder).sort_by_key(order) {
        let file = file.expect("the views are there").into_path();
        if file.extension().is_some_and(|extension| extension == "rs") {
            let below = file.strip_prefix(&folder).expect("it lies there").with_extension("");
            let module = below.iter().next().expect("a file has a name").to_string_lossy().into_owned();
            modules.entry(module).or_default().push_str(&fs::read_to_string(&file).expect("a source is a text"));
        }
    }
    let mut text = String::new();
    for (module, source) in &modules {
        let templates: BTreeSet<&str> = source
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|word| word.ends_with(".html") && !word.contains(['/', ' ']))
            .collect();
        let mut types = String::new();
        let mut lines = source.lines().peekable();
        while let Some(line) = lines.next() {
            if !(line.starts_with("#[derive(") && line.contains("Serialize")) {
                continue;
            }
            let Some(head) = lines.by_ref().find(|line| !line.starts_with(['#', '/'])) else { break };
            let Some((_, name)) = head.split_once("struct ") else { continue };
            let name = name.split(['<', ' ', '(', ';']).next().unwrap_or_default();
            if !head.ends_with('{') {
                continue;
            }
            write!(types, "\n**{name}**\n\n").expect("a string takes text");
            let mut remark = String::new();
            for line in lines.by_ref().map(str::trim).take_while(|line| *line != "}") {
                if let Some(words) = line.strip_prefix("/// ") {
                    remark = format!("{remark} {words}");
                } else if let Some((field, kind)) = line.trim_end_matches(',').split_once(": ") {
                    let field = field.rsplit(' ').next().unwrap_or(field);
                    let kind = kind.replace("<'a>", "").replace("'a ", "").replace("&'a", "").replace("'a, ", "");
                    let remark = std::mem::take(&mut remark);
                    let dash = if remark.is_empty() { "" } else { " –" };
                    writeln!(types, "- `{field}`: `{kind}`{dash}{remark}").expect("a string takes text");
                }
            }
        }
        if types.is_empty() {
            continue;
        }
        let heading = match templates.is_empty() {
            true => format!("shared: {module}"),
            false => templates.iter().map(|name| format!("templates/{name}")).collect::<Vec<_>>().join(", "),
        };
        write!(text, "\n### {heading}\n{types}").expect("a string takes text");
    }
    text + "\n"
}

#[test]
fn the_guide_to_themes_names_what_every_template_is_given() {
    let views = views();
    for (name, _) in tiendo::theme::DEFAULT.iter().filter(|(name, _)| name.starts_with("templates/")) {
        // What others extend or include has no view of its own.
        let is_part =
            ["base.html", "components.html", "evidence.html", "source.html"].iter().any(|part| name.ends_with(part));
        assert!(is_part || views.contains(name), "{name} is not in the list");
    }
    generated("themes.md", "views", &views);
}

#[test]
fn the_guide_to_migration_names_every_column() {
    for (what, columns, needed) in [
        ("columns indicators", tiendo::import::INDICATORS, ["name", "measured-in"].as_slice()),
        ("columns observations", tiendo::import::OBSERVATIONS, ["indicator", "as-of", "value"].as_slice()),
    ] {
        let mut text = "\n| column | also called |\n|---|---|\n".to_owned();
        for (name, others) in columns {
            let star = if needed.contains(name) { " *" } else { "" };
            let others: Vec<String> = others.iter().map(|other| format!("`{}`", other.replace('-', " "))).collect();
            writeln!(text, "| `{}`{star} | {} |", name.replace('-', "_"), others.join(", "))
                .expect("a string takes text");
        }
        generated("migration.md", what, &(text + "\n"));
    }
}

#[test]
fn links_between_the_guides_lead_somewhere() {
    let guides = std::iter::once(path("README.md"));
    let guides = guides
        .chain(fs::read_dir(path("docs")).expect("the guides are there").map(|file| file.expect("a file").path()));
    for guide in guides.filter(|guide| guide.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&guide).expect("a guide is a text");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { guide.clone() } else { guide.parent().expect("a folder").join(file) };
            assert!(target.exists(), "{}: {link}", guide.display());
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).expect("a guide is a text").to_lowercase();
                let heading = format!("# {}\n", heading.replace('-', " "));
                assert!(text.contains(&heading), "{}: {link}", guide.display());
            }
        }
    }
}
