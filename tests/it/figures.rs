//! The checks on the figures: what each finds, at which place, and what it leaves alone just inside its line.

use tiendo::diagnostic::{Code, Severity};

use crate::harness::{Site, TODAY, nth};

/// A way from 0 to 100 between the first day of 2021 and the last.
const WAY: &str = "baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: 2021-12-31";
const X: &str = "ben-tre/case/x";

/// A checklist whose items are in no order but that of their names.
const CHECKLIST: &str = "stages: [{id: a}, {id: c}, {id: b, done: true}]\nitems: [{id: mot}, {id: hai}, {id: ba}]";

/// A case: its name, and the site as of a day.
type Case = (&'static str, Site, &'static str);

fn one(keys: &str, figure: &str) -> Site {
    Site::case(keys).report("case", "2021-07-01", &[(X, figure)])
}

fn on(name: &'static str, day: &'static str, site: Site) -> Case {
    (name, site, day)
}

fn case(name: &'static str, site: Site) -> Case {
    on(name, TODAY, site)
}

/// What a check finds: each case marks the place.
fn found(code: Code) -> Vec<Case> {
    let way = |more: &str| format!("{WAY}\n{more}");
    match code {
        Code::StatedPercentDiffers => vec![
            case("wrong", one(WAY, "value: 41\nstated:\n  - {percent: ⟦42⟧}")),
            case(
                "cut off",
                one(&way("population: {value: 3}"), "value: 2\nstated:\n  - {percent: ⟦66.6⟧, of: population}"),
            ),
            case(
                "of a milestone",
                one(
                    &way("milestones:\n  - {date: 2021-09-30, value: 50}"),
                    "value: 20\nstated:\n  - {percent: ⟦20⟧, of: milestone}",
                ),
            ),
            case("of what the source names", one(WAY, "value: 14\nstated:\n  - {percent: ⟦11⟧, out_of: 137}")),
            case("too many decimals", one(WAY, "value: 33\nstated:\n  - {percent: ⟦33.1⟧}")),
            case(
                "of a target",
                one(&way("population: {value: 200}\nstated:\n  - {percent: ⟦49⟧, of: population}"), "value: 40"),
            ),
        ],
        Code::BreakdownSumDiffers => vec![
            case("against the target", Site::good().replace("content/reports/2021/so-ket.md", "cho: 7", "cho: ⟦6⟧")),
            case(
                "against the population",
                one(
                    &way("population: {value: 20}\nstages: [{id: a}, {id: b, done: true}]"),
                    "breakdown: {a: ⟦12⟧, b: 9}",
                ),
            ),
            case(
                "parts against the value",
                one("stages: [{id: a}, {id: b}]", "value: 45\nbreakdown: {a: ⟦22⟧, b: 22}"),
            ),
        ],
        Code::ItemsSumDiffers => vec![
            case(
                "more than the target",
                Site::case(
                    "target: ⟦100⟧\ndue: 2021-12-31\nbaseline: {value: 0}\nstages: [{id: a, done: true}]\nitems: [{id: a, quantity: 28.2}, {id: b, quantity: 48.8}, {id: c, quantity: 48.7}]",
                ),
            ),
            case(
                "outside a range",
                Site::case("target: ⟦{min: 10, max: 20}⟧\ndue: 2021-12-31\nitems: [{id: a, quantity: 20.1}]"),
            ),
        ],
        Code::ValueAbovePopulation => {
            vec![case("more than there is", one(&way("population: {value: 6}"), "value: ⟦7⟧"))]
        }
        Code::ObservationOutsidePeriod => vec![
            on(
                "after the period",
                "2022-02-01",
                Site::good()
                    .document("ben-tre/case", "period: 2021", &[("x", "note: Theo dõi")])
                    .remove("content/resolutions/ben-tre/nq.md")
                    .remove("content/reports/2021/so-ket.md")
                    .report("case", "2022-01-15", &[("⟦ben-tre/case/x⟧", "as_of: 2022-01-01\nvalue: 1")]),
            ),
            case(
                "before the baseline that is assumed",
                Site::good()
                    .document("ben-tre/case", "period: 2021", &[("x", "target: 100")])
                    .report("case", "2021-07-01", &[("⟦ben-tre/case/x⟧", "as_of: 2020-12-31\nvalue: 1")])
                    .figure("2021-06-30", "value: 60"),
            ),
            case(
                "before the baseline",
                Site::case(WAY)
                    .report("case", "2021-07-01", &[("⟦ben-tre/case/x⟧", "as_of: 2020-12-31\nvalue: 1")])
                    .figure("2021-06-30", "value: 60"),
            ),
        ],
        Code::ValueDecreased => vec![
            case(
                "an increase",
                Site::case(WAY).figure("2021-06-01", "value: 60").figure("2021-06-30", "value: ⟦59.9⟧"),
            ),
            case(
                "stages",
                Site::case("stages: [{id: a}, {id: b, done: true}]")
                    .figure("2021-06-01", "breakdown: {a: 1, b: 12}")
                    .report("case/b", "2021-06-30", &[("⟦ben-tre/case/x⟧", "breakdown: {a: 2, b: 11}")]),
            ),
        ],
        Code::DuplicateObservation => vec![
            case(
                "twice the same",
                Site::case(WAY).report("case", "2021-07-01", &[(X, "value: 60"), ("⟦ben-tre/case/x⟧", "value: 60")]),
            ),
            case(
                "two figures",
                Site::case(WAY).report("case", "2021-07-01", &[(X, "value: 60"), ("⟦ben-tre/case/x⟧", "value: 61")]),
            ),
            case(
                "an item twice",
                Site::case("stages: [{id: a}, {id: b, done: true}]\nitems: [{id: mot}, {id: hai}]").report(
                    "case",
                    "2021-07-01",
                    &[(X, "items: {mot: a, hai: a}"), ("⟦ben-tre/case/x⟧", "items: {hai: b}")],
                ),
            ),
        ],
        Code::ConflictingObservation => vec![
            case(
                "two reports",
                Site::case(WAY).report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nvalue: 60")]).report(
                    "case/b",
                    "2021-07-02",
                    &[(X, "as_of: 2021-06-30\nvalue: ⟦61⟧")],
                ),
            ),
            case(
                "an item at two stages",
                Site::case(CHECKLIST)
                    .report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nitems: {mot: a, hai: b, ba: a}")])
                    .report("case/b", "2021-07-02", &[("⟦ben-tre/case/x⟧", "as_of: 2021-06-30\nitems: {mot: b}")]),
            ),
            case(
                "an item at two stages that are not done",
                Site::case(CHECKLIST)
                    .report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nitems: {mot: a, hai: a, ba: a}")])
                    .report("case/b", "2021-07-02", &[("⟦ben-tre/case/x⟧", "as_of: 2021-06-30\nitems: {mot: c}")]),
            ),
        ],
        Code::Stale => vec![
            case(
                "six months and a day",
                Site::case(WAY).report("case", "2021-01-30", &[("⟦ben-tre/case/x⟧", "value: 90")]),
            ),
            case(
                "its own number of months",
                Site::case(&way("stale_after_months: 1")).report(
                    "case",
                    "2021-06-30",
                    &[("⟦ben-tre/case/x⟧", "value: 90")],
                ),
            ),
        ],
        Code::OverdueWithoutReport => vec![
            case(
                "not told",
                Site::case(WAY).replace("content/resolutions/ben-tre/case.md", "2021-12-31", "2021-07-31").replace(
                    "content/resolutions/ben-tre/case.md",
                    "id: x",
                    "id: ⟦x⟧",
                ),
            ),
            case(
                "told before its end",
                Site::case(WAY)
                    .figure("2021-07-30", "value: 99")
                    .replace("content/resolutions/ben-tre/case.md", "2021-12-31", "2021-07-31")
                    .replace("content/resolutions/ben-tre/case.md", "id: x", "id: ⟦x⟧"),
            ),
        ],
        Code::MilestoneOutsidePeriod => vec![
            case("before the start", one(&way("milestones:\n  - ⟦date: 2020-12-31\n    value: 5⟧"), "value: 60")),
            case("after the end", one(&way("milestones:\n  - ⟦{date: 2022-01-01, value: 5}⟧"), "value: 60")),
        ],
        Code::CoverageMissing => vec![case(
            "not on file",
            Site::good().document("ben-tre/case", "issued: 2021-01-18\nexpects: ⟦{levels: [district]}⟧", &[]),
        )],
        Code::UnitDissolved => {
            let ended = || Site::good().unit("cu", "level: district\nparent: ben-tre\ndissolved: 2021-03-01");
            vec![
                case("issues a document", ended().document("cu/kh", "issuer: ⟦cu⟧\nissued: 2021-03-01", &[])),
                case(
                    "reports on later days",
                    ended().file(
                        "content/reports/case.md",
                        "---\ntitle: B\nunit: ⟦cu⟧\npublished: 2021-04-01\nsource: {title: N}\nobservations:\n  - {indicator: ben-tre/nq/van-ban, as_of: 2021-03-01, value: 5}\n---\n",
                    ),
                ),
                case(
                    "owns a target that falls due later",
                    ended().document("ben-tre/case", "", &[("⟦x⟧", &way("owner: cu"))]).report("case", "2021-07-01", &[(X, "value: 60")]),
                ),
            ]
        }
        Code::AggregateDiffers => vec![case(
            "a stated total",
            Site::case(&way("aggregate: sum"))
                .document(
                    "giong-trom/kh",
                    "",
                    &[("a", &way(&format!("contributes_to: {X}"))), ("b", &way(&format!("contributes_to: {X}")))],
                )
                .report(
                    "case",
                    "2021-07-01",
                    &[("giong-trom/kh/a", "value: 58"), ("giong-trom/kh/b", "value: 60"), (X, "value: ⟦120⟧")],
                ),
        )],
        Code::MissingSource => vec![
            case(
                "a target",
                Site::case(WAY)
                    .replace(
                        "content/resolutions/ben-tre/case.md",
                        "sources:\n  - {title: Nguồn, date: 2020-12-01}\n",
                        "issued: 2020-12-01\n",
                    )
                    .replace("content/resolutions/ben-tre/case.md", "id: x", "id: ⟦x⟧"),
            ),
            case(
                "a figure",
                one(WAY, "value: ⟦60⟧").replace(
                    "content/reports/case.md",
                    "source: {title: Nguồn}",
                    "source: {date: 2021-07-01}",
                ),
            ),
        ],
        Code::TargetDiffers => vec![case(
            "another target",
            Site::case(&way("restates: ⟦giong-trom/kh/y⟧")).document(
                "giong-trom/kh",
                "",
                &[("y", &WAY.replace("100", "99"))],
            ),
        )],
        Code::TranslationMissing => Vec::new(),
        Code::SuspiciousLetter => vec![
            case("another Đ", Site::good().append("content/pages/gioi-thieu.md", "Chi bộ ⟦\u{D0}⟧ảng.\n")),
            case(
                "in a key's value",
                Site::good().replace("content/pages/gioi-thieu.md", "title: Giới thiệu", "title: ⟦\u{D0}⟧ảng"),
            ),
        ],
        Code::AmbiguousFigure => vec![case("one thousand", Site::case(WAY).figure("2021-06-30", "value: ⟦1.000⟧"))],
        Code::UnusedItem => vec![case(
            "one that no report names",
            one(
                "target: 2\ndue: 2021-12-31\nbaseline: {value: 0}\nstages: [{id: a}, {id: b, done: true}]\nitems: [{id: mot}, {id: ⟦hai⟧}]",
                "items: {mot: b}",
            ),
        )],
        _ => Vec::new(),
    }
}

/// What a check leaves alone.
fn left_alone(code: Code) -> Vec<Case> {
    let way = |more: &str| format!("{WAY}\n{more}");
    match code {
        Code::StatedPercentDiffers => vec![
            case("62 of 150 is 41 %", one(WAY, "value: 62\nstated:\n  - {percent: 41, out_of: 150}")),
            case(
                "rounded up to one decimal",
                one(&way("population: {value: 3}"), "value: 2\nstated:\n  - {percent: 66.7, of: population}"),
            ),
            case(
                "to none",
                one(&way("population: {value: 3}"), "value: 2\nstated:\n  - {percent: 67, of: population}"),
            ),
            case(
                "of the milestone of that time",
                one(
                    &way("milestones:\n  - {date: 2021-06-30, value: 40}\n  - {date: 2021-09-30, value: 80}"),
                    "value: 60\nstated:\n  - {percent: 75, of: milestone}",
                ),
            ),
            case("a target that we inferred", one(&way("derived: true"), "value: 2\nstated:\n  - {percent: 66.6}")),
            case(
                "of a target",
                one(&way("population: {value: 200}\nstated:\n  - {percent: 50, of: population}"), "value: 60"),
            ),
            case(
                "acknowledged by the figure",
                one(WAY, "value: 41\nstated:\n  - {percent: 42}\nacknowledge: {stated-percent-differs: Báo ghi vậy}"),
            ),
            case(
                "acknowledged by the indicator",
                one(
                    &way("acknowledge: {stated-percent-differs: Báo ghi vậy}"),
                    "value: 41\nstated:\n  - {percent: 42}",
                ),
            ),
        ],
        Code::BreakdownSumDiffers => vec![
            case(
                "against the population, not the target",
                one(
                    &way("population: {value: 20}\nstages: [{id: a}, {id: b, done: true}]"),
                    "breakdown: {a: 11, b: 9}",
                ),
            ),
            case(
                "parts that add up",
                one(
                    "stages: [{id: a}, {id: b}, {id: c}, {id: d}]",
                    "value: 45\nbreakdown: {a: 9, b: 12, c: 13, d: 11}",
                ),
            ),
            case("parts with nothing to compare", one("stages: [{id: a}, {id: b}]", "breakdown: {a: 4, b: 1}")),
            case(
                "parts that are not the population",
                one("population: {value: 6}\nstages: [{id: a}, {id: b}]", "breakdown: {a: 4, b: 1}"),
            ),
            case("decimals", one(&way("stages: [{id: a}, {id: b, done: true}]"), "breakdown: {a: 99.9, b: 0.1}")),
        ],
        Code::ItemsSumDiffers => vec![
            case(
                "exactly",
                Site::case(
                    "target: 125.7\ndue: 2021-12-31\nitems: [{id: a, quantity: 28.2}, {id: b, quantity: 48.8}, {id: c, quantity: 48.7}]",
                ),
            ),
            case(
                "at the end of a range",
                Site::case("target: {min: 10, max: 20}\ndue: 2021-12-31\nitems: [{id: a, quantity: 20}]"),
            ),
            case(
                "an item without its quantity",
                Site::case("target: 100\ndue: 2021-12-31\nitems: [{id: a, quantity: 20}, {id: b}]"),
            ),
            case(
                "items that are counted",
                Site::case("target: 2\ndue: 2021-12-31\nitems: [{id: a}, {id: b}, {id: c}]"),
            ),
        ],
        Code::ValueAbovePopulation => vec![case("all of them", one(&way("population: {value: 60}"), "value: 60"))],
        Code::ObservationOutsidePeriod => vec![on(
            "on the last day, on the first, and of the assumed baseline's year before",
            "2021-12-31",
            Site::good()
                .document(
                    "ben-tre/case",
                    "period: 2021",
                    &[("x", "note: Theo dõi"), ("y", "baseline: {value: 0, date: 2021-01-18}")],
                )
                .remove("content/resolutions/ben-tre/nq.md")
                .remove("content/reports/2021/so-ket.md")
                .report(
                    "case",
                    "2021-12-31",
                    &[
                        (X, "value: 36\nas_of: 2020-12-31"),
                        (X, "value: 36"),
                        ("ben-tre/case/y", "value: 1\nas_of: 2021-01-18"),
                    ],
                ),
        )],
        Code::ValueDecreased => vec![
            case("the same again", Site::case(WAY).figure("2021-06-01", "value: 60").figure("2021-06-30", "value: 60")),
            case(
                "a share",
                Site::case(&way("measured_in: \"%\""))
                    .figure("2021-06-01", "value: 60")
                    .figure("2021-06-30", "value: 59"),
            ),
            case(
                "a statistic",
                Site::case("note: Theo dõi").figure("2021-06-01", "value: 60").figure("2021-06-30", "value: 59"),
            ),
            case(
                "a share in a document whose indicators have stages",
                Site::case(&way("measured_in: \"%\"\nstages: [{id: a}, {id: b, done: true}]"))
                    .figure("2021-06-01", "value: 60")
                    .figure("2021-06-30", "value: 59"),
            ),
            case(
                "a decrease",
                Site::case("baseline: {value: 100, date: 2021-01-01}\ntarget: 0\ndue: 2021-12-31")
                    .figure("2021-06-01", "value: 60")
                    .figure("2021-06-30", "value: 40"),
            ),
            case(
                "a correction of the higher one",
                Site::case(WAY).figure("2021-06-01", "value: 60").report(
                    "case/b",
                    "2021-06-30",
                    &[(X, "value: 50\ncorrects: case/2021-06-01")],
                ),
            ),
        ],
        Code::DuplicateObservation => vec![
            case(
                "two days",
                Site::case(WAY).report("case", "2021-07-01", &[(X, "value: 60"), (X, "value: 50\nas_of: 2021-06-01")]),
            ),
            case(
                "items in two entries",
                Site::case("stages: [{id: a}, {id: b, done: true}]\nitems: [{id: mot}, {id: hai}]").report(
                    "case",
                    "2021-07-01",
                    &[(X, "items: {mot: a}"), (X, "items: {hai: b}")],
                ),
            ),
        ],
        Code::ConflictingObservation => vec![
            case(
                "items that are told in turn, and one twice",
                Site::case(CHECKLIST)
                    .report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nitems: {mot: a, hai: b}")])
                    .report("case/b", "2021-07-02", &[(X, "as_of: 2021-06-30\nitems: {hai: b, ba: b}")])
                    .report("case/c", "2021-07-03", &[(X, "as_of: 2021-07-01\nitems: {mot: b}")]),
            ),
            case(
                "the same figure",
                Site::case(WAY).report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nvalue: 60")]).report(
                    "case/b",
                    "2021-07-02",
                    &[(X, "as_of: 2021-06-30\nvalue: 60.0")],
                ),
            ),
            case(
                "a correction",
                Site::case(WAY).report("case/a", "2021-07-01", &[(X, "as_of: 2021-06-30\nvalue: 60")]).report(
                    "case/b",
                    "2021-07-02",
                    &[(X, "as_of: 2021-06-30\nvalue: 61\ncorrects: case/a")],
                ),
            ),
        ],
        Code::Stale => vec![
            case("six months", Site::case(WAY).figure("2021-01-31", "value: 90")),
            case("never", Site::case(&way("stale_after_months: never")).figure("2021-01-01", "value: 90")),
            case("met", Site::case(WAY).figure("2021-01-01", "value: 100")),
            case("a statistic", Site::case("note: Theo dõi").figure("2021-01-01", "value: 100")),
        ],
        Code::OverdueWithoutReport => vec![
            case("the day before", Site::case(&WAY.replace("2021-12-31", "2021-08-01"))),
            case("missed", Site::case(&WAY.replace("2021-12-31", "2021-07-01")).figure("2021-07-01", "value: 90")),
            case("met", Site::case(&WAY.replace("2021-12-31", "2021-07-01")).figure("2021-06-01", "value: 100")),
        ],
        Code::MilestoneOutsidePeriod => {
            vec![case(
                "first and last day",
                one(&way("milestones: [{date: 2021-01-01, value: 0}, {date: 2021-12-31, value: 100}]"), "value: 60"),
            )]
        }
        Code::CoverageMissing => vec![
            case(
                "its day has not come",
                Site::good().document(
                    "ben-tre/case",
                    "issued: 2021-01-18\nexpects: {levels: [district], by: 2021-07-31}",
                    &[],
                ),
            ),
            case(
                "exempt",
                Site::good().document(
                    "ben-tre/case",
                    "issued: 2021-01-18\nexpects: {levels: [district], except: [giong-trom]}",
                    &[],
                ),
            ),
        ],
        Code::UnitDissolved => {
            let ended = || Site::good().unit("cu", "level: district\nparent: ben-tre\ndissolved: 2021-03-01");
            vec![
                case("its last document", ended().document("cu/kh", "issued: 2021-02-28", &[])),
                case(
                    "reports after its end on its last day",
                    ended().file(
                        "content/reports/case.md",
                        "---\ntitle: B\nunit: cu\npublished: 2021-04-01\nsource: {title: N}\nobservations:\n  - {indicator: ben-tre/nq/van-ban, as_of: 2021-02-28, value: 5}\n---\n",
                    ),
                ),
                case("a target that was met", ended().document("ben-tre/case", "", &[("x", &way("owner: cu"))]).report("case", "2021-02-01", &[(X, "value: 100")])),
                case("a target that was taken over", ended().document("ben-tre/case", "", &[("x", &way("owner: cu\nowner_from: [{date: 2021-03-01, unit: giong-trom}]"))]).report("case", "2021-07-01", &[(X, "value: 60")])),
            ]
        }
        Code::AggregateDiffers => {
            let part = way(&format!("contributes_to: {X}"));
            let site =
                |figures: &[(&str, &str)]| {
                    Site::case(&way("aggregate: sum"))
                        .document("giong-trom/kh", "", &[("a", &part), ("b", &part)])
                        .report("case", "2021-07-01", figures)
                };
            vec![
                case(
                    "the sum",
                    site(&[("giong-trom/kh/a", "value: 28.2"), ("giong-trom/kh/b", "value: 48.8"), (X, "value: 77")]),
                ),
                case("parts that are still open", site(&[("giong-trom/kh/a", "value: 60"), (X, "value: 120")])),
                case(
                    "what the parts brought later",
                    site(&[
                        ("giong-trom/kh/a", "value: 58\nas_of: 2021-06-30"),
                        ("giong-trom/kh/b", "value: 60\nas_of: 2021-06-30"),
                        ("giong-trom/kh/a", "value: 68"),
                        (X, "value: 118\nas_of: 2021-06-30"),
                    ]),
                ),
                case(
                    "a rounded mean",
                    site(&[
                        ("giong-trom/kh/a", "value: 33.33"),
                        ("giong-trom/kh/b", "value: 33.38"),
                        (X, "value: 33.4"),
                    ])
                    .replace(
                        "content/resolutions/ben-tre/case.md",
                        "aggregate: sum",
                        "aggregate: mean",
                    ),
                ),
            ]
        }
        Code::MissingSource => vec![
            case(
                "a statistic of no document",
                Site::case("note: Theo dõi").replace(
                    "content/resolutions/ben-tre/case.md",
                    "sources:\n  - {title: Nguồn, date: 2020-12-01}\n",
                    "issued: 2020-12-01\n",
                ),
            ),
            case(
                "a figure's own",
                one(WAY, "value: 60\nsource: {publisher: Báo}").replace(
                    "content/reports/case.md",
                    "source: {title: Nguồn}",
                    "source: {date: 2021-07-01}",
                ),
            ),
            case(
                "a target's own",
                Site::case(&way("source: {url: https://example.org/}")).replace(
                    "content/resolutions/ben-tre/case.md",
                    "sources:\n  - {title: Nguồn, date: 2020-12-01}\n",
                    "issued: 2020-12-01\n",
                ),
            ),
        ],
        Code::TargetDiffers => vec![
            case(
                "the same",
                Site::case(&way("restates: giong-trom/kh/y")).document(
                    "giong-trom/kh",
                    "",
                    &[("y", &WAY.replace("100", "100.0"))],
                ),
            ),
            case("a statistic", Site::case("restates: giong-trom/kh/y").document("giong-trom/kh", "", &[("y", WAY)])),
        ],
        Code::SuspiciousLetter => {
            vec![case("the right one", Site::good().append("content/pages/gioi-thieu.md", "Chi bộ Đảng.\n"))]
        }
        Code::AmbiguousFigure => vec![case(
            "other decimals",
            Site::case("note: Theo dõi").figure("2021-06-30", "value: 28.2").figure("2021-07-01", "value: 0.125"),
        )],
        Code::UnusedItem => vec![case(
            "nothing reported yet",
            Site::case("target: 2\ndue: 2021-12-31\nstages: [{id: a, done: true}]\nitems: [{id: mot}, {id: hai}]"),
        )],
        _ => Vec::new(),
    }
}

/// Every check but the one that needs a repository, which `history` tests.
fn checks() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.is_check() && *code != Code::EditedAfterPublication)
}

#[test]
fn each_check_finds_its_cases_and_nothing_else() {
    for code in checks() {
        let cases = found(code);
        // It is tested by itself: by default it is not reported.
        assert!(!cases.is_empty() || code == Code::TranslationMissing, "no case of {}", code.as_str());
        for (name, site, day) in cases {
            println!("{}: {name}", code.as_str());
            site.judge(day).only(Severity::Warning, code.as_str());
        }
    }
}

#[test]
fn each_check_leaves_alone_what_lies_just_inside() {
    for code in checks() {
        let cases = left_alone(code);
        assert!(!cases.is_empty() || code == Code::TranslationMissing, "no case of {}", code.as_str());
        for (name, site, day) in cases {
            println!("{}: {name}", code.as_str());
            site.judge(day).clean();
        }
    }
}

#[test]
fn a_site_sets_the_level_of_each_check() {
    for code in checks().filter(|code| *code != Code::TranslationMissing) {
        let (_, site, day) = found(code).swap_remove(0);
        let with = |level: &str| {
            site.clone().append("content/site.yaml", &format!("checks: {{{}: {level}}}\n", code.as_str())).judge(day)
        };
        with("deny").only(Severity::Error, code.as_str());
        with("warn").only(Severity::Warning, code.as_str());
        with("allow").clean();
    }
}

#[test]
fn translations_are_asked_for_where_a_site_wants_them() {
    let site = Site::good();
    site.judge(TODAY).clean();
    let asked = site.append("content/site.yaml", "checks: {translation-missing: warn}\n");
    assert_eq!(
        asked.judge(TODAY).diagnostics(),
        "\
warning[translation-missing] content/pages/gioi-thieu.md:1:1
warning[translation-missing] content/reports/2021/so-ket.md:1:1
warning[translation-missing] content/resolutions/ben-tre/nq.md:1:1
warning[translation-missing] content/units/ben-tre.md:1:1
warning[translation-missing] content/units/giong-trom.md:1:1"
    );
    let some = asked
        .file("content/pages/gioi-thieu.en.md", "---\ntitle: About\n---\n")
        .file("content/units/ben-tre.en.md", "---\nname: Ben Tre\n---\n");
    assert_eq!(some.judge(TODAY).list().len(), 3);
}

#[test]
fn an_acknowledged_finding_stays_on_record_with_its_reason() {
    let site = one(WAY, "value: 41\nstated:\n  - {percent: 42}\nacknowledge: {stated-percent-differs: Báo ghi vậy}");
    let judged = site.judge(TODAY);
    let reasons: Vec<&str> =
        judged.findings.iter().filter_map(|found| Some(found.acknowledged.as_ref()?.original())).collect();
    assert_eq!(reasons, ["Báo ghi vậy"]);
}

#[test]
fn a_correction_settles_what_was_found() {
    // Nobody edits an old report, so its figures are not held against it for ever.
    let wrong = one(
        &format!("{WAY}\npopulation: {{value: 60}}\nstages: [{{id: a}}, {{id: b, done: true}}]"),
        "value: 61\nbreakdown: {a: 1, b: 61}\nstated:\n  - {percent: 99, of: population}",
    );
    assert_eq!(wrong.judge("2021-07-01").list().len(), 3);
    let corrected = wrong.report("case/b", "2021-07-10", &[(X, "value: 59\ncorrects: case")]);
    assert_eq!(corrected.judge("2021-07-09").list().len(), 3);
    corrected.judge("2021-07-10").clean();
}

#[test]
fn the_future_is_not_checked() {
    let site = one(WAY, "value: 41\nstated:\n  - {percent: 42}");
    site.judge("2021-06-30").clean();
    site.judge(&nth(181)).only(Severity::Warning, "stated-percent-differs");
}
