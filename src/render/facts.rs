//! Digests of the facts that pages rest on, by which a page that was made before is known to be the same still.
//!
//! Whatever a page is made of is either a fact that making it notes ([`crate::model::trace`]) or the ground on which all
//! pages stand: the theme, the settings, the day. A digest is of what is written, not of where it stands.

use std::hash::Hash;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Site;
use super::view::overview::Overview;
use crate::assess::Status;
use crate::check::{Finding, Subject};
use crate::digest::{Digest, digest, digest_bytes};
use crate::model::Register;
use crate::model::site::FieldKey;
use crate::model::table::{Key, Row, Table};
use crate::model::text::{Entry, Language};
use crate::model::trace::{Fact, Kind};
use crate::source::{SourceId, SourceMap};

/// The digests of all facts of a site.
#[derive(Debug)]
pub struct Facts<'a> {
    ground: Digest,
    /// By kind; those of a kind by their places.
    digests: Vec<Vec<Digest>>,
    /// Those of [`Kind::Text`], once they are asked for: few pages rest on the text of another file.
    texts: Vec<OnceLock<Digest>>,
    sources: &'a SourceMap,
}

impl<'a> Facts<'a> {
    /// Digests the facts of a site. `program` tells builds of the program and its options apart.
    #[must_use]
    pub fn new(site: &Site<'a>, program: &str) -> Self {
        let mut facts = Self {
            ground: Digest::default(),
            digests: Kind::ALL.iter().map(|_| Vec::new()).collect(),
            texts: site.sources.iter().map(|_| OnceLock::new()).collect(),
            sources: site.sources,
        };
        facts.entries(site);
        facts.assessment(site);
        facts.lists(site);
        facts.findings(site);
        facts.set(Kind::Links, [digest(&site.links)]);
        facts.ground = facts.ground(site, program);
        facts
    }

    /// What all pages stand on.
    fn ground(&self, site: &Site<'_>, program: &str) -> Digest {
        let register = &site.assessment.register;
        let theme: Vec<(&str, &str)> = (site.sources.texts())
            .filter(|(_, file)| !file.path.starts_with("content/"))
            .map(|(_, file)| (file.path.as_str(), &*file.text))
            .collect();
        let files: Vec<&str> = register.files.iter().map(|file| file.output.as_str()).collect();
        let assets =
            [&site.style, &site.icon].into_iter().chain(site.editions.iter().flat_map(|edition| &edition.scripts));
        let assets: Vec<&str> = assets.map(|asset| asset.path.as_str()).collect();
        let shared = self.fingerprint_on(&Digest::default(), &site.shared);
        digest((program, &register.site, site.assessment.as_of, theme, files, assets, shared))
    }

    fn entries(&mut self, site: &Site<'_>) {
        let register = &site.assessment.register;
        let Register { units, resolutions, indicators, reports, pages, .. } = register;
        let all = [
            self.table(units, |row| prose(site, &row.entry)),
            self.table(resolutions, |row| prose(site, &row.entry)),
            self.table(indicators, |_| Digest::default()),
            self.table(reports, |row| prose(site, &row.entry)),
            self.table(pages, |row| prose(site, &row.entry)),
        ];
        let data = all.map(|all| all.0);
        self.set(Kind::Data, [digest(data)]);
        self.set(Kind::Prose, [digest(all.map(|all| all.1))]);
        let headings: Vec<Digest> = reports.rows().par_iter().map(|report| digest(report.without_figures())).collect();
        let [units, resolutions, indicators, _, pages] = data;
        self.set(Kind::Headings, [digest((units, resolutions, indicators, headings, pages))]);
    }

    /// Digests the rows of a table, each with its prose; gives one digest of all without it, and one of it alone.
    fn table<T: Row + Hash + Sync>(
        &mut self,
        table: &Table<T>,
        prose: impl Fn(&T) -> Digest + Sync,
    ) -> (Digest, Digest) {
        let (data, prose): (Vec<Digest>, Vec<Digest>) =
            table.rows().par_iter().map(|row| (digest(row), prose(row))).unzip();
        let rows: Vec<Digest> = data.iter().zip(&prose).map(digest).collect();
        let all = (digest(data), digest(prose));
        self.set(T::ALL, [digest(all)]);
        self.set(T::ONE, rows);
        all
    }

    fn set(&mut self, kind: Kind, digests: impl Into<Vec<Digest>>) {
        self.digests[kind as usize] = digests.into();
    }

    /// Digests what each entry of a table has.
    fn each<T: Row, H: Hash>(&mut self, kind: Kind, table: &Table<T>, of: impl Fn(Key<T>) -> H + Sync) {
        let keys: Vec<Key<T>> = table.keys().collect();
        self.set(kind, keys.into_par_iter().map(|key| digest(of(key))).collect::<Vec<_>>());
    }

    fn assessment(&mut self, site: &Site<'_>) {
        let assessment = site.assessment;
        let (register, index, lists) = (&assessment.register, &assessment.index, &assessment.lists);
        let Register { units, resolutions, indicators, .. } = register;
        self.each(Kind::Judgement, indicators, |key| assessment.judgement(key));
        self.each(Kind::OfResolution, resolutions, |key| assessment.resolution(key));
        self.each(Kind::OfUnit, units, |key| assessment.unit(key));
        self.set(Kind::OfSite, [digest(assessment.summary())]);
        self.each(Kind::Coverage, resolutions, |key| assessment.coverage(key));
        self.each(Kind::Children, units, |key| index.children(key));
        self.each(Kind::Issued, units, |key| index.issued(key));
        self.each(Kind::Owned, units, |key| index.owned(key));
        self.each(Kind::ReportsOf, units, |key| index.reports(key));
        self.each(Kind::Predecessors, units, |key| index.predecessors(key));
        self.each(Kind::ImplementedBy, resolutions, |key| index.implemented_by(key));
        self.each(Kind::AmendedBy, resolutions, |key| index.amended_by(key));
        self.each(Kind::Claims, resolutions, |key| index.claims(key));
        self.each(Kind::Observations, indicators, |key| index.observations(key));
        self.each(Kind::Contributors, indicators, |key| index.contributors(key));
        self.each(Kind::RestatedBy, indicators, |key| index.restated_by(key));
        self.each(Kind::ExpectedOf, units, |key| lists.expected_of(key));
        self.each(Kind::HandedOver, units, |key| lists.handed_over(key));
    }

    fn lists(&mut self, site: &Site<'_>) {
        let (register, lists) = (&site.assessment.register, &site.assessment.lists);
        let fields = 0..register.site.fields.len();
        let frameworks = 0..register.site.frameworks.len();
        self.set(Kind::AtStatus, Status::ALL.map(|status| digest(lists.status(status))));
        self.set(Kind::InField, fields.map(|place| digest(lists.field(FieldKey(place)))).collect::<Vec<_>>());
        self.set(Kind::InFramework, frameworks.map(|place| digest(lists.framework(place))).collect::<Vec<_>>());
        self.set(Kind::Corrections, [digest(lists.corrections())]);
        self.set(Kind::Ledger, [digest((lists.ledger(), lists.months()))]);
        self.set(Kind::Sheets, [digest((lists.sheets(), lists.states()))]);
        let overviews = || site.editions.iter().map(|edition| &edition.overview);
        let of = |make: &dyn Fn(&Overview) -> Digest| overviews().map(make).collect::<Vec<_>>();
        self.set(Kind::OrderOfUnits, of(&|one| digest((one.units(), one.reporting_units()))));
        self.set(Kind::OrderOfDocuments, of(&|one| digest((one.documents(), one.issuers()))));
        self.set(Kind::OrderOfReports, of(&|one| digest(one.reports())));
        self.set(Kind::Overview, of(&|one| digest(one.summaries())));
        let findable = site.languages().into_iter().map(|language| digest(site.ground(language)));
        self.set(Kind::Findable, findable.collect::<Vec<_>>());
    }

    fn findings(&mut self, site: &Site<'_>) {
        let register = &site.assessment.register;
        let nothing = digest(());
        let mut of_indicators = vec![nothing; register.indicators.len()];
        let mut of_resolutions = vec![nothing; register.resolutions.len()];
        let mut of_files = vec![nothing; site.sources.iter().count()];
        for (subject, findings) in &site.findings {
            let place = match subject {
                Subject::Observation(key, _) | Subject::Indicator(key) => &mut of_indicators[key.index()],
                Subject::Resolution(key) | Subject::Coverage(key, _) => &mut of_resolutions[key.index()],
                Subject::Entry(file) => &mut of_files[file.index()],
            };
            let findings: Vec<_> = findings.iter().map(|finding| said(finding)).collect();
            *place = digest((*place, subject, findings));
        }
        self.set(Kind::FindingsOfIndicator, of_indicators);
        self.set(Kind::FindingsOfResolution, of_resolutions);
        self.set(Kind::FindingsOfFile, of_files);
        self.set(Kind::Findings, [digest(&site.found)]);
    }

    /// One digest of these facts and the ground; `None` where one of them is not there, or not told apart.
    #[must_use]
    pub fn fingerprint(&self, facts: &[Fact]) -> Option<Digest> {
        self.fingerprint_on(&self.ground, facts)
    }

    fn fingerprint_on(&self, ground: &Digest, facts: &[Fact]) -> Option<Digest> {
        let mut all = Vec::with_capacity((facts.len() + 1) * size_of::<Digest>());
        all.extend_from_slice(ground);
        for Fact { kind, place } in facts {
            all.extend_from_slice(self.of(*kind, *place)?);
        }
        Some(digest_bytes(&all))
    }

    fn of(&self, kind: Kind, place: u32) -> Option<&Digest> {
        if kind != Kind::Text {
            return self.digests[kind as usize].get(place as usize);
        }
        let (file, text) = (SourceId::from_number(place), self.texts.get(place as usize)?);
        Some(text.get_or_init(|| digest_bytes(self.sources.file(file).text.as_bytes())))
    }
}

/// What a finding says, wherever it was found.
fn said(finding: &Finding) -> impl Hash {
    let diagnostic = &finding.diagnostic;
    (diagnostic.code, diagnostic.wording, diagnostic.arguments.clone(), diagnostic.help, finding.acknowledged.clone())
}

/// Digests an entry's summary and prose in all its languages.
fn prose(site: &Site<'_>, entry: &Entry) -> Digest {
    let bodies = entry.prose.bodies().map(|(language, body)| (language, site.sources.slice(body)));
    digest((&entry.summary, bodies.collect::<Vec<(Language, &str)>>()))
}
