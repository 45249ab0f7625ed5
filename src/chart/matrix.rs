//! Draws a matrix: signs where rows and columns meet, a path or two for each kind of sign.
//!
//! Invariants: signs differ by shape as well as by colour; neighbours of one kind become one dashed line, so that 100
//! rows of 20 columns take a few kilobytes; what no screen can show is drawn as lengths, not as thousands of squares.

use super::Width;
use super::backend::{Anchor, Point, Svg};
use super::canvas::Canvas;
use super::paint::{Ink, Paint};
use super::spec::{Cover, Matrix};

/// The side of a sign: seven stripes of two.
const SIGN: f64 = 14.0;
/// From a sign to the next.
const PITCH: f64 = 19.0;
/// The least room for the name of the first column, which ends above it.
const LEAST_NAME: f64 = 110.0;
/// More rows than these are no picture to run a finger along.
const MOST_ROWS: usize = 300;
/// More signs than these are drawn column by column.
const MOST_SIGNS: usize = 6000;
/// More signs than these in a block are drawn as lengths: there are no names beside them anyway.
const MOST_IN_BLOCK: usize = 60;
/// More signs than these have no titles of their own.
const MOST_TITLES: usize = 60;

/// Draws the chart; gives its height.
pub(super) fn draw(matrix: &Matrix, canvas: &Canvas) -> f64 {
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        return canvas.note(0.0, &matrix.empty);
    }
    let (top, way) = match layout(matrix, canvas) {
        Some(field) => field.draw(matrix, canvas),
        None => (blocks(matrix, canvas), Way::Across),
    };
    legend(matrix, canvas, top, way)
}

/// Which way runs of equal signs go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Across,
    Down,
}

/// Where rows and columns stand.
struct Field {
    left: f64,
    /// How far a row is from the next.
    pitch: f64,
    /// Room for a row's name: in front of its signs, or above them.
    names: f64,
    above: bool,
}

/// Where there is room for a field of rows and columns.
fn layout(matrix: &Matrix, canvas: &Canvas) -> Option<Field> {
    let count = matrix.columns.len();
    if matrix.rows.len() > MOST_ROWS || matrix.rows.len().saturating_mul(count) > MOST_SIGNS {
        return None;
    }
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let names = widest(&mut matrix.rows.iter().map(|row| Ink::Label.width(&row.label))).ceil() + 1.0;
    let columns = widest(&mut matrix.columns.iter().map(|name| Ink::Value.width(name))).ceil() + 1.0;
    let room = canvas.width - PITCH * count as f64;
    let most = canvas.width * 0.5;
    let wanted = names.max(columns - SIGN).max(LEAST_NAME).min(most);
    // Names in front of the signs, if need be cut; on narrow sheets above them, so that none is cut.
    if wanted + 10.0 <= room || (canvas.layout == Width::Wide && room >= LEAST_NAME + 60.0) {
        let left = (wanted + 10.0).min(room).floor();
        return Some(Field { left, pitch: PITCH, names: left - 10.0, above: false });
    }
    (room >= LEAST_NAME).then(|| Field {
        left: room.min(columns.max(LEAST_NAME)).floor(),
        pitch: PITCH + Ink::Label.line(),
        names: canvas.width,
        above: true,
    })
}

impl Field {
    /// Draws names, signs and titles; gives the lower edge and which way the signs lie.
    fn draw(&self, matrix: &Matrix, canvas: &Canvas) -> (f64, Way) {
        let line = Ink::Value.line();
        let top = (line * matrix.columns.len() as f64).ceil() + 10.0;
        let first = top + if self.above { Ink::Label.line() } else { 0.0 };
        let mut svg = canvas.svg();
        // A staircase: each name ends above its column, and a thin line leads down from it. The last column's name is
        // the uppermost, so that no line runs through a name.
        for at in 0..matrix.columns.len() {
            let x = self.left + PITCH * at as f64 + SIGN / 2.0;
            let y = line * (matrix.columns.len() - at) as f64;
            svg.line(Paint::Rule, &[(x, y + 1.0 - line * 0.5), (x, top - 4.0)]);
        }
        for (at, name) in matrix.columns.iter().enumerate() {
            let x = self.left + PITCH * at as f64 + SIGN / 2.0;
            let y = line * (matrix.columns.len() - at) as f64 - 4.0;
            svg.lines(Ink::Value, (x - 6.0, y), Anchor::End, &Ink::Value.wrap(name, x - 6.0, 1));
        }
        for (at, row) in matrix.rows.iter().enumerate() {
            let y = top + self.pitch * at as f64 + Ink::Label.size() - if self.above { 1.0 } else { 2.0 };
            svg.lines(Ink::Label, (0.0, y), Anchor::Start, &Ink::Label.wrap(&row.label, self.names, 1));
        }
        let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
        let cover = |row: usize, column: usize| matrix.rows[row].cells.get(column).copied().flatten();
        let runs_across = runs(rows, columns, cover);
        let runs_down = runs(columns, rows, |column, row| cover(row, column));
        let (way, runs) =
            if runs_down.len() < runs_across.len() { (Way::Down, runs_down) } else { (Way::Across, runs_across) };
        let pitch = if way == Way::Across { PITCH } else { self.pitch };
        for kind in Cover::ALL {
            let lines: Vec<[Point; 2]> = (runs.iter().filter(|run| run.cover == kind))
                .map(|run| {
                    let along = pitch * run.start as f64;
                    let end = along + pitch * (run.count - 1) as f64 + SIGN;
                    match way {
                        Way::Across => {
                            let y = first + self.pitch * run.line as f64 + SIGN / 2.0;
                            [(self.left + along, y), (self.left + end, y)]
                        }
                        Way::Down => {
                            let x = self.left + PITCH * run.line as f64 + SIGN / 2.0;
                            [(x, first + along), (x, first + end)]
                        }
                    }
                })
                .collect();
            signs(&mut svg, kind, SIGN, pitch - SIGN, &lines);
        }
        if rows * columns <= MOST_TITLES {
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
                let Some(cover) = cover(row, column) else { continue };
                let corner = (self.left + PITCH * column as f64, first + self.pitch * row as f64);
                svg.open(&[&matrix.rows[row].label, " · ", &matrix.columns[column], ": ", name_of(matrix, cover)]);
                svg.rect(Paint::Touch, corner, (SIGN, SIGN));
                svg.close();
            }
        }
        (first + self.pitch * (rows - 1) as f64 + SIGN, way)
    }
}

/// Neighbours of one kind in one line.
struct Run {
    line: usize,
    start: usize,
    count: usize,
    cover: Cover,
}

fn runs(lines: usize, length: usize, cover: impl Fn(usize, usize) -> Option<Cover>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for line in 0..lines {
        let mut before = None;
        for at in 0..length {
            let here = cover(line, at);
            match (here, runs.last_mut()) {
                (Some(_), Some(run)) if here == before => run.count += 1,
                (Some(cover), _) => runs.push(Run { line, start: at, count: 1, cover }),
                (None, _) => {}
            }
            before = here;
        }
    }
    runs
}

/// Draws signs of one kind: each line is a row of them, `length` long and `gap` apart, or a single one without a gap.
fn signs(svg: &mut Svg, kind: Cover, length: f64, gap: f64, lines: &[[Point; 2]]) {
    let paint = Paint::cover(kind);
    let whole: &[f64] = if gap > 0.0 { &[length, gap] } else { &[] };
    // What is cut out of a sign on all sides: the pattern begins with the end of a gap.
    let inset = |inset: f64| ([length - 2.0 * inset, gap + 2.0 * inset], inset);
    if kind == Cover::Reported {
        let stripes = [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, gap];
        let stripes = if length == SIGN { &stripes[..] } else { &stripes[..2] };
        return svg.dashes(paint, SIGN, (stripes, 0.0), lines);
    }
    svg.dashes(paint, if kind == Cover::NotDue { 3.0 } else { SIGN }, (whole, 0.0), lines);
    match kind {
        Cover::InTime | Cover::NotDue | Cover::Reported => {}
        Cover::Late => svg.dashes(Paint::Stripes, 3.0, (whole, 0.0), lines),
        Cover::Issued => {
            let (pattern, shift) = inset(4.0);
            svg.dashes(Paint::Stripes, SIGN - 8.0, (&pattern, shift), lines);
        }
        Cover::Missing => {
            let (pattern, shift) = inset(1.4);
            svg.dashes(Paint::Stripes, SIGN - 2.8, (&pattern, shift), lines);
        }
    }
}

/// Draws a block for each column: its name, and below it the signs of all rows, in lines. Gives the lower edge.
fn blocks(matrix: &Matrix, canvas: &Canvas) -> f64 {
    let fit = ((canvas.width + PITCH - SIGN) / PITCH).floor() as usize;
    let as_lengths = matrix.rows.len() > MOST_IN_BLOCK;
    let mut svg = canvas.svg();
    let mut top = 0.0;
    for (column, name) in matrix.columns.iter().enumerate() {
        let covers = || matrix.rows.iter().filter_map(|row| row.cells.get(column).copied().flatten());
        let count = |kind| covers().filter(|cover| *cover == kind).count();
        let counts: Vec<(Cover, usize)> =
            Cover::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect();
        let tally: Vec<String> =
            counts.iter().map(|(kind, count)| format!("{} {count}", name_of(matrix, *kind))).collect();
        svg.open(&[name, ": ", &tally.join(", ")]);
        let lines = Ink::Label.wrap(name, canvas.width, 2);
        svg.lines(Ink::Label, (0.0, top + Ink::Label.size()), Anchor::Start, &lines);
        top += Ink::Label.line() * lines.len() as f64;
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        if as_lengths {
            let mut x = 0.0;
            for (kind, count) in counts {
                let length = (canvas.width * count as f64 / all as f64).max(1.0);
                let line = [(x, top + SIGN / 2.0), ((x + length - 2.0).max(x + 0.5), top + SIGN / 2.0)];
                signs(&mut svg, kind, (length - 2.0).max(0.5), 0.0, &[line]);
                x += length;
            }
            top += SIGN + 12.0;
        } else {
            let covers: Vec<Cover> = covers().collect();
            let lines = covers.len().div_ceil(fit);
            let runs = runs(lines, fit, |line, at| covers.get(line * fit + at).copied());
            for kind in Cover::ALL {
                let places: Vec<[Point; 2]> = (runs.iter().filter(|run| run.cover == kind))
                    .map(|run| {
                        let (x, y) = (PITCH * run.start as f64, top + PITCH * run.line as f64 + SIGN / 2.0);
                        [(x, y), (x + PITCH * (run.count - 1) as f64 + SIGN, y)]
                    })
                    .collect();
                signs(&mut svg, kind, SIGN, PITCH - SIGN, &places);
            }
            top += PITCH * lines as f64 + 12.0;
        }
        svg.close();
    }
    top - 12.0
}

/// The name of a sign.
fn name_of(matrix: &Matrix, cover: Cover) -> &str {
    matrix.legend.iter().find(|(kind, _)| *kind == cover).map_or("", |(_, name)| name)
}

/// Draws the names of the signs that occur, in lines below `top`, the signs as they lie; gives the picture's height.
fn legend(matrix: &Matrix, canvas: &Canvas, top: f64, way: Way) -> f64 {
    let columns = matrix.columns.len();
    let mut occurs: Vec<Cover> =
        matrix.rows.iter().flat_map(|row| row.cells.iter().take(columns).flatten().copied()).collect();
    occurs.sort_unstable();
    occurs.dedup();
    let mut svg = canvas.svg();
    let (mut x, mut y) = (0.0, top + 18.0);
    let mut any = false;
    for (cover, name) in matrix.legend.iter().filter(|(cover, _)| occurs.contains(cover)) {
        let name = Ink::Small.wrap(name, canvas.width - SIGN - 7.0, 1);
        let width = SIGN + 7.0 + name.iter().map(|line| Ink::Small.width(line)).fold(0.0, f64::max);
        if x > 0.0 && x + width > canvas.width {
            (x, y) = (0.0, y + PITCH + 3.0);
        }
        let half = SIGN / 2.0;
        let line = match way {
            Way::Across => [(x, y + half), (x + SIGN, y + half)],
            Way::Down => [(x + half, y), (x + half, y + SIGN)],
        };
        signs(&mut svg, *cover, SIGN, PITCH - SIGN, &[line]);
        svg.lines(Ink::Small, (x + SIGN + 7.0, y + SIGN - 2.0), Anchor::Start, &name);
        x += width + 18.0;
        any = true;
    }
    if any { y + SIGN + 4.0 } else { top + 4.0 }
}
