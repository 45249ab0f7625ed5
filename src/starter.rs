//! The files of a first site: a small complete one in the language of its editors, which teaches by its comments.
//!
//! Invariants: the site builds without a warning on the day it is made; its days are counted back from that day, so the
//! same day gives the same bytes. What is computed (schemas for editors) is not in here.

use chrono::{Datelike, Months, NaiveDate};

use crate::diagnostic::wording::Language;

macro_rules! embed {
    ($($path:literal: $name:literal,)+) => {
        &[$(($path, include_str!(concat!("starter/", $name))),)+]
    };
}

/// Paths below the site's root, which may hold `{placeholders}`, and texts.
type Files = &'static [(&'static str, &'static str)];

const VIETNAMESE: Files = embed! {
    "README.md": "vi/README.md",
    "content/site.yaml": "vi/site.yaml",
    "content/pages/index.md": "vi/index.md",
    "content/pages/gioi-thieu.md": "vi/gioi-thieu.md",
    "content/units/tinh-mau.md": "vi/tinh.md",
    "content/units/tinh-mau/xa-mau.md": "vi/xa.md",
    "content/resolutions/tinh-mau/01-nq.md": "vi/nghi-quyet.md",
    "content/resolutions/tinh-mau/xa-mau/05-kh.md": "vi/ke-hoach.md",
    "content/reports/{month-year}/{month-number}-tinh-mau.md": "vi/bao-cao.md",
    "content/reports/{month-year}/{month-number}-xa-mau.md": "vi/bao-cao-xa.md",
};

const ENGLISH: Files = embed! {
    "README.md": "en/README.md",
    "content/site.yaml": "en/site.yaml",
    "content/pages/index.md": "en/index.md",
    "content/pages/about.md": "en/about.md",
    "content/units/sample.md": "en/province.md",
    "content/units/sample/hill.md": "en/commune.md",
    "content/resolutions/sample/01.md": "en/resolution.md",
    "content/resolutions/sample/hill/05.md": "en/plan.md",
    "content/reports/{month-year}/{month-number}-sample.md": "en/report.md",
    "content/reports/{month-year}/{month-number}-hill.md": "en/report-commune.md",
};

const SHARED: Files = embed! {
    ".gitignore": "shared/gitignore",
    ".gitattributes": "shared/gitattributes",
    ".editorconfig": "shared/editorconfig",
    ".github/workflows/site.yml": "shared/github.yml",
    ".gitlab-ci.yml": "shared/gitlab.yml",
    ".vscode/extensions.json": "shared/vscode-extensions.json",
    ".vscode/settings.json": "shared/vscode-settings.json",
    ".vscode/tasks.json": "shared/vscode-tasks.json",
};

/// The remarks in files that both languages share.
const REMARKS: &[&str] = &[
    "program",
    "program-source",
    "github-head",
    "github-daily",
    "github-check",
    "github-publish",
    "gitlab-head",
    "gitlab-check",
    "gitlab-publish",
];

/// The files of a site that is made on a day: paths below its root, with `/`, and texts.
#[must_use]
pub fn files(language: Language, today: NaiveDate) -> Vec<(String, String)> {
    let (own, tag) = match language {
        Language::Vi => (VIETNAMESE, "vi"),
        Language::En => (ENGLISH, "en"),
    };
    let published = today.with_day(1).expect("a month has a first day");
    let month = published.checked_sub_months(Months::new(1)).expect("the day is in our time");
    let mut values = vec![
        ("language", tag.to_owned()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("published", published.to_string()),
        ("month", month.format("%Y-%m").to_string()),
        ("month-number", month.format("%m").to_string()),
        ("month-year", month.year().to_string()),
        ("year", month.year().to_string()),
        ("last-year", (month.year() + 4).to_string()),
    ];
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    values.extend(REMARKS.iter().map(|name| (*name, language.say(&format!("starter.{name}"), &version))));
    let fill = |text: &str| {
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    };
    own.iter().chain(SHARED).map(|(path, text)| (fill(path), fill(text))).collect()
}
