//! The same site for Hugo, to compare whole builds: the same pages under the same addresses, each with prose of the same
//! kind and length, the ten targets of its unit as a table, and a chart that the template draws.
//!
//! Hugo's pages carry their figures in their own front matter, since nothing else would read them from the reports.

use std::path::Path;
use std::{fs, io};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::calendar::{QUARTERS, Quarter};
use super::random::Random;
use super::yaml::{Yaml, figure};
use super::{Counter, Site, Written};

/// How much a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Prose, a table of ten rows and a chart.
    Plain,
    /// The figures of each quarter as well, and for each indicator's page a chart, a table and a record in files of
    /// their own: as many files and bytes as tiendo writes.
    Full,
}

/// The files that every such site has.
const COMMON: &[(&str, &str)] = &[
    ("hugo.yaml", include_str!("../hugo/hugo.yaml")),
    ("layouts/baseof.html", include_str!("../hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("../hugo/layouts/home.html")),
    ("layouts/section.html", include_str!("../hugo/layouts/section.html")),
    ("layouts/page.html", include_str!("../hugo/layouts/page.html")),
    ("layouts/_partials/bars.html", include_str!("../hugo/layouts/_partials/bars.html")),
    ("layouts/_partials/nav.html", include_str!("../hugo/layouts/_partials/nav.html")),
    ("layouts/_partials/lines.html", include_str!("../hugo/layouts/_partials/lines.html")),
];

/// Those of a full one.
const FULL: &[(&str, &str)] = &[
    ("layouts/page.chart.svg", include_str!("../hugo/layouts/page.chart.svg")),
    ("layouts/page.data.csv", include_str!("../hugo/layouts/page.data.csv")),
    ("layouts/page.record.json", include_str!("../hugo/layouts/page.record.json")),
];

/// One page.
struct Page {
    /// The path below `content/`, without `.md`.
    path: String,
    title: String,
    /// The day that its figures are of.
    on: NaiveDate,
    /// Where its prose comes from in its unit's stream.
    part: u64,
    is_indicator: bool,
}

/// Writes a site of about so many pages below `root`.
///
/// # Errors
/// Where `content/` exists already, or the world does not let it be written.
pub(crate) fn write(pages: u64, seed: u64, weight: Weight, root: &Path) -> io::Result<Written> {
    let site = Site::new(pages, seed);
    fs::create_dir_all(root)?;
    fs::create_dir(root.join("content"))?;
    let counter = Counter::new(root);
    let full: &[_] = if weight == Weight::Full { FULL } else { &[] };
    for (path, text) in COMMON.iter().chain(full) {
        counter.put(path, text)?;
    }
    (0..site.units.len()).into_par_iter().try_for_each(|place| {
        let mut pages = site.pages(place).into_iter();
        pages.try_for_each(|page| counter.put(&format!("content/{}.md", page.path), &site.page(place, &page, weight)))
    })?;
    Ok(counter.written(site.pages_in_all()))
}

impl Site {
    fn pages(&self, place: usize) -> Vec<Page> {
        let unit = &self.units[place];
        let (id, name) = (&unit.id, unit.in_text());
        let latest = Quarter(QUARTERS - 1).end();
        let page = |path: String, title: String, part| Page { path, title, on: latest, part, is_indicator: false };
        let mut pages = vec![
            page(format!("units/{id}"), unit.name.clone(), 300),
            page(format!("resolutions/{id}/nq-dai-hoi"), format!("Nghị quyết Đại hội Đảng bộ {name}"), 301),
        ];
        if self.has_directive(place) {
            pages.push(page(format!("resolutions/{id}/ct-01"), format!("Chỉ thị về tổ chức thực hiện ở {name}"), 302));
        }
        for (number, indicator) in (310..).zip(&self.indicators[place]) {
            let path = format!("resolutions/{id}/nq-dai-hoi/{}", indicator.id);
            let title = format!("{} của {name}", indicator.name);
            pages.push(Page { is_indicator: true, ..page(path, title, number) });
        }
        for (number, quarter) in (320..).zip(self.reported(place)) {
            let title = format!("Báo cáo {} của {name}", quarter.in_text());
            let path = format!("reports/{}", self.report_id(place, quarter));
            pages.push(Page { path, title, on: quarter.end(), part: number, is_indicator: false });
        }
        pages
    }

    fn page(&self, place: usize, page: &Page, weight: Weight) -> String {
        let unit = &self.units[place];
        let mut yaml = Yaml::default();
        yaml.key("title", &page.title);
        yaml.key("summary", format_args!("{} có {} chỉ tiêu cho nhiệm kỳ 2020–2025.", unit.name, 10));
        yaml.key("date", page.on);
        yaml.key("unit", &unit.name);
        if page.is_indicator && weight == Weight::Full {
            yaml.key("outputs", "[html, chart, data, record]");
        }
        yaml.open("targets");
        for indicator in &self.indicators[place] {
            yaml.item(|record| {
                record.key("name", indicator.name);
                record.quoted("measured_in", indicator.measured_in);
                record.key("baseline", figure(indicator.baseline));
                record.key("target", figure(indicator.target));
                record.key("value", figure(indicator.value(page.on)));
                if weight == Weight::Full {
                    let values: Vec<String> =
                        Quarter::all().map(|quarter| figure(indicator.value(quarter.end()))).collect();
                    record.key("values", format_args!("[{}]", values.join(", ")));
                }
            });
        }
        yaml.close();
        let mut body = self.prose(place, Random::part(unit.seed, page.part), "nhiệm kỳ 2020–2025");
        body.sentences(3);
        body.list(&[]);
        yaml.with_body(&body.finish())
    }
}
