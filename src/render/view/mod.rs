//! What the templates are given: one view a template, its texts worded, translated and formatted.

pub(crate) mod badge;
pub(crate) mod calculation;
pub(crate) mod card;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod corrections;
pub(crate) mod coverage;
pub(crate) mod data;
pub(crate) mod evidence;
pub(crate) mod finding;
pub(crate) mod frame;
pub(crate) mod group;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod lineage;
pub(crate) mod list;
pub(crate) mod method;
pub(crate) mod overview;
pub(crate) mod report;
pub(crate) mod resolution;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod sharing;
pub(crate) mod text;
mod told;
pub(crate) mod unit;
pub(crate) mod verify;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use tera::Value;

// Views name it by what templates are given.
pub(crate) use badge::Made as Badge;

use super::html::{self, Argument, Html, Link, Words};
use super::locale::machine_period;
use super::{Edition, Site, markdown};
use crate::assess::{Assessment, Status};
use crate::model::Register;
use crate::model::indicator::{IndicatorKey, Target as Goal};
use crate::model::period::Period;
use crate::model::quantity::Quantity;
use crate::model::report::{Qualifier, ReportKey};
use crate::model::resolution::ResolutionKey;
use crate::model::text::{Language, Prose, Text};
use crate::model::unit::UnitKey;
use crate::route::{Route, Target, relative};

use frame::Frame;

/// A page before its template is filled.
pub(crate) struct Page<'a> {
    /// The template's name.
    pub(crate) template: &'static str,
    /// What surrounds the content.
    pub(crate) frame: Frame<'a>,
    /// The content.
    pub(crate) view: Value,
}

impl<'a> Page<'a> {
    pub(crate) fn new(template: &'static str, frame: Frame<'a>, view: &impl Serialize) -> Self {
        Self { template, frame, view: Value::from_serializable(view) }
    }
}

/// Where a view is being made: a page at its address, in its language.
pub(crate) struct Here<'a> {
    pub(crate) site: &'a Site<'a>,
    pub(crate) edition: &'a Edition,
    pub(crate) language: Language,
    pub(crate) assessment: &'a Assessment,
    pub(crate) register: &'a Register,
    pub(crate) target: &'a Target,
    /// The page's address from the site's root.
    pub(crate) address: String,
}

impl<'a> Here<'a> {
    pub(crate) fn new(site: &'a Site<'a>, route: &'a Route) -> Self {
        let register = &site.assessment.register;
        Self {
            site,
            edition: site.edition(route.language),
            language: route.language,
            assessment: site.assessment,
            register,
            target: &route.target,
            address: route.address(register),
        }
    }

    /// An interface text.
    pub(crate) fn text(&self, key: &str) -> &'a str {
        self.edition.interface.text(key)
    }

    /// An interface text with its placeholders filled.
    pub(crate) fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.edition.interface.fill(key, arguments)
    }

    /// An interface text in the plural form of a count, which fills `{count}`.
    pub(crate) fn count(&self, key: &str, count: usize, arguments: &[(&str, &str)]) -> String {
        let form = self.edition.locale.plural(count);
        let formatted = self.edition.locale.count(count);
        let mut all = vec![("count", formatted.as_str())];
        all.extend_from_slice(arguments);
        self.edition.interface.plural(key, form, &all)
    }

    /// An interface text with texts and links in its placeholders.
    pub(crate) fn sentence(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Html {
        html::sentence(self.text(key), arguments)
    }

    /// An editor's text in the page's language, else in its own.
    pub(crate) fn words(&self, text: &'a Text) -> Words<'a> {
        let (text, language) = text.get(self.language);
        self.in_language(text, language)
    }

    /// A text that exists in the site's default language only: a quote, a source.
    pub(crate) fn original(&self, text: impl Into<Cow<'a, str>>) -> Words<'a> {
        self.in_language(text, Language::DEFAULT)
    }

    fn in_language(&self, text: impl Into<Cow<'a, str>>, language: Language) -> Words<'a> {
        let lang = (language != self.language).then(|| self.register.site.tag(language));
        Words { text: text.into(), lang }
    }

    /// The address of a page of the same language as a link from this page.
    pub(crate) fn href(&self, target: Target) -> String {
        self.href_in(target, self.language)
    }

    pub(crate) fn href_in(&self, target: Target, language: Language) -> String {
        self.href_to(&Route { language, target }.address(self.register))
    }

    /// An address from the site's root as a link from this page. The page for unknown addresses can be shown
    /// anywhere, so its links name the whole address.
    pub(crate) fn href_to(&self, address: &str) -> String {
        match self.target {
            Target::NotFound => format!("{}{address}", self.register.site.base_url),
            _ => relative(&self.address, address),
        }
    }

    pub(crate) fn link(&self, target: Target, text: &'a Text) -> Link<'a> {
        Link { href: self.href(target), text: self.words(text) }
    }

    pub(crate) fn unit(&self, key: UnitKey) -> Link<'a> {
        self.link(Target::Unit(key), &self.register.units[key].name)
    }

    pub(crate) fn report(&self, key: ReportKey) -> Link<'a> {
        self.link(Target::Report(key), &self.register.reports[key].title)
    }

    pub(crate) fn indicator(&self, key: IndicatorKey) -> Link<'a> {
        self.link(Target::Indicator(key), &self.register.indicators[key].name)
    }

    /// A document by its title.
    pub(crate) fn resolution(&self, key: ResolutionKey) -> Link<'a> {
        self.link(Target::Resolution(key), &self.register.resolutions[key].title)
    }

    /// A document as people refer to it: "Nghị quyết số 03-NQ/TU", or by its kind.
    pub(crate) fn designation(&self, key: ResolutionKey) -> String {
        let resolution = &self.register.resolutions[key];
        let kind = self.text(&format!("kind.{}", resolution.kind.as_str()));
        match &resolution.number {
            Some(number) => self.fill("resolution.designation", &[("kind", kind), ("number", number)]),
            None => kind.to_owned(),
        }
    }

    /// What stands above a document's title; nothing where the title begins with the same words.
    pub(crate) fn kicker(&self, key: ResolutionKey) -> Option<String> {
        let designation = self.designation(key);
        let title = self.register.resolutions[key].title.get(self.language).0;
        let is_said = title.to_lowercase().starts_with(&designation.to_lowercase());
        (!is_said).then_some(designation)
    }

    /// A document by its kind and number or, where it has no number, by its title.
    pub(crate) fn reference(&self, key: ResolutionKey) -> Link<'a> {
        match self.register.resolutions[key].number {
            Some(_) => Link { text: Words::plain(self.designation(key)), ..self.resolution(key) },
            None => self.resolution(key),
        }
    }

    /// A day for `<time>`.
    pub(crate) fn day(&self, day: NaiveDate) -> Day {
        Day::Known(Html::day(day, &self.edition.locale))
    }

    /// A day within a sentence.
    pub(crate) fn date(&self, day: NaiveDate) -> String {
        self.edition.locale.date(day)
    }

    /// A period for `<time>`.
    pub(crate) fn period(&self, period: Period) -> Day {
        let text = self.edition.locale.period(period);
        match machine_period(period) {
            Some(machine) => Day::Known(Html::time(&machine, &text)),
            None => Day::Words(text),
        }
    }

    /// A figure with its unit of measure.
    pub(crate) fn figure(&self, figure: &Quantity, measured_in: &'a Text) -> Words<'a> {
        let (unit, language) = measured_in.get(self.language);
        let text = self.edition.locale.quantity(figure, unit);
        // Signs such as "%" and "ha" are of no language.
        if unit.chars().nth(2).is_none() { Words::plain(text) } else { self.in_language(text, language) }
    }

    /// A figure with its unit of measure and how exact it is: "ít nhất 90 %".
    pub(crate) fn qualified(&self, figure: &Quantity, measured_in: &'a Text, qualifier: Qualifier) -> Words<'a> {
        let figure = self.figure(figure, measured_in);
        match qualifier {
            Qualifier::Exact => figure,
            other => {
                let key = format!("qualifier.{}", other.as_str());
                Words { text: self.fill(&key, &[("value", &figure.text)]).into(), lang: figure.lang }
            }
        }
    }

    /// A target: "18 văn bản", "3–5 %".
    pub(crate) fn goal(&self, target: &Goal, measured_in: &'a Text) -> Words<'a> {
        let Some(max) = &target.max else { return self.figure(&target.min, measured_in) };
        let max = self.figure(max, measured_in);
        let min = self.edition.locale.number(&target.min);
        Words { text: self.fill("indicator.range", &[("min", &min), ("max", &max.text)]).into(), lang: max.lang }
    }

    /// A figure in large type: the number, and what it counts in smaller letters.
    pub(crate) fn large(&self, figure: Words<'a>, measured_in: &'a Text) -> Large<'a> {
        let (unit, language) = measured_in.get(self.language);
        match figure.text.split_once(unit).filter(|_| unit.chars().nth(2).is_some()) {
            Some((before, after)) => {
                Large { number: format!("{}{after}", before.trim_end()), unit: Some(self.in_language(unit, language)) }
            }
            None => Large { number: figure.text.into_owned(), unit: None },
        }
    }

    pub(crate) fn badge(&self, status: Status) -> Badge<'a> {
        self.edition.badges.status(status)
    }

    /// An entry's prose, with its language where that is not the page's. `top` is the level of its highest heading.
    pub(crate) fn prose(&self, prose: &Prose, top: u8) -> Option<ProseView<'a>> {
        let (span, language) = prose.get(self.language);
        if self.site.sources.slice(span).trim().is_empty() {
            return None;
        }
        let context = markdown::Context {
            links: &self.site.links,
            sources: self.site.sources,
            language: self.language,
            address: &self.address,
            top,
            html: self.register.site.html,
            words: &self.edition.markdown,
        };
        let html = Html::trusted(markdown::to_html(span, &context));
        Some(ProseView { html, lang: self.in_language("", language).lang })
    }
}

/// A day or period; templates get it as `<time>`.
#[derive(Debug, Clone)]
pub(crate) enum Day {
    /// One that machines know too.
    Known(Html),
    /// One that only people know.
    Words(String),
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(time) => time.serialize(serializer),
            Self::Words(words) => serializer.serialize_str(words),
        }
    }
}

/// A figure in large type.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Large<'a> {
    number: String,
    unit: Option<Words<'a>>,
}

/// The prose of an entry.
#[derive(Debug, Serialize)]
pub(crate) struct ProseView<'a> {
    html: Html,
    lang: Option<&'a str>,
}
