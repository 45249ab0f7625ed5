//! Draws the latest of several units side by side, on one scale.

use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::element::Rectangle;

use super::Width;
use super::backend::{Anchor, Svg};
use super::canvas::{Axis, Canvas, place, spread};
use super::paint::{Ink, NOTHING, Paint};
use super::scale::{apart, drawable};
use super::spec::{Compare, CompareRow, Qualifier};

/// How thick a bar is.
const THICK: f64 = 11.0;

/// Where the parts of the picture stand.
struct Layout {
    /// Where names start: right of the squares of statuses, if there are any.
    names: f64,
    /// The bars' field.
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The rows' names in lines, with the upper edge and the bar's upper edge of each.
    rows: Vec<(Vec<String>, f64, f64)>,
}

/// Draws the chart; gives its height.
pub(super) fn draw(compare: &Compare, canvas: &Canvas) -> f64 {
    if compare.rows.is_empty() {
        return canvas.note(0.0, &compare.empty);
    }
    let layout = layout(compare, canvas);
    let (low, high) = compare.extent().unwrap_or((0.0, 1.0));
    let ticks: Vec<_> = compare.ticks.iter().filter(|tick| drawable(tick.at)).collect();
    let (low, high) = ticks.iter().fold((low, high), |(low, high), tick| (low.min(tick.at), high.max(tick.at)));
    let (low, high) = apart(low, high);
    let marks = spread(&ticks.iter().map(|tick| (tick.at, tick.label.as_str())).collect::<Vec<_>>(), |at| {
        layout.left + (at - low) / (high - low) * (layout.right - layout.left)
    });
    let labels = if marks.is_empty() { 0 } else { 24 };

    // The mesh reaches over all rows, its texts below them.
    let area = canvas.area((layout.left, layout.top), (layout.right, layout.bottom + f64::from(labels)));
    let mut chart = ChartBuilder::on(&area)
        .set_label_area_size(LabelAreaPosition::Bottom, labels * 10)
        .build_cartesian_2d(Axis::new(low, high, marks), Axis::new(0.0, 1.0, Vec::new()))
        .expect("the sheet has room for the chart");
    chart
        .configure_mesh()
        .bold_line_style(Paint::Grid.shape())
        .light_line_style(NOTHING)
        .axis_style(NOTHING)
        .label_style(Ink::Small.text())
        .set_all_tick_mark_size(30)
        .draw()
        .expect("the sheet can be drawn on");

    let plane = canvas.plane(Axis::new(low, high, Vec::new()), layout.left..layout.right);
    let (zero, _) = place(&plane, 0.0, 0.0);
    canvas.svg().line(Paint::Axis, &[(zero, layout.top), (zero, layout.bottom)]);
    for (row, (_, _, bar)) in compare.rows.iter().zip(&layout.rows) {
        if let Some(value) = known(row) {
            canvas.svg().open(&[&row.label, ": ", &row.text]);
            let element =
                Rectangle::new([(0.0, *bar), (value, bar + THICK)], row.tone.map_or(Paint::Bar, Paint::tone).shape());
            plane.draw(&element).expect("the sheet can be drawn on");
            let (tip, _) = place(&plane, value, 0.0);
            if row.qualifier != Qualifier::Exact && (tip - zero).abs() > 4.0 {
                let corner = (zero.min(tip) + 1.5, bar + 1.5);
                canvas.svg().rect(Paint::Paper, corner, ((tip - zero).abs() - 3.0, THICK - 3.0));
            }
            canvas.svg().close();
        }
    }
    // Behind the words, which have a halo.
    if let Some(target) = compare.target.as_ref().filter(|target| drawable(target.at)) {
        let (x, _) = place(&plane, target.at, 0.0);
        let lines = target_lines(compare, canvas);
        let half = lines.iter().map(|line| Ink::Mark.width(line)).fold(0.0, f64::max) / 2.0;
        let middle = x.min(canvas.width - half).max(half);
        let mut svg = canvas.svg();
        svg.open(&[&target.label]);
        svg.line(Paint::Target, &[(x, layout.top - 4.0), (x, layout.bottom)]);
        let above = Ink::Mark.line() * lines.len().saturating_sub(1) as f64;
        svg.lines(Ink::Mark, (middle, layout.top - 8.0 - above), Anchor::Middle, &lines);
        svg.close();
    }
    for (row, (lines, top, bar)) in compare.rows.iter().zip(&layout.rows) {
        canvas.svg().lines(Ink::HaloLabel, (layout.names, top + Ink::Label.size()), Anchor::Start, lines);
        if let Some(tone) = row.tone {
            canvas.square((0.0, top + 2.0), 13.0, tone);
        }
        let (tip, _) = place(&plane, known(row).unwrap_or(0.0), 0.0);
        figure(&mut canvas.svg(), row, (tip, bar + THICK - 1.0), zero, canvas.width);
    }
    layout.bottom + f64::from(labels) + 2.0
}

/// The figure of a row, where it can be drawn to scale.
fn known(row: &CompareRow) -> Option<f64> {
    row.value.filter(|&value| drawable(value))
}

/// The words at the target's line.
fn target_lines(compare: &Compare, canvas: &Canvas) -> Vec<String> {
    let target = compare.target.as_ref().filter(|target| drawable(target.at) && !target.label.is_empty());
    target.map_or_else(Vec::new, |target| Ink::Mark.wrap(&target.label, canvas.width, 2))
}

/// Places rows: names in a column of their own, or above the bars where that would leave those no room.
fn layout(compare: &Compare, canvas: &Canvas) -> Layout {
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names = widest(&mut compare.rows.iter().map(|row| Ink::Label.width(&row.label)));
    let figures =
        widest(&mut compare.rows.iter().filter(|row| known(row).is_some()).map(|row| Ink::Value.width(&row.text)))
            .min(canvas.width * 0.45);
    let negative = compare.extent().is_some_and(|(low, _)| low < 0.0);
    let indent = if compare.rows.iter().any(|row| row.tone.is_some()) { 20.0 } else { 0.0 };
    let column = match canvas.layout {
        Width::Wide => Some(names.min(canvas.width * 0.36)),
        Width::Narrow => None,
    };
    let left = column.map_or(0.0, |column| indent + column + 12.0) + if negative { figures + 8.0 } else { 0.0 };
    let right = (canvas.width - figures - 12.0).max(left + 40.0);
    let top = 8.0 + Ink::Mark.line() * target_lines(compare, canvas).len() as f64;
    let mut below = top + 4.0;
    let rows = compare
        .rows
        .iter()
        .map(|row| {
            let lines = Ink::Label.wrap(&row.label, column.unwrap_or(canvas.width - indent), 3);
            let (upper, height) = (below, Ink::Label.line() * lines.len() as f64);
            let bar = if column.is_some() {
                below += height + 9.0;
                upper + (Ink::Label.line() * lines.len() as f64 - THICK) / 2.0
            } else {
                below += height + THICK + 15.0;
                upper + height + 3.0
            };
            (lines, upper, bar)
        })
        .collect();
    Layout { names: indent, left, right, top, bottom: below, rows }
}

/// Writes a row's figure behind the tip of its bar, and the arrow of a bound between them.
fn figure(svg: &mut Svg, row: &CompareRow, (tip, line): (f64, f64), zero: f64, width: f64) {
    let ink = if known(row).is_some() { Ink::Mark } else { Ink::HaloSmall };
    let way = if tip < zero { -1.0 } else { 1.0 };
    let mut x = tip + 7.0 * way;
    let arrow = match row.qualifier {
        Qualifier::AtLeast => Some(1.0),
        Qualifier::AtMost => Some(-1.0),
        _ => None,
    };
    if let Some(towards) = arrow.filter(|_| known(row).is_some()) {
        let middle = line - 4.5;
        let (near, far) = (tip + 4.0 * way, tip + 14.0 * way);
        let (back, front) = if towards == way { (near, far) } else { (far, near) };
        let head = front - 4.0 * towards;
        svg.line(Paint::Corrected, &[(back, middle), (front, middle)]);
        svg.line(Paint::Corrected, &[(head, middle - 4.0), (front, middle), (head, middle + 4.0)]);
        x += 14.0 * way;
    }
    let (room, anchor) = if way < 0.0 { (x, Anchor::End) } else { (width - x, Anchor::Start) };
    svg.lines(ink, (x, line), anchor, &ink.wrap(&row.text, room, 1));
}
