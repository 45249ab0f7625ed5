//! What a page tells of itself where it is passed on: structured data for machines, a citation, a chart to embed.
//!
//! Structured data is JSON-LD in the terms of schema.org; every address in it is whole. It stands in the page as a block
//! of data, in which no letter can end the block. No browser runs it; the Content-Security-Policy names its digest all the
//! same, for those who hold a page against its policy.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::frame::Frame;
use super::told::Told;
use super::{Here, Words};
use crate::assess::series;
use crate::model::indicator::IndicatorKey;
use crate::model::report::{Citation, ReportKey};
use crate::model::text::{Language, Text};
use crate::model::unit::UnitKey;
use crate::render::escape;
use crate::render::html::{Argument, Html};
use crate::render::locale::machine_date;
use crate::route::{Route, Table, Target};

impl Frame<'_> {
    /// Adds what machines are told of the page.
    pub(super) fn describe(&mut self, data: Told) {
        let plain = data.text("@context", "https://schema.org").into_json();
        let mut text = String::with_capacity(plain.len());
        let mut rest = plain.as_str();
        let is_telling = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
        while let Some(at) = rest.bytes().position(is_telling) {
            let (clean, telling) = rest.split_at(at);
            let mut letters = telling.chars();
            text.push_str(clean);
            match letters.next().expect("a letter begins there") {
                letter @ ('<' | '>' | '&' | '\u{2028}' | '\u{2029}') => {
                    write!(text, "\\u{:04x}", u32::from(letter)).expect("a string can be written to");
                }
                letter => text.push(letter),
            }
            rest = letters.as_str();
        }
        text.push_str(rest);
        self.data_digest = Some(format!("sha256-{}", STANDARD.encode(Sha256::digest(&text))));
        self.data = Some(Html::trusted(text));
    }
}

impl<'a> Here<'a> {
    fn absolute(&self, target: Target, language: Language) -> String {
        self.whole(&Route { language, target }.address(self.register))
    }

    /// The whole address of a path from the site's root.
    fn whole(&self, address: &str) -> String {
        format!("{}{address}", self.register.site.base_url)
    }

    fn organization(&self, key: UnitKey) -> Told {
        Told::of("GovernmentOrganization")
            .text("name", self.register.units[key].name.get(self.language).0)
            .text("url", &self.absolute(Target::Unit(key), self.language))
    }

    fn publisher(&self) -> Option<Told> {
        let publisher = self.register.site.publisher.as_ref()?;
        Some(Told::of("Organization").text("name", &publisher.name).known("url", publisher.url.as_deref()))
    }

    fn license(&self) -> Option<&'a str> {
        self.register.site.license.as_ref()?.url.as_deref()
    }

    /// What every data set says of itself.
    fn dataset(&self, name: &str, description: &str, files: &[(&str, String)]) -> Told {
        let distribution = files.iter().map(|(format, address)| {
            Told::of("DataDownload").text("encodingFormat", format).text("contentUrl", &self.whole(address))
        });
        Told::of("Dataset")
            .text("name", name)
            .text("description", description)
            .text("url", &self.whole(&self.address))
            .text("inLanguage", self.register.site.tag(self.language))
            .flag("isAccessibleForFree", true)
            .known("license", self.license())
            .object("publisher", self.publisher())
            .list("distribution", distribution)
    }

    /// An indicator as a data set: its figures over time.
    pub(super) fn indicator_data(&self, key: IndicatorKey, description: &str) -> Told {
        let indicator = &self.register.indicators[key];
        let judgement = self.assessment.judgement(key);
        let name = indicator.name.get(self.language).0;
        // The figures stand once, in the default language's tree.
        let folder = Route { language: Language::DEFAULT, target: Target::Indicator(key) }.address(self.register);
        let files = [("text/csv", format!("{folder}data.csv")), ("application/json", format!("{folder}data.json"))];
        let counted = || series::counted(&judgement.series);
        let days = || counted().map(|point| point.as_of);
        let published = counted().map(|point| self.register.reports[point.observation.report].published).max();
        let coverage = days().min().zip(days().max()).map(|(first, last)| match first == last {
            true => machine_date(first),
            false => format!("{}/{}", machine_date(first), machine_date(last)),
        });
        let unit = indicator.measured_in.get(self.language).0;
        let catalog = Told::of("DataCatalog")
            .text("name", self.register.site.title.get(self.language).0)
            .text("url", &self.absolute(Target::Data, self.language));
        self.dataset(name, description, &files)
            .object("creator", Some(self.organization(indicator.owner_on(self.assessment.as_of))))
            .known("temporalCoverage", coverage.as_deref())
            .known("dateModified", published.map(machine_date).as_deref())
            .object("variableMeasured", Some(Told::of("PropertyValue").text("name", name).text("unitText", unit)))
            .object("includedInDataCatalog", Some(catalog))
    }

    /// All that can be downloaded as one data set.
    pub(super) fn site_data(&self, description: &str) -> Told {
        let address = |target| Route { language: Language::DEFAULT, target }.address(self.register);
        let tables = Table::ALL.map(|table| ("text/csv", address(Target::Table(table))));
        let package =
            [("application/json", address(Target::DataPackage)), ("application/json", address(Target::SiteJson))];
        let files: Vec<(&str, String)> = tables.into_iter().chain(package).collect();
        self.dataset(self.register.site.title.get(self.language).0, description, &files)
            .object("creator", self.publisher())
            .text("dateModified", &machine_date(self.assessment.as_of))
    }

    pub(super) fn unit_data(&self, key: UnitKey, description: &str) -> Told {
        let unit = &self.register.units[key];
        self.organization(key)
            .text("description", description)
            .object("parentOrganization", unit.parent.map(|parent| self.organization(parent)))
            .known("identifier", unit.code.as_deref())
            .known("foundingDate", unit.established.map(machine_date).as_deref())
            .known("dissolutionDate", unit.dissolved.map(machine_date).as_deref())
            .known("sameAs", unit.website.as_deref())
    }

    pub(super) fn report_data(&self, key: ReportKey, description: &str) -> Told {
        let report = &self.register.reports[key];
        let period =
            report.period.map(|period| format!("{}/{}", machine_date(period.start()), machine_date(period.end())));
        Told::of("Report")
            .text("name", report.title.get(self.language).0)
            .text("description", description)
            .text("url", &self.whole(&self.address))
            .text("inLanguage", self.register.site.tag(self.language))
            .text("datePublished", &machine_date(report.published))
            .known("temporalCoverage", period.as_deref())
            .object("author", Some(self.organization(report.unit)))
            .object("publisher", self.publisher())
            .known("license", self.license())
            .object("isBasedOn", source_data(&report.source))
    }

    /// How to cite a page: its title, the site, the day of its figures, its address.
    pub(super) fn citation(&self, title: Option<Words<'a>>) -> Html {
        let settings = &self.register.site;
        let site = settings.title.get(self.language).0;
        let publisher = settings.publisher.as_ref().filter(|publisher| publisher.name != site);
        let url = if title.is_some() { self.whole(&self.address) } else { self.absolute(Target::Home, self.language) };
        let mut arguments = vec![
            ("site", Argument::Words(self.words(&settings.title))),
            (
                "publisher",
                match publisher {
                    Some(publisher) => Argument::Words(self.original(format!(", {}", publisher.name))),
                    None => Argument::from(""),
                },
            ),
            ("date", Argument::Text(self.date(self.assessment.as_of).into())),
            ("url", Argument::Text(url.into())),
        ];
        match title {
            Some(mut title) => {
                title.text = title.text.trim_end_matches('.').to_owned().into();
                arguments.push(("title", Argument::Words(title)));
                self.sentence("sharing.citation", &arguments)
            }
            None => self.sentence("sharing.citation_of_site", &arguments),
        }
    }

    /// The code that shows an indicator's chart on another page: as wide as its place, with its source.
    pub(super) fn embed(&self, name: &'a Text) -> Words<'a> {
        let page = escape::text(&self.whole(&self.address));
        let chart = format!("{page}chart.svg");
        let site = escape::text(self.register.site.title.get(self.language).0);
        let source = escape::text(self.text("sharing.source"));
        let day = escape::text(&self.fill("footer.as_of", &[("date", &self.date(self.assessment.as_of))]));
        let Words { text: name, lang } = self.words(name);
        let name = escape::text(&name);
        let code = format!(
            "<figure style=\"margin:0\">\n<img src=\"{chart}\" alt=\"{name}\" loading=\"lazy\" style=\"width:100%;height:auto\">\n\
             <figcaption>{source}: <a href=\"{page}\">{site}</a>. {day}.</figcaption>\n</figure>"
        );
        Words { text: code.into(), lang }
    }
}

/// A source as a work; nothing of one that nobody could look up.
fn source_data(source: &Citation) -> Option<Told> {
    let name = source.title.as_deref().or(source.url.as_deref())?;
    let publisher = source.publisher.as_deref().map(|name| Told::of("Organization").text("name", name));
    let work = Told::of("CreativeWork")
        .text("name", name)
        .known("url", source.url.as_deref())
        .known("datePublished", source.date.map(machine_date).as_deref())
        .object("publisher", publisher);
    Some(work)
}
