//! Links units: levels, parents, successors.

use super::files::Document;
use super::raw::RawUnit;
use super::{Linker, cycles, day, entry, raw_entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::id::UnitId;
use crate::model::site::LevelKey;
use crate::model::text::Text;
use crate::model::unit::{Unit, UnitKey};
use crate::source::{Span, Spanned};

impl Linker<'_> {
    /// Makes the table of units.
    pub(super) fn link_units(&mut self, documents: Vec<(Document<()>, RawUnit)>) -> Vec<Unit> {
        let levels: Vec<Option<LevelKey>> =
            documents.iter().map(|(_, raw)| raw.level.as_ref().and_then(|level| self.level(level))).collect();
        let mut parents = Vec::new();
        let mut succeeded = Vec::new();
        let mut units: Vec<Unit> = Vec::with_capacity(documents.len());
        for (place, (document, mut raw)) in documents.into_iter().enumerate() {
            let key = UnitKey::new(place);
            let parent = self.parent(&document, raw.parent.as_ref());
            if let Some((parent, span)) = parent {
                if let (Some(above), Some(level)) = (levels[parent.index()], levels[place])
                    && above >= level
                    && !self.site.levels[level.0].any_parent
                {
                    self.diagnostics.push(
                        Diagnostic::new(Code::ParentNotAbove, span)
                            .with("unit", &document.id)
                            .with("parent", raw.parent.as_ref().map_or_else(|| folder(&document.id), |id| &id.value)),
                    );
                } else {
                    // One that is not above closes any circle by itself: that is told once.
                    parents.push((key, parent, span));
                }
            }
            let successors = self.units.link_all(&raw.successors, self.diagnostics);
            for reference in &raw.successors {
                succeeded.extend(self.units.get(&reference.value).map(|to| (key, to, reference.span)));
            }
            if levels[place].is_none() {
                self.incomplete.insert(document.file);
            }
            units.push(Unit {
                name: Text::new(super::site::text(raw.name.take()).unwrap_or_default()),
                level: levels[place].unwrap_or(LevelKey(0)),
                parent: parent.map(|(parent, _)| parent),
                code: super::site::text(raw.code.take()),
                established: day(raw.established.take()),
                dissolved: day(raw.dissolved.take()),
                successors,
                website: super::site::text(raw.website.take()),
                population: raw.population.take().map(|population| population.value),
                sources: self.sources(std::mem::take(&mut raw.sources)),
                entry: entry(&document, raw_entry!(raw)),
                id: UnitId::new(&document.id).expect("ids of files are checked"),
            });
        }
        let name = |key: UnitKey| units[key.index()].id.to_string();
        cycles::report(units.len(), &parents, name, self.diagnostics);
        cycles::report(units.len(), &succeeded, name, self.diagnostics);
        units
    }

    /// The parent of a unit, by its own word or its folder, and where that is said.
    ///
    /// A folder that is no unit only sorts files: then the file itself must name the parent, if there is one.
    fn parent(&mut self, document: &Document<()>, given: Option<&Spanned<String>>) -> Option<(UnitKey, Span)> {
        let folder = folder(&document.id);
        let Some(given) = given else {
            if folder.is_empty() {
                return None;
            }
            let folder = Spanned::new(folder.to_owned(), document.head);
            return self.units.link(&folder, self.diagnostics).map(|parent| (parent, document.head));
        };
        let parent = self.units.link(given, self.diagnostics)?;
        if given.value != folder && !folder.is_empty() && self.units.exists(folder) {
            self.diagnostics.push(
                Diagnostic::new(Code::IssuerDiffers, given.span)
                    .worded("issuer-differs.parent")
                    .with("given", &given.value)
                    .with("folder", folder),
            );
        }
        Some((parent, given.span))
    }
}

/// The folder part of an id, without its last slash.
pub(super) fn folder(id: &str) -> &str {
    id.rfind('/').map_or("", |slash| &id[..slash])
}
