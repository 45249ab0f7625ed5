//! Charts of any data: drawing ends in a well-formed picture whose marks and words lie where a reader sees them.

use tiendo::chart::spec::*;
use tiendo::chart::{Form, Grain, Width, draw, nice_ticks, ticks};

use crate::choices::Choices;

const FORMS: [(Form, Width); 4] = [
    (Form::Inline, Width::Wide),
    (Form::Inline, Width::Narrow),
    (Form::File, Width::Wide),
    (Form::File, Width::Narrow),
];

fn many<'a, T>(choices: &mut Choices<'a>, most: usize, one: impl Fn(&mut Choices<'a>) -> T) -> Vec<T> {
    let count = if choices.one_in(24) { most * 10 } else { choices.below(most) };
    (0..count).map(|_| one(choices)).collect()
}

fn maybe<'a, T>(choices: &mut Choices<'a>, one: impl Fn(&mut Choices<'a>) -> T) -> Option<T> {
    (!choices.one_in(3)).then(|| one(choices))
}

fn head(choices: &mut Choices<'_>) -> Head {
    Head {
        title: choices.text(),
        subtitle: choices.text(),
        description: choices.text(),
        source: maybe(choices, Choices::text),
    }
}

fn tone(choices: &mut Choices<'_>) -> Tone {
    choices.pick(&Tone::ALL)
}

/// How many of a list; all of one row fit into an `u32` together.
fn count(choices: &mut Choices<'_>) -> u32 {
    choices.whole().unsigned_abs() / 10
}

fn day(choices: &mut Choices<'_>) -> i32 {
    if choices.one_in(4) { choices.whole() } else { 18_000 + i32::from(choices.byte()) * 7 }
}

fn day_tick(choices: &mut Choices<'_>) -> DayTick {
    DayTick { day: day(choices), label: choices.word() }
}

fn tick(choices: &mut Choices<'_>) -> Tick {
    Tick { at: choices.number(), label: choices.word() }
}

fn milestone(choices: &mut Choices<'_>) -> Milestone {
    Milestone { day: day(choices), value: choices.number(), label: choices.text(), title: choices.text() }
}

fn qualifier(choices: &mut Choices<'_>) -> Qualifier {
    choices.pick(&[Qualifier::Exact, Qualifier::About, Qualifier::AtLeast, Qualifier::AtMost, Qualifier::Estimate])
}

/// Marks of a scale: as the site makes them, or of any kind.
fn scale(choices: &mut Choices<'_>) -> Vec<Tick> {
    if choices.one_in(4) {
        return many(choices, 9, tick);
    }
    let (low, high, count) = (choices.number(), choices.number(), choices.below(20));
    let grain = choices.pick(&[Grain::Any, Grain::Whole]);
    let marks = nice_ticks(low, high, count, grain);
    assert!(marks.len() <= 25 && marks.iter().all(|mark| mark.is_finite()), "{low} to {high}: {marks:?}");
    assert!(marks.is_sorted_by(|one, next| one < next), "{low} to {high}: {marks:?}");
    ticks(low, high, count, grain, &|at| format!("{at}"))
}

fn part(choices: &mut Choices<'_>) -> Part {
    let (name, value, text) = (choices.text(), choices.number(), choices.text());
    Part { name, value, text, stage: choices.pick(&[Stage::Done, Stage::Open]) }
}

fn chart(choices: &mut Choices<'_>) -> Chart {
    match choices.below(8) {
        0 => Chart::Bars(Bars {
            head: head(choices),
            ticks: scale(choices),
            rows: many(choices, 9, |choices| Bar {
                label: choices.text(),
                value: choices.word(),
                status: choices.word(),
                tone: tone(choices),
                progress: maybe(choices, Choices::number),
                expected: maybe(choices, Choices::number),
                note: choices.text(),
            }),
            legend_bar: choices.word(),
            legend_expected: choices.word(),
            legend_beyond: choices.word(),
            empty: choices.text(),
        }),
        1 => Chart::Stack(Stack {
            head: head(choices),
            parts: many(choices, 9, part),
            rest: maybe(choices, part),
            total: choices.word(),
            empty: choices.text(),
        }),
        2 => Chart::Statuses(Statuses {
            head: head(choices),
            groups: many(choices, 11, |choices| StatusGroup {
                tone: tone(choices),
                label: choices.word(),
                count: count(choices),
                text: choices.whole().to_string(),
            }),
            empty: choices.text(),
        }),
        3 => Chart::Compare(Compare {
            head: head(choices),
            ticks: scale(choices),
            rows: many(choices, 9, |choices| CompareRow {
                label: choices.text(),
                value: maybe(choices, Choices::number),
                text: choices.text(),
                qualifier: qualifier(choices),
                tone: maybe(choices, tone),
            }),
            target: maybe(choices, tick),
            empty: choices.text(),
        }),
        4 => Chart::Matrix(Matrix {
            head: head(choices),
            columns: many(choices, 12, Choices::text),
            rows: many(choices, 12, |choices| MatrixRow {
                label: choices.text(),
                cells: many(choices, 14, |choices| maybe(choices, |choices| choices.pick(&Cover::ALL))),
            }),
            legend: Cover::ALL.into_iter().map(|cover| (cover, choices.word())).collect(),
            empty: choices.text(),
        }),
        5 => Chart::Lineage(Lineage {
            head: head(choices),
            nodes: many(choices, 9, |choices| LineageNode {
                name: choices.text(),
                title: choices.text(),
                issuer: choices.text(),
                date: choices.text(),
                role: choices.pick(&[LineageRole::Other, LineageRole::Current, LineageRole::More]),
            }),
            edges: many(choices, 14, |choices| LineageEdge {
                from: choices.below(12),
                to: choices.below(12),
                kind: choices.pick(&[LineageKind::Implements, LineageKind::Amends]),
                label: choices.text(),
            }),
            legend_implements: choices.word(),
            legend_amends: choices.word(),
            empty: choices.text(),
        }),
        6 => Chart::Strips(Strips {
            head: head(choices),
            rows: many(choices, 9, |choices| StripRow {
                label: choices.text(),
                parts: Tone::ALL
                    .into_iter()
                    .filter_map(|tone| maybe(choices, |choices| (tone, count(choices))))
                    .collect(),
                text: choices.word(),
            }),
            legend: Tone::ALL.into_iter().map(|tone| (tone, choices.word())).collect(),
            more: choices.word(),
            empty: choices.text(),
        }),
        _ => Chart::Timeline(timeline(choices)),
    }
}

fn timeline(choices: &mut Choices<'_>) -> Timeline {
    Timeline {
        head: head(choices),
        measured_in: choices.text(),
        y_ticks: scale(choices),
        x_ticks: many(choices, 9, day_tick),
        observations: many(choices, 9, |choices| Observation {
            day: day(choices),
            value: choices.number(),
            qualifier: qualifier(choices),
            standing: choices.pick(&[Standing::Counted, Standing::Forecast, Standing::Corrected]),
            label: choices.text(),
            title: choices.text(),
        }),
        line: choices.pick(&[Line::Straight, Line::Steps, Line::None]),
        start: maybe(choices, |choices| (day(choices), choices.number())),
        baseline: maybe(choices, milestone),
        levels: many(choices, 5, |choices| Level {
            value: choices.number(),
            from: maybe(choices, day),
            to: maybe(choices, day),
            role: choices.pick(&[LevelRole::Target, LevelRole::Stretch, LevelRole::Former, LevelRole::Reference]),
            label: choices.text(),
        }),
        milestones: many(choices, 5, milestone),
        pace: many(choices, 5, |choices| (day(choices), choices.number())),
        pace_label: choices.word(),
        due: maybe(choices, day_tick),
        today: maybe(choices, day_tick),
        empty: choices.text(),
    }
}

/// Draws the chart that the bytes describe, in every form.
pub(crate) fn charts(input: &[u8]) {
    let chart = chart(&mut Choices::new(input));
    for (form, width) in FORMS {
        let svg = draw(&chart, form, width);
        assert_eq!(svg, draw(&chart, form, width), "the same chart is drawn in the same way");
        assert!(svg.len() < 200_000 + 40 * input.len(), "{} bytes of {}", svg.len(), input.len());
        sound(&svg);
    }
}

/// Well-formed, nothing that acts or leads out, and every place a number near the picture.
pub(crate) fn sound(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let root = document.root_element();
    let view_box: Vec<f64> =
        root.attribute("viewBox").expect("a view box").split(' ').map(|part| part.parse().expect("a number")).collect();
    let [left, top, wide, high] = view_box[..] else { panic!("{view_box:?}") };
    assert!(view_box.iter().all(|number| number.is_finite()), "{view_box:?}");
    assert!(wide > 0.0 && wide < 5_000.0 && (0.0..100_000.0).contains(&high), "{view_box:?}");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(["svg", "title", "desc", "g", "path", "circle", "text", "tspan", "rect"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!["id", "style"].contains(&name) && !name.starts_with("on") && !name.contains("href"), "{name}");
            let place = match name {
                "x" | "cx" => Some((left, left + wide)),
                "y" | "cy" => Some((top, top + high)),
                "width" | "height" | "r" | "x1" | "x2" | "y1" | "y2" | "font-size" => Some((0.0, 100_000.0)),
                _ => None,
            };
            if let Some((low, high)) = place {
                let number: f64 = value.parse().unwrap_or_else(|_| panic!("{name}={value:?}"));
                // A mark at the edge may stand out by its own size.
                assert!((low - 20.0..=high + 20.0).contains(&number), "{name}={value:?} in {view_box:?}: {svg}");
            }
            if name == "d" {
                let numbers = value.split(|letter: char| !(letter.is_ascii_digit() || ".-".contains(letter)));
                for number in numbers.flat_map(signed).filter(|number| !number.is_empty()) {
                    let number: f64 = number.parse().unwrap_or_else(|_| panic!("{number:?} in {value:?}"));
                    assert!(number.abs() < 100_000.0, "{number} in {value}");
                }
                assert!(!value.to_ascii_lowercase().contains(['n', 'i']), "{value}");
            }
        }
    }
}

/// The numbers of `12-3.5`, which paths write without a space.
fn signed(numbers: &str) -> Vec<String> {
    numbers.replace('-', " -").split(' ').map(str::to_owned).collect()
}
