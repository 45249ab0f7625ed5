//! The search page: a field, and without JavaScript everything from A to Z.

use serde::Serialize;

use super::list::{Pages, frame, pages, slice};
use super::{Here, Link, Page, Words};
use crate::model::trace;
use crate::render::search::Ground;
use crate::route::{LIST_LENGTH, Target};

#[derive(Debug, Serialize)]
struct SearchView<'a> {
    title: &'a str,
    /// How much there is to find.
    finding: String,
    /// The file that a search begins with. Only the first page has it, so that an edit leaves the others as they are.
    index: Option<String>,
    root: String,
    letters: Vec<Letter>,
    sections: Vec<Section<'a>>,
    pages: Option<Pages>,
}

/// A letter as a way to the titles that begin with it.
#[derive(Debug, Serialize)]
struct Letter {
    letter: String,
    href: String,
}

/// The titles on this page that begin with one letter.
#[derive(Debug, Serialize)]
struct Section<'a> {
    id: String,
    letter: String,
    rows: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    link: Link<'a>,
    label: String,
    unit: Option<Words<'a>>,
}

pub(crate) fn page<'a>(here: &Here<'a>, number: usize) -> Page<'a> {
    let ground = here.site.ground(here.language);
    let alphabet = here.site.alphabet(here.language);
    let first = (number - 1) * LIST_LENGTH;
    let shown = slice(&alphabet.targets, number);
    let letter_at = |place: usize| alphabet.initials().partition_point(|(_, start)| *start <= place) - 1;
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut open = None;
    for (place, target) in (first..).zip(shown) {
        let letter = letter_at(place);
        if open != Some(letter) {
            open = Some(letter);
            let text = alphabet.initials()[letter].0.clone();
            sections.push(Section { id: section_id(letter), letter: text, rows: Vec::new() });
        }
        // By what something is found, the list says already that it rests on.
        let row = trace::unheard(|| row(here, ground, target));
        sections.last_mut().expect("a section was just begun").rows.push(row);
    }
    let letters = alphabet.initials().iter().enumerate().map(|(place, (letter, start))| {
        let of = here.href(Target::Search(start / LIST_LENGTH + 1));
        Letter { letter: letter.clone(), href: format!("{of}#{}", section_id(place)) }
    });
    let view = SearchView {
        title: here.text("search.title"),
        finding: here.count("search.finding", alphabet.targets.len(), &[]),
        index: (number == 1).then(|| here.href_to(&here.site.index(here.language).root)),
        root: here.href_to(""),
        letters: letters.collect(),
        sections,
        pages: pages(here, alphabet.targets.len(), number, Target::Search),
    };
    let title = Words::plain(view.title);
    let frame = frame(here, title, view.finding.clone(), view.pages.as_ref(), Vec::new(), Target::Search(1));
    Page::new("search.html", frame, &view)
}

/// What the list shows of something; nothing that [`Ground`] does not count to what it is found by.
fn row<'a>(here: &Here<'a>, ground: Ground<'a>, target: &Target) -> Row<'a> {
    let text = match ground.text(target) {
        Some(text) => here.words(text),
        None => Words::plain(ground.title(target)),
    };
    Row {
        link: Link { href: here.href(target.clone()), text },
        label: ground.label(target),
        unit: ground.unit(target).map(|unit| here.words(&here.register.units[unit].name)),
    }
}

fn section_id(letter: usize) -> String {
    format!("_letter-{}", letter + 1)
}
