//! The headings of a body: their levels in the page and their fragments.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::parser;

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its fragment, unique in the body; only `a-z`, `0-9` and single `-`.
    pub id: String,
    /// Its level in the page, 2–6, for a body whose highest headings are `h2`.
    pub level: u8,
    /// Its words.
    pub text: String,
}

/// The headings of one body, in order.
#[must_use]
pub fn headings(markdown: &str) -> Vec<Heading> {
    // Most bodies have none, and finding that out by parsing costs a hundred times more.
    if !markdown.contains(['#', '=', '-']) {
        return Vec::new();
    }
    let events: Vec<Event<'_>> = parser(markdown).collect();
    of_events(events.iter())
}

/// The headings among the events of one body.
pub(super) fn of_events<'e, 'm: 'e>(events: impl Iterator<Item = &'e Event<'m>>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut inside = false;
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                inside = true;
                headings.push(Heading { id: String::new(), level: *level as u8, text: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(part) | Event::Code(part) if inside => {
                headings.last_mut().expect("a heading was begun").text.push_str(part);
            }
            Event::SoftBreak | Event::HardBreak if inside => {
                headings.last_mut().expect("a heading was begun").text.push(' ');
            }
            _ => {}
        }
    }
    set_levels(&mut headings);
    set_ids(&mut headings);
    headings
}

/// The highest level becomes 2, and none is more than one below the heading before it.
fn set_levels(headings: &mut [Heading]) {
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let mut before = 1;
    for heading in headings {
        heading.level = (heading.level - highest + 2).min(before + 1).min(6);
        before = heading.level;
    }
}

fn set_ids(headings: &mut [Heading]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut repeated: BTreeMap<String, usize> = BTreeMap::new();
    for heading in headings {
        let mut base = slug(&heading.text);
        if base.is_empty() {
            base.push('h');
        }
        let mut id = base.clone();
        while !taken.insert(id.clone()) {
            let count = repeated.entry(base.clone()).or_insert(1);
            *count += 1;
            id = format!("{base}-{count}");
        }
        heading.id = id;
    }
}

/// A text as a fragment: Vietnamese letters folded to ASCII, everything else that is no letter or digit a single `-`.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        let letter = match letter {
            'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
            other => other.to_ascii_lowercase(),
        };
        if letter.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            slug.push(letter);
        }
        gap = !letter.is_ascii_alphanumeric();
    }
    slug
}
