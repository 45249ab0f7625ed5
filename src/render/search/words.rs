//! The words of entries. Taking texts apart is most of the work of an index; an entry's words depend on nothing but its
//! texts, so those of an earlier build are known by a digest of these.

use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Ground, Threads, fold};
use crate::digest::{Digest, digest};
use crate::route::Target;

/// How many entries a thread takes at once, or more.
const PART: usize = if cfg!(test) { 3 } else { 1_000 };

/// Where a word stands that an entry is found by: in its official number, in its title, in what names it beside that,
/// or in what is written about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Number,
    Title,
    Beside,
    Text,
}

/// One list of numbers for each [`Part`], in their order.
pub(super) type Lists = [Vec<u32>; 4];

/// The words of all entries of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Words {
    /// Each word once.
    pub(super) vocabulary: Vec<String>,
    /// By a digest of an entry's texts, the places of its words; each word stands in one list, the first that fits.
    entries: Vec<(Digest, Lists)>,
}

/// By the place of each word, the numbers of the entries that hold it, ascending.
pub(super) type Holders = Vec<Lists>;

impl Words {
    /// The words of these entries, of which some may be known, and for each word who holds it. A word of the vocabulary
    /// may be held by nobody now.
    pub(super) fn find(ground: Ground<'_>, targets: &[Target], known: Self, threads: Threads) -> (Self, Holders) {
        let Self { mut vocabulary, entries } = known;
        let known: HashMap<Digest, Lists> = entries.into_iter().collect();
        let find = |targets: &[Target]| Found::new(ground, targets, &known);
        let found: Vec<Found> = match threads {
            Threads::Alone => vec![find(targets)],
            Threads::SideBySide => {
                // A word that two parts have is read twice: a few large parts have fewer of these.
                let part = PART.max(targets.len().div_ceil(2 * rayon::current_num_threads()));
                targets.par_chunks(part).map(find).collect()
            }
        };
        let (mut digests, mut all) = (Vec::with_capacity(targets.len()), known);
        let mut places: HashMap<String, u32> =
            vocabulary.iter().zip(0..).map(|(word, place)| (word.clone(), place)).collect();
        for Found { digests: some, words, new } in found {
            digests.extend(some);
            let mut place = |word: String| {
                *places.entry(word).or_insert_with_key(|word| {
                    vocabulary.push(word.clone());
                    number(vocabulary.len() - 1)
                })
            };
            let places: Vec<u32> = words.into_iter().map(&mut place).collect();
            for (digest, mut lists) in new {
                lists.iter_mut().flatten().for_each(|word| *word = places[*word as usize]);
                all.insert(digest, lists);
            }
        }
        let Some(holders) = holders(vocabulary.len(), &digests, &all) else {
            // Nobody left that for us.
            return Self::find(ground, targets, Self::default(), threads);
        };
        let entries = digests.iter().filter_map(|digest| all.remove_entry(digest)).collect();
        (Self { vocabulary, entries }, holders)
    }

    /// What the next build goes on from: nothing where too many words are no longer used.
    pub(super) fn worth_keeping(self, holders: &Holders) -> Self {
        let is_unused = |lists: &&Lists| lists.iter().all(Vec::is_empty);
        if holders.iter().filter(is_unused).count() * 4 > self.vocabulary.len() { Self::default() } else { self }
    }
}

/// For each word who holds it; `None` where an entry has a word that there is not.
fn holders(words: usize, digests: &[Digest], entries: &HashMap<Digest, Lists>) -> Option<Holders> {
    let mut holders = vec![Lists::default(); words];
    for (entry, digest) in digests.iter().enumerate() {
        for (part, words) in entries.get(digest)?.iter().enumerate() {
            for word in words {
                holders.get_mut(*word as usize)?[part].push(number(entry));
            }
        }
    }
    Some(holders)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("a site has fewer than four thousand million entries and words")
}

/// What some entries say.
struct Found {
    /// For each entry a digest of its texts.
    digests: Vec<Digest>,
    /// The words of those that are new.
    words: Vec<String>,
    /// By the digests of those that are new, the places of their words here.
    new: Vec<(Digest, Lists)>,
}

impl Found {
    fn new(ground: Ground<'_>, targets: &[Target], known: &HashMap<Digest, Lists>) -> Self {
        let mut vocabulary = Vocabulary::default();
        let digests: Vec<Digest> = targets.iter().map(|target| digest(Texts { ground, target })).collect();
        let new = (targets.iter().zip(&digests))
            .filter(|(_, digest)| !known.contains_key(*digest))
            .map(|(target, digest)| (*digest, vocabulary.words(Texts { ground, target })))
            .collect();
        Self { digests, words: vocabulary.words, new }
    }
}

/// What an entry is found by.
struct Texts<'a> {
    ground: Ground<'a>,
    target: &'a Target,
}

impl Texts<'_> {
    fn each(&self, mut each: impl FnMut(Part, &str)) {
        let Self { ground, target } = self;
        if let Target::Resolution(key) = target {
            let resolution = &ground.assessment.register.resolutions[*key];
            each(Part::Number, resolution.number.as_deref().unwrap_or_default());
            each(Part::Title, &ground.label(target));
        }
        each(Part::Title, ground.title(target));
        ground.beside(target, |text| each(Part::Beside, text));
        ground.about(target, |text| each(Part::Text, text));
    }
}

impl std::hash::Hash for Texts<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.each(|part, text| (part, text).hash(state));
    }
}

/// The words of some entries. Texts repeat the same few thousand pieces between spaces again and again, so that each piece is
/// folded once.
#[derive(Debug, Default)]
struct Vocabulary {
    words: Vec<String>,
    /// For each word, the last entry that was found to hold it. They stand close together: every word of every text is
    /// looked up here.
    last: Vec<u32>,
    entries: u32,
    places: HashMap<String, u32>,
    /// Pieces that are short, as nearly all are, each as the number that its bytes make.
    short: HashMap<u128, Span>,
    long: HashMap<String, Span>,
    /// The places of the words of each piece, one piece after the other.
    of_pieces: Vec<u32>,
}

/// Where the places of a piece's words stand.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

impl Vocabulary {
    /// The places of an entry's words.
    fn words(&mut self, texts: Texts<'_>) -> Lists {
        self.entries += 1;
        let entry = self.entries;
        let mut lists = Lists::default();
        texts.each(|part, text| {
            for piece in text.split_ascii_whitespace() {
                let Span { start, end } = self.piece(piece);
                for place in start..end {
                    let place = self.of_pieces[place as usize];
                    if std::mem::replace(&mut self.last[place as usize], entry) != entry {
                        lists[part as usize].push(place);
                    }
                }
            }
        });
        lists
    }

    /// The place of a word, which may be new.
    fn place(&mut self, word: &str) -> u32 {
        self.places.get(word).copied().unwrap_or_else(|| {
            let place = number(self.words.len());
            self.places.insert(word.to_owned(), place);
            self.words.push(word.to_owned());
            self.last.push(0);
            place
        })
    }

    /// Where the places of a piece's words stand. No word reaches across a space.
    fn piece(&mut self, piece: &str) -> Span {
        let short = short(piece);
        let known = match short {
            Some(short) => self.short.get(&short),
            None => self.long.get(piece),
        };
        if let Some(known) = known {
            return *known;
        }
        let start = number(self.of_pieces.len());
        fold::words(piece, |word| {
            let place = self.place(word);
            self.of_pieces.push(place);
        });
        let span = Span { start, end: number(self.of_pieces.len()) };
        match short {
            Some(short) => self.short.insert(short, span),
            None => self.long.insert(piece.to_owned(), span),
        };
        span
    }
}

/// A short text as a number that no other has: its bytes, and how many they are.
fn short(text: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let (length, rest) = bytes.split_last_mut()?;
    rest.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    *length = u8::try_from(text.len()).ok()?;
    Some(u128::from_le_bytes(bytes))
}
