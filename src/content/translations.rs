//! Adds the texts of other languages to the entries that they belong to.

use super::Linker;
use super::files::{Kind, Translation};
use super::raw::{RawIndicatorTranslation, RawSiteTranslation, RawTranslation};
use super::site::linked;
use super::yaml::values::Entries;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::indicator::Stage;
use crate::model::resolution::ResolutionKey;
use crate::model::text::{Entry, Language, Text};
use crate::model::{Page, Register};
use crate::source::{SourceId, Span, Spanned};

impl Linker<'_> {
    /// Adds every translation; one without an original, or in a language that the site does not have, is reported.
    pub(super) fn translate(
        &mut self,
        register: &mut Register,
        sites: Vec<(SourceId, String, RawSiteTranslation)>,
        entries: Vec<Translation>,
    ) {
        for (file, tag, raw) in sites {
            if let Some(language) = self.language(&tag, self.sources.first_line(file)) {
                super::site::translate(&mut register.site, language, raw, self.diagnostics);
            }
        }
        for Translation { kind, language, document } in entries {
            let language = self.language(&language, document.head);
            let id = Spanned::new(document.id.clone(), document.head);
            let body = document.body;
            let (Some(language), Some((_, mut raw))) = (language, document.split()) else { continue };
            let entry = match kind {
                Kind::Unit => self.units.link(&id, self.diagnostics).map(|key| {
                    let unit = &mut register.units[key];
                    add(Some(&mut unit.name), language, raw.name.take());
                    &mut unit.entry
                }),
                Kind::Report => self.reports.link(&id, self.diagnostics).map(|key| {
                    let report = &mut register.reports[key];
                    add(Some(&mut report.title), language, raw.title.take());
                    &mut report.entry
                }),
                Kind::Resolution => match self.resolutions.link(&id, self.diagnostics) {
                    Some(key) => {
                        self.resolution_texts(register, key, language, &mut raw);
                        Some(&mut register.resolutions[key].entry)
                    }
                    None => None,
                },
                Kind::Page => {
                    let page = register.pages.rows_mut().iter_mut().find(|page| page.id.as_str() == id.value);
                    match page {
                        Some(Page { title, entry, .. }) => {
                            add(Some(title), language, raw.title.take());
                            Some(entry)
                        }
                        None => {
                            self.diagnostics.push(
                                Diagnostic::new(Code::BrokenLink, id.span)
                                    .worded("broken-link.translation")
                                    .with("link", &id.value),
                            );
                            None
                        }
                    }
                }
            };
            if let Some(entry) = entry {
                entry_texts(entry, language, raw, body, self.sources.slice(body).trim());
            }
        }
    }

    fn language(&mut self, tag: &str, head: Span) -> Option<Language> {
        let found = self.site.languages().skip(1).find(|(_, known)| *known == tag).map(|(language, _)| language);
        if found.is_none() && self.site_complete {
            let known = self.site.languages.iter().skip(1).map(String::as_str);
            self.diagnostics
                .push(Diagnostic::new(Code::UnknownLanguage, head).with("id", tag).suggest(nearest(tag, known)));
        }
        found
    }

    fn resolution_texts(
        &mut self,
        register: &mut Register,
        key: ResolutionKey,
        language: Language,
        raw: &mut RawTranslation,
    ) {
        let resolution = &mut register.resolutions[key];
        add(Some(&mut resolution.title), language, raw.title.take());
        let default_stages = std::mem::take(&mut raw.stages);
        let keys = resolution.indicators.clone();
        let own: Vec<String> = keys.iter().map(|key| register.indicators[*key].id.own().to_owned()).collect();
        // The document's default stages were copied to its indicators; the translation reaches each copy.
        for (stage, name) in default_stages {
            for key in &keys {
                let stages = &mut register.indicators[*key].stages;
                if let Some(copy) = stages.iter_mut().find(|copy| copy.id == stage.value) {
                    copy.name.translate(language, name.value.clone());
                }
            }
        }
        for (place, texts) in
            linked(std::mem::take(&mut raw.indicators), &own, Code::UnknownIndicator, self.diagnostics)
        {
            let indicator = &mut register.indicators[keys[place]];
            let RawIndicatorTranslation { name, measured_in, population, note, stages, items } = texts;
            add(Some(&mut indicator.name), language, name);
            add(Some(&mut indicator.measured_in), language, measured_in);
            let counted = indicator.population.as_mut().and_then(|population| population.name.as_mut());
            add(counted, language, population);
            add(indicator.evidence.note.as_deref_mut(), language, note);
            self.stage_names(&mut indicator.stages, language, stages);
            let ids: Vec<String> = indicator.items.iter().map(|item| item.id.clone()).collect();
            for (place, name) in linked(items, &ids, Code::UnknownItem, self.diagnostics) {
                indicator.items[place].name.translate(language, name.value);
            }
        }
    }

    fn stage_names(&mut self, stages: &mut [Stage], language: Language, names: Entries<Spanned<String>>) {
        let ids: Vec<String> = stages.iter().map(|stage| stage.id.clone()).collect();
        for (place, name) in linked(names, &ids, Code::UnknownStage, self.diagnostics) {
            stages[place].name.translate(language, name.value);
        }
    }
}

fn entry_texts(entry: &mut Entry, language: Language, raw: RawTranslation, body: Span, text: &str) {
    add(entry.summary.as_mut(), language, raw.summary);
    add(entry.note.as_mut(), language, raw.note);
    if !text.is_empty() {
        entry.prose.translations.insert(language, body);
    }
    entry.translated.push(language);
}

fn add(original: Option<&mut Text>, language: Language, text: Option<Spanned<String>>) {
    if let (Some(original), Some(text)) = (original, text) {
        original.translate(language, text.value);
    }
}
