//! Draws one indicator over time: what was promised, what was planned, what was observed.

use plotters::chart::{ChartBuilder, LabelAreaPosition};
use plotters::series::LineSeries;

use super::Width;
use super::backend::{Anchor, Point, Svg, units};
use super::canvas::{Axis, Canvas};
use super::compare::spread;
use super::labels::{Labels, Need, THICK, THIN, Taken};
use super::paint::{Ink, NOTHING, Paint};
use super::scale::{apart, drawable};
use super::spec::{DayTick, LevelRole, Line, Observation, Qualifier, Standing, Timeline};

/// Above and below a row of words over the plot.
const FLAG: f64 = 18.0;
/// White space at the right edge.
const MARGIN: f64 = 10.0;
/// Room for the marks of days.
const DAYS: u32 = 24;

/// A vertical line with its words over the plot.
struct Flag<'a> {
    tick: &'a DayTick,
    paint: Paint,
    x: f64,
    /// Where its words are centred, and on which row from the top.
    middle: f64,
    row: usize,
}

/// Draws the chart; gives its height.
pub(super) fn draw(timeline: &Timeline, canvas: &Canvas) -> f64 {
    let Some((first, last)) = days(timeline) else {
        return remarks(timeline, canvas, canvas.note(0.0, &timeline.empty));
    };
    let ticks: Vec<_> = timeline.y_ticks.iter().filter(|tick| drawable(tick.at)).collect();
    let (low, high) = timeline.extent().unwrap_or((0.0, 1.0));
    let (low, high) = ticks.iter().fold((low, high), |(low, high), tick| (low.min(tick.at), high.max(tick.at)));
    let (low, high) = apart(low, high);
    let left = ticks.iter().map(|tick| Ink::Small.width(&tick.label)).fold(0.0, f64::max).min(canvas.width * 0.3) + 9.0;
    let right = canvas.width - MARGIN;
    let x = |day: i32| left + (f64::from(day) - first) / (last - first) * (right - left);

    let (flags, rows) = flags(timeline, canvas.width, x);
    let top = FLAG * rows as f64 + 10.0;
    let bottom = top + if canvas.layout == Width::Wide { 250.0 } else { 220.0 };
    let within = timeline.x_ticks.iter().map(|tick| (f64::from(tick.day), tick.label.as_str()));
    let within: Vec<_> = within.filter(|&(day, _)| day >= first && day <= last).collect();
    let x_ticks = spread(&within, |day| left + (day - first) / (last - first) * (right - left));
    let y_ticks = ticks.iter().map(|tick| (tick.at, tick.label.as_str())).collect();

    if !timeline.measured_in.is_empty() {
        let line = Ink::Small.wrap(&timeline.measured_in, canvas.width * 0.6, 1);
        canvas.svg().lines(Ink::Small, (0.0, Ink::Small.size()), Anchor::Start, &line);
    }
    let area = canvas.area((0.0, top), (right, bottom + f64::from(DAYS)));
    let mut chart = ChartBuilder::on(&area)
        .set_label_area_size(LabelAreaPosition::Left, (left * 10.0) as i32)
        .set_label_area_size(LabelAreaPosition::Bottom, DAYS * 10)
        .build_cartesian_2d(Axis::new(first, last, x_ticks.clone()), Axis::new(low, high, y_ticks))
        .expect("the sheet has room for the chart");
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(Paint::Grid.shape())
        .light_line_style(NOTHING)
        .axis_style(NOTHING)
        .label_style(Ink::Small.text())
        .set_all_tick_mark_size(35)
        .draw()
        .expect("the sheet can be drawn on");
    let place = |day: i32, value: f64| -> Point {
        let (x, y) = chart.plotting_area().map_coordinate(&(f64::from(day), value));
        (units(x), units(y))
    };

    let ground = if low <= 0.0 && high >= 0.0 { place(0, 0.0).1 } else { bottom };
    {
        let mut svg = canvas.svg();
        svg.line(Paint::Axis, &[(left, ground), (right, ground)]);
        for (day, _) in x_ticks {
            let x = left + (day - first) / (last - first) * (right - left);
            svg.line(Paint::Axis, &[(x, bottom), (x, bottom + 4.0)]);
        }
    }
    let mut labels = Labels::within((left + 2.0, top - 4.0), (canvas.width, bottom));
    for flag in &flags {
        let mut svg = canvas.svg();
        svg.open(&[&flag.tick.label]);
        svg.line(flag.paint, &[(flag.x, FLAG * (flag.row + 1) as f64 + 1.0), (flag.x, bottom)]);
        svg.text(Ink::Mark, (flag.middle, FLAG * flag.row as f64 + Ink::Mark.size()), Anchor::Middle, &flag.tick.label);
        svg.close();
        labels.avoid_line(&[(flag.x, top), (flag.x, bottom)], THIN);
    }

    // Lines first, then marks, then words.
    for level in timeline.levels.iter().filter(|level| drawable(level.value)) {
        let (from, y) = place(level.from.unwrap_or(first.ceil() as i32), level.value);
        let from = level.from.map_or(left, |_| from);
        let to = level.to.map_or(right, x);
        let paint = match level.role {
            LevelRole::Target => Paint::Target,
            LevelRole::Stretch => Paint::Stretch,
            LevelRole::Former | LevelRole::Reference => Paint::Former,
        };
        let mut svg = canvas.svg();
        svg.open(&[&level.label]);
        svg.line(paint, &[(from, y), (to, y)]);
        svg.close();
        labels.avoid_line(&[(from, y), (to, y)], THIN);
    }
    let pace: Vec<_> = timeline.pace.iter().filter(|(_, value)| drawable(*value)).copied().collect();
    let paced: Vec<Point> = pace.iter().map(|&(day, value)| place(day, value)).collect();
    labels.avoid_line(&paced, THIN);
    let counted = joined(timeline);
    labels.avoid_line(&counted.iter().map(|&(day, value)| place(day, value)).collect::<Vec<_>>(), THICK);
    if pace.len() > 1 {
        canvas.svg().open(&[&timeline.pace_label]);
        let series = LineSeries::new(pace.iter().map(|&(day, value)| (f64::from(day), value)), Paint::Pace.shape());
        chart.draw_series(series).expect("the sheet can be drawn on");
        canvas.svg().close();
    }
    if counted.len() > 1 {
        let series =
            LineSeries::new(counted.iter().map(|&(day, value)| (f64::from(day), value)), Paint::Series.shape());
        chart.draw_series(series).expect("the sheet can be drawn on");
    }

    let place = |day: i32, value: f64| -> Point {
        let (x, y) = chart.plotting_area().map_coordinate(&(f64::from(day), value));
        (units(x), units(y))
    };
    let mut svg = canvas.svg();
    let milestones: Vec<_> = timeline.milestones.iter().filter(|milestone| drawable(milestone.value)).collect();
    for milestone in &milestones {
        let (x, y) = place(milestone.day, milestone.value);
        svg.open(&[&milestone.title]);
        svg.polygon(Paint::Milestone, &[(x - 5.5, y), (x, y - 5.5), (x + 5.5, y), (x, y + 5.5)]);
        svg.close();
        labels.avoid(Taken::around((x, y), 6.0));
    }
    let baseline = timeline.baseline.as_ref().filter(|baseline| drawable(baseline.value));
    if let Some(baseline) = baseline {
        let (x, y) = place(baseline.day, baseline.value);
        svg.open(&[&baseline.title]);
        svg.rect(Paint::Baseline, (x - 4.0, y - 4.0), (8.0, 8.0));
        svg.close();
        labels.avoid(Taken::around((x, y), 5.0));
    }
    let drawn: Vec<&Observation> =
        timeline.observations.iter().filter(|observation| drawable(observation.value)).collect();
    let radius = match drawn.len() {
        0..=24 => 4.5,
        25..=60 => 3.2,
        _ => 2.2,
    };
    for observation in &drawn {
        let at = place(observation.day, observation.value);
        svg.open(&[&observation.title]);
        dot(&mut svg, observation, at, radius);
        svg.close();
        labels.avoid(Taken::around(at, radius + 1.0));
    }

    // The most needed words first: they get the best places.
    let latest = drawn.iter().rposition(|observation| observation.standing == Standing::Counted);
    if let Some(observation) = latest.map(|at| drawn[at]) {
        let places = around(place(observation.day, observation.value), radius, Ink::Latest);
        labels.put(&mut svg, Ink::Latest, &observation.label, &places, Need::Must);
    }
    for level in timeline.levels.iter().filter(|level| drawable(level.value)) {
        let (from, y) = place(level.from.unwrap_or(first.ceil() as i32), level.value);
        let (from, to) = (level.from.map_or(left, |_| from), level.to.map_or(right, x));
        let places = [
            ((to, y - 5.0), Anchor::End),
            ((from + 4.0, y - 5.0), Anchor::Start),
            (((from + to) / 2.0, y - 5.0), Anchor::Middle),
            ((to, y + 15.0), Anchor::End),
            ((from + 4.0, y + 15.0), Anchor::Start),
        ];
        labels.put(&mut svg, Ink::Mark, &level.label, &places, Need::Must);
    }
    for milestone in baseline.into_iter().chain(milestones) {
        let places = around(place(milestone.day, milestone.value), 6.0, Ink::Mark);
        labels.put(&mut svg, Ink::Mark, &milestone.label, &places, Need::May);
    }
    let others = drawn.iter().enumerate().rev().filter(|&(at, _)| Some(at) != latest);
    let most = if drawn.len() <= 12 { drawn.len() } else { 0 };
    let ends = drawn.first().filter(|_| most == 0 && latest != Some(0));
    for observation in others.take(most).map(|(_, observation)| observation).chain(ends) {
        let places = around(place(observation.day, observation.value), radius, Ink::Mark);
        labels.put(&mut svg, Ink::Mark, &observation.label, &places, Need::May);
    }
    if drawn.is_empty() && !timeline.empty.is_empty() {
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        let places = [0.0, -30.0, 30.0, -60.0, 60.0].map(|dy| ((middle.0, middle.1 + dy), Anchor::Middle));
        labels.put(&mut svg, Ink::Mark, &timeline.empty, &places, Need::Must);
    }
    let mut below = bottom + f64::from(DAYS) + 2.0;
    if pace.len() > 1 && !beside_line(&mut labels, &mut svg, &timeline.pace_label, &paced) {
        let lines = Ink::Small.wrap(&timeline.pace_label, canvas.width - 36.0, 2);
        if !timeline.pace_label.is_empty() {
            svg.line(Paint::Pace, &[(0.0, below + 10.0), (27.0, below + 10.0)]);
            svg.lines(Ink::Small, (36.0, below + 14.0), Anchor::Start, &lines);
            below += Ink::Small.line() * lines.len() as f64 + 4.0;
        }
    }
    drop(svg);
    remarks(timeline, canvas, below)
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
            let half = Ink::Mark.width(&tick.label) / 2.0;
            let middle = x.min(width - half).max(half);
            let (from, to) = (middle - half - 6.0, middle + half + 6.0);
            let free = |row: &Vec<(f64, f64)>| row.iter().all(|&(left, right)| to <= left || right <= from);
            let row = rows.iter().position(free).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            rows[row].push((from, to));
            Flag { tick, paint, x, middle, row }
        })
        .collect();
    (flags, rows.len())
}

/// The points of the line through the observations that count.
fn joined(timeline: &Timeline) -> Vec<(i32, f64)> {
    let counted = timeline.observations.iter().filter(|observation| observation.standing == Standing::Counted);
    let counted = counted.map(|observation| (observation.day, observation.value)).filter(|&(_, value)| drawable(value));
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
