//! Lays a card out: who speaks, what it is about, the title; below, on a common ground line, the figure or the finding.

use std::fmt::Write as _;

use super::font::{FAMILY, Weight};
use super::lines::{Fit, Type, clean, shorten, wrap};
use super::{Body, Face, Figure, Finding, HEIGHT, WIDTH};
use crate::chart::spec::Tone;
use crate::chart::{sign, tone_attributes};
use crate::render::escape;

// The light colours of the theme's style sheet; a test compares them.
pub(super) const PAPER: &str = "#fff";
pub(super) const INK: &str = "#1b1f24";
pub(super) const MUTED: &str = "#59636e";
pub(super) const RULE: &str = "#d5dae0";
pub(super) const ACCENT: &str = "#0b4f6c";
/// What a bar runs on, as in charts.
const TRACK: &str = "#e8ebef";

/// Where texts begin and end.
pub(super) const LEFT: f64 = 72.0;
pub(super) const RIGHT: f64 = 1128.0;
const ROOM: f64 = RIGHT - LEFT;

/// Where the bar stands that figure and finding rest on.
const BAR: f64 = 484.0;
const THICK: f64 = 34.0;

const SITE: Type = Type { weight: Weight::Bold, size: 27.0 };
const KICKER: Type = Type { weight: Weight::Regular, size: 27.0 };
const SMALL: Type = Type { weight: Weight::Regular, size: 24.0 };
const UNIT: Type = Type { weight: Weight::Regular, size: 32.0 };
const STATUS: Type = Type { weight: Weight::Bold, size: 32.0 };
const PERCENT: Type = Type { weight: Weight::Bold, size: 36.0 };
const NOTE: Type = Type { weight: Weight::Regular, size: 27.0 };
const COUNT: Type = Type { weight: Weight::Bold, size: 22.0 };

/// Where a text begins.
#[derive(Debug, Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// The picture while it is written.
struct Sheet(String);

impl Sheet {
    fn text(&mut self, (x, y): (f64, f64), set: Type, colour: &str, anchor: Anchor, text: &str) {
        if text.is_empty() {
            return;
        }
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (size, weight) = (set.size, set.weight.number());
        let text = escape::text(text);
        let _ = writeln!(
            self.0,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\"{anchor}>{text}</text>"
        );
    }

    /// `paint` are attributes.
    fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), paint: &str) {
        let _ =
            writeln!(self.0, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {paint}/>");
    }

    /// The square of a status with its sign.
    fn sign(&mut self, (x, y): (f64, f64), side: f64, tone: Tone) {
        /// The side of the square in charts, which the sign's stroke is made for.
        const SIDE: f64 = 13.0;
        let scale = side / SIDE;
        let _ =
            writeln!(self.0, "<g transform=\"translate({x:.1} {y:.1}) scale({scale:.3})\">{}</g>", sign(tone, SIDE));
    }
}

fn fill(colour: &str) -> String {
    format!("fill=\"{colour}\"")
}

/// The card as SVG.
pub(super) fn svg(face: &Face) -> String {
    let mut sheet = Sheet(String::with_capacity(4096));
    let (width, height) = (f64::from(WIDTH), f64::from(HEIGHT));
    sheet.rect((0.0, 0.0), (width, height), &fill(PAPER));
    sheet.rect((0.0, 0.0), (width, 14.0), &fill(ACCENT));
    let site = shorten(&clean(&face.site), SITE, ROOM);
    sheet.text((LEFT, 80.0), SITE, ACCENT, Anchor::Start, &site);
    let top = if site.is_empty() { 58.0 } else { 118.0 };
    head(&mut sheet, top, &clean(&face.kicker), &clean(&face.title));
    match &face.body {
        Body::Figure(figure) => draw_figure(&mut sheet, figure),
        Body::Finding(finding) => draw_finding(&mut sheet, finding),
    }
    sheet.rect((LEFT, 554.0), (ROOM, 2.0), &fill(RULE));
    let day = clean(&face.day);
    let address = shorten(&clean(&face.address), SMALL, (ROOM - SMALL.width(&day) - 40.0).max(0.0));
    sheet.text((LEFT, 594.0), SMALL, MUTED, Anchor::Start, &address);
    sheet.text((RIGHT, 594.0), SMALL, MUTED, Anchor::End, &shorten(&day, SMALL, ROOM));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"{FAMILY}\">\n{}</svg>\n",
        sheet.0
    )
}

/// The kicker, and the title as large as it can be in its lines.
fn head(sheet: &mut Sheet, mut top: f64, kicker: &str, title: &str) {
    if !kicker.is_empty() {
        sheet.text((LEFT, top + 26.0), KICKER, MUTED, Anchor::Start, &shorten(kicker, KICKER, ROOM));
        top += 42.0;
    }
    let sizes = [(64.0, 2), (54.0, 2), (48.0, 3), (42.0, 3)];
    let set = |size| Type { weight: Weight::Bold, size };
    let mut sized = sizes.into_iter().map(|(size, most)| (size, wrap(title, set(size), ROOM, most)));
    let mut fitting = sized.clone().filter(|(_, (_, fit))| *fit == Fit::Whole);
    let (size, (lines, _)) = fitting.next().or(sized.next_back()).expect("there are sizes");
    for (line, number) in lines.iter().zip(0_u8..) {
        let y = top + size * (1.05 + 1.24 * f64::from(number));
        sheet.text((LEFT, y), set(size), INK, Anchor::Start, line);
    }
}

fn draw_figure(sheet: &mut Sheet, figure: &Figure) {
    // On the right how it stands and what was promised, above each other.
    let status = shorten(&clean(&figure.status), STATUS, ROOM * 0.5);
    let target = shorten(&clean(&figure.target), UNIT, ROOM * 0.46);
    let side = 34.0;
    let status_width = STATUS.width(&status);
    let right = (status_width + side + 14.0).max(UNIT.width(&target));
    // Without a bar the words stand on its place.
    let base = if figure.progress.is_some() { BAR - 26.0 } else { BAR + 24.0 };
    let status_base = if target.is_empty() { base } else { base - 48.0 };
    sheet.text((RIGHT, status_base), STATUS, INK, Anchor::End, &status);
    sheet.sign((RIGHT - status_width - side - 14.0, status_base - 28.5), side, figure.tone);
    sheet.text((RIGHT, base), UNIT, MUTED, Anchor::End, &target);

    let room = ROOM - right - 48.0;
    let number = clean(&figure.number);
    let sizes = [104.0, 88.0, 72.0, 60.0, 48.0, 40.0].map(|size| Type { weight: Weight::Bold, size });
    let set = sizes.into_iter().find(|set| set.width(&number) <= room * 0.62).unwrap_or(sizes[5]);
    let number = shorten(&number, set, room);
    sheet.text((LEFT, base), set, INK, Anchor::Start, &number);
    let beside = set.width(&number) + 18.0;
    // What is counted, beside the number in up to two lines, the last on the ground line.
    if room - beside > 90.0 {
        let set = Type { size: 28.0, ..UNIT };
        let (lines, _) = wrap(&clean(&figure.unit), set, room - beside, 2);
        for (line, back) in lines.iter().rev().zip(0_u8..) {
            sheet.text((LEFT + beside, base - 36.0 * f64::from(back)), set, MUTED, Anchor::Start, line);
        }
    }
    if let Some((share, percent)) = &figure.progress {
        progress(sheet, *share, &clean(percent), figure.tone);
    }
}

/// The bar of progress, its end the target; what goes beyond it goes on, as far as half again.
fn progress(sheet: &mut Sheet, share: f64, percent: &str, tone: Tone) {
    let percent = shorten(percent, PERCENT, ROOM * 0.3);
    sheet.text((RIGHT, BAR + 30.0), PERCENT, INK, Anchor::End, &percent);
    let length = ROOM - PERCENT.width(&percent) - 28.0;
    let domain = if share.is_finite() { share.clamp(1.0, 1.5) } else { 1.0 };
    let end = length / domain;
    sheet.rect((LEFT, BAR), (end, THICK), &fill(TRACK));
    let done = if share.is_finite() { share.clamp(0.0, domain) * end } else { 0.0 };
    if done > 0.0 {
        sheet.rect((LEFT, BAR), (done.max(3.0), THICK), tone_attributes(tone));
    }
    // The target, told apart from dark colours by a gap.
    sheet.rect((LEFT + end - 7.0, BAR), (4.0, THICK), &fill(PAPER));
    sheet.rect((LEFT + end - 4.0, BAR - 7.0), (4.0, THICK + 14.0), &fill(INK));
    if done > end {
        sheet.rect((LEFT + end, BAR), (4.0, THICK), &fill(PAPER));
    }
}

fn draw_finding(sheet: &mut Sheet, finding: &Finding) {
    let total: usize = finding.counts.iter().map(|(_, count, _)| *count).sum();
    let mut ground = if total > 0 { BAR - 34.0 } else { BAR + 30.0 };
    let note = shorten(&clean(&finding.note), NOTE, ROOM);
    if !note.is_empty() {
        sheet.text((LEFT, ground), NOTE, MUTED, Anchor::Start, &note);
        ground -= 46.0;
    }
    let sentence = clean(&finding.sentence);
    let sizes = if note.is_empty() { [(38.0, 2), (34.0, 2), (30.0, 3)] } else { [(38.0, 1), (34.0, 2), (30.0, 2)] };
    let set = |size| Type { weight: Weight::Regular, size };
    let mut sized = sizes.into_iter().map(|(size, most)| (size, wrap(&sentence, set(size), ROOM, most)));
    let mut fitting = sized.clone().filter(|(_, (_, fit))| *fit == Fit::Whole);
    let (size, (lines, _)) = fitting.next().or(sized.next_back()).expect("there are sizes");
    for (line, back) in lines.iter().rev().zip(0_u8..) {
        sheet.text((LEFT, ground - size * 1.34 * f64::from(back)), set(size), INK, Anchor::Start, line);
    }
    if total > 0 {
        counts(sheet, &finding.counts, total);
    }
}

/// One bar of all indicators, cut by their statuses: sign and count where there is room, so that hue is never alone.
fn counts(sheet: &mut Sheet, counts: &[(Tone, usize, String)], total: usize) {
    const GAP: f64 = 4.0;
    const LEAST: f64 = 14.0;
    let parts = counts.len() as f64;
    let length = ROOM - GAP * (parts - 1.0) - LEAST * parts;
    let mut x = LEFT;
    for (tone, count, text) in counts {
        let width = LEAST + length * (*count as f64 / total as f64);
        sheet.rect((x, BAR), (width, THICK), tone_attributes(*tone));
        let colour = if *tone == Tone::NoData { INK } else { PAPER };
        let (side, text_width) = (22.0, COUNT.width(text));
        let has_sign = !matches!(tone, Tone::NoData | Tone::Tracked);
        let both = if has_sign { side + 8.0 + text_width } else { text_width };
        let middle = x + width / 2.0;
        if both + 16.0 <= width {
            if has_sign {
                sheet.sign((middle - both / 2.0, BAR + (THICK - side) / 2.0), side, *tone);
            }
            let at = middle + (both - text_width) / 2.0;
            sheet.text((at, BAR + 25.0), COUNT, colour, Anchor::Middle, text);
        } else if text_width + 8.0 <= width {
            sheet.text((middle, BAR + 25.0), COUNT, colour, Anchor::Middle, text);
        }
        x += width + GAP;
    }
}
