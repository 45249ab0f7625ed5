//! Repairs what has one right answer, as new texts of the files; nothing is written here.
//!
//! Invariants: a figure or a day changes only in the way it is written, never in what it means: what can be read in two
//! ways stays a mistake. Repairing what was repaired changes nothing more. Only texts below `content/` are repaired.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::files::CONTENT;
use super::front_matter;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Asset, SourceFile, SourceId, SourceMap};

/// What is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// A byte order mark before the text goes.
    Mark,
    /// Lines end as they do everywhere but on Windows.
    LineEnds,
    /// Blanks at the ends of lines go, unless they break a line of Markdown.
    TrailingBlanks,
    /// Letters and their marks become one character each (NFC).
    Composition,
    /// `Ð` becomes `Đ`.
    Letter,
    /// A day is written year first.
    Date,
    /// A period is written in our form.
    Period,
    /// A figure is written with a point and without quotes.
    Figure,
}

impl Repair {
    /// The name, as in the key of its wording.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::LineEnds => "line-ends",
            Self::TrailingBlanks => "trailing-blanks",
            Self::Composition => "composition",
            Self::Letter => "letter",
            Self::Date => "date",
            Self::Period => "period",
            Self::Figure => "figure",
        }
    }
}

/// A file whose text changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The file.
    pub file: SourceId,
    /// Its new text, without a byte order mark.
    pub text: String,
    /// How often each thing was repaired; at least one was.
    pub repairs: BTreeMap<Repair, usize>,
}

/// Whether [`fix`] would repair what a mistake is about.
#[must_use]
pub fn is_repairable(found: &Diagnostic, sources: &SourceMap) -> bool {
    found.wording == Code::SuspiciousLetter.as_str() || repair(found, sources.slice(found.primary)).is_some()
}

/// How often the texts are read again: one repair may let another mistake be seen.
const ROUNDS: usize = 8;

/// Repairs the texts of a site.
///
/// `found` is what reading them from the disk found: a file that could not be taken in as it is stays as it is.
#[must_use]
pub fn fix(sources: &SourceMap, found: &Diagnostics) -> Vec<Fixed> {
    let unread = |code: Code| matches!(code, Code::NotUtf8 | Code::TooLarge | Code::OutsideRoot | Code::ConflictMarker);
    let unread: BTreeSet<SourceId> =
        found.iter().filter(|found| unread(found.code)).map(|found| found.primary.file).collect();
    let is_ours = |(file, source): &(SourceId, &SourceFile)| {
        source.path.starts_with(CONTENT)
            && [".md", ".yaml"].iter().any(|ending| source.path.ends_with(ending))
            && !unread.contains(file)
    };
    let ours: BTreeSet<SourceId> = sources.texts().filter(is_ours).map(|(file, _)| file).collect();
    let mut fixed: BTreeMap<SourceId, Fixed> = BTreeMap::new();
    for file in ours.iter().filter(|file| sources.has_mark(**file)) {
        let text = sources.file(*file).text.to_string();
        fixed.insert(*file, Fixed { file: *file, text, repairs: BTreeMap::from([(Repair::Mark, 1)]) });
    }
    let mut current = copy(sources, &fixed);
    for _ in 0..ROUNDS {
        let mut found = Diagnostics::default();
        let content = super::read(&current, &mut found);
        let language = content.register.site.tag(crate::model::text::Language::DEFAULT).to_owned();
        let mut is_changed = false;
        for file in &ours {
            let mut repairs = BTreeMap::new();
            let edited = edited(*file, &current, &found, &mut repairs);
            let text = cleaned(&edited, &current.file(*file).path, &language, &mut repairs);
            if *text == *current.file(*file).text {
                continue;
            }
            is_changed = true;
            let entry = fixed.entry(*file).or_insert_with(|| Fixed {
                file: *file,
                text: String::new(),
                repairs: BTreeMap::new(),
            });
            entry.text = text;
            for (repair, times) in repairs {
                *entry.repairs.entry(repair).or_default() += times;
            }
        }
        if !is_changed {
            break;
        }
        current = copy(sources, &fixed);
    }
    fixed.into_values().collect()
}

/// The same files under the same numbers, with the repaired texts.
fn copy(sources: &SourceMap, fixed: &BTreeMap<SourceId, Fixed>) -> SourceMap {
    let mut copied = SourceMap::default();
    let assets: BTreeMap<SourceId, &Asset> = sources.assets().iter().map(|asset| (asset.file, asset)).collect();
    for (file, source) in sources.iter() {
        match assets.get(&file) {
            Some(asset) => copied.add_asset(asset.path.as_str(), asset.size),
            None => {
                copied.add(source.path.as_str(), fixed.get(&file).map_or(&*source.text, |fixed| &fixed.text));
            }
        }
    }
    copied
}

/// The text with its days, periods and figures in their right form.
fn edited(file: SourceId, sources: &SourceMap, found: &Diagnostics, repairs: &mut BTreeMap<Repair, usize>) -> String {
    let text = &sources.file(file).text;
    let here = found.iter().filter(|found| found.primary.file == file);
    let mut edits: Vec<_> = here.filter_map(|found| repair(found, sources.slice(found.primary))).collect();
    edits.sort_by_key(|(_, found, _)| found.primary.start);
    edits.dedup_by_key(|(_, found, _)| found.primary.start);
    let mut edited = String::with_capacity(text.len());
    let mut end = 0;
    for (repair, found, right) in edits {
        let place = found.primary.range();
        edited.push_str(&text[end..place.start]);
        edited.push_str(right);
        end = place.end;
        *repairs.entry(repair).or_default() += 1;
    }
    edited + &text[end..]
}

/// The one right form of what a mistake is about, if it has one.
pub(crate) fn right_form<'a>(found: &'a Diagnostic, written: &str) -> Option<&'a str> {
    repair(found, written).map(|(_, _, right)| right)
}

/// What a mistake's one right form is, if it has one.
fn repair<'a>(found: &'a Diagnostic, written: &str) -> Option<(Repair, &'a Diagnostic, &'a str)> {
    let repair = match found.wording {
        "bad-date.day-first" | "bad-date.form" if !is_month_or_day(written) => Repair::Date,
        "bad-period.form" if !is_month_or_day(written) => Repair::Period,
        "bad-number.comma" | "bad-number.quoted" => Repair::Figure,
        // `1.250.000` and `12 500`; but neither `1e3` nor `0x10`, which nobody types by habit.
        "bad-number.form" if !written.contains(|letter: char| letter.is_alphabetic()) => Repair::Figure,
        _ => return None,
    };
    let (_, right) = found.arguments.iter().find(|(name, _)| *name == "right")?;
    // Within a block of several lines a value is not alone in its place.
    (!written.contains('\n')).then_some((repair, found, right))
}

/// Whether a date can be read day first and month first, to different days: `03/04/2021`.
fn is_month_or_day(written: &str) -> bool {
    let groups: Vec<&str> =
        written.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let [first, second, year, ..] = groups.as_slice() else { return false };
    // Words say which is which.
    let is_numeric = !written.contains(|letter: char| letter.is_alphabetic());
    let small = |group: &str| group.len() <= 2 && group.parse::<u32>().is_ok_and(|number| (1..=12).contains(&number));
    let differ = first.trim_start_matches('0') != second.trim_start_matches('0');
    is_numeric && year.len() == 4 && small(first) && small(second) && differ
}

/// The text with what cannot be seen, or looks like something else, put right.
fn cleaned(text: &str, path: &str, language: &str, repairs: &mut BTreeMap<Repair, usize>) -> String {
    let mut text = text.to_owned();
    let mut count = |repair, times: usize| {
        if times > 0 {
            *repairs.entry(repair).or_default() += times;
        }
    };
    count(Repair::LineEnds, text.matches("\r\n").count());
    text = text.replace("\r\n", "\n");
    if !is_nfc(&text) {
        count(Repair::Composition, text.lines().filter(|line| !is_nfc(line)).count().max(1));
        text = text.nfc().collect();
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let own_language = match name.split('.').collect::<Vec<_>>().as_slice() {
        [_, tag, _] => tag,
        _ => language,
    };
    if own_language == "vi" {
        let (letters, times) = letters(&text);
        count(Repair::Letter, times);
        text = letters;
    }
    let (trimmed, times) = trimmed(&text, path);
    count(Repair::TrailingBlanks, times);
    trimmed
}

/// Vietnamese has `Đ`; an address may have anything.
fn letters(text: &str) -> (String, usize) {
    let mut times = 0;
    let is_address = |word: &str| word.contains("://") || word.contains("](");
    let words = text.split_inclusive([' ', '\n', '\t']).map(|word| {
        if !word.contains('Ð') || is_address(word) {
            return word.to_owned();
        }
        times += word.matches('Ð').count();
        word.replace('Ð', "Đ")
    });
    let text = words.collect();
    (text, times)
}

/// Takes blanks from the ends of lines; two and more at the end of a line of Markdown mean a new line, and a block of
/// code is somebody else's text.
fn trimmed(text: &str, path: &str) -> (String, usize) {
    let body = if path.ends_with(".md") { body_start(text) } else { text.len() };
    let mut trimmed = String::with_capacity(text.len());
    let (mut times, mut start) = (0, 0);
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let written = line.strip_suffix('\n').unwrap_or(line);
        let short = written.trim_end_matches([' ', '\t']);
        let next_is_blank = text[start + line.len()..].lines().next().is_none_or(|next| next.trim().is_empty());
        let keeps = if start >= body {
            let mark = ["```", "~~~"].into_iter().find(|mark| written.trim_start().starts_with(mark));
            let is_code = fence.is_some();
            fence = match (fence, mark) {
                (None, mark) => mark,
                (Some(open), Some(mark)) if open == mark => None,
                (open, _) => open,
            };
            let breaks_line = written.ends_with("  ") && !short.is_empty() && !next_is_blank;
            is_code || breaks_line
        } else {
            // An escaped blank is meant.
            short.ends_with('\\')
        };
        if keeps || short.len() == written.len() {
            trimmed.push_str(line);
        } else {
            times += 1;
            trimmed.push_str(short);
            trimmed.push_str(&line[written.len()..]);
        }
        start += line.len();
    }
    (trimmed, times)
}

/// Where the Markdown of a file begins; without front matter, nowhere.
fn body_start(text: &str) -> usize {
    let mut sources = SourceMap::default();
    let file = sources.add("", "");
    front_matter::split(file, text, &mut Diagnostics::default()).map_or(0, |parts| parts.body.start)
}

#[cfg(test)]
mod tests;
