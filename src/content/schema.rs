//! The JSON Schemas of content files, for editors' completion: the very schemas by which the files are judged.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::raw::{RawPage, RawReport, RawResolution, RawSite, RawSiteTranslation, RawTranslation, RawUnit};
use super::yaml;

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

    /// The JSON Schema (2020-12) of one kind.
    #[must_use]
    pub fn schema(self) -> Value {
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
        schema
    }
}

/// One document that has the schema of every kind under its name in `$defs`, beside what they share.
#[must_use]
pub fn all() -> Value {
    let mut kinds = Map::new();
    let mut shared = Map::new();
    for kind in SchemaKind::ALL {
        let Value::Object(mut schema) = kind.schema() else { unreachable!("the schema of a file is an object") };
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
