//! The data page: what can be downloaded, what its columns mean, how to cite it.

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Page};
use crate::model::text::Language;
use crate::output::MANIFEST;
use crate::render::data::columns::columns;
use crate::render::html::Html;
use crate::route::{Table, Target};

#[derive(Debug, Serialize)]
struct DataView<'a> {
    tables: Vec<TableView<'a>>,
    package: String,
    json: String,
    manifest: String,
    feed: String,
    license: Option<&'a str>,
    license_url: Option<&'a str>,
    citation: Html,
}

#[derive(Debug, Serialize)]
struct TableView<'a> {
    file: String,
    href: String,
    about: &'a str,
    rows: String,
    columns: Vec<Column<'a>>,
}

#[derive(Debug, Serialize)]
struct Column<'a> {
    name: &'static str,
    about: &'a str,
}

pub(crate) fn page<'a>(here: &Here<'a>) -> Page<'a> {
    let settings = &here.register.site;
    let file = |target| here.href_in(target, Language::DEFAULT);
    let tables = Table::ALL.into_iter().map(|table| {
        let name = table.name();
        TableView {
            file: format!("{name}.csv"),
            href: file(Target::Table(table)),
            about: here.text(&format!("data.{name}.about")),
            rows: here.count("data.rows", rows(here, table), &[]),
            columns: (columns(table).iter())
                .map(|column| Column { name: column.name, about: here.text(&format!("data.column.{}", column.name)) })
                .collect(),
        }
    });
    let view = DataView {
        tables: tables.collect(),
        package: file(Target::DataPackage),
        json: file(Target::SiteJson),
        manifest: here.href_to(MANIFEST),
        feed: here.href(Target::Atom),
        license: settings.license.as_ref().map(|license| license.name.as_str()),
        license_url: settings.license.as_ref().and_then(|license| license.url.as_deref()),
        citation: here.citation(None),
    };
    let lead = here.text("data.lead");
    let mut frame = Frame::new(here, here.text("data.title").to_owned(), lead.to_owned(), Vec::new());
    frame.describe(here.site_data(lead));
    Page::new("data.html", frame, &view)
}

fn rows(here: &Here<'_>, table: Table) -> usize {
    let register = here.register;
    match table {
        Table::Indicators => register.indicators.len(),
        Table::Observations => register.reports.rows().iter().map(|report| report.observations.len()).sum(),
        Table::Reports => register.reports.len(),
        Table::Units => register.units.len(),
        Table::Resolutions => register.resolutions.len(),
        Table::Coverage => register.resolutions.keys().map(|key| here.assessment.coverage(key).len()).sum(),
    }
}
