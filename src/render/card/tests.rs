//! What a card shows, and that it always can be drawn.

use super::font::{Weight, has, width};
use super::layout::{LEFT, RIGHT};
use super::lines::clean;
use super::{Body, Card, Face, Figure, Finding, HEIGHT, WIDTH};
use crate::chart::spec::Tone;

fn decode(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    let info = reader.next_frame(&mut pixels).expect("it is whole");
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    (info.width, info.height, pixels)
}

fn face(title: &str) -> Face {
    Face {
        site: "Tiến độ nghị quyết tỉnh Bến Tre".to_owned(),
        kicker: "Tỉnh Bến Tre · Nghị quyết số 03-NQ/TU".to_owned(),
        title: title.to_owned(),
        body: Body::Figure(Figure {
            number: "11".to_owned(),
            unit: "văn bản, 30/06/2021".to_owned(),
            target: "Mục tiêu 18 văn bản".to_owned(),
            progress: Some((11.0 / 18.0, "61,1 %".to_owned())),
            tone: Tone::Behind,
            status: "Chậm".to_owned(),
        }),
        address: "example.org/tien-do".to_owned(),
        day: "Số liệu tính đến 31/12/2021".to_owned(),
    }
}

#[test]
fn a_card_is_a_small_picture_of_the_agreed_size() {
    let card = Card::new(&face("Văn bản cụ thể hóa đã ban hành"));
    let file = card.draw();
    let (width, height, pixels) = decode(&file);
    assert_eq!((width, height), (WIDTH, HEIGHT));
    assert!(file.len() < 40_000, "{} bytes", file.len());
    // The colour of the status covers its part of the bar.
    let amber = pixels.chunks(3).filter(|pixel| **pixel == [0xc2, 0x8a, 0x00]).count();
    assert!(amber > 15_000, "{amber}");
    assert_eq!(file, card.draw(), "the same bytes every time");
    assert!(card.is_drawn_in(&file));
    assert!(!Card::new(&face("Tên khác")).is_drawn_in(&file));
    assert!(!card.is_drawn_in(b"no picture"));
}

#[test]
fn every_vietnamese_letter_has_a_shape() {
    let vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
    let letters = format!("{vowels}bcdđfghjklmnpqrstvwxz");
    let all: Vec<char> = letters.chars().chain(letters.to_uppercase().chars()).collect();
    assert_eq!(all.len(), 2 * (72 + 21));
    let other = "0123456789 .,;:!?()[]/%+–—…·“”‘’«»₫$€£°²³×Ð≠←−≥≤≈→\u{a0}\u{202f}";
    for letter in all.into_iter().chain(other.chars()) {
        assert!(has(letter), "{letter:?}");
    }
    assert!(!has('漢'));
    // What turns or joins letters is left out, letters never.
    assert_eq!(clean("−40 %, ≥ 90 %,\n漢\u{202e}\u{1}"), "−40 %, ≥ 90 %, 漢");
}

#[test]
fn signs_of_figures_are_drawn_each_as_itself() {
    // A sign that is not found is an empty box, and all boxes are alike.
    let drawn = ["≠", "←", "−", "≥", "≤", "≈", "→", "漢"].map(|sign| {
        let card = Card::new(&face(sign));
        decode(&card.draw()).2
    });
    for (at, one) in drawn.iter().enumerate() {
        assert!(drawn[at + 1..].iter().all(|other| other != one), "the sign at {at}");
    }
}

/// Texts of an SVG with where each begins and ends.
fn extents(svg: &str) -> Vec<(f64, f64, f64, String)> {
    let document = roxmltree::Document::parse(svg).expect("well-formed");
    let number = |node: &roxmltree::Node<'_, '_>, name| node.attribute(name).and_then(|text| text.parse::<f64>().ok());
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let weight = if node.attribute("font-weight") == Some("700") { Weight::Bold } else { Weight::Regular };
            let text = node.text().unwrap_or_default();
            let size = number(&node, "font-size").expect("a size");
            let length = width(text, weight, size);
            let x = number(&node, "x").expect("a place");
            let start = match node.attribute("text-anchor") {
                Some("end") => x - length,
                Some("middle") => x - length / 2.0,
                _ => x,
            };
            (start, start + length, number(&node, "y").expect("a place"), text.to_owned())
        })
        .collect()
}

#[test]
fn nothing_leaves_the_card_however_long_it_is() {
    let long = "Tỷ lệ hộ dân nông thôn được sử dụng nước sạch đạt quy chuẩn ".repeat(4);
    let unbroken = "Ngh".repeat(70);
    for text in [long.as_str(), unbroken.as_str(), "<b>&\u{1}\u{202e}", "", "漢字"] {
        let mut face =
            Face { site: text.into(), kicker: text.into(), address: text.into(), day: text.into(), ..face(text) };
        for (share, percent) in [(0.0, "0 %"), (-0.4, "−40 %"), (13.0, "1.300 %"), (f64::NAN, text)] {
            face.body = Body::Figure(Figure {
                number: text.into(),
                unit: text.into(),
                target: text.into(),
                progress: Some((share, percent.into())),
                tone: Tone::Unreported,
                status: text.into(),
            });
            inside(&face);
        }
        let tones = [Tone::Achieved, Tone::Behind, Tone::NoData, Tone::Tracked, Tone::NotAssessable];
        let counts = tones.map(|tone| (tone, 12_345, "12.345".to_owned())).to_vec();
        face.body = Body::Finding(Finding { sentence: text.into(), note: text.into(), counts });
        inside(&face);
    }
    let card = Card::new(&face(&long));
    let lines = extents(card.svg()).iter().filter(|(.., text)| text.contains("nông thôn")).count();
    assert!((2..=3).contains(&lines), "{lines}");
    assert!(card.svg().contains('…'));
}

#[track_caller]
fn inside(face: &Face) {
    let card = Card::new(face);
    for (start, end, y, text) in extents(card.svg()) {
        assert!(start >= LEFT - 0.5 && end <= RIGHT + 0.5, "{start} to {end}: {text}");
        assert!(y > 30.0 && y < f64::from(HEIGHT) - 20.0, "{y}: {text}");
    }
    let document = roxmltree::Document::parse(card.svg()).expect("well-formed");
    for rect in document.descendants().filter(|node| node.has_tag_name("rect")) {
        let number = |name| rect.attribute(name).and_then(|text| text.parse::<f64>().ok()).expect("a number");
        let (width, height) = (number("width"), number("height"));
        assert!(width >= 0.0 && height >= 0.0 && number("x") + width <= f64::from(WIDTH) + 0.1, "{rect:?}");
    }
    assert!(!face.words().contains(".."), "{}", face.words());
}

#[test]
fn colours_are_those_of_the_light_scheme() {
    let style = include_str!("../../../themes/default/css/site.css");
    let tokens = [("paper", super::layout::PAPER), ("ink", super::layout::INK), ("muted", super::layout::MUTED)];
    for (name, colour) in tokens.into_iter().chain([("rule", super::layout::RULE), ("accent", super::layout::ACCENT)]) {
        assert!(style.contains(&format!("  --{name}: var(--light, {colour}) ")), "{name}");
    }
}
