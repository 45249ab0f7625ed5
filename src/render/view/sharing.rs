//! What a page tells of itself where it is passed on: structured data for machines, a citation, a chart to embed.
//!
//! Structured data is JSON-LD in the terms of schema.org; every address in it is whole. It stands in the page as a block
//! of data, in which no letter can end the block. No browser runs it; the Content-Security-Policy names its digest all the
//! same, for those who hold a page against its policy.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::frame::Frame;
use super::{Here, Words};
use crate::assess::Standing;
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
    pub(super) fn describe(&mut self, mut data: Map<String, Value>) {
        data.insert("@context".to_owned(), "https://schema.org".into());
        // Unknown is left out, not said to be nothing.
        data.retain(|_, value| !value.is_null());
        let plain = Value::from(data).to_string();
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

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => unreachable!("{other} is no object"),
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

    fn organization(&self, key: UnitKey) -> Value {
        let name = self.register.units[key].name.get(self.language).0;
        json!({ "@type": "GovernmentOrganization", "name": name, "url": self.absolute(Target::Unit(key), self.language) })
    }

    fn publisher(&self) -> Value {
        let publisher = self.register.site.publisher.as_ref();
        publisher.map_or(Value::Null, |publisher| match &publisher.url {
            Some(url) => json!({ "@type": "Organization", "name": publisher.name, "url": url }),
            None => json!({ "@type": "Organization", "name": publisher.name }),
        })
    }

    fn license(&self) -> Option<&'a str> {
        self.register.site.license.as_ref()?.url.as_deref()
    }

    /// What every data set says of itself.
    fn dataset(&self, name: &str, description: &str, files: &[(&str, String)]) -> Map<String, Value> {
        let distribution = files.iter().map(|(format, address)| {
            json!({ "@type": "DataDownload", "encodingFormat": format, "contentUrl": self.whole(address) })
        });
        object(json!({
            "@type": "Dataset",
            "name": name,
            "description": description,
            "url": self.whole(&self.address),
            "inLanguage": self.register.site.tag(self.language),
            "isAccessibleForFree": true,
            "license": self.license(),
            "publisher": self.publisher(),
            "distribution": distribution.collect::<Vec<_>>(),
        }))
    }

    /// An indicator as a data set: its figures over time.
    pub(super) fn indicator_data(&self, key: IndicatorKey, description: &str) -> Map<String, Value> {
        let indicator = &self.register.indicators[key];
        let judgement = self.assessment.judgement(key);
        let name = indicator.name.get(self.language).0;
        // The figures stand once, in the default language's tree.
        let folder = Route { language: Language::DEFAULT, target: Target::Indicator(key) }.address(self.register);
        let files = [("text/csv", format!("{folder}data.csv")), ("application/json", format!("{folder}data.json"))];
        let mut data = self.dataset(name, description, &files);
        let counted = || judgement.series.iter().filter(|point| point.standing == Standing::Counted);
        let days = || counted().map(|point| point.as_of);
        let published = counted().map(|point| self.register.reports[point.observation.report].published).max();
        let coverage = days().min().zip(days().max()).map(|(first, last)| match first == last {
            true => machine_date(first),
            false => format!("{}/{}", machine_date(first), machine_date(last)),
        });
        let unit = indicator.measured_in.get(self.language).0;
        let home = self.absolute(Target::Data, self.language);
        data.extend(object(json!({
            "creator": self.organization(indicator.owner_on(self.assessment.as_of)),
            "temporalCoverage": coverage,
            "dateModified": published.map(machine_date),
            "variableMeasured": { "@type": "PropertyValue", "name": name, "unitText": unit },
            "includedInDataCatalog": { "@type": "DataCatalog", "name": self.register.site.title.get(self.language).0, "url": home },
        })));
        data
    }

    /// All that can be downloaded as one data set.
    pub(super) fn site_data(&self, description: &str) -> Map<String, Value> {
        let address = |target| Route { language: Language::DEFAULT, target }.address(self.register);
        let tables = Table::ALL.map(|table| ("text/csv", address(Target::Table(table))));
        let package =
            [("application/json", address(Target::DataPackage)), ("application/json", address(Target::SiteJson))];
        let files: Vec<(&str, String)> = tables.into_iter().chain(package).collect();
        let mut data = self.dataset(self.register.site.title.get(self.language).0, description, &files);
        data.insert("creator".to_owned(), self.publisher());
        data.insert("dateModified".to_owned(), machine_date(self.assessment.as_of).into());
        data
    }

    pub(super) fn unit_data(&self, key: UnitKey, description: &str) -> Map<String, Value> {
        let unit = &self.register.units[key];
        let mut data = object(self.organization(key));
        data.extend(object(json!({
            "description": description,
            "parentOrganization": unit.parent.map(|parent| self.organization(parent)),
            "identifier": unit.code,
            "foundingDate": unit.established.map(machine_date),
            "dissolutionDate": unit.dissolved.map(machine_date),
            "sameAs": unit.website,
        })));
        data
    }

    pub(super) fn report_data(&self, key: ReportKey, description: &str) -> Map<String, Value> {
        let report = &self.register.reports[key];
        let period =
            report.period.map(|period| format!("{}/{}", machine_date(period.start()), machine_date(period.end())));
        object(json!({
            "@type": "Report",
            "name": report.title.get(self.language).0,
            "description": description,
            "url": self.whole(&self.address),
            "inLanguage": self.register.site.tag(self.language),
            "datePublished": machine_date(report.published),
            "temporalCoverage": period,
            "author": self.organization(report.unit),
            "publisher": self.publisher(),
            "license": self.license(),
            "isBasedOn": source_data(&report.source),
        }))
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
fn source_data(source: &Citation) -> Value {
    let Some(name) = source.title.as_deref().or(source.url.as_deref()) else { return Value::Null };
    let mut work = object(json!({
        "@type": "CreativeWork",
        "name": name,
        "url": source.url,
        "datePublished": source.date.map(machine_date),
        "publisher": source.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
    }));
    work.retain(|_, value| !value.is_null());
    work.into()
}
