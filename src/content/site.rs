//! Makes the [`Site`] of `site.yaml` and adds its translations.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::names::place_in;
use super::raw::{RawAssessment, RawHtml, RawLimits, RawNamed, RawPaths, RawSite, RawSiteTranslation};
use super::yaml::values::Entries;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level as CheckLevel};
use crate::model::site::{
    Cards, Field, Framework, HtmlPolicy, Level, License, Limits, Paths, Publisher, Repository, Site, Thresholds,
};
use crate::model::text::{Language, Text};
use crate::source::{SourceMap, Spanned};

/// Makes the site. What could not be read is replaced by something harmless: its mistake keeps the site unpublished.
pub(crate) fn site(raw: Option<RawSite>, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Site {
    let Some(raw) = raw else { return placeholder() };
    report_doubles(raw.levels.iter().flatten().map(|level| &level.id), diagnostics);
    report_doubles(raw.fields.iter().map(|field| &field.id), diagnostics);
    report_doubles(raw.frameworks.iter().map(|framework| &framework.id), diagnostics);
    for framework in &raw.frameworks {
        report_doubles(framework.groups.iter().map(|group| &group.id), diagnostics);
    }
    let level = |level: super::raw::RawLevel| Level {
        name: name(level.name.as_ref(), &level.id),
        any_parent: level.any_parent.is_some_and(|any| any.value),
        id: level.id.value,
    };
    let framework = |framework: super::raw::RawFramework| Framework {
        name: name(framework.name.as_ref(), &framework.id),
        groups: framework.groups.into_iter().map(named).collect(),
        id: framework.id.value,
    };
    Site {
        languages: languages(raw.language.as_ref(), &raw.languages, diagnostics),
        title: Text::new(text(raw.title).unwrap_or_default()),
        description: text(raw.description).map(Text::new),
        base_url: text(raw.base_url).map(with_slash).unwrap_or_default(),
        timezone: raw.timezone.map_or(Tz::UTC, |zone| timezone(&zone, diagnostics)),
        as_of: raw.as_of.map(|day| day.value.0),
        theme: text(raw.theme).unwrap_or_else(|| "default".to_owned()),
        publisher: raw.publisher.map(|publisher| publisher.value).and_then(|publisher| {
            Some(Publisher { name: text(publisher.name)?, url: text(publisher.url), email: text(publisher.email) })
        }),
        license: raw
            .license
            .map(|license| license.value)
            .and_then(|license| Some(License { name: text(license.name)?, url: text(license.url) })),
        paths: paths(raw.paths.map(|paths| paths.value)),
        levels: levels(raw.levels.unwrap_or_default().into_iter().map(level).collect()),
        fields: raw.fields.into_iter().map(named).collect(),
        frameworks: raw.frameworks.into_iter().map(framework).collect(),
        assessment: thresholds(raw.assessment.map(|assessment| assessment.value)),
        checks: checks(&raw.checks, diagnostics),
        repository: raw.repository.map(|repository| repository.value).and_then(|repository| {
            let branch = text(repository.branch).unwrap_or_else(|| "main".to_owned());
            Some(Repository { url: text(repository.url)?, branch })
        }),
        logo: raw.logo.and_then(|path| logo(&path, sources, diagnostics)),
        html: match raw.markdown.and_then(|markdown| markdown.value.html).map(|html| html.value) {
            Some(RawHtml::Sanitize) => HtmlPolicy::Sanitize,
            None => HtmlPolicy::Text,
        },
        cards: if raw.cards.is_some_and(|cards| cards.value) { Cards::Drawn } else { Cards::None },
        history: raw.history.map(|history| history.span),
        limits: limits(raw.limits.map(|limits| limits.value), diagnostics),
    }
}

/// Adds the site's texts in another language.
pub(crate) fn translate(site: &mut Site, language: Language, raw: RawSiteTranslation, diagnostics: &mut Diagnostics) {
    if let Some(title) = raw.title {
        site.title.translate(language, title.value);
    }
    if let (Some(original), Some(description)) = (&mut site.description, raw.description) {
        original.translate(language, description.value);
    }
    let ids: Vec<String> = site.levels.iter().map(|level| level.id.clone()).collect();
    for (place, name) in linked(raw.levels, &ids, Code::UnknownLevel, diagnostics) {
        site.levels[place].name.translate(language, name.value);
    }
    translate_names(&mut site.fields, language, raw.fields, Code::UnknownField, diagnostics);
    let ids: Vec<String> = site.frameworks.iter().map(|framework| framework.id.clone()).collect();
    for (place, framework) in linked(raw.frameworks, &ids, Code::UnknownGroup, diagnostics) {
        if let Some(name) = framework.name {
            site.frameworks[place].name.translate(language, name.value);
        }
        let groups = &mut site.frameworks[place].groups;
        translate_names(groups, language, framework.groups, Code::UnknownGroup, diagnostics);
    }
}

fn translate_names(
    named: &mut [Field],
    language: Language,
    names: Entries<Spanned<String>>,
    code: Code,
    diagnostics: &mut Diagnostics,
) {
    let ids: Vec<String> = named.iter().map(|field| field.id.clone()).collect();
    for (place, name) in linked(names, &ids, code, diagnostics) {
        named[place].name.translate(language, name.value);
    }
}

/// The entries of a mapping whose keys are ids, with the places of those ids.
pub(crate) fn linked<T>(
    entries: Entries<T>,
    ids: &[String],
    code: Code,
    diagnostics: &mut Diagnostics,
) -> Vec<(usize, T)> {
    entries
        .into_iter()
        .filter_map(|(key, value)| Some((place_in(ids.iter().map(String::as_str), &key, code, diagnostics)?, value)))
        .collect()
}

/// Reports each id that stands in a list before.
pub(crate) fn report_doubles<'a>(ids: impl Iterator<Item = &'a Spanned<String>>, diagnostics: &mut Diagnostics) {
    let mut first = BTreeMap::new();
    for id in ids {
        match first.get(id.value.as_str()) {
            Some(span) => diagnostics
                .push(Diagnostic::new(Code::DuplicateId, id.span).with("id", &id.value).label(*span, "first-here")),
            None => {
                first.insert(id.value.as_str(), id.span);
            }
        }
    }
}

/// The bare text of an optional value.
pub(crate) fn text(value: Option<Spanned<String>>) -> Option<String> {
    value.map(|value| value.value)
}

/// The name of a thing; without one, its id.
pub(crate) fn name(name: Option<&Spanned<String>>, id: &Spanned<String>) -> Text {
    Text::new(name.unwrap_or(id).value.clone())
}

/// The levels; where none could be read, one stands in, so that every unit has a level.
fn levels(levels: Vec<Level>) -> Vec<Level> {
    if levels.is_empty() {
        return vec![Level { id: String::new(), name: Text::default(), any_parent: true }];
    }
    levels
}

fn named(raw: RawNamed) -> Field {
    Field { name: name(raw.name.as_ref(), &raw.id), id: raw.id.value }
}

fn languages(default: Option<&Spanned<String>>, all: &[Spanned<String>], diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut languages: Vec<String> = default.map(|language| language.value.clone()).into_iter().collect();
    for language in default.into_iter().chain(all) {
        if language.value.parse::<icu_locale_core::LanguageIdentifier>().is_err() {
            let diagnostic = Diagnostic::new(Code::UnknownLanguage, language.span).worded("unknown-language.tag");
            diagnostics.push(diagnostic.with("id", &language.value));
        } else if !languages.contains(&language.value) {
            languages.push(language.value.clone());
        }
    }
    if languages.is_empty() {
        languages.push("vi".to_owned());
    }
    languages
}

fn timezone(zone: &Spanned<String>, diagnostics: &mut Diagnostics) -> Tz {
    zone.value.parse().unwrap_or_else(|_| {
        let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let suggestion = crate::diagnostic::nearest(&zone.value, known);
        diagnostics.push(
            Diagnostic::new(Code::UnknownValue, zone.span)
                .worded("unknown-value.timezone")
                .with("found", &zone.value)
                .suggest(suggestion),
        );
        Tz::UTC
    })
}

fn with_slash(url: String) -> String {
    if url.ends_with('/') { url } else { url + "/" }
}

fn paths(raw: Option<RawPaths>) -> Paths {
    let (resolutions, units, reports) =
        raw.map_or((None, None, None), |paths| (paths.resolutions, paths.units, paths.reports));
    let or = |path: Option<Spanned<String>>, default: &str| text(path).unwrap_or_else(|| default.to_owned());
    Paths { resolutions: or(resolutions, "resolutions"), units: or(units, "units"), reports: or(reports, "reports") }
}

fn thresholds(raw: Option<RawAssessment>) -> Thresholds {
    let default = Thresholds::default();
    let Some(raw) = raw else { return default };
    Thresholds {
        on_track: raw.on_track.map_or(default.on_track, |share| share.value),
        behind: raw.behind.map_or(default.behind, |share| share.value),
        stale_after_months: raw.stale_after_months.map_or(default.stale_after_months, |months| months.value),
    }
}

/// The site's limits; one of nothing, or beyond what is read at all, is a mistake.
fn limits(raw: Option<RawLimits>, diagnostics: &mut Diagnostics) -> Limits {
    let default = Limits::default();
    let Some(raw) = raw else { return default };
    let mut limit = |given: Option<Spanned<u32>>, default: u32, most: u32| match given {
        Some(given) if (1..=most).contains(&given.value) => given.value,
        Some(given) => {
            let diagnostic = Diagnostic::new(Code::BadNumber, given.span).worded("bad-number.limit");
            diagnostics.push(diagnostic.with("found", given.value).with("most", most));
            default
        }
        None => default,
    };
    Limits {
        file_kib: limit(raw.file_kib, default.file_kib, Limits::MOST.file_kib),
        front_matter_kib: limit(raw.front_matter_kib, default.front_matter_kib, Limits::MOST.front_matter_kib),
        nesting: limit(raw.nesting, default.nesting, Limits::MOST.nesting),
        links: limit(raw.links, default.links, Limits::MOST.links),
        pages: limit(raw.pages, default.pages, Limits::MOST.pages),
    }
}

fn checks(raw: &Entries<Spanned<CheckLevel>>, diagnostics: &mut Diagnostics) -> BTreeMap<Code, CheckLevel> {
    raw.iter().filter_map(|(name, level)| Some((check(name, diagnostics)?, level.value))).collect()
}

/// The check of that name.
pub(crate) fn check(name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Code> {
    let checks = Code::ALL.iter().filter(|code| code.is_check()).map(|code| code.as_str());
    let place = place_in(checks, name, Code::UnknownCheck, diagnostics)?;
    Code::ALL.iter().copied().filter(|code| code.is_check()).nth(place)
}

fn logo(path: &Spanned<String>, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Option<String> {
    let below = path.value.strip_prefix("content/").unwrap_or(&path.value);
    let found = sources.assets().iter().any(|asset| asset.path.strip_prefix("content/") == Some(below));
    if !found {
        diagnostics.push(Diagnostic::new(Code::BrokenLink, path.span).with("link", &path.value));
    }
    found.then(|| below.to_owned())
}

fn placeholder() -> Site {
    Site {
        title: Text::default(),
        description: None,
        base_url: String::new(),
        languages: vec!["vi".to_owned()],
        timezone: Tz::UTC,
        as_of: None,
        theme: "default".to_owned(),
        publisher: None,
        license: None,
        paths: paths(None),
        levels: levels(Vec::new()),
        fields: Vec::new(),
        frameworks: Vec::new(),
        assessment: Thresholds::default(),
        checks: BTreeMap::new(),
        repository: None,
        logo: None,
        html: HtmlPolicy::Text,
        cards: Cards::None,
        history: None,
        limits: Limits::default(),
    }
}
