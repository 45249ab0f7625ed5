//! Draws one indicator over time: what was promised, what was planned, what was observed.

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::series::LineSeries;

use super::Width;
use super::backend::{Anchor, Point, Svg, units};
use super::canvas::{Axis, Canvas, spread};
use super::labels::{Labels, NAMED, Need, THICK, THIN, Taken};
use super::paint::{Ink, NOTHING, Paint};
use super::scale::{apart, drawable};
use super::spec::{DayTick, Level, LevelRole, Line, Milestone, Observation, Qualifier, Standing, Timeline};

/// Above and below a row of words over the plot.
const FLAG: f64 = 18.0;
/// White space at the right edge.
const MARGIN: f64 = 10.0;
/// How far around a lone mark its title shows: a dot is small for a hand that shakes.
const REACH: f64 = 12.0;
/// Among more observations none stands alone.
const MOST_REACHES: usize = 60;
/// Room for the marks of days.
const DAYS: u32 = 24;

/// A vertical line with its words over the plot.
struct Flag<'a> {
    tick: &'a DayTick,
    paint: Paint,
    x: f64,
    words: String,
    /// Where its words are centred, and on which row from the top.
    middle: f64,
    row: usize,
}

/// The plot: plotters' scales and where they lie on the sheet.
struct Plot<'a> {
    timeline: &'a Timeline,
    chart: ChartContext<'a, Svg, Cartesian2d<Axis<'a>, Axis<'a>>>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Draws the chart; gives its height.
pub(super) fn draw(timeline: &Timeline, canvas: &Canvas) -> f64 {
    let Some((first, last)) = days(timeline) else {
        return remarks(timeline, canvas, canvas.note(0.0, &timeline.empty));
    };
    let ticks = || timeline.y_ticks.iter().filter(|tick| drawable(tick.at));
    let left = ticks().map(|tick| Ink::Small.width(&tick.label)).fold(0.0, f64::max).min(canvas.width * 0.3) + 9.0;
    let right = canvas.width - MARGIN;
    let x = |day: f64| left + (day - first) / (last - first) * (right - left);
    let (flags, rows) = flags(timeline, canvas.width, |day| x(f64::from(day)));
    let top = FLAG * rows as f64 + 10.0;
    let bottom = top + if canvas.layout == Width::Wide { 250.0 } else { 220.0 };

    let (low, high) = timeline.extent().unwrap_or((0.0, 1.0));
    let (low, high) = ticks().fold((low, high), |(low, high), tick| (low.min(tick.at), high.max(tick.at)));
    let (low, high) = apart(low, high);
    let marks: Vec<_> = (timeline.x_ticks.iter().map(|tick| (f64::from(tick.day), tick.label.as_str())))
        .filter(|&(day, _)| day >= first && day <= last)
        .collect();
    let marks = spread(&marks, x);
    let x_marks: Vec<f64> = marks.iter().map(|&(day, _)| x(day)).collect();
    let y_axis = Axis::new(low, high, ticks().map(|tick| (tick.at, tick.label.as_str())).collect());
    let area = canvas.area((0.0, top), (right, bottom + f64::from(DAYS)));
    let chart = ChartBuilder::on(&area)
        .set_label_area_size(LabelAreaPosition::Left, (left * 10.0) as i32)
        .set_label_area_size(LabelAreaPosition::Bottom, DAYS * 10)
        .build_cartesian_2d(Axis::new(first, last, marks), y_axis)
        .expect("the sheet has room for the chart");
    let mut plot = Plot { timeline, chart, left, right, top, bottom };

    // Lines first, then marks, then words: none covers what matters more.
    let mut labels = Labels::within((left + 2.0, top - 4.0), (canvas.width, bottom));
    plot.ground(canvas, low <= 0.0 && high >= 0.0, &x_marks);
    plot.flags(&mut canvas.svg(), &flags, &mut labels);
    plot.levels(&mut canvas.svg(), &mut labels);
    plot.lines(canvas, &mut labels);
    let mut svg = canvas.svg();
    plot.marks(&mut svg, &mut labels);
    let unplaced = plot.words(&mut svg, &mut labels);
    let below = key(&mut svg, &unplaced, canvas.width, bottom + f64::from(DAYS) + 4.0);
    drop(svg);
    remarks(timeline, canvas, below)
}

impl Plot<'_> {
    /// Where a day's value stands on the sheet.
    fn at(&self, day: i32, value: f64) -> Point {
        let (x, y) = self.chart.plotting_area().map_coordinate(&(f64::from(day), value));
        (units(x), units(y))
    }

    /// The milestones that can be drawn.
    fn milestones(&self) -> impl Iterator<Item = (&Milestone, Point)> {
        let known = self.timeline.milestones.iter().filter(|milestone| drawable(milestone.value));
        known.map(|milestone| (milestone, self.at(milestone.day, milestone.value)))
    }

    /// The baseline, if it can be drawn.
    fn baseline(&self) -> Option<(&Milestone, Point)> {
        let baseline = self.timeline.baseline.as_ref().filter(|baseline| drawable(baseline.value))?;
        Some((baseline, self.at(baseline.day, baseline.value)))
    }

    /// The levels that can be drawn, each with its left end and its right end.
    fn spans(&self) -> impl Iterator<Item = (&Level, Point, Point)> {
        let known = self.timeline.levels.iter().filter(|level| drawable(level.value));
        known.map(|level| {
            let (_, y) = self.at(0, level.value);
            let from = level.from.map_or(self.left, |day| self.at(day, level.value).0);
            let to = level.to.map_or(self.right, |day| self.at(day, level.value).0);
            (level, (from, y), (to, y))
        })
    }

    /// The observations that can be drawn.
    fn observations(&self) -> Vec<(&Observation, Point)> {
        let known = self.timeline.observations.iter().filter(|observation| drawable(observation.value));
        known.map(|observation| (observation, self.at(observation.day, observation.value))).collect()
    }

    /// The planned way as far as it can be drawn.
    fn pace(&self) -> Vec<(i32, f64)> {
        self.timeline.pace.iter().filter(|(_, value)| drawable(*value)).copied().collect()
    }

    /// Draws the mesh, the unit above it, and the line that it stands on.
    fn ground(&mut self, canvas: &Canvas, is_zero_shown: bool, x_marks: &[f64]) {
        self.chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(Paint::Grid.shape())
            .light_line_style(NOTHING)
            .axis_style(NOTHING)
            .label_style(Ink::Small.text())
            .set_all_tick_mark_size(35)
            .draw()
            .expect("the sheet can be drawn on");
        let y = if is_zero_shown { self.at(0, 0.0).1 } else { self.bottom };
        let mut svg = canvas.svg();
        svg.line(Paint::Axis, &[(self.left, y), (self.right, y)]);
        for &x in x_marks {
            svg.line(Paint::Axis, &[(x, self.bottom), (x, self.bottom + 4.0)]);
        }
        if !self.timeline.measured_in.is_empty() {
            let line = Ink::Small.wrap(&self.timeline.measured_in, canvas.width * 0.6, 1);
            svg.lines(Ink::Small, (0.0, Ink::Small.size()), Anchor::Start, &line);
        }
    }

    /// Draws the days that stand out.
    fn flags(&self, svg: &mut Svg, flags: &[Flag<'_>], labels: &mut Labels) {
        for Flag { tick, paint, x, words, middle, row } in flags {
            let top = FLAG * *row as f64;
            svg.open(&[&tick.label]);
            svg.line(*paint, &[(*x, top + FLAG + 1.0), (*x, self.bottom)]);
            svg.text(Ink::Mark, (*middle, top + Ink::Mark.size()), Anchor::Middle, words);
            svg.close();
            labels.avoid_line(&[(*x, self.top), (*x, self.bottom)], THIN);
        }
    }

    /// Draws targets and other levels.
    fn levels(&self, svg: &mut Svg, labels: &mut Labels) {
        for (level, from, to) in self.spans() {
            svg.open(&[&level.label]);
            svg.line(paint(level.role), &[from, to]);
            svg.close();
            labels.avoid_line(&[from, to], NAMED);
        }
    }

    /// Draws the planned and the observed way.
    fn lines(&mut self, canvas: &Canvas, labels: &mut Labels) {
        let (pace, counted) = (self.pace(), joined(self.timeline));
        for (way, cost) in [(&pace, THIN), (&counted, THICK)] {
            let points: Vec<Point> = way.iter().map(|&(day, value)| self.at(day, value)).collect();
            labels.avoid_line(&points, cost);
        }
        let series = |way: &[(i32, f64)], paint: Paint| {
            let points: Vec<_> = way.iter().map(|&(day, value)| (f64::from(day), value)).collect();
            LineSeries::new(points, paint.shape())
        };
        if pace.len() > 1 {
            canvas.svg().open(&[&self.timeline.pace_label]);
            self.chart.draw_series(series(&pace, Paint::Pace)).expect("the sheet can be drawn on");
            canvas.svg().close();
        }
        if counted.len() > 1 {
            self.chart.draw_series(series(&counted, Paint::Series)).expect("the sheet can be drawn on");
        }
    }

    /// Draws milestones, baseline and observations.
    fn marks(&self, svg: &mut Svg, labels: &mut Labels) {
        for (milestone, (x, y)) in self.milestones() {
            svg.open(&[&milestone.title]);
            svg.polygon(Paint::Milestone, &[(x - 5.5, y), (x, y - 5.5), (x + 5.5, y), (x, y + 5.5)]);
            svg.close();
            labels.avoid(Taken::around((x, y), 6.0));
        }
        if let Some((baseline, (x, y))) = self.baseline() {
            svg.open(&[&baseline.title]);
            svg.rect(Paint::Baseline, (x - 4.0, y - 4.0), (8.0, 8.0));
            svg.close();
            labels.avoid(Taken::around((x, y), 5.0));
        }
        let observations = self.observations();
        let radius = radius(observations.len());
        let is_alone = |at: Point| {
            // Most are far off on one axis already, which is sooner seen.
            let near = |&&(_, other): &&(&Observation, Point)| {
                let (right, down) = ((other.0 - at.0).abs(), (other.1 - at.1).abs());
                right < 2.0 * REACH && down < 2.0 * REACH && right.hypot(down) < 2.0 * REACH
            };
            observations.len() <= MOST_REACHES && observations.iter().filter(near).count() == 1
        };
        for &(observation, at) in &observations {
            svg.open(&[&observation.title]);
            dot(svg, observation, at, radius);
            if is_alone(at) {
                svg.circle(Paint::Touch, at, REACH);
            }
            svg.close();
            labels.avoid(Taken::around(at, radius + 1.0));
        }
    }

    /// Writes words at marks and lines. The most needed come first: they get the best places. Gives what lines mean
    /// that no words could be put at.
    fn words(&self, svg: &mut Svg, labels: &mut Labels) -> Vec<(Paint, &str)> {
        let mut unplaced = Vec::new();
        let observations = self.observations();
        let radius = radius(observations.len());
        let latest = observations.iter().rposition(|(observation, _)| observation.standing == Standing::Counted);
        if let Some((observation, at)) = latest.map(|latest| observations[latest]) {
            labels.put(svg, Ink::Latest, &observation.label, &around(at, radius, Ink::Latest), Need::Must);
        }
        for (level, (from, y), (to, _)) in self.spans() {
            let (above, below) = (y - 5.0, y + 15.0);
            let places = [
                ((to, above), Anchor::End),
                ((from + 4.0, above), Anchor::Start),
                (((from + to) / 2.0, above), Anchor::Middle),
                ((to, below), Anchor::End),
                ((from + 4.0, below), Anchor::Start),
            ];
            let is_short = Ink::Mark.width(&level.label) <= (self.right - self.left) * 0.7;
            if !is_short || !labels.put(svg, Ink::Mark, &level.label, &places, Need::May) {
                unplaced.push((paint(level.role), level.label.as_str()));
            }
        }
        for (milestone, at) in self.baseline().into_iter().chain(self.milestones()) {
            labels.put(svg, Ink::Mark, &milestone.label, &around(at, 6.0, Ink::Mark), Need::May);
        }
        // Of many observations only the ends are named.
        let last = observations.len().saturating_sub(1);
        let named = |at: usize| Some(at) != latest && (observations.len() <= 12 || at == 0 || at == last);
        for at in (0..observations.len()).rev().filter(|&at| named(at)) {
            let (observation, place) = observations[at];
            labels.put(svg, Ink::Mark, &observation.label, &around(place, radius, Ink::Mark), Need::May);
        }
        if observations.is_empty() && !self.timeline.empty.is_empty() {
            let (x, y) = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
            let places = [0.0, -30.0, 30.0, -60.0, 60.0].map(|down| ((x, y + down), Anchor::Middle));
            labels.put(svg, Ink::Mark, &self.timeline.empty, &places, Need::Must);
        }
        let pace: Vec<Point> = self.pace().into_iter().map(|(day, value)| self.at(day, value)).collect();
        if pace.len() > 1 && !beside_line(labels, svg, &self.timeline.pace_label, &pace) {
            unplaced.push((Paint::Pace, &self.timeline.pace_label));
        }
        unplaced
    }
}

/// The paint of a level.
const fn paint(role: LevelRole) -> Paint {
    match role {
        LevelRole::Target => Paint::Target,
        LevelRole::Stretch => Paint::Stretch,
        LevelRole::Former | LevelRole::Reference => Paint::Former,
    }
}

/// Says below the plot what lines mean that had no room for words; gives where it ends.
fn key(svg: &mut Svg, lines: &[(Paint, &str)], width: f64, mut top: f64) -> f64 {
    for (paint, words) in lines.iter().filter(|(_, words)| !words.is_empty()) {
        let words = Ink::Small.wrap(words, width - 36.0, 3);
        svg.line(*paint, &[(0.0, top + 10.0), (27.0, top + 10.0)]);
        svg.lines(Ink::Small, (36.0, top + 14.0), Anchor::Start, &words);
        top += Ink::Small.line() * words.len() as f64 + 4.0;
    }
    top
}

/// How large the mark of an observation is among so many.
fn radius(count: usize) -> f64 {
    match count {
        0..=24 => 4.5,
        25..=60 => 3.2,
        _ => 2.2,
    }
}

/// The first and the last day of the picture, with some air at both ends.
fn days(timeline: &Timeline) -> Option<(f64, f64)> {
    let days = (timeline.observations.iter().filter(|observation| drawable(observation.value)))
        .map(|observation| observation.day)
        .chain(timeline.baseline.iter().chain(&timeline.milestones).map(|milestone| milestone.day))
        .chain(timeline.levels.iter().flat_map(|level| [level.from, level.to]).flatten())
        .chain(timeline.pace.iter().map(|&(day, _)| day))
        .chain(timeline.due.iter().chain(&timeline.today).map(|tick| tick.day));
    let (first, last) = (days.clone().min()?, days.max()?);
    let (first, last) = (f64::from(first), f64::from(last));
    let air = ((last - first) * 0.03).max(if last - first < 2.0 { 15.0 } else { 0.5 });
    Some((first - air, last + air))
}

/// Places the words of the days that stand out over the plot, each on the first row with room.
fn flags<'a>(timeline: &'a Timeline, width: f64, x: impl Fn(i32) -> f64) -> (Vec<Flag<'a>>, usize) {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    if !timeline.measured_in.is_empty() {
        rows.push(vec![(0.0, Ink::Small.width(&timeline.measured_in).min(width * 0.6) + 12.0)]);
    }
    let days = [(&timeline.due, Paint::Due), (&timeline.today, Paint::Today)];
    let days = days.into_iter().filter_map(|(tick, paint)| Some((tick.as_ref()?, paint)));
    let flags = days
        .map(|(tick, paint)| {
            let x = x(tick.day);
            let words = Ink::Mark.wrap(&tick.label, width * 0.8, 1).concat();
            let half = Ink::Mark.width(&words) / 2.0;
            let middle = x.min(width - half).max(half);
            let (from, to) = (middle - half - 6.0, middle + half + 6.0);
            let free = |row: &Vec<(f64, f64)>| row.iter().all(|&(left, right)| to <= left || right <= from);
            let row = rows.iter().position(free).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            rows[row].push((from, to));
            Flag { tick, paint, x, words, middle, row }
        })
        .collect();
    (flags, rows.len())
}

/// The points of the line through the observations that count.
fn joined(timeline: &Timeline) -> Vec<(i32, f64)> {
    let counted = timeline.observations.iter().filter(|observation| observation.standing == Standing::Counted);
    let first = counted.clone().next().map(|observation| observation.day);
    let start = timeline.start.filter(|&(day, _)| first.is_some_and(|first| day < first));
    let counted = counted.map(|observation| (observation.day, observation.value));
    let counted = start.into_iter().chain(counted).filter(|&(_, value)| drawable(value));
    match timeline.line {
        Line::None => Vec::new(),
        Line::Straight => counted.collect(),
        Line::Steps => {
            let mut points: Vec<(i32, f64)> = Vec::new();
            for (day, value) in counted {
                if let Some(&(_, before)) = points.last() {
                    points.push((day, before));
                }
                points.push((day, value));
            }
            points
        }
    }
}

/// Draws an observation's mark.
fn dot(svg: &mut Svg, observation: &Observation, (x, y): Point, radius: f64) {
    match observation.standing {
        Standing::Corrected => {
            let arm = radius * 0.9;
            svg.line(Paint::Corrected, &[(x - arm, y - arm), (x + arm, y + arm)]);
            svg.line(Paint::Corrected, &[(x + arm, y - arm), (x - arm, y + arm)]);
            return;
        }
        Standing::Forecast => svg.circle(Paint::Forecast, (x, y), radius),
        Standing::Counted if observation.qualifier == Qualifier::Exact => svg.circle(Paint::Dot, (x, y), radius),
        Standing::Counted => svg.circle(Paint::Hollow, (x, y), radius),
    }
    let up = match observation.qualifier {
        Qualifier::AtLeast => -1.0,
        Qualifier::AtMost => 1.0,
        _ => return,
    };
    let (near, far) = (y + up * (radius + 1.0), y + up * (radius + 10.0));
    svg.line(Paint::Series, &[(x, near), (x, far)]);
    svg.line(Paint::Series, &[(x - 3.5, far - up * 4.0), (x, far), (x + 3.5, far - up * 4.0)]);
}

/// The places for words at a mark, best first.
fn around((x, y): Point, radius: f64, ink: Ink) -> [(Point, Anchor); 8] {
    let (gap, rise) = (radius + 7.0, ink.size() * 0.35);
    let (above, below) = (y - gap, y + gap + ink.size() * 0.7);
    [
        ((x, above), Anchor::Middle),
        ((x - gap * 0.5, above), Anchor::End),
        ((x + gap * 0.5, above), Anchor::Start),
        ((x + gap, y + rise), Anchor::Start),
        ((x, below), Anchor::Middle),
        ((x + gap * 0.5, below), Anchor::Start),
        ((x - gap * 0.5, below), Anchor::End),
        ((x - gap, y + rise), Anchor::End),
    ]
}

/// Writes words along a line, at the first place with room. Says whether there was one.
fn beside_line(labels: &mut Labels, svg: &mut Svg, text: &str, points: &[Point]) -> bool {
    let longest = points.windows(2).max_by(|a, b| (a[1].0 - a[0].0).total_cmp(&(b[1].0 - b[0].0)));
    let Some(&[from, to]) = longest.map(|pair| [pair[0], pair[1]]).as_ref() else { return false };
    let places: Vec<_> = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2]
        .into_iter()
        .flat_map(|share| {
            let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            // On the outer side of the slope, so that the words do not lie on the line.
            let (before, after) =
                if to.1 < from.1 { (Anchor::End, Anchor::Start) } else { (Anchor::Start, Anchor::End) };
            [((x + if to.1 < from.1 { 8.0 } else { -8.0 }, y + 14.0), after), ((x, y - 7.0), before)]
        })
        .collect();
    labels.put(svg, Ink::HaloSmall, text, &places, Need::May)
}

/// Says in words what cannot be drawn to scale; gives where it ends.
fn remarks(timeline: &Timeline, canvas: &Canvas, mut top: f64) -> f64 {
    let astray = timeline.observations.iter().filter(|observation| !drawable(observation.value));
    for observation in astray.take(5) {
        let words = if observation.title.is_empty() { &observation.label } else { &observation.title };
        top = canvas.note(top, words);
    }
    top
}
