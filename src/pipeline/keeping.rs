//! Keeps what an earlier build made, where it rests on what it rested on.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::making::{Destination, site_path};
use super::pages::{KnownIndex, KnownPages, KnownPart, KnownRoute, Rested};
use super::parts;
use crate::digest::Digest;
use crate::model::text::Language;
use crate::model::trace::Fact;
use crate::output::SitePath;
use crate::publish::Publication;
use crate::render::Site;
use crate::render::data::Observations;
use crate::render::facts::Facts;
use crate::route::{Route, Target};

/// What an earlier build knew of its pages, and what is so now.
pub(super) struct Earlier<'here, 'a> {
    site: &'here Site<'a>,
    publication: &'here Publication,
    facts: Facts<'a>,
    known: KnownPages,
}

/// What was kept of an earlier build.
#[derive(Default)]
pub(super) struct Kept {
    /// For each route of the site, in their order, its address and what is known of it, if it was kept.
    pub(super) routes: Vec<Option<(String, KnownRoute)>>,
    /// The search indexes that were kept.
    pub(super) indexes: BTreeMap<Language, KnownIndex>,
}

impl Kept {
    /// The files of the search indexes.
    pub(super) fn search_files(&self) -> BTreeSet<&str> {
        self.indexes.values().flat_map(|index| &index.files).map(String::as_str).collect()
    }
}

/// What there is to tell the next build.
pub(super) struct News<'a> {
    facts: Facts<'a>,
    names: Option<Digest>,
    kept: Kept,
    /// The languages whose search indexes were made.
    made: Vec<Language>,
}

impl News<'_> {
    /// What the next build of the site is told.
    pub(super) fn into_known(self, site: &Site<'_>) -> KnownPages {
        let Self { facts, names, kept, made } = self;
        let made = made.into_iter().filter_map(|language| {
            let rested = Rested::new(&Site::facts_of_index(language), &facts)?;
            let order = Rested::new(&Site::facts_of_alphabet(language), &facts)?;
            let files = site.search_files(&[language]).into_keys().map(str::to_owned).collect();
            Some((language, KnownIndex::new(rested, files, order, &site.known_search(language))))
        });
        let tag = |language| site.register().site.tag(language).to_owned();
        let indexes = kept.indexes.into_iter().chain(made).map(|(language, index)| (tag(language), index));
        KnownPages::new(names, kept.routes.into_iter().flatten(), indexes)
    }
}

impl<'here, 'a> Earlier<'here, 'a> {
    /// `None` where nothing is kept from one build to the next.
    pub(super) fn new(
        site: &'here Site<'a>,
        destination: &'here Destination,
        known: KnownPages,
        facts: Facts<'a>,
    ) -> Option<Self> {
        let Destination::Publication(publication) = destination else { return None };
        Some(Self { site, publication, facts, known })
    }

    /// What there is to tell the next build, now that all routes and the indexes of these languages are made.
    pub(super) fn into_news(self, names: Option<Digest>, kept: Kept, made: Vec<Language>) -> News<'a> {
        News { facts: self.facts, names, kept, made }
    }

    /// What was just made by looking at these facts rests on; `None` where they are not all told apart.
    pub(super) fn rested(&self, noted: &[Fact]) -> Option<Rested> {
        Rested::new(noted, &self.facts)
    }

    /// Makes a file of parts, and keeps those of the former one that rest on what they rested on. `place` is that of its
    /// route.
    pub(super) fn make_parts(&self, path: &str, place: usize, file: &Observations<'_>) -> (Vec<u8>, Vec<KnownPart>) {
        let known = self.known.find(path, place).map(|route| route.parts.as_slice()).unwrap_or_default();
        let former = if known.is_empty() { None } else { self.publication.read_former(&site_path(path)) };
        parts::make(file, &self.facts, known, former, |_| ())
    }

    /// Keeps whatever can be kept, and calls `each` for every route that is, from several threads.
    pub(super) fn keep(&self, each: impl Fn() + Sync) -> Kept {
        let routes = self.site.routes();
        let keep = || -> Vec<_> {
            let keep = |(place, route)| self.keep_route(route, place).inspect(|_| each());
            routes.par_iter().enumerate().map(keep).collect()
        };
        let languages = self.site.languages();
        let (same, other): (Vec<_>, Vec<_>) =
            languages.into_iter().partition(|language| self.find_index(*language).is_some());
        let recall = || other.into_par_iter().for_each(|language| self.recall_search(language));
        let (kept, ()) = rayon::join(keep, recall);
        // A page that is made anew names the index.
        let pages =
            routes.iter().zip(&kept).filter(|(route, kept)| route.target == Target::Search(1) && kept.is_some());
        let indexes = pages.filter_map(|(route, _)| Some((route.language, self.find_index(route.language)?.clone())));
        let indexes = indexes.collect();
        let mut kept = Kept { routes: kept, indexes };
        let files: Vec<SitePath> = kept.search_files().into_iter().map(site_path).collect();
        if !self.publication.keep(&files) {
            kept.indexes.clear();
        }
        let made = same.into_iter().filter(|language| !kept.indexes.contains_key(language));
        made.for_each(|language| self.recall_search(language));
        kept
    }

    /// Tells the site what is known of what can be found, for an index that is not kept.
    fn recall_search(&self, language: Language) {
        if let Some(known) = self.find_known_index(language) {
            self.site.recall_search(language, known.search(&self.facts));
        }
    }

    /// Keeps the files of a route, if they rest on what they rested on and are as they were left.
    fn keep_route(&self, route: &Route, place: usize) -> Option<(String, KnownRoute)> {
        let register = self.site.register();
        let address = route.address(register);
        let known = self.known.find(&address, place).filter(|known| known.rested.holds(&self.facts))?;
        let paths: Vec<SitePath> = route.files(register).iter().map(|path| site_path(path)).collect();
        self.publication.keep(&paths).then(|| (address, known.clone()))
    }

    fn find_index(&self, language: Language) -> Option<&KnownIndex> {
        self.find_known_index(language).filter(|index| index.rested.holds(&self.facts))
    }

    fn find_known_index(&self, language: Language) -> Option<&KnownIndex> {
        self.known.find_index(self.site.register().site.tag(language))
    }
}
