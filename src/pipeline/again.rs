//! Judges a site again and again, and reads only what changed since the last time.
//!
//! Invariant: the outcome is that of a first time. What is remembered depends on nothing but the text that it was read
//! of; whatever looks at other files, as linking and judging do, is done anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{BuildOptions, Judged, Verdict, bodies, place_at};
use crate::content::{self, Content};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::history;
use crate::load::{self, Touched, load_again};
use crate::model::text::Language;
use crate::render::links::Links;
use crate::render::markdown::{self, LinkList};
use crate::source::{SourceId, SourceMap, Span};

/// What earlier runs read, so that the next one reads only what changed. A new one remembers nothing.
#[derive(Debug, Default)]
pub struct Memory {
    files: load::Shelf,
    entries: content::Shelf,
    bodies: BTreeMap<SourceId, Body>,
    is_used: bool,
}

/// What was read of the body of a file.
#[derive(Debug)]
struct Body {
    text: Arc<str>,
    place: Span,
    links: LinkList,
}

/// Judges a site as [`super::judge`] does, and says which files are new, changed or gone since the memory was last
/// used; with none of them there is nothing to judge. Only what may have been touched is looked at.
///
/// # Errors
/// Where the world does not let the sources be read.
pub fn judge_again(
    options: &BuildOptions,
    memory: &mut Memory,
    touched: &Touched,
) -> Result<(Vec<String>, Option<Judged>), Error> {
    let mut diagnostics = Diagnostics::default();
    let (sources, changed) = load_again(&options.root, &mut memory.files, touched, &mut diagnostics)?;
    if changed.is_empty() && memory.is_used {
        return Ok((changed, None));
    }
    memory.is_used = true;
    let Content { mut register, incomplete } = content::read_again(&sources, &mut memory.entries, &mut diagnostics);
    let (links, bodies) = (Links::new(&register, &sources), bodies(&register));
    place_at(&mut register, options);
    register.history = history::read(&options.root, &register, &sources, &mut diagnostics);
    // Neither needs the other, and each has parts that only one thread can do.
    let (found, verdict) = rayon::join(
        || check_prose(bodies, &links, &sources, &mut memory.bodies),
        || Verdict::new(options, register, &incomplete),
    );
    diagnostics.append(found);
    Ok((changed, Some(verdict.with(sources, diagnostics))))
}

/// Checks every Markdown body, but reads only those that are not as they were.
fn check_prose(
    bodies: Vec<(Language, Span)>,
    links: &Links,
    sources: &SourceMap,
    memory: &mut BTreeMap<SourceId, Body>,
) -> Diagnostics {
    let mut former = std::mem::take(memory);
    let known: Vec<Option<LinkList>> = bodies
        .iter()
        .map(|(_, place)| {
            let body = former.remove(&place.file)?;
            let is_same = body.place == *place && Arc::ptr_eq(&body.text, &sources.file(place.file).text);
            is_same.then_some(body.links)
        })
        .collect();
    let checked: Vec<(LinkList, Diagnostics)> = known
        .into_par_iter()
        .zip(&bodies)
        .map(|(list, (language, place))| {
            let list = list.unwrap_or_else(|| LinkList::read(sources.slice(*place)));
            let mut found = Diagnostics::default();
            markdown::check_links(&list, *place, *language, links, sources, &mut found);
            (list, found)
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    for ((links, found), (_, place)) in checked.into_iter().zip(bodies) {
        diagnostics.append(found);
        let text = Arc::clone(&sources.file(place.file).text);
        memory.insert(place.file, Body { text, place, links });
    }
    diagnostics
}
