//! What a build remembers of the texts that it read, so that the next one need not look for mistakes in them again.
//!
//! A text is known by its path and its digest: what reading it gives depends on nothing else, and on the program. Only
//! texts of which there was nothing to say are remembered.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::digest::{Digest, digest_bytes};
use crate::render::markdown::LinkList;
use crate::source::{SourceId, SourceMap};

/// The digests of all sources, by their numbers.
#[derive(Debug)]
pub(super) struct Digests(Vec<Digest>);

impl Digests {
    pub(super) fn of(sources: &SourceMap) -> Self {
        let files: Vec<_> = sources.iter().collect();
        Self(files.into_par_iter().map(|(_, file)| digest_bytes(file.text.as_bytes())).collect())
    }

    pub(super) fn get(&self, file: SourceId) -> Digest {
        self.0[file.index()]
    }
}

/// Texts without a mistake, by their paths.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct KnownTexts<'a>(BTreeMap<Cow<'a, str>, KnownText<'a>>);

#[derive(Debug, Serialize, Deserialize)]
struct KnownText<'a> {
    digest: Digest,
    /// What there is to check in its body, where it has one.
    links: Option<Cow<'a, LinkList>>,
}

/// What is known of the texts of a site before they are read.
#[derive(Debug, Default)]
pub(super) struct Faultless {
    pub(super) files: BTreeSet<SourceId>,
    pub(super) links: BTreeMap<SourceId, LinkList>,
}

impl<'a> KnownTexts<'a> {
    /// What the next build is told: these texts had no mistake, and these are the links in their bodies.
    pub(super) fn new(sources: &'a SourceMap, digests: &Digests, faultless: &'a Faultless) -> Self {
        let known = |file: &SourceId| {
            let (digest, links) = (digests.get(*file), faultless.links.get(file).map(Cow::Borrowed));
            (sources.file(*file).path.as_str().into(), KnownText { digest, links })
        };
        Self(faultless.files.iter().map(known).collect())
    }

    /// Which texts of a site are known.
    pub(super) fn find(mut self, sources: &SourceMap, digests: &Digests) -> Faultless {
        let mut faultless = Faultless::default();
        for (id, file) in sources.iter() {
            let known = self.0.remove(file.path.as_str());
            if let Some(KnownText { links, .. }) = known.filter(|known| known.digest == digests.get(id)) {
                faultless.files.insert(id);
                faultless.links.extend(links.map(|links| (id, links.into_owned())));
            }
        }
        faultless
    }
}
