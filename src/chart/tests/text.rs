//! Widths, wrapping and escaping.

use unicode_normalization::UnicodeNormalization;

use crate::chart::text::{escape, width, wrap};

/// All Vietnamese vowels with their marks, and đ.
const VIETNAMESE: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ\
                          AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ";

#[test]
fn a_marked_letter_is_as_wide_as_its_unmarked_one() {
    for letter in VIETNAMESE.chars() {
        let base = match letter {
            'đ' => 'd',
            'Đ' => 'D',
            _ => letter.nfd().next().expect("a letter has a base"),
        };
        assert!(base.is_ascii_alphabetic(), "{letter}");
        assert_eq!(width(&letter.to_string(), 10.0), width(&base.to_string(), 10.0), "{letter}");
        let apart: String = letter.nfd().collect();
        assert_eq!(width(&apart, 10.0), width(&letter.to_string(), 10.0), "{letter} in parts");
    }
}

#[test]
fn words_are_measured_by_letters_and_not_by_bytes() {
    assert_eq!(width("Văn bản cụ thể hóa đã ban hành", 14.0), width("Van ban cu the hoa da ban hanh", 14.0));
    assert!(width("mm", 14.0) > 2.0 * width("ii", 14.0));
}

#[test]
fn lines_are_no_wider_than_their_room() {
    let text = "Xã đạt chuẩn nông thôn mới nâng cao, đồng thời giữ vững 19 tiêu chí đã đạt";
    for room in [60.0, 120.0, 300.0] {
        let lines = wrap(text, 14.0, room, 99);
        assert!(lines.iter().all(|line| width(line, 14.0) <= room), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }
}

#[test]
fn what_does_not_fit_ends_in_an_ellipsis() {
    let lines = wrap("một hai ba bốn năm sáu bảy tám chín mười", 14.0, 80.0, 2);
    assert_eq!(lines, ["một hai ba", "bốn năm…"]);
}

#[test]
fn a_word_without_blanks_is_broken() {
    let lines = wrap(&"x".repeat(200), 14.0, 100.0, 3);
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| width(line, 14.0) <= 100.0), "{lines:?}");
    assert!(lines[2].ends_with('…'));
}

#[test]
fn room_for_nothing_still_ends() {
    assert_eq!(wrap("a b", 14.0, 0.0, 3).len(), 2);
    assert_eq!(wrap("", 14.0, 100.0, 3), [""]);
    assert_eq!(wrap("   ", 14.0, -5.0, 1), [""]);
}

#[test]
fn a_figure_stays_with_its_unit() {
    assert_eq!(wrap("đạt 61,1\u{a0}%", 14.0, 60.0, 3), ["đạt", "61,1\u{a0}%"]);
}

#[test]
fn markup_and_control_characters_are_harmless() {
    let mut out = String::new();
    escape(&mut out, "<script>&\"]]>\u{0}\u{8}\t\n\u{202e}\u{85}\u{feff}\u{ffff}ấ…");
    assert_eq!(out, "&lt;script&gt;&amp;&quot;]]&gt;  ấ…");
}
