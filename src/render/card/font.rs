//! The letters of cards: Noto Sans, Regular and Bold, with the Latin letters that Vietnamese and its neighbours need, and
//! the signs of figures that it lacks (−, ≥, →) from Noto Sans Math.
//!
//! Invariant: no font of the machine is ever asked, so that a card has the same bytes everywhere.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The family's name in SVG.
pub(super) const FAMILY: &str = "Noto Sans";

const REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");
/// For both weights: whoever draws looks here for what the others lack.
const SIGNS: &[u8] = include_bytes!("fonts/NotoSansMath-Regular.ttf");

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The number in SVG.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Bold => 700,
        }
    }

    fn advances(self) -> &'static BTreeMap<char, f64> {
        static ADVANCES: LazyLock<[BTreeMap<char, f64>; 2]> = LazyLock::new(|| [REGULAR, BOLD].map(all_advances));
        match self {
            Self::Regular => &ADVANCES[0],
            Self::Bold => &ADVANCES[1],
        }
    }
}

/// How far each letter moves on in one of the two fonts, and what it lacks in the other.
fn all_advances(font: &[u8]) -> BTreeMap<char, f64> {
    let mut all = advances(SIGNS);
    all.extend(advances(font));
    all
}

/// How far each letter of a font moves on, as a part of the font's size.
fn advances(font: &[u8]) -> BTreeMap<char, f64> {
    let font = FontRef::new(font).expect("the embedded font can be read");
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let letters = font.charmap().mappings();
    letters
        .filter_map(|(letter, glyph)| Some((char::from_u32(letter)?, f64::from(metrics.advance_width(glyph)?))))
        .collect()
}

/// The embedded fonts, for drawing.
pub(super) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        database.load_font_data(REGULAR.to_vec());
        database.load_font_data(BOLD.to_vec());
        database.load_font_data(SIGNS.to_vec());
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

/// Whether a letter can be drawn in both weights.
#[cfg(test)]
pub(super) fn has(letter: char) -> bool {
    [Weight::Regular, Weight::Bold].into_iter().all(|weight| weight.advances().contains_key(&letter))
}

/// How wide a text is in one line, in the unit of the size. A letter that the font lacks counts as a wide one.
pub(super) fn width(text: &str, weight: Weight, size: f64) -> f64 {
    let advances = weight.advances();
    text.chars().map(|letter| advances.get(&letter).copied().unwrap_or(1.0)).sum::<f64>() * size
}
