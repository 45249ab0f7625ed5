//! The theme's `chart.css` and the paints in code say the same, and can be read by everyone.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::paint::{Ink, Paint, Style};
use crate::chart::spec::Tone;

const CSS: &str = include_str!("../../../themes/default/css/chart.css");
const SITE: &str = include_str!("../../../themes/default/css/site.css");

fn styles() -> impl Iterator<Item = &'static Style> {
    Paint::ALL.iter().map(|paint| paint.style()).chain(Ink::ALL.iter().map(|ink| ink.style()))
}

/// The colours of one scheme, `--light` or `--dark`, by the names of their tokens.
fn colours(scheme: &str) -> BTreeMap<&'static str, &'static str> {
    let behind = format!("var({scheme}, ");
    let token = |line: &'static str| {
        let (name, value) = line.trim().split_once(": ")?;
        Some((name, value.split_once(&behind)?.1.split_once(')')?.0))
    };
    SITE.lines().filter_map(token).collect()
}

/// What the sheet declares for a class, custom properties replaced by their light values.
fn declared(class: &str) -> BTreeMap<String, String> {
    let light = colours("--light");
    let sheet = CSS.split("@media print").next().expect("a sheet");
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
                // The colour of a status is that of its class, on squares in the page too.
                Some("--tone") => light[format!("--status-{class}").as_str()],
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
    for scheme in ["--light", "--dark"] {
        let colours = colours(scheme);
        let paper = colours["--paper"];
        for text in ["--ink", "--muted", "--chart-series"] {
            assert!(contrast(colours[text], paper) >= 4.5, "{text} on {paper}");
        }
        assert!(contrast(colours["--ink"], colours["--chart-part-light"]) >= 4.5);
        let tones = Tone::ALL.map(|tone| format!("--status-{}", tone.class()));
        let marks = ["--chart-axis", "--chart-bar"].into_iter().map(str::to_owned).chain(tones);
        for mark in marks {
            let contrast = contrast(colours[mark.as_str()], paper);
            assert!(contrast >= 3.0, "{mark} on {paper}: {contrast:.2}");
        }
    }
}

#[test]
fn a_status_has_the_colour_of_its_name() {
    for tone in Tone::ALL {
        let class = tone.class();
        assert!(SITE.contains(&format!("\n.{class} {{ --tone: var(--status-{class}); }}")), "{class}");
    }
}
