//! Looks names up: references by id, and the few other closed sets of words that editors write.
//!
//! A name may also belong to an entry that is there but could not be read: a reference to it is dropped without a
//! word, because its file's own mistake has been reported.

use foldhash::HashMap;

use super::yaml::as_id;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::id::IndicatorId;
use crate::model::table::Key;
use crate::source::Spanned;

/// How many unknown names of a run get a suggestion; looking for one costs time that grows with the site.
const SUGGESTIONS: usize = 100;

/// How many names a message lists at most.
const LISTED: usize = 12;

/// The ids of one kind.
#[derive(Debug)]
pub(crate) struct Names<T> {
    keys: HashMap<String, Option<Key<T>>>,
    /// Prefixes of ids below which anything may exist that could not be read.
    unread: Vec<String>,
    code: Code,
}

impl<T> Names<T> {
    /// Takes ids in the order of their table; `code` reports those that are not among them.
    pub(crate) fn new<'a>(ids: impl Iterator<Item = &'a str>, code: Code) -> Self {
        let keys = ids.enumerate().map(|(place, id)| (id.to_owned(), Some(Key::new(place)))).collect();
        Self { keys, unread: Vec::new(), code }
    }

    /// Takes the ids of a table that was made after the names.
    pub(crate) fn fill<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        self.keys.extend(ids.enumerate().map(|(place, id)| (id.to_owned(), Some(Key::new(place)))));
    }

    /// Notes an entry that exists but could not be read.
    pub(crate) fn add_unread(&mut self, id: &str) {
        self.keys.entry(id.to_owned()).or_insert(None);
    }

    /// Notes that entries whose ids begin with `prefix` may exist and could not be read.
    pub(crate) fn add_unread_prefix(&mut self, prefix: String) {
        self.unread.push(prefix);
    }

    /// Whether the file of that id lost something that could not be read: a record, or all of it.
    pub(crate) fn is_unread(&self, id: &str) -> bool {
        self.unread.iter().any(|prefix| id.starts_with(prefix.as_str()))
    }

    /// The key of an id that was read.
    pub(crate) fn get(&self, id: &str) -> Option<Key<T>> {
        self.keys.get(id).copied().flatten()
    }

    /// Any entry that was read, to stand in for one that was not.
    pub(crate) fn any(&self) -> Option<Key<T>> {
        self.keys.values().flatten().min().copied()
    }

    /// Whether such an entry exists, read or not.
    pub(crate) fn exists(&self, id: &str) -> bool {
        self.keys.contains_key(id) || self.is_unread(id)
    }

    /// Follows a reference; a name that nothing has is reported with the nearest known one.
    pub(crate) fn link(&self, reference: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Key<T>> {
        let id = reference.value.as_str();
        let key = self.get(id);
        if key.is_none() && !self.exists(id) {
            let known = self.keys.keys().map(String::as_str);
            let reported = diagnostics.count_all();
            diagnostics.push(unknown(self.code, reference, known, reported));
        }
        key
    }

    /// Follows each reference of a list.
    pub(crate) fn link_all(&self, references: &[Spanned<String>], diagnostics: &mut Diagnostics) -> Vec<Key<T>> {
        let mut keys = Vec::with_capacity(references.len());
        for reference in references {
            if let Some(key) = self.link(reference, diagnostics)
                && !keys.contains(&key)
            {
                keys.push(key);
            }
        }
        keys
    }
}

/// The place of a name in a short list; a name that is not in it is reported with the nearest known one.
pub(crate) fn place_in<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    reference: &Spanned<String>,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let place = known.clone().position(|name| name == reference.value);
    if place.is_none() {
        let reported = diagnostics.count_all();
        diagnostics.push(listed(unknown(code, reference, known.clone(), reported), known));
    }
    place
}

/// A short list of names is shown where none of them suggests itself.
fn listed<'a>(diagnostic: Diagnostic, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.take(LISTED + 1).collect();
    if diagnostic.help.is_some() || known.is_empty() || known.len() > LISTED {
        return diagnostic;
    }
    diagnostic.with("known", known.join("`, `")).help("one-of")
}

/// Like [`place_in`], for the stages and items of an indicator, which the message names.
pub(crate) fn place_in_indicator<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    reference: &Spanned<String>,
    code: Code,
    indicator: &IndicatorId,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let place = known.clone().position(|name| name == reference.value);
    if place.is_none() {
        let reported = diagnostics.count_all();
        diagnostics.push(listed(unknown(code, reference, known.clone(), reported), known).with("indicator", indicator));
    }
    place
}

fn unknown<'a>(
    code: Code,
    reference: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    reported: usize,
) -> Diagnostic {
    let suggestion = if reported < SUGGESTIONS { meant(&reference.value, known) } else { None };
    Diagnostic::new(code, reference.span).with("id", &reference.value).suggest(suggestion)
}

/// The known id that a text most likely means: what its name would be as an id, the only one that ends so, the nearest.
fn meant<'a>(text: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let folded = text.split('/').map(as_id).collect::<Vec<_>>().join("/");
    let mut longer = known.clone().filter(|id| {
        id.strip_suffix(folded.as_str()).is_some_and(|before| !folded.is_empty() && before.ends_with('/'))
    });
    known
        .clone()
        .find(|id| *id == folded)
        .or_else(|| longer.next().filter(|_| longer.next().is_none()))
        .or_else(|| nearest(text, known))
}
