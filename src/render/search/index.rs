//! The index that the browser searches: folded words, each with the entries that hold it, in files of bounded size.
//!
//! A search loads the root, for each word the file that holds it, and the blocks of the entries that it shows. All are
//! JSON; a file's name is a digest of its content, so only what changed is written and loaded anew.
//!
//! Entries are numbered by how likely they are meant: by kind, then short titles first, then by title. Ties in a search
//! are settled by these numbers alone, and alike titles stand side by side, where lists of them are short.

use foldhash::HashMap;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Ground, fold};
use crate::model::text::Language;
use crate::route::{Route, Target, findable};

/// About how many bytes a file of words has; one word may take more.
const WORDS: usize = 6_000;

/// About how many bytes a file of entries has. The results that are shown first may each stand in another.
const ENTRIES: usize = 3_000;

/// A word that more texts hold, and more than a quarter of all, tells nothing: it is not looked up in texts.
const COMMON: usize = 500;

/// The index of one language.
#[derive(Debug)]
pub(crate) struct Index {
    /// The path of the file that a search begins with.
    pub(crate) root: String,
    /// All files with their paths; those of one content stand once.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Index {
    /// Makes the index in this thread alone.
    pub(crate) fn new(ground: Ground<'_>) -> Self {
        let targets = numbered(ground);
        let terms = terms(ground, 0, &targets);
        Self::of(ground, &targets, terms)
    }

    /// Makes the same with several threads, each of which takes so many entries at once, or more.
    pub(crate) fn side_by_side(ground: Ground<'_>, part: usize) -> Self {
        let targets = numbered(ground);
        // A word that two parts have is read twice: a few large parts have fewer of these.
        let part = part.max(targets.len().div_ceil(2 * rayon::current_num_threads()));
        let parts: Vec<Vec<Term>> = (targets.par_chunks(part).enumerate())
            .map(|(place, targets)| terms(ground, place * part, targets))
            .collect();
        Self::of(ground, &targets, merged(parts))
    }

    fn of(ground: Ground<'_>, targets: &[Target], mut terms: Vec<Term>) -> Self {
        let mut files = Vec::new();

        let entries: Vec<String> = targets.iter().map(|target| entry(ground, target)).collect();
        let blocks = shards(ENTRIES, entries.iter().map(String::as_str), &mut files);

        terms.sort_unstable_by(|one, other| one.word.cmp(&other.word));
        let common: Vec<&str> =
            terms.iter().filter(|term| term.is_common(targets.len())).map(|term| term.word.as_str()).collect();
        let titles: Vec<(&str, String)> = (terms.iter())
            .filter(|term| !(term.number.is_empty() && term.title.is_empty() && term.beside.is_empty()))
            .map(|term| {
                let lists = [&term.number, &term.title, &term.beside].map(|list| encode(list));
                let row = row(&(&term.word, &lists[0], &lists[1], &lists[2]));
                (term.word.as_str(), inner(&row).to_owned())
            })
            .collect();
        let texts: Vec<(&str, String)> = (terms.iter())
            .filter(|term| !term.text.is_empty() && !term.is_common(targets.len()))
            .map(|term| (term.word.as_str(), inner(&row(&(&term.word, encode(&term.text)))).to_owned()))
            .collect();
        let mut of_words = |rows: &[(&str, String)]| {
            let shards = shards(WORDS, rows.iter().map(|(_, row)| row.as_str()), &mut files);
            let first: Vec<&str> = shards.starts.iter().map(|start| rows[*start].0).collect();
            json!({ "first": first, "files": shards.names })
        };
        let root = json!({
            "entries": targets.len(),
            "blocks": { "first": blocks.starts, "files": blocks.names },
            "titles": of_words(&titles),
            "texts": of_words(&texts),
            "common": common,
        });
        let root = file(root.to_string(), &mut files);
        files.sort();
        files.dedup();
        Self { root: path(&root), files }
    }
}

/// A tuple as a JSON array.
fn row(values: &impl Serialize) -> String {
    serde_json::to_string(values).expect("texts and numbers can be written")
}

/// What stands between the brackets of an array.
fn inner(array: &str) -> &str {
    &array[1..array.len() - 1]
}

/// Everything that can be found, in the order of its numbers.
fn numbered(ground: Ground<'_>) -> Vec<Target> {
    let rank = |target: &Target| match target {
        Target::Unit(_) => 0,
        Target::Field(..) | Target::Framework { .. } => 1,
        Target::Resolution(_) => 3,
        Target::Indicator(_) => 4,
        Target::Report(_) => 5,
        _ => 2,
    };
    let mut sorted: Vec<(u8, usize, String, Target)> = findable(ground.assessment)
        .map(|target| {
            let title = fold::fold(ground.title(&target));
            (rank(&target), title.split_whitespace().count(), title, target)
        })
        .collect();
    // Entries alike stay in the order of their addresses.
    sorted.sort_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
    sorted.into_iter().map(|(_, _, _, target)| target).collect()
}

/// What a result shows: title, label, unit, address; and 1 where the title is not in the page's language, 2 for the
/// unit's name.
pub(super) fn entry(ground: Ground<'_>, target: &Target) -> String {
    let register = &ground.assessment.register;
    let address = Route { language: ground.language, target: target.clone() }.address(register);
    let unit = ground.unit(target).map(|unit| &register.units[unit].name);
    let is_foreign = |language: Language| language != ground.language;
    let foreign = u8::from(ground.text(target).is_some_and(|text| is_foreign(text.get(ground.language).1)))
        + 2 * u8::from(unit.is_some_and(|name| is_foreign(name.get(ground.language).1)));
    let unit = unit.map_or("", |name| name.get(ground.language).0);
    let (title, label) = (ground.title(target), ground.label(target));
    if foreign > 0 { row(&(title, label, unit, address, foreign)) } else { row(&(title, label, unit, address)) }
}

/// A word and the numbers of the entries that hold it, ascending; each entry stands in one list, the first that fits.
#[derive(Debug, Default)]
struct Term {
    word: String,
    /// The documents whose official number has it.
    number: Vec<u32>,
    title: Vec<u32>,
    beside: Vec<u32>,
    text: Vec<u32>,
}

impl Term {
    fn is_common(&self, entries: usize) -> bool {
        self.text.len() > COMMON.max(entries / 4)
    }
}

/// The words of some entries. Texts repeat the same few thousand pieces between spaces again and again, so that each piece is
/// folded once.
#[derive(Debug, Default)]
struct Vocabulary {
    terms: Vec<Term>,
    /// For each term, the entry that was found to hold it last. They stand close together: every word of every text is
    /// looked up here.
    last: Vec<Option<u32>>,
    places: HashMap<String, usize>,
    /// Pieces that are short, as nearly all are, each as the number that its bytes make.
    short: HashMap<u128, Words>,
    long: HashMap<String, Words>,
    /// The places of the words of each piece, one piece after the other.
    of_pieces: Vec<usize>,
}

/// Where the places of a piece's words stand.
#[derive(Debug, Clone, Copy)]
struct Words {
    start: u32,
    end: u32,
}

/// The words of entries that stand side by side; `first` is the number of the first.
fn terms(ground: Ground<'_>, first: usize, targets: &[Target]) -> Vec<Term> {
    let mut vocabulary = Vocabulary::default();
    for (place, target) in targets.iter().enumerate() {
        let number = u32::try_from(first + place).expect("a site has fewer than four thousand million entries");
        let mut add = |text: &str, list: fn(&mut Term) -> &mut Vec<u32>| {
            for piece in text.split_ascii_whitespace() {
                let Words { start, end } = vocabulary.piece(piece);
                for place in start..end {
                    let place = vocabulary.of_pieces[place as usize];
                    if vocabulary.last[place].replace(number) != Some(number) {
                        list(&mut vocabulary.terms[place]).push(number);
                    }
                }
            }
        };
        if let Target::Resolution(key) = target {
            let resolution = &ground.assessment.register.resolutions[*key];
            add(resolution.number.as_deref().unwrap_or_default(), |term| &mut term.number);
            add(&ground.label(target), |term| &mut term.title);
        }
        add(ground.title(target), |term| &mut term.title);
        ground.beside(target, |text| add(text, |term| &mut term.beside));
        ground.about(target, |text| add(text, |term| &mut term.text));
    }
    vocabulary.terms
}

/// The words of all parts, which come in the order of their numbers.
fn merged(parts: Vec<Vec<Term>>) -> Vec<Term> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_default();
    let mut places: HashMap<String, usize> =
        whole.iter().enumerate().map(|(place, term)| (term.word.clone(), place)).collect();
    for term in parts.flatten() {
        match places.get(&term.word) {
            Some(place) => {
                let known = &mut whole[*place];
                known.number.extend(term.number);
                known.title.extend(term.title);
                known.beside.extend(term.beside);
                known.text.extend(term.text);
            }
            None => {
                places.insert(term.word.clone(), whole.len());
                whole.push(term);
            }
        }
    }
    whole
}

impl Vocabulary {
    /// The place of a word, which may be new.
    fn place(&mut self, word: &str) -> usize {
        self.places.get(word).copied().unwrap_or_else(|| {
            self.places.insert(word.to_owned(), self.terms.len());
            self.terms.push(Term { word: word.to_owned(), ..Term::default() });
            self.last.push(None);
            self.terms.len() - 1
        })
    }

    /// Where the places of a piece's words stand. No word reaches across a space.
    fn piece(&mut self, piece: &str) -> Words {
        let short = short(piece);
        let known = match short {
            Some(short) => self.short.get(&short),
            None => self.long.get(piece),
        };
        if let Some(known) = known {
            return *known;
        }
        let count = |places: &[usize]| u32::try_from(places.len()).expect("a site has fewer words than that");
        let start = count(&self.of_pieces);
        fold::words(piece, |word| {
            let place = self.place(word);
            self.of_pieces.push(place);
        });
        let words = Words { start, end: count(&self.of_pieces) };
        match short {
            Some(short) => self.short.insert(short, words),
            None => self.long.insert(piece.to_owned(), words),
        };
        words
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

/// Ascending numbers as runs of neighbours: for each run how many numbers it skips and whether it has more than one,
/// then how many more than two. Numbers are written in digits of five bits, the lowest first; a sixth says that more
/// follow.
fn encode(numbers: &[u32]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    let mut write = |mut number: u32| loop {
        let rest = number >> 5;
        let more = if rest > 0 { 32 } else { 0 };
        text.push(char::from(DIGITS[(number & 31 | more) as usize]));
        number = rest;
        if number == 0 {
            break;
        }
    };
    let mut next = 0;
    for run in numbers.chunk_by(|one, other| one + 1 == *other) {
        let length = u32::try_from(run.len()).expect("a run is within the numbers");
        write((run[0] - next) << 1 | u32::from(length > 1));
        if length > 1 {
            write(length - 2);
        }
        next = run[0] + length;
    }
    text
}

/// The files that rows went to.
struct Shards {
    /// The place of the first row of each.
    starts: Vec<usize>,
    /// Their names, one after the other; all of one length.
    names: String,
}

/// Puts rows into files of about `size` bytes, each a JSON array of its rows.
fn shards<'r>(size: usize, rows: impl Iterator<Item = &'r str>, files: &mut Vec<(String, Vec<u8>)>) -> Shards {
    let mut shards = Shards { starts: Vec::new(), names: String::new() };
    let mut open = String::new();
    for (place, row) in rows.enumerate() {
        if !open.is_empty() && open.len() + row.len() > size {
            shards.names.push_str(&file(format!("[{open}]"), files));
            open.clear();
        }
        if open.is_empty() {
            shards.starts.push(place);
        } else {
            open.push(',');
        }
        open.push_str(row);
    }
    if !open.is_empty() {
        shards.names.push_str(&file(format!("[{open}]"), files));
    }
    shards
}

/// Adds a file and gives the digest that names it.
fn file(text: String, files: &mut Vec<(String, Vec<u8>)>) -> String {
    let name = base16ct::lower::encode_string(&Sha256::digest(text.as_bytes())[..5]);
    files.push((path(&name), text.into_bytes()));
    name
}

/// What the paths of the files begin with.
pub(crate) const PREFIX: &str = "assets/search.";

fn path(name: &str) -> String {
    format!("{PREFIX}{name}.json")
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn numbers_are_written_as_runs() {
        assert_eq!(encode(&[]), "");
        assert_eq!(encode(&[0]), "A");
        assert_eq!(encode(&[3]), "G");
        assert_eq!(encode(&[0, 1]), "BA");
        assert_eq!(encode(&[0, 1, 2, 9]), "BBM");
        assert_eq!(encode(&[16, 1016]), "gBu-B");
    }
}
