//! The theme's `chart.css` and the paints in code say the same, and can be read by everyone.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::paint::{Ink, Paint, Style};
use crate::chart::spec::Tone;

const CSS: &str = include_str!("../../../themes/default/css/chart.css");

fn styles() -> impl Iterator<Item = &'static Style> {
    Paint::ALL.iter().map(|paint| paint.style()).chain(Ink::ALL.iter().map(|ink| ink.style()))
}

/// The custom properties of one block, with the values behind the commas.
fn colours(block: &str) -> BTreeMap<&str, &str> {
    let lines = block.lines().map(str::trim).filter(|line| line.starts_with("--c-"));
    lines
        .filter_map(|line| {
            line.trim_end_matches(");")
                .split_once(": var(")
                .map(|(name, rest)| (name, rest.split_once(", ").expect("a fallback").1))
        })
        .collect()
}

/// The blocks of colours in the sheet: light, then dark twice.
fn blocks() -> Vec<BTreeMap<&'static str, &'static str>> {
    CSS.split('}').map(colours).filter(|colours| !colours.is_empty()).collect()
}

/// What the sheet declares for a class, custom properties replaced by their light values.
fn declared(class: &str) -> BTreeMap<String, String> {
    let light = &blocks()[0];
    let sheet = CSS.split("@media screen").next().expect("a sheet");
    let mut all = BTreeMap::new();
    for rule in sheet.split('}') {
        let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
        let selectors = selectors.rsplit_once("*/").map_or(selectors, |(_, selectors)| selectors);
        let wanted = format!(".chart .{class}");
        if !selectors.split(',').any(|selector| selector.trim() == wanted) {
            continue;
        }
        for (property, value) in body.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let value = value.trim();
            let value = match value.strip_prefix("var(").and_then(|value| value.strip_suffix(')')) {
                Some(name) => light[name],
                None => value.strip_suffix("px").unwrap_or(value),
            };
            all.insert(property.trim().to_owned(), value.to_owned());
        }
    }
    all
}

fn attributes(style: &Style) -> BTreeMap<String, String> {
    let pairs = style.attributes.split("\" ").filter_map(|pair| pair.split_once("=\""));
    pairs.map(|(name, value)| (name.to_owned(), value.trim_end_matches('"').to_owned())).collect()
}

#[test]
fn a_file_looks_like_the_page() {
    for style in styles() {
        let mut sheet: BTreeMap<String, String> = style.class.split(' ').flat_map(declared).collect();
        // What the sheet says for all texts.
        if style.attributes.contains("font-size") {
            sheet.entry("fill".to_owned()).or_insert_with(|| "#1b1f24".to_owned());
        }
        assert_eq!(attributes(style), sheet, "{}", style.class);
    }
}

#[test]
fn every_class_of_the_sheet_is_drawn() {
    let drawn: BTreeSet<&str> = styles().flat_map(|style| style.class.split(' ')).collect();
    for part in CSS.split(".chart .").skip(1) {
        let class = part.split([' ', ',', '{']).next().expect("a class");
        assert!(drawn.contains(class), "{class} is never drawn");
    }
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').expect("a colour");
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16).expect("a digit")).collect();
    let channels: Vec<u32> = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17).collect(),
        _ => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
    };
    let linear = |channel: u32| match f64::from(channel) / 255.0 {
        share if share <= 0.04045 => share / 12.92,
        share => ((share + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2])
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_enough_in_light_and_dark() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 3);
    assert_eq!(blocks[1], blocks[2], "dark by system and dark by switch");
    for block in &blocks {
        let paper = block["--c-paper"];
        for text in ["--c-ink", "--c-muted", "--c-series"] {
            assert!(contrast(block[text], paper) >= 4.5, "{text} on {paper}");
        }
        assert!(contrast(block["--c-ink"], block["--c-part-light"]) >= 4.5);
        let tones = Tone::ALL.map(|tone| format!("--c-{}", tone.class()));
        let marks = ["--c-axis", "--c-bar"].into_iter().map(str::to_owned).chain(tones);
        for mark in marks {
            let contrast = contrast(block[mark.as_str()], paper);
            assert!(contrast >= 3.0, "{mark} on {paper}: {contrast:.2}");
        }
    }
}
