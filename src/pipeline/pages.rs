//! What a build remembers of the pages that it made, so that the next one makes only those that rest on something else.
//!
//! A page rests on the facts that making it looked at, and on the ground of all pages; their digest is kept beside the
//! list of the facts. Where the same facts have the same digest, making the page again would look at the same facts and
//! give the same bytes: rendering is pure. A page that gave rise to a diagnostic is not remembered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::trace::{Fact, Kind};
use crate::render::facts::{Digest, Facts};

/// What is remembered of all routes, by their addresses.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct KnownPages {
    routes: BTreeMap<String, Rested>,
}

/// What a route's files rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rested {
    /// By kind the places of the facts, each as its distance from the one before.
    facts: Vec<(u8, Vec<u32>)>,
    digest: Digest,
}

impl Rested {
    /// What was just made by looking at these facts; `None` where they are not all told apart.
    pub(super) fn new(noted: &[Fact], facts: &Facts) -> Option<Self> {
        let digest = facts.fingerprint(noted)?;
        let places = |of_kind: &[Fact]| {
            let mut before = 0;
            let distance = |fact: &Fact| fact.place - std::mem::replace(&mut before, fact.place);
            (of_kind[0].kind as u8, of_kind.iter().map(distance).collect())
        };
        let by_kind = noted.chunk_by(|one, other| one.kind == other.kind);
        Some(Self { facts: by_kind.map(places).collect(), digest })
    }

    /// Whether the facts are what they were.
    pub(super) fn holds(&self, facts: &Facts) -> bool {
        self.noted().is_some_and(|noted| facts.fingerprint(&noted) == Some(self.digest))
    }

    fn noted(&self) -> Option<Vec<Fact>> {
        let mut noted = Vec::new();
        for (kind, distances) in &self.facts {
            let kind = *Kind::ALL.get(usize::from(*kind))?;
            let mut place = 0_u32;
            for distance in distances {
                place = place.checked_add(*distance)?;
                noted.push(Fact { kind, place });
            }
        }
        Some(noted)
    }
}

impl KnownPages {
    /// What an earlier build left; nothing where that cannot be read.
    pub(super) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// What is remembered of a route.
    pub(super) fn find(&self, address: &str) -> Option<&Rested> {
        self.routes.get(address)
    }

    /// What the next build is told.
    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers can be written")
    }
}

impl FromIterator<(String, Rested)> for KnownPages {
    fn from_iter<T: IntoIterator<Item = (String, Rested)>>(routes: T) -> Self {
        Self { routes: routes.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_as_they_were_noted() {
        let fact = |kind, place| Fact { kind, place };
        let noted = [fact(Kind::Unit, 0), fact(Kind::Unit, 7), fact(Kind::Unit, 1_000_000), fact(Kind::Links, 0)];
        let facts = [(Kind::Unit as u8, vec![0, 7, 999_993]), (Kind::Links as u8, vec![0])];
        let rested = Rested { facts: facts.into(), digest: Digest::default() };
        assert_eq!(rested.noted().as_deref(), Some(&noted[..]));
        let known: KnownPages = [("don-vi/".to_owned(), rested.clone())].into_iter().collect();
        assert_eq!(KnownPages::read(&known.bytes()).find("don-vi/"), Some(&rested));
        for bad in [
            Rested { facts: vec![(255, vec![0])], ..rested.clone() },
            Rested { facts: vec![(0, vec![1, u32::MAX])], ..rested },
        ] {
            assert_eq!(bad.noted(), None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_forgotten() {
        for bytes in ["", "{", "{\"routes\": 1}", "null"] {
            assert!(KnownPages::read(bytes.as_bytes()).routes.is_empty());
        }
    }
}
