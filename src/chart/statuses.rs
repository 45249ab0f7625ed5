//! Draws how many indicators stand at each status: a row a status, a square an indicator.

use super::backend::Anchor;
use super::canvas::Canvas;
use super::paint::{Ink, Paint};
use super::spec::Statuses;

/// From a square to the next.
const PITCH: f64 = 18.0;
/// The side of a square.
const SQUARE: f64 = 14.0;
/// Rows of squares that a status may take before all statuses are drawn as bars.
const MOST_LINES: u32 = 4;

/// Draws the chart; gives its height.
pub(super) fn draw(statuses: &Statuses, canvas: &Canvas) -> f64 {
    if statuses.groups.is_empty() {
        return canvas.note(0.0, &statuses.empty);
    }
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let counts = widest(&mut statuses.groups.iter().map(|group| Ink::Strong.width(&group.text)));
    let names = widest(&mut statuses.groups.iter().map(|group| Ink::Label.width(&group.label)));
    let name_at = counts + 8.0;
    let room = names.min(canvas.width * 0.45);
    let left = name_at + room + 14.0;
    let fit = (((canvas.width - left + PITCH - SQUARE) / PITCH).floor() as u32).max(1);
    let most = statuses.groups.iter().map(|group| group.count).max().unwrap_or(0);

    let mut top = 0.0;
    for group in &statuses.groups {
        canvas.svg().open(&[&group.text, " ", &group.label]);
        let label = Ink::Label.wrap(&group.label, room, 3);
        {
            let mut svg = canvas.svg();
            svg.text(Ink::Strong, (counts, top + SQUARE), Anchor::End, &group.text);
            svg.lines(Ink::Label, (name_at, top + SQUARE), Anchor::Start, &label);
        }
        let mut height = Ink::Label.line() * label.len() as f64;
        if most <= fit * MOST_LINES {
            // One path for all squares of a row, then one for all their signs.
            let places = (0..group.count)
                .map(|at| (left + PITCH * f64::from(at % fit), top + 2.0 + PITCH * f64::from(at / fit)));
            let mut svg = canvas.svg();
            for corner in places.clone() {
                svg.rect(Paint::tone(group.tone), corner, (SQUARE, SQUARE));
            }
            for corner in places {
                super::canvas::sign(&mut svg, corner, SQUARE, group.tone);
            }
            height = height.max(PITCH * f64::from(group.count.div_ceil(fit)) + 2.0);
        } else {
            canvas.square((left, top + 2.0), SQUARE, group.tone);
            let length = (canvas.width - left - PITCH - 1.0) * f64::from(group.count) / f64::from(most);
            canvas.svg().rect(Paint::tone(group.tone), (left + PITCH, top + 2.0), (length, SQUARE));
        }
        canvas.svg().close();
        top += height + 8.0;
    }
    top - 6.0
}
