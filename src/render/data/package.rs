//! `datapackage.json`: the six tables as a Frictionless Data Package, version 1.
//!
//! Checked by hand against the specification (<https://specs.frictionlessdata.io/data-package/>) and by its validator.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::columns::{Column, Content, columns, flags};
use crate::assess::Assessment;
use crate::model::site::License;
use crate::render::markdown::slug;
use crate::route::Table;

/// The text of `datapackage.json`.
#[must_use]
pub fn data_package(assessment: &Assessment) -> String {
    let register = &assessment.register;
    let site = &register.site;
    let name = slug(site.title.original());
    let mut package = Map::new();
    let mut set = |key: &str, value: Value| package.insert(key.to_owned(), value);
    set("profile", "tabular-data-package".into());
    set("name", if name.is_empty() { env!("CARGO_PKG_NAME").into() } else { name.into() });
    set("id", format!("{}data/datapackage.json", site.base_url).into());
    set("title", site.title.original().into());
    if let Some(description) = &site.description {
        set("description", description.original().into());
    }
    set("homepage", site.base_url.as_str().into());
    // The day that the figures speak of; a time of making would differ between builds.
    set("as_of", assessment.as_of.to_string().into());
    if let Some(license) = site.license.as_ref().and_then(license) {
        set("licenses", json!([license]));
    }
    if let Some(publisher) = &site.publisher {
        let mut contributor = Map::new();
        contributor.insert("title".to_owned(), publisher.name.as_str().into());
        contributor.extend(publisher.url.as_ref().map(|url| ("path".to_owned(), url.as_str().into())));
        contributor.extend(publisher.email.as_ref().map(|email| ("email".to_owned(), email.as_str().into())));
        contributor.insert("role".to_owned(), "publisher".into());
        set("contributors", json!([contributor]));
    }
    let publishers: BTreeSet<&str> =
        register.reports.rows().iter().filter_map(|report| report.source.publisher.as_deref()).collect();
    if !publishers.is_empty() {
        set("sources", publishers.into_iter().map(|publisher| json!({"title": publisher})).collect());
    }
    set("resources", Table::ALL.map(resource).into_iter().collect());
    super::json(&package)
}

/// A licence in the terms of the specification: `name` is an Open Definition licence id, so spaces are not allowed.
fn license(license: &License) -> Option<Value> {
    let id: String = license.name.trim().replace(' ', "-");
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let mut fields = Map::new();
    fields.extend(is_id.then(|| ("name".to_owned(), id.into())));
    fields.extend(license.url.as_ref().map(|url| ("path".to_owned(), url.as_str().into())));
    if fields.is_empty() {
        return None;
    }
    fields.insert("title".to_owned(), license.name.as_str().into());
    Some(fields.into())
}

fn resource(table: Table) -> Value {
    let columns = columns(table);
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), columns.iter().map(field).collect());
    schema.insert("missingValues".to_owned(), json!([""]));
    let ids = columns.iter().filter(|column| column.content == Content::Id);
    let key: Vec<&str> = match table {
        Table::Coverage => vec!["resolution", "unit"],
        _ => ids.map(|column| column.name).collect(),
    };
    // Observations have none: a report that gives a figure twice is an author's mistake that a site may let pass.
    if !key.is_empty() {
        schema.insert("primaryKey".to_owned(), json!(key));
    }
    let foreign: Vec<Value> = columns
        .iter()
        .filter_map(|column| {
            let Content::Reference(to) = column.content else { return None };
            // An empty resource means the table itself.
            let to = if to == table { "" } else { to.name() };
            Some(json!({"fields": column.name, "reference": {"resource": to, "fields": "id"}}))
        })
        .collect();
    if !foreign.is_empty() {
        schema.insert("foreignKeys".to_owned(), foreign.into());
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": format!("{}.csv", table.name()),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": description(table),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "schema": schema,
    })
}

fn description(table: Table) -> &'static str {
    match table {
        Table::Indicators => "Every indicator with its target and how it stands on the day of the data, by id",
        Table::Observations => {
            "Every figure on file with its source, by indicator, day and report; corrected ones stay. A text that begins \
             with = + - @ or a tab has a ' before it"
        }
        Table::Reports => "Every report on file, by id",
        Table::Units => "Every unit and how many of the indicators that it owns stand at each status, by id",
        Table::Resolutions => "Every document and how many of its indicators stand at each status, by id",
        Table::Coverage => {
            "For each document that others are expected to carry out: which of them have a document on file that does"
        }
    }
}

fn field(column: &Column) -> Value {
    let (kind, constraints) = match column.content {
        Content::Id => ("string", json!({"required": true, "unique": true})),
        Content::Name => ("string", json!({"required": true})),
        Content::Reference(_) | Content::Text => ("string", Value::Null),
        Content::Word(words) => ("string", json!({"enum": words.all()})),
        Content::List if column.name == "flags" => {
            let flag = flags().join("|");
            ("string", json!({"pattern": format!("({flag})(;({flag}))*")}))
        }
        Content::List => ("string", Value::Null),
        Content::Number => ("number", Value::Null),
        Content::Count => ("integer", json!({"required": true, "minimum": 0})),
        Content::Date => ("date", Value::Null),
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), column.name.into());
    field.insert("type".to_owned(), kind.into());
    field.insert("description".to_owned(), column.description.into());
    if !constraints.is_null() {
        field.insert("constraints".to_owned(), constraints);
    }
    field.into()
}
