//! A site in which every text that an editor can write carries a payload.
//!
//! `tests/payloads/content/` has every field of every kind of file once. The JSON Schemas by which the program judges
//! files say which of its values are texts; those, and every Markdown body, are replaced. A text ends in a mark of its
//! own, by which it is found in the output.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};
use tiendo::content::schema::SchemaKind;
use tiendo::diagnostic::wording::Language;

/// What must stay a text wherever it stands. Each sets `__pwned` where it runs, or is a `<pwn>` where it is markup.
pub(crate) const PAYLOADS: &[(&str, &str)] = &[
    ("script", "<script data-pwn>window.__pwned=1</script><pwn>"),
    ("attribute", "\"><img data-pwn src=x onerror=window.__pwned=1> '><b data-pwn onclick=window.__pwned=1>"),
    ("handler", "\" onmouseover=\"window.__pwned=1\" autofocus onfocus=\"window.__pwned=1\" data-pwn=\""),
    ("svg", "<svg data-pwn onload=window.__pwned=1><script>window.__pwned=1</script><pwn/></svg>"),
    ("island", "</script><script data-pwn>window.__pwned=1</script><!--<script>"),
    ("closing", "</title></style></textarea></noscript></template></svg></desc></text></table></dl><pwn data-pwn>"),
    ("frame", "<iframe data-pwn srcdoc=\"<script>parent.__pwned=1</script>\"></iframe><base href=//evil.example>"),
    ("address", "javascript:window.__pwned=1 [x](javascript:window.__pwned=1) ![x](data:text/html,<pwn>)"),
    ("data", "data:text/html,<script>parent.__pwned=1</script>"),
    ("style", "<style data-pwn>*{background:url(//evil.example/)}</style> expression(window.__pwned=1)"),
    ("template", "{{ 7*7 }}{% include \"base.html\" %}{{<pwn />}}{# #}{{ __tera_context }}"),
    ("entity", "&lt;pwn&gt; &#60;pwn&#62; &pwn; <!DOCTYPE x [<!ENTITY pwn SYSTEM \"file:///etc/passwd\">]> &amp"),
    ("section", "]]> <![CDATA[ <pwn> --> <!-- <pwn> ?> <?pwn ?>"),
    ("bidi", "\u{202e}nwp\u{202c} \u{2066}pwn\u{2069} \u{200b}\u{200f}"),
    ("equals", "=cmd|' /C calc'!A0"),
    ("plus", "+1+cmd|' /C calc'!A0"),
    ("minus", "-1+cmd|' /C calc'!A0"),
    ("at", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("tab", "\t=1+1"),
];

/// Texts of the schemas that are names of something else: what they may be is checked, and no payload is.
const NAMES: &[&str] = &[
    "site/language",
    "site/languages",
    "site/timezone",
    "site/theme",
    "site/logo",
    "unit/aliases",
    "resolution/aliases",
    "report/aliases",
    "page/aliases",
];

/// The site's files by their paths below its root.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A value of the site that can be replaced.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// The kind of file and the keys down to it: `resolution/indicators/name`.
    pub(crate) field: String,
    pub(crate) is_text: bool,
}

/// Every file as it stands in the folder.
fn written() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads");
    let mut files = Files::new();
    let mut open = vec![root.join("content")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("the site is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(path).expect("it can be read"));
        }
    }
    files
}

fn kind(path: &str) -> Option<SchemaKind> {
    match path.strip_prefix("content/")?.split('/').next()? {
        "site.yaml" => Some(SchemaKind::Site),
        "site.en.yaml" => Some(SchemaKind::SiteTranslation),
        "static" => None,
        _ if path.ends_with(".en.md") => Some(SchemaKind::Translation),
        "units" => Some(SchemaKind::Unit),
        "resolutions" => Some(SchemaKind::Resolution),
        "reports" => Some(SchemaKind::Report),
        "pages" => Some(SchemaKind::Page),
        other => panic!("a kind of file that has no schema here: {other}"),
    }
}

/// Replaces values of the whole site: `replace` is told of each leaf in turn and says what to write in its place; `body`
/// what a Markdown body is.
pub(crate) fn replaced(replace: &mut dyn FnMut(&Leaf) -> Option<Value>, body: &mut dyn FnMut() -> String) -> Files {
    let schemas: BTreeMap<&str, Value> =
        SchemaKind::ALL.into_iter().map(|kind| (kind.as_str(), kind.schema(Language::En))).collect();
    let mut files = written();
    for (path, bytes) in &mut files {
        let Some(kind) = kind(path) else { continue };
        let text = std::str::from_utf8(bytes).expect("it is a text");
        let yaml = match path.ends_with(".md") {
            true => text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")).expect("front matter").0,
            false => text,
        };
        let mut value: Value = serde_yaml::from_str(yaml).expect("it is YAML");
        let schema = &schemas[kind.as_str()];
        let mut walk = Walk { root: schema, replace: &mut *replace };
        walk.value(&mut value, schema, kind.as_str().to_owned());
        let fields = value.as_object().expect("a file is a mapping");
        let yaml: String = fields.iter().map(|(key, value)| format!("{key}: {}\n", flow(value))).collect();
        *bytes = match path.ends_with(".md") {
            true => format!("---\n{yaml}---\n{}", body()),
            false => yaml,
        }
        .into_bytes();
    }
    files
}

/// A value in one line of YAML. Keys stand plain, as the program wants them.
fn flow(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

struct Walk<'a> {
    root: &'a Value,
    replace: &'a mut dyn FnMut(&Leaf) -> Option<Value>,
}

impl<'a> Walk<'a> {
    /// The schema itself, where it names another.
    fn followed(&self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(path) => self.followed(&self.root["$defs"][path.rsplit('/').next().expect("a name")]),
            None => schema,
        }
    }

    fn value(&mut self, value: &mut Value, schema: &'a Value, field: String) {
        let schema = self.followed(schema);
        if let Some(alternatives) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array())
            && alternatives.iter().any(|one| one.get("const").is_none())
            // Beside properties of its own they say which of these go together.
            && schema.get("properties").is_none()
        {
            let mut candidates = alternatives.iter().map(|one| self.followed(one));
            let found = candidates.find(|one| fits(value, one));
            let found = found.unwrap_or_else(|| panic!("{field}: {value} fits no alternative"));
            return self.value(value, found, field);
        }
        match value {
            Value::Object(fields) => self.fields(fields, schema, &field),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, &schema["items"], field.clone())),
            leaf => {
                let is_free = schema["type"] == "string"
                    && schema
                        .as_object()
                        .expect("a schema")
                        .keys()
                        .all(|key| ["type", "description"].contains(&key.as_str()));
                let is_text = is_free && !NAMES.contains(&field.as_str());
                if let Some(new) = (self.replace)(&Leaf { field, is_text }) {
                    *leaf = new;
                }
            }
        }
    }

    fn fields(&mut self, fields: &mut Map<String, Value>, schema: &'a Value, field: &str) {
        for (key, value) in fields {
            let (schema, field) = match schema["properties"].get(key) {
                Some(schema) => (schema, format!("{field}/{key}")),
                None => (&schema["additionalProperties"], field.to_owned()),
            };
            self.value(value, schema, field);
        }
    }
}

/// Whether a value is one of those that an alternative of a schema speaks of.
fn fits(value: &Value, schema: &Value) -> bool {
    let is_leaf = schema.get("properties").is_none() && schema.get("items").is_none();
    let is_word = schema.get("const").is_some() || schema.get("oneOf").is_some();
    match value {
        Value::Object(_) => schema.get("properties").is_some(),
        Value::Array(_) => schema.get("items").is_some(),
        Value::String(_) => is_leaf && (is_word || schema["type"] != "number"),
        _ => is_leaf && !is_word,
    }
}

/// What marks the text of that number; no other text holds it.
pub(crate) fn mark(number: usize) -> String {
    format!("zq{number}qz")
}

/// What a site does with raw HTML in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Html {
    Text,
    Sanitize,
}

/// The site with a text everywhere. Also the field of each mark, by its number.
pub(crate) fn filled(text: &str, html: Html) -> (Files, Vec<String>) {
    let marks = std::cell::RefCell::new(Vec::new());
    let next = |field: &str| {
        marks.borrow_mut().push(field.to_owned());
        format!("{text} {}", mark(marks.borrow().len() - 1))
    };
    let mut files = replaced(&mut |leaf| leaf.is_text.then(|| next(&leaf.field).into()), &mut || body(&next("body")));
    if html == Html::Sanitize {
        files.get_mut("content/site.yaml").expect("it is there").extend_from_slice(b"markdown: {html: sanitize}\n");
    }
    (files, marks.into_inner())
}

/// A body with a text in every construct of Markdown.
fn body(text: &str) -> String {
    // An address that runs is a mistake of its own, with tests of its own.
    let text = &text.replace("](", "] (");
    let escaped = text.replace('|', "\\|").replace('\t', " ");
    let title = text.replace('"', "'");
    format!(
        "{text}\n\n## {text}\n\n- {text}\n- [ ] {text}\n\n1. {text}\n\n> {text}\n\n| {escaped} | x |\n|-|-|\n| {escaped} | {escaped} |\n\n\
         [{text}](https://example.org/ \"{title}\") ![{text}](/static/logo.svg \"{title}\") **{text}** _{text}_ ~~{text}~~ `{text}`\n\n\
         ```{text}\n{text}\n```\n\n    {text}\n\n[^1]: {text}\n\nx[^1] <https://example.org/{}>\n\n<div>\n{text}\n</div>\n\n{text}\n===\n",
        mark(9999)
    )
}

/// Writes a site below a folder.
pub(crate) fn write(files: &Files, root: &Path) {
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the disk takes a folder");
        std::fs::write(path, bytes).expect("the disk takes a file");
    }
}
