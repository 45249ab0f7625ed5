//! The index that the browser searches: folded words, each with the entries that hold it, in files of bounded size.
//!
//! A search loads the root, for each word the file that holds it, and the blocks of the entries that it shows. All are
//! JSON; a file's name is a digest of its content, so only what changed is written and loaded anew.
//!
//! Entries are numbered by how likely they are meant: by kind, then short titles first, then by title. Ties in a search
//! are settled by these numbers alone, and alike titles stand side by side, where lists of them are short.

use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::words::{Lists, Part, Words};
use super::{Ground, Threads, fold};
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
    /// Makes the index, with what an earlier one found out of its words, and answers what the next one may know.
    pub(crate) fn new(ground: Ground<'_>, known: Words, threads: Threads) -> (Self, Words) {
        let targets = numbered(ground, threads);
        let (words, holders) = Words::find(ground, &targets, known, threads);
        let index = Self::of(ground, &targets, &words.vocabulary, &holders, threads);
        (index, words.worth_keeping(&holders))
    }

    fn of(ground: Ground<'_>, targets: &[Target], vocabulary: &[String], holders: &[Lists], threads: Threads) -> Self {
        let is_common = |[.., text]: &Lists| text.len() > COMMON.max(targets.len() / 4);
        let mut sorted: Vec<(&str, &Lists)> = vocabulary.iter().map(String::as_str).zip(holders).collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);

        let blocks = || {
            let mut files = Vec::new();
            let entries: Vec<String> = threads.map(targets, |target| entry(ground, target));
            let shards = shards(ENTRIES, entries.iter().map(String::as_str), &mut files);
            (json!({ "first": shards.starts, "files": shards.names }), files)
        };
        let of_words = |rows: Vec<(&str, String)>| {
            let mut files = Vec::new();
            let shards = shards(WORDS, rows.iter().map(|(_, row)| row.as_str()), &mut files);
            let first: Vec<&str> = shards.starts.iter().map(|start| rows[*start].0).collect();
            (json!({ "first": first, "files": shards.names }), files)
        };
        let titles = || {
            let named = |[number, title, beside, _]: &Lists| [number, title, beside].map(|list| encode(list));
            let rows = (sorted.iter())
                .map(|(word, lists)| (*word, named(lists)))
                .filter(|(_, lists)| lists.iter().any(|list| !list.is_empty()))
                .map(|(word, lists)| (word, inner(&row(&(word, &lists[0], &lists[1], &lists[2]))).to_owned()));
            of_words(rows.collect())
        };
        let texts = || {
            let rows = (sorted.iter())
                .filter(|(_, lists)| !lists[Part::Text as usize].is_empty() && !is_common(lists))
                .map(|(word, [.., text])| (*word, inner(&row(&(word, encode(text)))).to_owned()));
            of_words(rows.collect())
        };
        // The texts of all entries have as many words as all else together.
        let (texts, (titles, blocks)) = threads.join(texts, || (titles(), blocks()));
        let common = sorted.iter().filter(|(_, lists)| is_common(lists)).map(|(word, _)| *word);
        let root = json!({
            "entries": targets.len(),
            "blocks": blocks.0,
            "titles": titles.0,
            "texts": texts.0,
            "common": common.collect::<Vec<_>>(),
        });
        let mut files = [blocks.1, titles.1, texts.1].concat();
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
fn numbered(ground: Ground<'_>, threads: Threads) -> Vec<Target> {
    let rank = |target: &Target| match target {
        Target::Unit(_) => 0,
        Target::Field(..) | Target::Framework { .. } => 1,
        Target::Resolution(_) => 3,
        Target::Indicator(_) => 4,
        Target::Report(_) => 5,
        _ => 2,
    };
    let all: Vec<Target> = findable(ground.assessment).collect();
    let mut sorted = threads.map(&all, |target| {
        let title = fold::fold(ground.title(target));
        (rank(target), title.split_whitespace().count(), title, target)
    });
    // Entries alike stay in the order of their addresses.
    sorted.sort_by(|one, other| (one.0, one.1, &one.2).cmp(&(other.0, other.1, &other.2)));
    sorted.into_iter().map(|(.., target)| target.clone()).collect()
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
