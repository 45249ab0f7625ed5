//! The same site for Hugo and for Zola, to compare whole builds: the same pages under the same addresses, each with prose
//! of the same kind and length, the ten targets of its unit as a table, and a chart that the template draws.
//!
//! Their pages carry their figures in their own front matter, since nothing else would read them from the reports.

use std::path::Path;
use std::{fs, io};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::calendar::{QUARTERS, Quarter};
use super::random::Random;
use super::yaml::{Yaml, figure};
use super::{Counter, Site, Written};

/// A program that makes sites from Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rival {
    Hugo,
    Zola,
}

/// How much a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Prose, a table of ten rows and a chart.
    Plain,
    /// About as many bytes as tiendo writes: the figures of each quarter as well, and for each indicator a chart, a
    /// table and a record; in files of their own for Hugo, in the indicator's page for Zola, which writes one file a
    /// page.
    Full,
}

/// The files of every site for Hugo.
const HUGO: &[(&str, &str)] = &[
    ("hugo.yaml", include_str!("../hugo/hugo.yaml")),
    ("layouts/baseof.html", include_str!("../hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("../hugo/layouts/home.html")),
    ("layouts/section.html", include_str!("../hugo/layouts/section.html")),
    ("layouts/page.html", include_str!("../hugo/layouts/page.html")),
    ("layouts/_partials/bars.html", include_str!("../hugo/layouts/_partials/bars.html")),
    ("layouts/_partials/nav.html", include_str!("../hugo/layouts/_partials/nav.html")),
    ("layouts/_partials/lines.html", include_str!("../hugo/layouts/_partials/lines.html")),
];

/// Those of a full one as well.
const HUGO_FULL: &[(&str, &str)] = &[
    ("layouts/page.chart.svg", include_str!("../hugo/layouts/page.chart.svg")),
    ("layouts/page.data.csv", include_str!("../hugo/layouts/page.data.csv")),
    ("layouts/page.record.json", include_str!("../hugo/layouts/page.record.json")),
];

/// The files of every site for Zola, which wants to be told of each section.
const ZOLA: &[(&str, &str)] = &[
    ("config.toml", include_str!("../zola/config.toml")),
    ("templates/bars.html", include_str!("../zola/templates/bars.html")),
    ("templates/base.html", include_str!("../zola/templates/base.html")),
    ("templates/index.html", include_str!("../zola/templates/index.html")),
    ("templates/lines.html", include_str!("../zola/templates/lines.html")),
    ("templates/macros.html", include_str!("../zola/templates/macros.html")),
    ("templates/page.html", include_str!("../zola/templates/page.html")),
    ("templates/section.html", include_str!("../zola/templates/section.html")),
    ("content/reports/_index.md", "---\ntitle: Báo cáo\nsort_by: title\npaginate_by: 100\n---\n"),
    ("content/resolutions/_index.md", "---\ntitle: Nghị quyết\nsort_by: title\npaginate_by: 100\n---\n"),
    ("content/units/_index.md", "---\ntitle: Đơn vị\nsort_by: title\npaginate_by: 100\n---\n"),
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
pub(crate) fn write(rival: Rival, weight: Weight, pages: u64, seed: u64, root: &Path) -> io::Result<Written> {
    let site = Site::new(pages, seed);
    fs::create_dir_all(root)?;
    fs::create_dir(root.join("content"))?;
    let counter = Counter::new(root);
    let (common, full): (&[_], &[_]) = match (rival, weight) {
        (Rival::Hugo, Weight::Plain) => (HUGO, &[]),
        (Rival::Hugo, Weight::Full) => (HUGO, HUGO_FULL),
        (Rival::Zola, _) => (ZOLA, &[]),
    };
    for (path, text) in common.iter().chain(full) {
        counter.put(path, text)?;
    }
    (0..site.units.len()).into_par_iter().try_for_each(|place| {
        let mut pages = site.pages(place).into_iter();
        pages.try_for_each(|page| counter.put(&page.file(rival), &site.page(place, &page, rival, weight)))
    })?;
    Ok(counter.written(site.pages_in_all()))
}

impl Page {
    /// Where the page's text lies. Zola takes pages of a section from its own folder alone, so theirs name their paths.
    fn file(&self, rival: Rival) -> String {
        let path = match (rival, self.path.split_once('/')) {
            (Rival::Zola, Some((section, rest))) => format!("{section}/{}", rest.replace('/', "_")),
            _ => self.path.clone(),
        };
        format!("content/{path}.md")
    }
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

    fn page(&self, place: usize, page: &Page, rival: Rival, weight: Weight) -> String {
        let unit = &self.units[place];
        let summary = format!("{} có {} chỉ tiêu cho nhiệm kỳ 2020–2025.", unit.name, 10);
        let is_full_indicator = page.is_indicator && weight == Weight::Full;
        let mut yaml = Yaml::default();
        yaml.key("title", &page.title);
        yaml.key("date", page.on);
        match rival {
            Rival::Hugo => {
                yaml.key("summary", summary);
                if is_full_indicator {
                    yaml.key("outputs", "[html, chart, data, record]");
                }
                self.figures(place, page.on, weight, &mut yaml);
            }
            Rival::Zola => {
                yaml.key("description", summary);
                yaml.key("path", &page.path);
                yaml.open("extra");
                yaml.key("is_indicator", is_full_indicator);
                self.figures(place, page.on, weight, &mut yaml);
                yaml.close();
            }
        }
        let mut body = self.prose(place, Random::part(unit.seed, page.part), "nhiệm kỳ 2020–2025");
        body.sentences(3);
        body.list(&[]);
        yaml.with_body(&body.finish())
    }

    /// The unit's name, and its ten targets with their figures of a day.
    fn figures(&self, place: usize, on: NaiveDate, weight: Weight, yaml: &mut Yaml) {
        yaml.key("unit", &self.units[place].name);
        yaml.open("targets");
        for indicator in &self.indicators[place] {
            yaml.item(|record| {
                record.key("name", indicator.name);
                record.quoted("measured_in", indicator.measured_in);
                record.key("baseline", figure(indicator.baseline));
                record.key("target", figure(indicator.target));
                record.key("value", figure(indicator.value(on)));
                if weight == Weight::Full {
                    let values: Vec<String> =
                        Quarter::all().map(|quarter| figure(indicator.value(quarter.end()))).collect();
                    record.key("values", format_args!("[{}]", values.join(", ")));
                }
            });
        }
        yaml.close();
    }
}
