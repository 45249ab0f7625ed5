//! Finding things: the list of everything from A to Z, and the index that the browser searches.
//!
//! Both are made once a language and only when something asks for them; the cost is linear in the site's texts. Making
//! them then asks no other thread for help, so that threads may wait for each other's; before pages are rendered, the
//! index may be prepared by several.

mod fold;
mod index;
mod words;

use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::{Mutex, OnceLock};

use foldhash::HashMap;
use memchr::memmem;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assess::Assessment;
use crate::model::text::{Entry, Language, Text};
use crate::model::unit::UnitKey;
use crate::render::interface::Interface;
use crate::render::locale::Locale;
use crate::route::{Target, findable};
use crate::source::SourceMap;

#[cfg(test)]
pub(crate) use fold::fold;
pub(crate) use index::{Index, PREFIX};
pub(crate) use words::Words;

/// How much of an entry's prose is searched, in bytes of its source.
const PROSE: usize = 4_000;

/// What makes the list and the index: the site as one language sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) sources: &'a SourceMap,
    pub(crate) interface: &'a Interface,
    pub(crate) locale: &'a Locale,
    pub(crate) language: Language,
}

/// Who makes an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threads {
    /// The thread that asks for it: threads may wait for each other's.
    Alone,
    /// Several, while nobody waits for it.
    SideBySide,
}

impl Threads {
    fn map<'t, T: Sync, R: Send>(self, items: &'t [T], make: impl Fn(&'t T) -> R + Send + Sync) -> Vec<R> {
        match self {
            Self::Alone => items.iter().map(make).collect(),
            Self::SideBySide => items.par_iter().map(make).collect(),
        }
    }

    fn join<A: Send, B: Send>(self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        match self {
            Self::Alone => (one(), other()),
            Self::SideBySide => rayon::join(one, other),
        }
    }
}

/// The list and the index of one language.
#[derive(Debug, Default)]
pub(crate) struct Search {
    alphabet: OnceLock<Alphabet>,
    index: OnceLock<(Index, Words)>,
    /// What is known of an earlier build and was not asked for yet.
    recalled: Mutex<Known>,
}

/// What an earlier build found out of what can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    words: Words,
    /// Nothing where it may be another one now.
    order: Option<Order>,
}

impl Known {
    /// The same without the order of titles, where these may have changed.
    pub(crate) fn without_order(self) -> Self {
        Self { order: None, ..self }
    }
}

impl Search {
    /// Says what an earlier build found out, which helps to make what is not made yet.
    pub(crate) fn recall(&self, known: Known) {
        *self.lock() = known;
    }

    /// What the next build is told, once list and index are made; what is not made, it is not told.
    pub(crate) fn known(&self) -> Known {
        let words = self.index.get().map(|(_, words)| words.clone()).unwrap_or_default();
        Known { words, order: self.alphabet.get().map(|alphabet| alphabet.order.clone()) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.recalled.lock().expect("no thread panics while it holds what is known")
    }

    pub(crate) fn alphabet(&self, ground: Ground<'_>) -> &Alphabet {
        self.alphabet.get_or_init(|| {
            let known = self.lock().order.take();
            known.and_then(|order| Alphabet::known(ground, order)).unwrap_or_else(|| Alphabet::new(ground))
        })
    }

    /// Makes the index side by side, unless it is there. While it is made nobody may wait for it.
    pub(crate) fn prepare(&self, ground: Ground<'_>) {
        if self.index.get().is_none() {
            // Another thread may have been faster, with the same.
            let _ = self.index.set(self.make(ground, Threads::SideBySide));
        }
    }

    pub(crate) fn index(&self, ground: Ground<'_>) -> &Index {
        &self.index.get_or_init(|| self.make(ground, Threads::Alone)).0
    }

    fn make(&self, ground: Ground<'_>, threads: Threads) -> (Index, Words) {
        let known = std::mem::take(&mut self.lock().words);
        Index::new(ground, known, threads)
    }
}

/// Everything that can be found, in the order of its titles.
#[derive(Debug)]
pub(crate) struct Alphabet {
    pub(crate) targets: Vec<Target>,
    order: Order,
}

/// The order of titles. Looking up each letter's place in a language's order takes its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Order {
    /// The places of all that can be found, in the order of [`findable`].
    places: Vec<u32>,
    initials: Vec<(String, usize)>,
}

impl Alphabet {
    fn new(ground: Ground<'_>) -> Self {
        // Many units have targets and documents of one name.
        let mut keys: HashMap<&str, Rc<[u8]>> = HashMap::default();
        let mut sorted: Vec<(Rc<[u8]>, String, u32, Target)> = (findable(ground.assessment).zip(0..))
            .map(|(target, place)| {
                let title = ground.title(&target).trim_start_matches(|letter: char| !letter.is_alphanumeric());
                let key = keys.entry(title).or_insert_with(|| ground.locale.sort_key(title).into());
                (Rc::clone(key), initial(title), place, target)
            })
            .collect();
        sorted.sort_by(|one, other| one.0.cmp(&other.0));
        let mut initials: Vec<(String, usize)> = Vec::new();
        for (place, (_, initial, ..)) in sorted.iter().enumerate() {
            if initials.last().is_none_or(|(last, _)| last != initial) {
                initials.push((initial.clone(), place));
            }
        }
        let places = sorted.iter().map(|(.., place, _)| *place).collect();
        Self { targets: sorted.into_iter().map(|(.., target)| target).collect(), order: Order { places, initials } }
    }

    /// The same from its order; `None` where that is of another site.
    fn known(ground: Ground<'_>, order: Order) -> Option<Self> {
        let all: Vec<Target> = findable(ground.assessment).collect();
        let targets: Option<Vec<Target>> = order.places.iter().map(|place| all.get(*place as usize).cloned()).collect();
        let targets = targets.filter(|targets| targets.len() == all.len())?;
        Some(Self { targets, order })
    }

    /// The letters that titles begin with, each with the place of the first; one letter may come twice.
    pub(crate) fn initials(&self) -> &[(String, usize)] {
        &self.order.initials
    }
}

/// The letter that a title stands under: without tone, but `Đ`, `Ă`, `Ơ` as letters of their own.
fn initial(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    match title.chars().next() {
        Some(first) if first.is_numeric() => "0–9".to_owned(),
        Some(first) => first.to_uppercase().nfd().filter(|part| !TONES.contains(part)).nfc().collect(),
        None => "…".to_owned(),
    }
}

/// What can be found and by what, but for what is written about it.
impl Hash for Ground<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for target in findable(self.assessment) {
            index::entry(*self, &target).hash(state);
            self.beside(&target, |text| text.hash(state));
            if let Target::Resolution(key) = target {
                self.assessment.register.resolutions[key].number.hash(state);
            }
            target.hash(state);
        }
    }
}

impl<'a> Ground<'a> {
    fn in_language(self, text: &'a Text) -> &'a str {
        text.get(self.language).0
    }

    /// The title that something is found by.
    pub(crate) fn title(self, target: &Target) -> &'a str {
        match self.text(target) {
            Some(text) => self.in_language(text),
            None => self.interface.text(match target {
                Target::Method => "method.title",
                Target::Checks => "check.title",
                Target::Data => "data.title",
                Target::Changes(_) => "change.title",
                Target::Corrections(_) => "correction.title",
                Target::Coverage(_) => "coverage.title",
                other => unreachable!("nobody looks for {other:?}"),
            }),
        }
    }

    /// An editor's title; `None` for pages that the program itself writes.
    pub(crate) fn text(self, target: &Target) -> Option<&'a Text> {
        let register = &self.assessment.register;
        match target {
            Target::Resolution(key) => Some(&register.resolutions[*key].title),
            Target::Indicator(key) => Some(&register.indicators[*key].name),
            Target::Unit(key) => Some(&register.units[*key].name),
            Target::Report(key) => Some(&register.reports[*key].title),
            Target::Free(key) => Some(&register.pages[*key].title),
            Target::Field(key, _) => Some(&register.site.fields[key.0].name),
            Target::Framework { place, .. } => Some(&register.site.frameworks[*place].name),
            _ => None,
        }
    }

    /// The unit that something belongs to.
    pub(crate) fn unit(self, target: &Target) -> Option<UnitKey> {
        let register = &self.assessment.register;
        match target {
            Target::Resolution(key) => Some(register.resolutions[*key].issuer),
            Target::Indicator(key) => Some(register.indicators[*key].owner_on(self.assessment.as_of)),
            Target::Unit(key) => register.units[*key].parent,
            Target::Report(key) => Some(register.reports[*key].unit),
            _ => None,
        }
    }

    /// What something is: "Chỉ tiêu", or a document by its kind and number.
    pub(crate) fn label(self, target: &Target) -> String {
        let register = &self.assessment.register;
        if let Target::Resolution(key) = target {
            let resolution = &register.resolutions[*key];
            let kind = self.interface.text(&format!("kind.{}", resolution.kind.as_str()));
            return match &resolution.number {
                Some(number) => self.interface.fill("resolution.designation", &[("kind", kind), ("number", number)]),
                None => kind.to_owned(),
            };
        }
        self.kind(target).to_owned()
    }

    fn kind(self, target: &Target) -> &'a str {
        self.interface.text(match target {
            Target::Unit(_) => "search.kind.unit",
            Target::Indicator(_) => "search.kind.indicator",
            Target::Report(_) => "search.kind.report",
            Target::Field(..) => "search.kind.field",
            Target::Framework { .. } => "search.kind.framework",
            _ => "search.kind.page",
        })
    }

    fn entry(self, target: &Target) -> Option<&'a Entry> {
        let register = &self.assessment.register;
        match target {
            Target::Resolution(key) => Some(&register.resolutions[*key].entry),
            Target::Unit(key) => Some(&register.units[*key].entry),
            Target::Report(key) => Some(&register.reports[*key].entry),
            Target::Free(key) => Some(&register.pages[*key].entry),
            _ => None,
        }
    }

    /// Calls `each` with what names something beside its title: its other names, whose it is, its document's number.
    fn beside(self, target: &Target, mut each: impl FnMut(&str)) {
        let register = &self.assessment.register;
        if let Some(text) = self.text(target) {
            each(text.original());
        }
        if let Some(unit) = self.unit(target) {
            each(self.in_language(&register.units[unit].name));
        }
        match target {
            Target::Indicator(key) => {
                let resolution = &register.resolutions[register.indicators[*key].resolution];
                each(resolution.number.as_deref().unwrap_or_default());
            }
            Target::Unit(key) => {
                let unit = &register.units[*key];
                each(self.in_language(&register.site.levels[unit.level.0].name));
                each(unit.code.as_deref().unwrap_or_default());
            }
            Target::Framework { place, .. } => {
                register.site.frameworks[*place].groups.iter().for_each(|group| each(self.in_language(&group.name)));
            }
            _ => {}
        }
    }

    /// Calls `each` with what is written about something: summary, prose, the document that sets it.
    fn about(self, target: &Target, mut each: impl FnMut(&str)) {
        let register = &self.assessment.register;
        if let Target::Indicator(key) = target {
            each(self.in_language(&register.resolutions[register.indicators[*key].resolution].title));
        }
        let Some(entry) = self.entry(target) else { return };
        each(entry.summary.as_ref().map_or("", |summary| self.in_language(summary)));
        let prose = self.sources.slice(entry.prose.get(self.language).0);
        let start = &prose[..prose.floor_char_boundary(PROSE)];
        // Nobody looks for the addresses of links.
        let mut begin = 0;
        for end in memmem::find_iter(start.as_bytes(), "](") {
            each(start.get(begin..end).unwrap_or_default());
            begin = start[end..].find(')').map_or(start.len(), |length| end + length + 1);
        }
        each(&start[begin..]);
    }
}
