//! Draws strips: a row of squares for each of several, on one scale.

use super::backend::{Anchor, Point, Svg, grid, push_tenths};
use super::canvas::{Canvas, pattern, sign};
use super::paint::{Ink, Paint};
use super::spec::{Strip, StripRow, Strips, Tone};
use super::text::escape;
use super::{Form, Width};

/// From a square to the next.
const PITCH: f64 = 17.0;
/// The side of a square.
const SQUARE: f64 = 14.0;
/// The same two for strips in a line of a page, which has less room.
const SMALL: (f64, f64) = (13.0, 11.0);
/// The longest strip in a line that is drawn as squares; longer ones are drawn as bars.
const MOST_SQUARES: u32 = 24;
/// How long the longest bar in a line is, and how thick.
const LONGEST: (f64, f64) = (300.0, 12.0);

/// Draws the chart; gives its height.
pub(super) fn draw(strips: &Strips, canvas: &Canvas) -> f64 {
    if strips.rows.is_empty() {
        return canvas.note(0.0, &strips.empty);
    }
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names = widest(&mut strips.rows.iter().map(|row| Ink::Label.width(&row.label))).ceil() + 1.0;
    let (names, left) = match canvas.layout {
        Width::Wide => (names.min(canvas.width * 0.36), names.min(canvas.width * 0.36) + 12.0),
        Width::Narrow => (canvas.width, 0.0),
    };
    let counted = || strips.rows.iter().filter(|row| total(row) > 0);
    let texts = widest(&mut counted().map(|row| Ink::Small.width(&row.text))).min(canvas.width * 0.3);
    let room = canvas.width - left - texts - 10.0;
    let most = strips.rows.iter().map(total).max().unwrap_or(0);
    // One indicator is as long in every row.
    let unit = if most as f64 * PITCH <= room { PITCH } else { room / most as f64 };
    let mut top = 0.0;
    for row in &strips.rows {
        let tally: Vec<String> = (row.parts.iter().filter(|(_, count)| *count > 0))
            .map(|(tone, count)| format!("{} {count}", name_of(strips, *tone)))
            .collect();
        let title = if tally.is_empty() { row.text.clone() } else { tally.join(", ") };
        let mut svg = canvas.svg();
        svg.open(&[&row.label, ": ", &title]);
        let label = Ink::Label.wrap(&row.label, names, 2);
        svg.lines(Ink::Label, (0.0, top + Ink::Label.size()), Anchor::Start, &label);
        let mut height = Ink::Label.line() * label.len() as f64;
        let mut y = top;
        if canvas.layout == Width::Narrow {
            y += height;
            height += Ink::Label.line();
        }
        let mut x = left;
        for &(tone, count) in row.parts.iter().filter(|(_, count)| *count > 0) {
            run(&mut svg, (tone, count), (x, y + 2.0), (unit, SQUARE), unit == PITCH);
            x += unit * f64::from(count);
        }
        let (at, room) = if total(row) > 0 { (x + 6.0, canvas.width - x - 6.0) } else { (left, canvas.width - left) };
        svg.lines(Ink::Small, (at, y + SQUARE - 0.5), Anchor::Start, &Ink::Small.wrap(&row.text, room, 1));
        svg.close();
        top += height + if canvas.layout == Width::Narrow { 9.0 } else { 4.0 };
    }
    if !strips.more.trim().is_empty() {
        top = canvas.note(top, &strips.more) + 4.0;
    }
    legend(strips, canvas, top)
}

/// Draws so many of a tone from a corner on: as squares, or as a bar with its pattern or one sign, where it has room.
/// `unit` is how far one reaches, `side` how thick the strip is.
fn run(svg: &mut Svg, (tone, count): (Tone, u32), (x, y): Point, (unit, side): (f64, f64), squares: bool) {
    if squares {
        let places = (0..count).map(|at| (x + unit * f64::from(at), y));
        for place in places.clone() {
            svg.rect(Paint::tone(tone), place, (side, side));
        }
        for place in places {
            sign(svg, place, side, tone);
        }
    } else {
        let length = (unit * f64::from(count)).max(0.5);
        let size = ((length - 1.5).max(0.4), side);
        svg.rect(Paint::tone(tone), (x, y), size);
        pattern(svg, tone, (x, y), size);
        if length > side + 2.0 && !matches!(tone, Tone::AchievedLate | Tone::Unreported) {
            sign(svg, (x, y), side, tone);
        }
    }
}

/// Draws one strip without words, for a line of a page; it has a size, for a line has none of its own.
pub(super) fn alone(strip: &Strip) -> String {
    let most = strip.most.max(1);
    let squares = most <= MOST_SQUARES;
    let (unit, side) = if squares { SMALL } else { (LONGEST.0 / f64::from(most), LONGEST.1) };
    let mut svg = Svg::new(unit * f64::from(most));
    // Room for the line around an open square.
    let mut x = 1.0;
    for (tone, count, title) in strip.parts.iter().filter(|(_, count, _)| *count > 0) {
        svg.open(&[title]);
        run(&mut svg, (*tone, *count), (x, 1.0), (unit, side), squares);
        svg.close();
        x += unit * f64::from(*count);
    }
    let tenths = |length: f64| {
        let mut out = String::new();
        push_tenths(&mut out, grid(length));
        out
    };
    let (width, height) = (tenths((unit * f64::from(most)).ceil() + 1.0), tenths(side + 2.0));
    let mut out = String::with_capacity(512);
    out.push_str("<svg class=\"chart strip\" role=\"img\" aria-label=\"");
    escape(&mut out, &strip.label);
    for part in ["\" width=\"", &width, "\" height=\"", &height, "\" viewBox=\"0 0 ", &width, " ", &height, "\">"] {
        out.push_str(part);
    }
    svg.take().push_to(&mut out, Form::Inline);
    out.push_str("</svg>");
    out
}

/// How many indicators a row has; what is beyond any list is cut.
fn total(row: &StripRow) -> u32 {
    row.parts.iter().map(|(_, count)| *count).fold(0, u32::saturating_add)
}

fn name_of(strips: &Strips, tone: Tone) -> &str {
    strips.legend.iter().find(|(of, _)| *of == tone).map_or("", |(_, name)| name)
}

/// Draws the names of the tones that occur, in lines below `top`; gives the picture's height.
fn legend(strips: &Strips, canvas: &Canvas, top: f64) -> f64 {
    let occurs = |tone: Tone| strips.rows.iter().flat_map(|row| &row.parts).any(|&(of, count)| of == tone && count > 0);
    let (mut x, mut y) = (0.0, top + 12.0);
    let mut below = top;
    for (tone, name) in strips.legend.iter().filter(|(tone, _)| occurs(*tone)) {
        let name = Ink::Small.wrap(name, canvas.width - SQUARE - 7.0, 1);
        let width = SQUARE + 7.0 + name.iter().map(|line| Ink::Small.width(line)).fold(0.0, f64::max);
        if x > 0.0 && x + width > canvas.width {
            (x, y) = (0.0, y + 21.0);
        }
        canvas.square((x, y), SQUARE, *tone);
        canvas.svg().lines(Ink::Small, (x + SQUARE + 7.0, y + SQUARE - 2.0), Anchor::Start, &name);
        x += width + 18.0;
        below = y + SQUARE + 4.0;
    }
    below
}
