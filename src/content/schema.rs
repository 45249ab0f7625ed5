//! The JSON Schemas of content files, for editors' completion: the very schemas by which the files are judged.
//!
//! Their descriptions are the comments of the raw types; a table has each of them in Vietnamese.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::raw::{RawPage, RawReport, RawResolution, RawSite, RawSiteTranslation, RawTranslation, RawUnit};
use super::yaml;
use crate::diagnostic::wording::Language;

/// A kind of YAML that editors write: a file of its own, or the front matter of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// `content/site.yaml`
    Site,
    /// The front matter of a unit.
    Unit,
    /// The front matter of a document.
    Resolution,
    /// The front matter of a report.
    Report,
    /// The front matter of a page.
    Page,
    /// The front matter of an entry in another language.
    Translation,
    /// `content/site.en.yaml`
    SiteTranslation,
}

impl SchemaKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Site, Self::Unit, Self::Resolution, Self::Report, Self::Page, Self::Translation, Self::SiteTranslation];

    /// The name: `site`, `site-translation` …
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Unit => "unit",
            Self::Resolution => "resolution",
            Self::Report => "report",
            Self::Page => "page",
            Self::Translation => "translation",
            Self::SiteTranslation => "site-translation",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The JSON Schema (2020-12) of one kind, with descriptions in a language.
    #[must_use]
    pub fn schema(self, language: Language) -> Value {
        let mut schema = match self {
            Self::Site => yaml::schema::<RawSite>(),
            Self::Unit => yaml::schema::<RawUnit>(),
            Self::Resolution => yaml::schema::<RawResolution>(),
            Self::Report => yaml::schema::<RawReport>(),
            Self::Page => yaml::schema::<RawPage>(),
            Self::Translation => yaml::schema::<RawTranslation>(),
            Self::SiteTranslation => yaml::schema::<RawSiteTranslation>(),
        };
        schema["title"] = format!("tiendo {}", self.as_str()).into();
        describe(&mut schema, language);
        schema
    }
}

/// One document that has the schema of every kind under its name in `$defs`, beside what they share.
#[must_use]
pub fn all(language: Language) -> Value {
    let mut kinds = Map::new();
    let mut shared = Map::new();
    for kind in SchemaKind::ALL {
        let Value::Object(mut schema) = kind.schema(language) else {
            unreachable!("the schema of a file is an object")
        };
        schema.shift_remove("$schema");
        if let Some(Value::Object(definitions)) = schema.shift_remove("$defs") {
            shared.extend(definitions);
        }
        kinds.insert(kind.as_str().to_owned(), Value::Object(schema));
    }
    kinds.extend(shared);
    let dialect = SchemaSettings::draft2020_12().meta_schema;
    json!({ "$schema": dialect, "title": "tiendo", "$defs": kinds })
}

/// Every field as a snippet of VS Code, which completes Markdown by nothing else: its name is typed, its description is
/// shown, and the words that it allows are offered.
#[must_use]
pub fn snippets(language: Language) -> Value {
    let all = all(language);
    let definitions = all["$defs"].as_object().expect("the schemas of all kinds are definitions");
    let mut snippets = Map::new();
    for (name, schema) in definitions {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { continue };
        let place = name.strip_prefix("Raw").unwrap_or(name).to_lowercase();
        for (field, schema) in properties {
            let description = schema.get("description").cloned().unwrap_or_default();
            let snippet = json!({
                "scope": "markdown,yaml",
                "prefix": field,
                "body": body(field, schema, definitions),
                "description": description,
            });
            snippets.insert(format!("{place}: {field}"), snippet);
        }
    }
    Value::Object(snippets)
}

/// What a snippet inserts: a field with a place for its value, or with the words to choose from.
fn body(field: &str, schema: &Value, definitions: &Map<String, Value>) -> String {
    let referred = |schema: &Value| {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        name.and_then(|name| definitions.get(name)).unwrap_or(schema).clone()
    };
    let schema = referred(schema);
    let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    let words = schema.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
    let words: Vec<Value> = match alternatives {
        Some(alternatives) => alternatives.iter().filter_map(|one| one.get("const").cloned()).collect(),
        None => words,
    };
    let is_closed = alternatives.is_none_or(|alternatives| alternatives.len() == words.len());
    let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    match schema.get("type").and_then(Value::as_str) {
        _ if !words.is_empty() && is_closed => format!("{field}: ${{1|{}|}}", words.join(",")),
        Some("boolean") => format!("{field}: ${{1|true,false|}}"),
        Some("array") => format!("{field}:\n  - $0"),
        Some("object") => format!("{field}:\n  $0"),
        _ => format!("{field}: $0"),
    }
}

/// The Vietnamese of every description.
static VIETNAMESE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("schema/descriptions.vi.yaml")).expect("the embedded table is YAML")
});

/// Puts the descriptions into a language.
fn describe(schema: &mut Value, language: Language) {
    if language == Language::En {
        return;
    }
    match schema {
        Value::Array(values) => values.iter_mut().for_each(|value| describe(value, language)),
        Value::Object(fields) => {
            // Below `properties` the names are an author's: one of them may be `description`.
            if let Some(Value::String(text)) = fields.get_mut("description")
                && let Some(vietnamese) = VIETNAMESE.get(text.as_str())
            {
                text.clone_from(vietnamese);
            }
            fields.values_mut().for_each(|value| describe(value, language));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn descriptions(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Array(values) => values.iter().for_each(|value| descriptions(value, found)),
            Value::Object(fields) => {
                found.extend(fields.get("description").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| descriptions(value, found));
            }
            _ => {}
        }
    }

    #[test]
    fn every_description_is_there_in_both_languages() {
        let mut english = BTreeSet::new();
        descriptions(&all(Language::En), &mut english);
        let known: BTreeSet<String> = VIETNAMESE.keys().cloned().collect();
        assert_eq!(english.difference(&known).collect::<Vec<_>>(), [""; 0], "without Vietnamese");
        assert_eq!(known.difference(&english).collect::<Vec<_>>(), [""; 0], "of nothing");
        let mut vietnamese = BTreeSet::new();
        descriptions(&all(Language::Vi), &mut vietnamese);
        assert_eq!(vietnamese, VIETNAMESE.values().cloned().collect());
    }
}
