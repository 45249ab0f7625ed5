//! Texts in charts: how wide they are, where they wrap, how they are written into XML.
//!
//! Invariants: widths are the same on every machine, because they come from a table and not from installed fonts;
//! a mark above or below a letter adds nothing, however it is encoded.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Advance widths of the printable ASCII characters in thousandths of the font's size: for each the wider one of
/// Liberation Sans (as Arial and Helvetica) and Noto Sans, so that a label fits whichever sans-serif the reader has.
const ASCII: [u16; 95] = [
    278, 278, 408, 646, 572, 889, 732, 225, 333, 333, 551, 584, 278, 333, 278, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 730, 667, 611, 778, 741, 339, 500, 667, 556, 907,
    760, 781, 667, 781, 722, 667, 611, 731, 667, 944, 667, 667, 611, 329, 372, 329, 572, 556, 333, 561, 615, 500, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 500, 361, 618, 508, 786, 529, 510, 500, 380,
    551, 380, 584,
];

/// How much wider a bold text is, as a factor.
pub(super) const BOLD: f64 = 1.06;

/// The width of a text set in one line at a font size, in the size's own unit.
pub(super) fn width(text: &str, size: f64) -> f64 {
    f64::from(text.chars().map(advance).fold(0, u32::saturating_add)) * size / 1000.0
}

/// The width of one character in thousandths of the font's size.
fn advance(character: char) -> u32 {
    match character {
        ' '..='~' => u32::from(ASCII[character as usize - ' ' as usize]),
        'đ' => advance('d'),
        'Đ' | 'Ð' => advance('D'),
        '\u{0}'..='\u{1f}' => advance(' '),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => 278,
        '·' | '•' | '’' | '‘' => 330,
        '“' | '”' => 359,
        '–' => 556,
        '—' | '…' => 1000,
        '\u{c0}'..='\u{24f}' => LATIN.0[character as usize - 0xc0],
        '\u{1e00}'..='\u{1eff}' => LATIN.1[character as usize - 0x1e00],
        _ if is_invisible(character) || is_combining_mark(character) => 0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1000,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 1000,
        '\u{10000}'.. => 1250,
        _ => 620,
    }
}

/// The widths of the Latin letters with marks, Vietnamese among them: taking a letter apart takes longer than all the rest.
static LATIN: LazyLock<(Vec<u32>, Vec<u32>)> = LazyLock::new(|| {
    let widths = |letters: RangeInclusive<char>| letters.map(advance_of_base).collect();
    (widths('\u{c0}'..='\u{24f}'), widths('\u{1e00}'..='\u{1eff}'))
});

/// The width of the letter under a letter's marks.
fn advance_of_base(character: char) -> u32 {
    let mut base = None;
    decompose_canonical(character, |part| base = base.or(Some(part)));
    match base {
        Some(base) if base.is_ascii() => advance(base),
        _ => 620,
    }
}

/// Characters without a shape of their own.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
        || is_dropped(character)
}

/// Characters that never reach the picture: control characters, which are no XML or no text, and those that turn
/// the direction of what follows.
fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{7f}'..='\u{9f}'
            | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    ) || (character as u32 & 0xfffe) == 0xfffe
        || (character < ' ' && !character.is_ascii_whitespace())
}

/// Where a line may be broken: at white space, but not at the kind that holds a figure and its unit together.
fn is_break(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether words stand in a text as they would in one line: apart by one blank each.
fn is_even(text: &str) -> bool {
    let mut before = ' ';
    for character in text.chars() {
        if is_break(character) && (character != ' ' || before == ' ') {
            return false;
        }
        before = character;
    }
    before != ' '
}

/// More than what adding up the widths of words may differ from the width of the whole.
const ROUNDING: f64 = 0.01;

/// Breaks a text into at most `most` lines no wider than `room`; what does not fit ends in "…". A word that is
/// too long for a line is broken where the line ends. At least one line, be it empty.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    if is_even(text) && width(text, size) < room - ROUNDING {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    let space = width(" ", size);
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        let mut rest = word;
        loop {
            let needed = width(rest, size);
            let full = lines.len() >= most;
            let line = lines.last_mut().expect("there is always a line");
            let gap = if line.is_empty() { 0.0 } else { space };
            if used + gap + needed <= room {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(rest);
                used += gap + needed;
                break;
            }
            if full {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(rest);
                cut(line, size, room);
                return lines;
            }
            if line.is_empty() {
                let at = fitting(rest, size, room).max(rest.chars().next().map_or(0, char::len_utf8));
                line.push_str(&rest[..at]);
                rest = &rest[at..];
                if rest.is_empty() {
                    used = room;
                    break;
                }
            }
            lines.push(String::new());
            used = 0.0;
        }
    }
    lines
}

/// Shortens a line to what fits with "…" behind it.
fn cut(line: &mut String, size: f64, room: f64) {
    let at = fitting(line, size, room - width("…", size));
    line.truncate(at);
    line.truncate(line.trim_end().len());
    line.push('…');
}

/// How many bytes of a text fit, at a place where no mark is torn from its letter.
fn fitting(text: &str, size: f64, room: f64) -> usize {
    let mut used = 0.0;
    for (at, character) in text.char_indices() {
        used += f64::from(advance(character)) * size / 1000.0;
        if used > room {
            return at;
        }
    }
    text.len()
}

/// The bytes with which characters begin that need a look. Almost all is clean and copied as it is: Vietnamese letters
/// start with none of these.
const IS_SUSPICIOUS: [bool; 256] = {
    let mut is_suspicious = [false; 256];
    let mut byte = 0;
    while byte < is_suspicious.len() {
        is_suspicious[byte] =
            byte < 0x20 || byte >= 0xef || matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | 0x7f | 0xc2 | 0xe2);
        byte += 1;
    }
    is_suspicious
};

/// Writes a text into XML, for content and for attributes in double quotes. Control characters become spaces
/// (line breaks, tabs) or nothing.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| IS_SUSPICIOUS[usize::from(byte)]) {
        let (clean, doubtful) = rest.split_at(at);
        out.push_str(clean);
        let Some(character) = doubtful.chars().next() else { return };
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if is_dropped(character) => {}
            _ if character < ' ' => out.push(' '),
            _ => out.push(character),
        }
        rest = &doubtful[character.len_utf8()..];
    }
    out.push_str(rest);
}
