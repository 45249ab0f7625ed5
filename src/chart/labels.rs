//! Places words beside marks so that they cover neither each other nor the marks.
//!
//! Invariant: greedy and in the order asked for, so the same words always end up at the same places.

use super::backend::{Anchor, Point, Svg};
use super::paint::Ink;

/// A rectangle that is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Taken {
    /// The square around a mark.
    pub(super) fn around((x, y): Point, radius: f64) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a line from one point to another runs through it.
    fn is_crossed(&self, (from, to): (Point, Point)) -> bool {
        // Most lines lie on one side of it.
        if (from.0.max(to.0) < self.left || from.0.min(to.0) > self.right)
            || (from.1.max(to.1) < self.top || from.1.min(to.1) > self.bottom)
        {
            return false;
        }
        // Clips the line against each pair of edges in turn (Liang and Barsky).
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        for (delta, room) in
            [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)]
        {
            if delta == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if delta < 0.0 {
                enter = enter.max(room / delta);
            } else {
                leave = leave.min(room / delta);
            }
        }
        enter < leave
    }
}

/// Whether a word may be left out where there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It is drawn at the best of its places, however bad.
    Must,
    /// It is left out: the mark's title and the page's table say it too.
    May,
}

/// The words placed so far and what they must keep clear of.
#[derive(Debug)]
pub(super) struct Labels {
    bounds: Taken,
    words: Vec<Taken>,
    marks: Vec<Taken>,
    lines: Vec<(Point, Point, f64)>,
    asked: usize,
}

/// How often a place is looked for: more words than this are a list, and lists are the page's table.
const MOST: usize = 64;
/// What a place costs: words on words are worst, then words on marks.
const ON_WORD: f64 = 1000.0;
const ON_MARK: f64 = 300.0;
/// What it costs to lie across a line that one only reads by: there is a halo.
pub(super) const THIN: f64 = 6.0;
/// What it costs to lie across a line that has words of its own.
pub(super) const NAMED: f64 = 40.0;
/// What it costs to lie across the line that is the picture's point.
pub(super) const THICK: f64 = 160.0;

impl Labels {
    /// No words yet, in a field with these corners.
    pub(super) fn within((left, top): Point, (right, bottom): Point) -> Self {
        let bounds = Taken { left, top, right, bottom };
        Self { bounds, words: Vec::new(), marks: Vec::new(), lines: Vec::new(), asked: 0 }
    }

    /// Keeps words off a mark.
    pub(super) fn avoid(&mut self, mark: Taken) {
        self.marks.push(mark);
    }

    /// Keeps words off a line where it can be helped.
    pub(super) fn avoid_line(&mut self, points: &[Point], cost: f64) {
        self.lines.extend(points.windows(2).map(|pair| (pair[0], pair[1], cost)));
    }

    /// Writes words at the first of `places` that is free, or the least bad one. A place is where the first base line
    /// starts, is centred or ends. Says whether they were written; after a few dozen words none are.
    pub(super) fn put(&mut self, svg: &mut Svg, ink: Ink, text: &str, places: &[(Point, Anchor)], need: Need) -> bool {
        let lines = ink.wrap(text, (self.bounds.right - self.bounds.left) * 0.7, 2);
        let width = lines.iter().map(|line| ink.width(line)).fold(0.0, f64::max);
        let height = ink.line() * (lines.len() - 1) as f64;
        self.asked += 1;
        if width == 0.0 || self.asked > MOST {
            return false;
        }
        let mut best: Option<(f64, Point, Anchor, Taken)> = None;
        for (rank, &((x, y), anchor)) in places.iter().enumerate() {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            let inside = left.min(self.bounds.right - width).max(self.bounds.left);
            // Words of several lines grow upwards from the place, so that the last one stays near its mark.
            let y = y - height;
            let taken = Taken {
                left: inside - 2.0,
                top: y - ink.size() * 0.9 - 1.0,
                right: inside + width + 2.0,
                bottom: y + height + ink.size() * 0.25 + 1.0,
            };
            let outside = taken.top < self.bounds.top || taken.bottom > self.bounds.bottom;
            let cost = rank as f64
                + if outside { ON_WORD } else { 0.0 }
                + ON_WORD * self.words.iter().filter(|word| word.overlaps(&taken)).count() as f64
                + ON_MARK * self.marks.iter().filter(|mark| mark.overlaps(&taken)).count() as f64
                + self.lines.iter().filter(|line| taken.is_crossed((line.0, line.1))).map(|line| line.2).sum::<f64>();
            if best.as_ref().is_none_or(|best| cost < best.0) {
                best = Some((cost, (x + inside - left, y), anchor, taken));
            }
            if cost <= rank as f64 {
                break;
            }
        }
        let Some((cost, at, anchor, taken)) = best else { return false };
        if cost >= ON_MARK && need == Need::May {
            return false;
        }
        // Whoever must be written where there is no room is at least not written out of the picture.
        let down = (self.bounds.top - taken.top).max(0.0) - (taken.bottom - self.bounds.bottom).max(0.0);
        svg.lines(ink, (at.0, at.1 + down), anchor, &lines);
        self.words.push(Taken { top: taken.top + down, bottom: taken.bottom + down, ..taken });
        true
    }
}
