//! Turns the SVG of a card into a PNG of few colours that says what it was drawn from.
//!
//! Invariants: the same SVG gives the same bytes; the digest in the file is that of the SVG and of this drawing.

use std::collections::BTreeMap;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use sha2::{Digest, Sha256};

use super::{HEIGHT, WIDTH, font};

/// Counts up when the same SVG is drawn or packed in another way, so that no card of the former way is kept.
const DRAWING: &str = "tiendo card 1";

/// The name of the text in the file that holds the digest.
const KEYWORD: &str = "tiendo-card";

/// How many colours a palette may have.
const COLOURS: usize = 256;

/// What a card is known by, in hexadecimal digits.
pub(super) fn digest(svg: &str) -> String {
    let mut digest = Sha256::new();
    for part in [DRAWING, env!("CARGO_PKG_VERSION"), svg] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    base16ct::lower::encode_string(&digest.finalize())
}

/// The digest that a PNG says it was drawn from.
pub(super) fn digest_in(file: &[u8]) -> Option<String> {
    let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().ok()?;
    let texts = &reader.info().uncompressed_latin1_text;
    Some(texts.iter().find(|text| text.keyword == KEYWORD)?.text.clone())
}

/// Draws a card as a PNG.
pub(super) fn draw(svg: &str) -> Vec<u8> {
    let options = Options { fontdb: font::database(), font_family: font::FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).expect("the card's SVG is well-formed");
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).expect("a card has a size");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pack(&pixels, &digest(svg))
}

/// A colour: red, green, blue.
type Colour = [u8; 3];

/// The picture with a palette: the colours that cover most, and for the rest the nearest of them. What is left out are
/// few pixels at the edges of letters.
fn pack(pixels: &Pixmap, digest: &str) -> Vec<u8> {
    let colours: Vec<Colour> = pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut counts: BTreeMap<Colour, usize> = BTreeMap::new();
    for run in colours.chunk_by(|one, other| one == other) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut palette: Vec<(Colour, usize)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    palette.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<Colour> = palette.into_iter().map(|(colour, _)| colour).take(COLOURS).collect();
    let nearest = |colour: &Colour| {
        let distance = |other: &Colour| -> u32 {
            colour.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum()
        };
        let place = (0..palette.len()).min_by_key(|place| distance(&palette[*place])).unwrap_or(0);
        u8::try_from(place).expect("a palette has at most 256 colours")
    };
    let places: BTreeMap<Colour, u8> = counts.keys().map(|colour| (*colour, nearest(colour))).collect();
    let mut bytes = Vec::with_capacity(colours.len());
    for run in colours.chunk_by(|one, other| one == other) {
        bytes.extend(std::iter::repeat_n(places[&run[0]], run.len()));
    }
    encode(&palette.concat(), &bytes, digest).expect("a picture in memory can be written")
}

fn encode(palette: &[u8], bytes: &[u8], digest: &str) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Balanced);
    // Places in a palette have no neighbours; a filter makes them longer.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.add_text_chunk(KEYWORD.to_owned(), digest.to_owned())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(file)
}
