//! Breaks texts into lines that fit.

use super::font::{Weight, width};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) weight: Weight,
    /// In units of the card.
    pub(super) size: f64,
}

impl Type {
    pub(super) fn width(self, text: &str) -> f64 {
        width(text, self.weight, self.size)
    }
}

/// Whether a text was set whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Whole,
    Cut,
}

/// A text on one line, without characters that have no shape. A letter that the fonts lack stays, and is drawn as an empty
/// box: no text may lose a part of its meaning unseen.
pub(super) fn clean(text: &str) -> String {
    let has_shape = |letter: &char| letter.is_whitespace() || !(letter.is_control() || is_invisible(*letter));
    let clean: String = text.chars().filter(has_shape).collect();
    clean.split(is_break).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Characters that join, turn or vary others.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// Where a line may be broken: at white space, but not at the kind that holds a figure and its unit together.
fn is_break(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Breaks a text into at most `most` lines of about the same width, none wider than `room`; what does not fit ends in "…".
pub(super) fn wrap(text: &str, set: Type, room: f64, most: usize) -> (Vec<String>, Fit) {
    let (lines, fit) = fill(text, set, room, most);
    if fit == Fit::Cut || lines.len() < 2 {
        return (lines, fit);
    }
    // The narrowest room that needs no further line: no last line of a single word.
    let (mut low, mut high) = (room * 0.5, room);
    while high - low > 4.0 {
        let middle = f64::midpoint(low, high);
        match fill(text, set, middle, lines.len()) {
            (_, Fit::Whole) => high = middle,
            (_, Fit::Cut) => low = middle,
        }
    }
    fill(text, set, high, lines.len())
}

fn fill(text: &str, set: Type, room: f64, most: usize) -> (Vec<String>, Fit) {
    let mut lines = vec![String::new()];
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        let mut rest = word.to_owned();
        loop {
            let is_last = lines.len() == most;
            let line = lines.last_mut().expect("there is always a line");
            let longer = if line.is_empty() { rest.clone() } else { format!("{line} {rest}") };
            if set.width(&longer) <= room {
                *line = longer;
                break;
            }
            if is_last {
                *line = cut(&longer, set, room);
                return (lines, Fit::Cut);
            }
            if line.is_empty() {
                // A word that no line holds is broken where the line ends.
                let at = fitting(&rest, set, room).max(rest.chars().next().map_or(0, char::len_utf8));
                *line = rest[..at].to_owned();
                rest = rest[at..].to_owned();
            }
            lines.push(String::new());
        }
    }
    (lines, Fit::Whole)
}

/// As much of a text as fits on one line, with "…" where that is not all.
pub(super) fn shorten(text: &str, set: Type, room: f64) -> String {
    if set.width(text) <= room { text.to_owned() } else { cut(text, set, room) }
}

fn cut(text: &str, set: Type, room: f64) -> String {
    let at = fitting(text, set, room - set.width("…"));
    // At the end of a word, unless that leaves little.
    let whole = text[..at].rfind(is_break).filter(|end| !text[at..].starts_with(is_break) && *end > at / 2);
    let at = whole.unwrap_or(at);
    let kept = text[..at].trim_end_matches(|letter: char| letter.is_whitespace() || ",;:–-".contains(letter));
    format!("{kept}…")
}

/// How many bytes of a text fit.
fn fitting(text: &str, set: Type, room: f64) -> usize {
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        let next = at + letter.len_utf8();
        if set.width(&text[..next]) > room {
            break;
        }
        end = next;
    }
    end
}
