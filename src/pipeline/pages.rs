//! What a build remembers of the pages that it made, so that the next one makes only those that rest on something else.
//!
//! A page rests on the facts that making it looked at, and on the ground of all pages; their digest is kept beside the
//! list of the facts. Where the same facts have the same digest, making the page again would look at the same facts and
//! give the same bytes: rendering is pure. A page that gave rise to a diagnostic is not remembered.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::model::trace::{Fact, Kind};
use crate::render::KnownSearch;
use crate::render::facts::Facts;

/// What is remembered of all routes, by their addresses, and of all search indexes, by their languages.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct KnownPages {
    /// A digest of the names of all files, which were without a mistake.
    names: Option<Digest>,
    /// In the order of routes, which is mostly that of the build before.
    routes: Vec<(String, KnownRoute)>,
    #[serde(skip)]
    places: OnceLock<HashMap<String, usize>>,
    indexes: BTreeMap<String, KnownIndex>,
}

/// A route that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownRoute {
    pub(super) rested: Rested,
    /// The parts of its file, where that is made of parts.
    pub(super) parts: Vec<KnownPart>,
}

/// A part of a file; the parts stand one after another behind the file's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownPart {
    pub(super) rested: Rested,
    /// How many entries it is of: those that it looked at, and no others.
    pub(super) entries: usize,
    /// How many bytes it has.
    pub(super) length: usize,
    /// The digest of its bytes.
    pub(super) digest: Digest,
}

/// A search index that was made, whose files are named after their content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownIndex {
    pub(super) rested: Rested,
    /// The paths of its files.
    pub(super) files: Vec<String>,
    /// What the order of titles rests on.
    order: Rested,
    /// What was found out of what can be found, as bytes: it is large, and most builds only hand it on.
    #[serde(with = "serde_bytes")]
    search: Vec<u8>,
}

impl KnownIndex {
    pub(super) fn new(rested: Rested, files: Vec<String>, order: Rested, search: &KnownSearch) -> Self {
        let search = postcard::to_allocvec(search).expect("texts and numbers can be written");
        Self { rested, files, order, search }
    }

    /// What helps to make the index anew; nothing where it cannot be read.
    pub(super) fn search(&self, facts: &Facts<'_>) -> KnownSearch {
        let search: KnownSearch = postcard::from_bytes(&self.search).unwrap_or_default();
        if self.order.holds(facts) { search } else { search.without_order() }
    }
}

/// What a route's files rest on, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rested {
    /// For each kind its number, how many facts there are, and their places, each as its distance from the one before.
    facts: Vec<u32>,
    /// The two halves of their digest.
    digest: [u64; 2],
}

fn halves(digest: Digest) -> [u64; 2] {
    let digest = u128::from_le_bytes(digest);
    #[expect(clippy::cast_possible_truncation, reason = "one half after the other")]
    [digest as u64, (digest >> 64) as u64]
}

impl Rested {
    /// What was just made by looking at these facts; `None` where they are not all told apart.
    pub(super) fn new(noted: &[Fact], facts: &Facts) -> Option<Self> {
        let digest = halves(facts.fingerprint(noted)?);
        Some(Self { facts: flat(noted), digest })
    }

    /// Whether the facts are what they were.
    pub(super) fn holds(&self, facts: &Facts) -> bool {
        self.noted().is_some_and(|noted| facts.fingerprint(&noted).map(halves) == Some(self.digest))
    }

    fn noted(&self) -> Option<Vec<Fact>> {
        let mut noted = Vec::with_capacity(self.facts.len());
        let mut rest = self.facts.as_slice();
        while let [kind, count, after @ ..] = rest {
            let kind = *Kind::ALL.get(*kind as usize)?;
            let (distances, after) = after.split_at_checked(*count as usize)?;
            let mut place = 0_u32;
            for distance in distances {
                place = place.checked_add(*distance)?;
                noted.push(Fact { kind, place });
            }
            rest = after;
        }
        rest.is_empty().then_some(noted)
    }
}

fn flat(noted: &[Fact]) -> Vec<u32> {
    let mut flat = Vec::with_capacity(noted.len() + 32);
    for of_kind in noted.chunk_by(|one, other| one.kind == other.kind) {
        let count = u32::try_from(of_kind.len()).expect("fewer than 4 billion entries");
        flat.extend([of_kind[0].kind as u32, count]);
        let mut before = 0;
        flat.extend(of_kind.iter().map(|fact| fact.place - std::mem::replace(&mut before, fact.place)));
    }
    flat
}

impl KnownPages {
    /// What an earlier build left; nothing where that cannot be read.
    pub(super) fn read(bytes: &[u8]) -> Self {
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    pub(super) fn new(
        names: Option<Digest>,
        routes: impl IntoIterator<Item = (String, KnownRoute)>,
        indexes: impl IntoIterator<Item = (String, KnownIndex)>,
    ) -> Self {
        let (routes, indexes) = (routes.into_iter().collect(), indexes.into_iter().collect());
        Self { names, routes, places: OnceLock::new(), indexes }
    }

    /// A digest of all names that were without a mistake.
    pub(super) fn names(&self) -> Option<Digest> {
        self.names
    }

    /// What is remembered of a route; most likely it stands at the place that the route has now.
    pub(super) fn find(&self, address: &str, place: usize) -> Option<&KnownRoute> {
        let find = || {
            let places = || self.routes.iter().zip(0..).map(|((address, _), place)| (address.clone(), place)).collect();
            self.routes.get(*self.places.get_or_init(places).get(address)?)
        };
        let (_, route) = self.routes.get(place).filter(|(known, _)| known == address).or_else(find)?;
        Some(route)
    }

    /// What is remembered of the search index of a language, by its tag.
    pub(super) fn find_index(&self, tag: &str) -> Option<&KnownIndex> {
        self.indexes.get(tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(known: &KnownPages) -> Vec<u8> {
        postcard::to_allocvec(known).expect("texts and numbers can be written")
    }

    #[test]
    fn facts_come_back_as_they_were_noted() {
        let fact = |kind, place| Fact { kind, place };
        let noted = [fact(Kind::Unit, 0), fact(Kind::Unit, 7), fact(Kind::Unit, 1_000_000), fact(Kind::Links, 0)];
        let facts = flat(&noted);
        assert_eq!(facts, [Kind::Unit as u32, 3, 0, 7, 999_993, Kind::Links as u32, 1, 0]);
        let rested = Rested { facts: facts.clone(), digest: [1, u64::MAX] };
        assert_eq!(rested.noted().as_deref(), Some(&noted[..]));
        let index = KnownIndex::new(
            rested.clone(),
            vec!["assets/search.0.json".to_owned()],
            rested.clone(),
            &KnownSearch::default(),
        );
        let part = KnownPart { rested: rested.clone(), entries: 64, length: 1 << 40, digest: [7; 16] };
        let route = KnownRoute { rested, parts: vec![part.clone(), part] };
        let known = KnownPages::new(None, [("don-vi/".to_owned(), route.clone())], [("vi".to_owned(), index.clone())]);
        let read = KnownPages::read(&bytes(&known));
        assert_eq!((read.find("don-vi/", 0), read.find_index("vi")), (Some(&route), Some(&index)));
        assert_eq!((read.find("vi", 0), read.find_index("don-vi/")), (None, None));
        assert_eq!(read.find("don-vi/", 7), Some(&route));
        let cut = facts[..4].to_vec();
        for facts in [vec![255, 1, 0], vec![0, 2, 1, u32::MAX], vec![0], vec![0, u32::MAX, 1], cut] {
            assert_eq!(Rested { facts, digest: [0; 2] }.noted(), None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_forgotten() {
        let rested = Rested { facts: vec![1], digest: [2; 2] };
        let part = KnownPart { rested: rested.clone(), entries: 1, length: 300, digest: [3; 16] };
        let route = KnownRoute { rested, parts: vec![part] };
        let known = KnownPages::new(None, [("don-vi/".to_owned(), route)], []);
        let whole = bytes(&known);
        assert_eq!(KnownPages::read(&whole).routes.len(), 1);
        for length in 0..whole.len() {
            assert!(KnownPages::read(&whole[..length]).routes.is_empty());
        }
        assert!(KnownPages::read(&[0xff; 64]).routes.is_empty());
    }
}
