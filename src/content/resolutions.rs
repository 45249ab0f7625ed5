//! Links documents: issuers, what they carry out and change, who is expected to follow.

use super::files::Document;
use super::raw::{RawExpects, RawIndicator, RawKind, RawResolution, RawStage};
use super::units::folder;
use super::{Linker, cycles, day, entry, raw_entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::id::ResolutionId;
use crate::model::resolution::{Expects, Kind, Resolution, ResolutionKey};
use crate::model::site::LevelKey;
use crate::model::text::Text;
use crate::model::unit::{Unit, UnitKey};
use crate::source::Spanned;

/// An indicator as it is written, with the document that it stands in.
pub(super) struct Pending {
    pub(super) resolution: ResolutionKey,
    /// Large, and moved more than once.
    pub(super) raw: Box<Spanned<RawIndicator>>,
    pub(super) stages: Vec<RawStage>,
}

impl Linker<'_> {
    /// Makes the table of documents, and hands on their indicators in the order of the files.
    pub(super) fn link_resolutions(
        &mut self,
        documents: Vec<(Document<()>, RawResolution)>,
        units: &[Unit],
    ) -> (Vec<Resolution>, Vec<Pending>) {
        let mut resolutions: Vec<Resolution> = Vec::with_capacity(documents.len());
        let mut pending = Vec::new();
        let mut lineage = Vec::new();
        let mut carried_out = Vec::new();
        for (place, (document, mut raw)) in documents.into_iter().enumerate() {
            let key = ResolutionKey::new(place);
            let issuer = self.issuer(&document, raw.issuer.as_ref());
            for reference in &raw.implements {
                if let Some(to) = self.resolutions.get(&reference.value) {
                    lineage.push((key, to, reference.span));
                    carried_out.push((key, to, reference.span));
                }
            }
            for reference in &raw.amends {
                lineage.extend(self.resolutions.get(&reference.value).map(|to| (key, to, reference.span)));
            }
            let default_stages = raw.stages.take().map(|stages| stages.value).unwrap_or_default();
            let indicators = std::mem::take(&mut raw.indicators);
            pending.extend(indicators.into_iter().map(|indicator| Pending {
                resolution: key,
                raw: Box::new(indicator),
                stages: default_stages.clone(),
            }));
            let raw_entry = raw_entry!(raw, issuer, expects);
            resolutions.push(Resolution {
                title: Text::new(super::site::text(raw.title.take()).unwrap_or_default()),
                number: super::site::text(raw.number.take()),
                kind: raw.kind.as_ref().map_or(Kind::Other, |kind| self::kind(kind.value)),
                issuer,
                issued: raw.issued.take().map(|issued| issued.value),
                period: raw.period.take().map(|period| period.value),
                vision: raw.vision.take().map(|vision| vision.value),
                implements: self.resolutions.link_all(&raw.implements, self.diagnostics),
                amends: self.resolutions.link_all(&raw.amends, self.diagnostics),
                expects: raw.expects.take().map(|expects| self.expects(expects.value)),
                declares: raw.declares.take().map(|declares| u64::from(declares.value)),
                field: raw.field.take().and_then(|field| self.field(&field)),
                groups: self.groups(&raw.groups),
                sources: self.sources(std::mem::take(&mut raw.sources)),
                has_later_sources: false,
                indicators: Vec::new(),
                entry: entry(&document, raw_entry),
                id: ResolutionId::new(&document.id).expect("ids of files are checked"),
            });
        }
        let name = |key: ResolutionKey| resolutions[key.index()].id.to_string();
        cycles::report(resolutions.len(), &lineage, name, self.diagnostics);
        for (from, to, span) in carried_out {
            let (lower, upper) = (&resolutions[from.index()], &resolutions[to.index()]);
            if lower.issuer != upper.issuer
                && let (Some(level), Some(implemented)) =
                    (self.rank(units, lower.issuer), self.rank(units, upper.issuer))
                && implemented > level
            {
                self.diagnostics.push(
                    Diagnostic::new(Code::ImplementsBelow, span)
                        .with("document", &lower.id)
                        .with("implements", &upper.id),
                );
            }
        }
        (resolutions, pending)
    }

    /// The unit that issued a document: by its folder, with which its own word must agree.
    fn issuer(&mut self, document: &Document<()>, given: Option<&Spanned<String>>) -> UnitKey {
        let folder = folder(&document.id);
        let at_folder = Spanned::new(folder.to_owned(), document.head);
        let reference = given.unwrap_or(&at_folder);
        if given.is_some_and(|given| given.value != folder && self.units.exists(&given.value)) {
            self.diagnostics.push(
                Diagnostic::new(Code::IssuerDiffers, reference.span)
                    .with("given", &reference.value)
                    .with("folder", folder),
            );
        }
        // Without a single unit on file there is nothing to stand in; any key does, since nothing will be published.
        self.required_unit(Some(reference), document.file).unwrap_or(UnitKey::new(0))
    }

    fn expects(&mut self, raw: RawExpects) -> Expects {
        Expects {
            levels: raw.levels.iter().filter_map(|level| self.level(level)).collect(),
            by: day(raw.by),
            units: self.units.link_all(&raw.units, self.diagnostics),
            except: self.units.link_all(&raw.except, self.diagnostics),
            count: raw.count.map(|count| u64::from(count.value)),
        }
    }

    /// How far from the top a unit stands: its level, or for an organisation that of the unit it belongs to.
    fn rank(&self, units: &[Unit], unit: UnitKey) -> Option<LevelKey> {
        let mut next = Some(unit);
        // Parents may form a circle here: the mistake has been reported.
        for _ in 0..=self.site.levels.len() {
            let unit = units.get(next?.index())?;
            if !self.site.levels.get(unit.level.0)?.any_parent {
                return Some(unit.level);
            }
            next = unit.parent;
        }
        None
    }
}

fn kind(raw: RawKind) -> Kind {
    match raw {
        RawKind::Resolution => Kind::Resolution,
        RawKind::Directive => Kind::Directive,
        RawKind::Programme => Kind::Programme,
        RawKind::Plan => Kind::Plan,
        RawKind::Scheme => Kind::Scheme,
        RawKind::Decision => Kind::Decision,
        RawKind::Regulation => Kind::Regulation,
        RawKind::Guidance => Kind::Guidance,
        RawKind::Letter => Kind::Letter,
        RawKind::Statistics => Kind::Statistics,
        RawKind::Other => Kind::Other,
    }
}
