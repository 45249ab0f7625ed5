//! The open data: tables, the data package that describes them, one file of each form an indicator, and what the site is.
//!
//! Every column is named once, in [`columns`]; the tables' headers and the schemas of `datapackage.json` are made of it.
//! All of it is in the site's default language and stands once, in that language's tree.

mod cells;
pub mod columns;
mod digest;
mod indicator;
mod manifest;
mod package;
mod site;
mod tables;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::assess::Assessment;
use crate::model::Register;
use crate::model::quantity::{Quantity, Share};
use crate::model::report::{Citation, Source};
use crate::model::text::{Language, Text};
use crate::route::{Route, Target};

pub use digest::content_digest;
pub use indicator::{indicator_csv, indicator_json};
pub use manifest::{ManifestFile, manifest, sha256};
pub use package::data_package;
pub use site::site_json;
pub use tables::{Observations, table};

/// A text in each language that it has, under the language's tag.
#[derive(Debug)]
struct Texts<'a> {
    register: &'a Register,
    text: &'a Text,
}

impl Serialize for Texts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let languages = self.register.site.languages();
        serializer.collect_map(languages.filter_map(|(language, tag)| {
            let (text, written_in) = self.text.get(language);
            (written_in == language).then_some((tag, text))
        }))
    }
}

fn texts<'a>(register: &'a Register, text: &'a Text) -> Texts<'a> {
    Texts { register, text }
}

/// A figure as a JSON number with all its digits, which no binary number could promise.
fn number(figure: &Quantity) -> Box<RawValue> {
    RawValue::from_string(figure.to_string()).expect("the plain form of a figure is a JSON number")
}

/// A share as a JSON number with six decimals.
fn share(share: &Share) -> Box<RawValue> {
    RawValue::from_string(share.to_string()).expect("six decimals are a JSON number")
}

/// A value as the text of a JSON file.
fn json(value: &impl Serialize) -> String {
    sized_json(value, 4096)
}

/// The same, where it is known about how long the text will be.
fn sized_json(value: &impl Serialize, bytes: usize) -> String {
    let mut text = Vec::with_capacity(bytes);
    serde_json::to_writer_pretty(&mut text, value).expect("views have no keys but texts");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON is UTF-8")
}

/// The address of a page in the default language's tree, relative to the site's root.
fn address(assessment: &Assessment, target: Target) -> String {
    Route { language: Language::DEFAULT, target }.address(&assessment.register)
}

/// The publication behind a source: a report on file stands for its own.
fn citation<'a>(register: &'a Register, source: &'a Source) -> &'a Citation {
    match source {
        Source::Citation(citation) => citation,
        Source::Report(report) => &register.reports[*report].source,
    }
}

#[cfg(test)]
mod tests;
