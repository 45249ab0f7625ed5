//! Specs that nobody should write: drawing ends, and what it gives is well-formed.

use proptest::prelude::*;

use super::samples;
use super::structure::check;
use crate::chart::spec::*;
use crate::chart::{Form, Width, draw};

const NUMBERS: [f64; 14] = [
    0.0,
    -0.0,
    -0.4,
    13.0,
    1e-320,
    f64::MIN_POSITIVE,
    1e15,
    -1e15,
    1e308,
    -1e308,
    f64::MAX,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

const WORDS: [&str; 8] = [
    "",
    " ",
    "<script>alert(1)</script>&\"]]>'",
    "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}",
    "مشروع قانون \u{202e}evil\u{202c} عربي",
    "\u{301}\u{301}\u{301}a\u{301}",
    "Nghị quyết\tvề\nphát triển\r\nđô thị\u{2028}thông minh",
    "👩‍👩‍👧‍👦 漢字 ＡＢＣ",
];

/// 200 characters, with and without places to break.
fn long() -> [String; 2] {
    ["Chỉ tiêu rất dài ".repeat(12).chars().take(200).collect(), "Đ".repeat(200)]
}

fn everywhere(chart: &Chart) {
    for form in [Form::Inline, Form::File] {
        for width in [Width::Wide, Width::Narrow] {
            check(chart, form, width);
        }
    }
}

/// A chart of every kind with these words and numbers in every place.
fn charts(words: &str, numbers: &[f64], count: usize) -> Vec<Chart> {
    let text = || words.to_owned();
    let number = |at: usize| numbers[at % numbers.len()];
    let share = |at: usize| Some(number(at));
    let tone = |at: usize| Tone::ALL[at % Tone::ALL.len()];
    let qualifiers = [Qualifier::Exact, Qualifier::About, Qualifier::AtLeast, Qualifier::AtMost, Qualifier::Estimate];
    let standings = [Standing::Counted, Standing::Forecast, Standing::Corrected];
    let day = |at: usize| [0, 1, -1, i32::MAX, i32::MIN, 18_000][at % 6];
    let head = Head { title: text(), subtitle: text(), description: text(), source: Some(text()) };
    let all = 0..count;
    let ticks: Vec<Tick> = all.clone().map(|at| Tick { at: number(at), label: text() }).collect();
    let days: Vec<DayTick> = all.clone().map(|at| DayTick { day: day(at), label: text() }).collect();
    let milestones: Vec<Milestone> =
        all.clone().map(|at| Milestone { day: day(at), value: number(at), label: text(), title: text() }).collect();
    let roles = [LevelRole::Target, LevelRole::Stretch, LevelRole::Former, LevelRole::Reference];
    let level = |at: usize| Level {
        value: number(at),
        from: at.is_multiple_of(2).then(|| day(at)),
        to: at.is_multiple_of(3).then(|| day(at + 1)),
        role: roles[at % 4],
        label: text(),
    };
    let parts = || all.clone().map(|at| Part { name: text(), value: number(at), text: text(), stage: Stage::Open });
    vec![
        Chart::Bars(Bars {
            head: head.clone(),
            rows: (all.clone())
                .map(|at| Bar {
                    label: text(),
                    value: text(),
                    status: text(),
                    tone: tone(at),
                    progress: share(at),
                    expected: share(at + 1),
                    note: text(),
                })
                .collect(),
            ticks: ticks.clone(),
            legend_bar: text(),
            legend_expected: text(),
            legend_beyond: text(),
            empty: text(),
        }),
        Chart::Timeline(Timeline {
            head: head.clone(),
            measured_in: text(),
            y_ticks: ticks.clone(),
            x_ticks: days.clone(),
            observations: (all.clone())
                .map(|at| Observation {
                    day: day(at),
                    value: number(at),
                    qualifier: qualifiers[at % 5],
                    standing: standings[at / 2 % 3],
                    label: text(),
                    title: text(),
                })
                .collect(),
            line: [Line::Straight, Line::Steps, Line::None][count % 3],
            baseline: milestones.first().cloned(),
            start: milestones.first().map(|milestone| (milestone.day, milestone.value)),
            levels: all.clone().map(level).collect(),
            pace: all.clone().map(|at| (day(at), number(at))).collect(),
            milestones,
            pace_label: text(),
            due: days.first().cloned(),
            today: days.last().cloned(),
            empty: text(),
        }),
        Chart::Stack(Stack {
            head: head.clone(),
            parts: parts().collect(),
            rest: parts().next(),
            total: text(),
            empty: text(),
        }),
        Chart::Statuses(Statuses {
            head: head.clone(),
            groups: (all.clone())
                .map(|at| StatusGroup {
                    tone: tone(at),
                    label: text(),
                    count: [0, 1, 17, 300, u32::MAX][at % 5],
                    text: text(),
                })
                .collect(),
            empty: text(),
        }),
        Chart::Compare(Compare {
            head,
            rows: (all.clone())
                .map(|at| CompareRow {
                    label: text(),
                    value: share(at).filter(|_| at % 3 != 2),
                    text: text(),
                    qualifier: qualifiers[at % 5],
                    tone: at.is_multiple_of(2).then(|| tone(at)),
                })
                .collect(),
            target: ticks.first().cloned(),
            ticks,
            empty: text(),
        }),
        matrix(words, count),
        lineage(words, count),
        Chart::Strips(Strips {
            head: Head { title: text(), ..Head::default() },
            rows: (0..count)
                .map(|at| StripRow {
                    label: text(),
                    parts: (0..at % 4)
                        .map(|part| (tone(at + part), [0, 1, 3, 40, u32::MAX][(at + part) % 5]))
                        .collect(),
                    text: text(),
                })
                .collect(),
            legend: Tone::ALL.into_iter().map(|tone| (tone, text())).collect(),
            more: text(),
            empty: text(),
        }),
    ]
}

/// A matrix with these words everywhere, its rows of many lengths.
fn matrix(words: &str, count: usize) -> Chart {
    let text = || words.to_owned();
    let cells = |row: usize| (0..row % 9 * count / 3).map(move |at| Cover::ALL.get((row + at / 2) % 7).copied());
    Chart::Matrix(Matrix {
        head: Head { title: text(), subtitle: text(), description: text(), source: Some(text()) },
        columns: (0..count).map(|_| text()).collect(),
        rows: (0..count).map(|row| MatrixRow { label: text(), cells: cells(row).collect() }).collect(),
        legend: Cover::ALL.into_iter().skip(count % 3).map(|cover| (cover, text())).collect(),
        empty: text(),
    })
}

/// A lineage with these words everywhere; its arrows lead anywhere: back, in circles, to nothing.
fn lineage(words: &str, count: usize) -> Chart {
    let text = || words.to_owned();
    let roles = [LineageRole::Other, LineageRole::Current, LineageRole::More];
    let kinds = [LineageKind::Implements, LineageKind::Amends];
    let node =
        |at: usize| LineageNode { name: text(), title: text(), issuer: text(), date: text(), role: roles[at % 3] };
    let edge = |at: usize| LineageEdge { from: at * 7 % 11, to: at * 5 % 13, kind: kinds[at % 2], label: text() };
    Chart::Lineage(Lineage {
        head: Head { title: text(), subtitle: text(), description: text(), source: Some(text()) },
        nodes: (0..count).map(node).collect(),
        edges: (0..count * 2).map(edge).collect(),
        legend_implements: text(),
        legend_amends: text(),
        empty: text(),
    })
}

#[test]
fn words_of_every_kind() {
    for words in WORDS.iter().map(|words| (*words).to_owned()).chain(long()) {
        for chart in charts(&words, &[0.3, 0.9, 1.2, -0.1], 6) {
            everywhere(&chart);
        }
    }
}

#[test]
fn numbers_of_every_kind() {
    for count in [0, 1, 2, 14] {
        for chart in charts("Chỉ tiêu", &NUMBERS, count) {
            everywhere(&chart);
        }
    }
    for number in NUMBERS {
        for chart in charts("Chỉ tiêu", &[number], 3) {
            everywhere(&chart);
        }
    }
}

#[test]
fn sixty_rows_with_long_names() {
    for chart in charts(&long()[0], &[0.0, -0.4, 0.61, 13.0], 60) {
        everywhere(&chart);
    }
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let svg = draw(&samples::timeline_undrawable(), Form::Inline, Width::Wide);
    assert!(svg.contains("con số quá lớn"), "{svg}");
}

#[test]
fn thousands_of_marks_are_bounded() {
    for chart in charts("x", &[0.1, 0.9, 0.4], 3000) {
        let svg = draw(&chart, Form::Inline, Width::Wide);
        assert!(svg.len() < 3_000_000, "{}", svg.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn drawing_ends_in_well_formed_xml(words in ".{0,60}", numbers in prop::collection::vec(any::<f64>(), 1..9), count in 0_usize..9) {
        for chart in charts(&words, &numbers, count) {
            everywhere(&chart);
        }
    }

    #[test]
    fn drawable_numbers_too(numbers in prop::collection::vec(-20.0..20.0_f64, 1..9), count in 0_usize..12) {
        for chart in charts("Chỉ tiêu về đô thị", &numbers, count) {
            everywhere(&chart);
        }
    }
}
