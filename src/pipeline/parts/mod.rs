//! Makes a file of parts, and keeps those parts of the former file that rest on what they rested on.
//!
//! The former file is never believed: a part of it is kept only where its bytes have the digest that was left of them,
//! so that whatever else is wrong, with the file or with what is remembered of it, makes a part anew. The file is byte
//! for byte what it is where all parts are made.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::pages::{KnownPart, Rested};
use crate::digest::digest_bytes;
use crate::model::trace;
use crate::render::data::Observations;
use crate::render::facts::Facts;

/// So many parts are put into the former file where it stands in memory; with more of them, all are put together anew.
const FEW: usize = 4;

/// Makes the file, of which `known` parts were in the `former` one; answers what is known of its parts now, which is
/// nothing where not all that they rest on is told apart. `each` is told the place of every part that is not kept, from
/// several threads. Nobody hears what the file looks at.
pub(super) fn make(
    file: &Observations<'_>,
    facts: &Facts<'_>,
    known: &[KnownPart],
    former: Option<Vec<u8>>,
    each: impl Fn(usize) + Sync,
) -> (Vec<u8>, Vec<KnownPart>) {
    trace::unheard(|| {
        let (header, sizes) = (file.header(), file.sizes());
        let former = former.filter(|bytes| bytes.starts_with(&header)).unwrap_or_default();
        let ranges = ranges(known, header.len());
        let make = |place: usize| {
            each(place);
            let (bytes, noted) = trace::listen(|| file.part(place));
            let (entries, length, digest) = (sizes[place], bytes.len(), digest_bytes(&bytes));
            let part = Rested::new(&noted, facts).map(|rested| KnownPart { rested, entries, length, digest });
            (bytes, part)
        };
        let is_kept = |place: usize| {
            let (Some(part), Some(range)) = (known.get(place), ranges.get(place)) else { return false };
            let is_right = |bytes| digest_bytes(bytes) == part.digest;
            part.entries == sizes[place] && part.rested.holds(facts) && former.get(range.clone()).is_some_and(is_right)
        };
        let kept: Vec<bool> = (0..sizes.len()).into_par_iter().map(is_kept).collect();
        let missing: Vec<usize> = (0..sizes.len()).filter(|place| !kept[*place]).collect();
        let is_laid_out_alike =
            ranges.len() == sizes.len() && ranges.last().is_some_and(|range| range.end == former.len());
        let (bytes, parts): (_, Vec<_>) = if is_laid_out_alike && missing.len() <= FEW {
            let (mut bytes, mut parts) = (former, known.iter().cloned().map(Some).collect::<Vec<_>>());
            let made: Vec<_> = missing.par_iter().map(|place| make(*place)).collect();
            // From the last to the first, so that those before stay where they are.
            for (place, (part, known)) in missing.into_iter().zip(made).rev() {
                bytes.splice(ranges[place].clone(), part);
                parts[place] = known;
            }
            (bytes, parts)
        } else {
            file.join(|place| {
                if kept[place] {
                    (Cow::Borrowed(&former[ranges[place].clone()]), Some(known[place].clone()))
                } else {
                    let (bytes, part) = make(place);
                    (bytes.into(), part)
                }
            })
        };
        (bytes, parts.into_iter().collect::<Option<_>>().unwrap_or_default())
    })
}

/// Where the parts stand in their file, one after another from `start` on.
fn ranges(known: &[KnownPart], start: usize) -> Vec<Range<usize>> {
    let mut end = start;
    let range = |part: &KnownPart| {
        let start = end;
        end = start.saturating_add(part.length);
        start..end
    };
    known.iter().map(range).collect()
}

#[cfg(test)]
mod tests;
