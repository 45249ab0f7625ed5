//! How an indicator is judged: every row and clause of the content contract, §5, at its exact edges.
//!
//! Most cases run from day 0 (1 January 2021) to day 100 (11 April 2021), so that expected progress is the day's number
//! in hundredths.

use crate::harness::{Judged, Site, day, nth};

/// From 0 on day 0 to 100 on day 100.
const WAY: &str = "baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: 2021-04-11";

/// The indicator that a case is about.
const X: &str = "ben-tre/case/x";

/// An indicator with these keys and figures, `(day, keys)`, judged on a day.
#[track_caller]
fn judge(keys: &str, figures: &[(u64, &str)], today: u64) -> Judged {
    site(keys, figures).on(&nth(today))
}

#[track_caller]
fn site(keys: &str, figures: &[(u64, &str)]) -> Site {
    figures.iter().fold(Site::case(keys), |site, (as_of, keys)| site.figure(&nth(*as_of), keys))
}

/// What a row shows, the figures, the day, and the verdict.
type Row<'a> = (&'a str, &'a [(u64, &'a str)], u64, &'a str);

/// Judges an indicator with these keys, row by row.
#[track_caller]
fn table(keys: &str, rows: &[Row<'_>]) {
    for (name, figures, today, expected) in rows {
        let judged = judge(keys, figures, *today);
        assert_eq!(judged.verdict(X), *expected, "{name}: {:#?}", judged.judgement(X));
    }
}

#[test]
fn the_days_are_what_they_seem() {
    assert_eq!([nth(0), nth(50), nth(100)], ["2021-01-01", "2021-02-20", "2021-04-11"]);
}

#[test]
fn pace_is_compared_exactly() {
    table(
        WAY,
        &[
            ("exactly on track", &[(50, "value: 47.5")], 50, "on-track"),
            ("a hair below", &[(50, "value: 47.4999999999999999999999")], 50, "behind"),
            ("ahead", &[(50, "value: 99")], 50, "on-track"),
            ("exactly behind", &[(50, "value: 30")], 50, "behind"),
            ("a hair below that", &[(50, "value: 29.9999999999999999999999")], 50, "off-track"),
            ("nothing done", &[(50, "value: 0")], 50, "off-track"),
            ("moving away", &[(50, "value: -1")], 50, "off-track"),
            ("a third of the way", &[(33, "value: 31.35")], 33, "on-track"),
        ],
    );
}

#[test]
fn a_first_day_expects_nothing_yet() {
    table(
        WAY,
        &[
            ("at the baseline", &[(0, "value: 0")], 0, "on-track"),
            ("beyond it", &[(0, "value: 1")], 0, "on-track"),
            ("below it", &[(0, "value: -0.01")], 0, "off-track"),
        ],
    );
    judge(WAY, &[(0, "value: 0")], 0).expected(X, "0.000000").pace(X, "").progress(X, "0.000000");
    // Before the start as well: expected progress is drawn into 0–1.
    let late_start = "baseline: {value: 0, date: 2021-02-20}\ntarget: 100\ndue: 2021-04-11";
    judge(late_start, &[(10, "value: 5")], 10).status(X, "on-track").expected(X, "0.000000").pace(X, "");
}

#[test]
fn the_site_draws_its_own_lines() {
    let strict = |line: &str| {
        site(WAY, &[(50, "value: 45")]).append("content/site.yaml", &format!("assessment: {{{line}}}\n")).on(&nth(50))
    };
    strict("on_track: 0.90").status(X, "on-track");
    strict("on_track: 0.91").status(X, "behind");
    strict("behind: 0.90").status(X, "behind");
    strict("behind: 0.91").status(X, "off-track");
}

#[test]
fn the_first_rows() {
    table(
        WAY,
        &[
            ("no observation", &[], 50, "no-data"),
            ("not even after its day", &[], 200, "no-data"),
            ("a figure of the future is unknown", &[(60, "value: 70")], 50, "no-data"),
        ],
    );
    table(
        "baseline: {value: 0, date: 2021-01-01}\ndue: 2021-04-11",
        &[
            ("no target", &[], 50, "tracked"),
            ("no target, a figure", &[(10, "value: 5")], 50, "tracked"),
            ("no target, past its day", &[(10, "value: 5")], 150, "tracked"),
        ],
    );
}

#[test]
fn met_in_time_and_late() {
    table(
        WAY,
        &[
            ("before the day", &[(50, "value: 100")], 50, "achieved"),
            ("more than asked", &[(50, "value: 130")], 50, "achieved"),
            ("on the day", &[(100, "value: 100")], 100, "achieved"),
            ("the day after", &[(101, "value: 100")], 101, "achieved-late"),
            ("long ago", &[(50, "value: 100")], 800, "achieved"),
            (
                "met, lost and met again in time",
                &[(50, "value: 100"), (60, "value: 90"), (70, "value: 100")],
                80,
                "achieved",
            ),
            (
                "met, lost and met again late",
                &[(50, "value: 100"), (60, "value: 90"), (170, "value: 100")],
                180,
                "achieved-late",
            ),
            ("met and lost again", &[(50, "value: 100"), (60, "value: 90")], 60, "on-track"),
            ("met in time and still met", &[(90, "value: 100"), (170, "value: 105")], 180, "achieved"),
            ("met in time and lost at the end", &[(90, "value: 100"), (100, "value: 99")], 100, "missed"),
        ],
    );
    judge(WAY, &[(50, "value: 100"), (60, "value: 90"), (70, "value: 100"), (80, "value: 101")], 90)
        .met_since(X, &nth(70));
    judge(WAY, &[(50, "value: 90")], 60).met_since(X, "");
}

#[test]
fn past_its_day() {
    table(
        WAY,
        &[
            ("the day before, nothing is past", &[(99, "value: 90")], 99, "behind"),
            ("on the day it is past", &[(99, "value: 99")], 100, "unreported"),
            ("an observation of the day shows it", &[(100, "value: 99.9")], 100, "missed"),
            ("so does one after it", &[(101, "value: 99.9")], 101, "missed"),
            ("one of the day before does not", &[(99, "value: 99.9")], 300, "unreported"),
            ("a later one decides", &[(99, "value: 99.9"), (120, "value: 99.9")], 120, "missed"),
        ],
    );
}

#[test]
fn progress_expected_and_pace_are_shares_of_six_decimals() {
    judge(WAY, &[(50, "value: 47.5")], 50).progress(X, "0.475000").expected(X, "0.500000").pace(X, "0.950000");
    // Progress is never clamped; expected is.
    judge(WAY, &[(110, "value: 250")], 120).progress(X, "2.500000").expected(X, "1.000000").pace(X, "2.500000");
    judge(WAY, &[(50, "value: -50")], 50).progress(X, "-0.500000").pace(X, "-1.000000");
    judge("baseline: {value: 0, date: 2021-01-01}\ntarget: 18\ndue: 2021-12-31", &[(30, "value: 11")], 40)
        .progress(X, "0.611111")
        .expected(X, "0.082418");
}

#[test]
fn a_decrease_is_judged_by_the_same_formula() {
    let falls = "baseline: {value: 10, date: 2021-01-01}\ntarget: 5\ndue: 2021-04-11";
    table(
        falls,
        &[
            ("on track", &[(50, "value: 7.625")], 50, "on-track"),
            ("behind", &[(50, "value: 7.63")], 50, "behind"),
            ("behind, at its edge", &[(50, "value: 8.5")], 50, "behind"),
            ("off track", &[(50, "value: 8.51")], 50, "off-track"),
            ("moving away", &[(50, "value: 10.1")], 50, "off-track"),
            ("met", &[(50, "value: 5")], 50, "achieved"),
            ("more than met", &[(50, "value: 4")], 50, "achieved"),
            ("missed", &[(100, "value: 5.1")], 100, "missed"),
        ],
    );
    judge(falls, &[(50, "value: 7")], 50).progress(X, "0.600000");
    judge(falls, &[(50, "value: 12")], 50).progress(X, "-0.400000");
    let below_zero = "baseline: {value: -2, date: 2021-01-01}\ntarget: -10\ndue: 2021-04-11";
    judge(below_zero, &[(50, "value: -6")], 50).progress(X, "0.500000").status(X, "on-track");
}

#[test]
fn a_range_is_met_from_its_minimum() {
    let range = "baseline: {value: 0, date: 2021-01-01}\ntarget: {min: 3, max: 5}\ndue: 2021-04-11";
    judge(range, &[(50, "value: 1.5")], 50).progress(X, "0.500000").status(X, "on-track").flags(X, "");
    judge(range, &[(50, "value: 3")], 50).status(X, "achieved").flags(X, "").progress(X, "1.000000");
    judge(range, &[(50, "value: 4.9")], 50).status(X, "achieved").flags(X, "");
    judge(range, &[(50, "value: 5")], 50).status(X, "achieved").flags(X, "stretch-met");
    let down = "baseline: {value: 9, date: 2021-01-01}\ntarget: {min: 5, max: 3}\ndirection: decrease\ndue: 2021-04-11";
    judge(down, &[(50, "value: 5")], 50).status(X, "achieved").flags(X, "");
    judge(down, &[(50, "value: 3")], 50).status(X, "achieved").flags(X, "stretch-met");
}

#[test]
fn a_level_is_held_or_not() {
    let at_least = "target: 90\ndirection: at-least\ndue: 2021-04-11\nmeasured_in: \"%\"";
    table(
        at_least,
        &[
            ("held so far", &[(50, "value: 90")], 50, "on-track"),
            ("not held", &[(50, "value: 89.9")], 50, "off-track"),
            ("held on the day", &[(100, "value: 90")], 100, "achieved"),
            ("held after the day", &[(120, "value: 91")], 130, "achieved"),
            ("not held on the day", &[(100, "value: 89")], 100, "missed"),
            ("held before, no word of the end", &[(99, "value: 95")], 100, "unreported"),
            ("not held on the day, but later", &[(100, "value: 89"), (120, "value: 91")], 130, "achieved-late"),
            ("held later for the first time", &[(90, "value: 89"), (120, "value: 91")], 130, "achieved"),
            ("no data", &[], 50, "no-data"),
        ],
    );
    judge(at_least, &[(50, "value: 90")], 50).progress(X, "").expected(X, "").pace(X, "").flags(X, "");
    let at_most = "target: 10\ndirection: at-most\ndue: 2021-04-11";
    table(
        at_most,
        &[
            ("held", &[(50, "value: 10")], 50, "on-track"),
            ("not held", &[(50, "value: 10.1")], 50, "off-track"),
            ("held at the end", &[(100, "value: 0")], 100, "achieved"),
            ("not held at the end", &[(100, "value: 11")], 100, "missed"),
        ],
    );
    // Without a day it never ends.
    let open = "target: 90\ndirection: at-least\ndue: unknown";
    table(open, &[("held", &[(50, "value: 95")], 60, "on-track"), ("not held", &[(50, "value: 80")], 60, "off-track")]);
}

#[test]
fn a_baseline_that_is_the_target_has_no_ratio() {
    let keep = "baseline: {value: 5, date: 2021-01-01}\ntarget: 5\ndue: 2021-04-11";
    table(
        keep,
        &[
            ("met", &[(50, "value: 5")], 50, "achieved"),
            ("moved away", &[(50, "value: 4")], 50, "off-track"),
            ("missed", &[(100, "value: 4")], 100, "missed"),
        ],
    );
    judge(keep, &[(50, "value: 4")], 50).progress(X, "").expected(X, "").pace(X, "");
    let down = format!("{keep}\ndirection: decrease");
    table(&down, &[("met", &[(50, "value: 4")], 50, "achieved"), ("away", &[(50, "value: 6")], 50, "off-track")]);
}

#[test]
fn a_share_has_no_baseline_unless_a_source_says_it() {
    let share = "measured_in: \"%\"\ntarget: 80\ndue: 2021-04-11";
    table(
        share,
        &[
            ("not met yet", &[(50, "value: 60")], 50, "not-assessable: baseline-unknown"),
            ("met", &[(50, "value: 80")], 50, "achieved"),
            ("met late", &[(101, "value: 80")], 101, "achieved-late"),
            ("missed", &[(100, "value: 79")], 100, "missed"),
            ("not told", &[(50, "value: 79")], 100, "unreported"),
            ("stale: there is no pace to fall below", &[(50, "value: 60")], 99, "not-assessable: baseline-unknown"),
        ],
    );
    judge(share, &[(50, "value: 60")], 50).progress(X, "").expected(X, "").flags(X, "");
    let sourced = format!("{share}\nbaseline: {{value: 40, date: 2021-01-01}}");
    judge(&sourced, &[(50, "value: 60")], 50).progress(X, "0.500000").status(X, "on-track");
    let unknown = "baseline: unknown\ntarget: 80\ndue: 2021-04-11";
    judge(unknown, &[(50, "value: 60")], 50).status(X, "not-assessable: baseline-unknown");
}

#[test]
fn defaults_come_from_the_period_and_are_flagged() {
    let judge = |period: &str, keys: &str| {
        let site = Site::good().document("ben-tre/case", period, &[("x", keys)]);
        site.figure("2021-07-01", "value: 50").on("2021-07-01")
    };
    judge("period: 2021", "target: 100").flags(X, "baseline-assumed due-assumed").expected(X, "0.497253");
    assert_eq!(judge("period: 2021", "target: 100").judgement(X).due, Some(day("2021-12-31")));
    assert_eq!(judge("period: 2021", "target: 100").judgement(X).baseline_date, Some(day("2021-01-01")));
    judge("period: 2021..2025", "target: 100").status(X, "on-track").expected(X, "0.099178");
    judge("period: 2021", "target: 100\nbaseline: {value: 0}").flags(X, "due-assumed").expected(X, "0.497253");
    judge("period: 2021", "target: 100\ndue: 2021-12-31").flags(X, "baseline-assumed");
    judge("period: 2021", "measured_in: \"%\"\ntarget: 100").flags(X, "due-assumed");
    judge("period: 2021", "target: 40\ndirection: at-least").flags(X, "due-assumed");
    judge("period: 2021", "note: Theo dõi").flags(X, "").status(X, "tracked");
    // Without a period no source says by when, nor from when.
    judge("", "target: 100").status(X, "not-assessable: due-unknown").flags(X, "baseline-assumed");
    judge("", "target: 100\ndue: 2021-12-31").status(X, "not-assessable: start-unknown");
    judge("period: 2021", "target: 100\ndue: unknown").status(X, "not-assessable: due-unknown");
    judge("period: 2021", "target: 50\ndue: unknown").status(X, "achieved");
    judge("period: 2021", "target: 100\nderived: true").flags(X, "baseline-assumed due-assumed derived");
}

#[test]
fn milestones_bend_the_way() {
    let bent = format!("{WAY}\nmilestones:\n  - date: 2021-02-20\n    value: 20\n");
    judge(&bent, &[(25, "value: 10")], 25).expected(X, "0.100000").status(X, "on-track").flags(X, "");
    judge(&bent, &[(50, "value: 20")], 50).expected(X, "0.200000").status(X, "on-track").flags(X, "milestone-met");
    judge(&bent, &[(75, "value: 60")], 75).expected(X, "0.600000").status(X, "on-track");
    judge(&bent, &[(50, "value: 19")], 50).status(X, "on-track").flags(X, "milestone-missed");
    judge(&bent, &[(50, "value: 11.9")], 50).status(X, "off-track").flags(X, "milestone-missed");
    // A figure after the milestone that reaches it does not tell when it did.
    judge(&bent, &[(60, "value: 30")], 60).flags(X, "");
    judge(&bent, &[(60, "value: 19")], 60).flags(X, "milestone-missed");
    // Reached before: still met, even where the figure falls later.
    judge(&bent, &[(40, "value: 20"), (60, "value: 19")], 60).flags(X, "milestone-met");
    judge(&bent, &[(40, "value: 19")], 60).flags(X, "");
    // What was reached and had fallen back by the day was not reached on it.
    judge(&bent, &[(40, "value: 20"), (45, "value: 19")], 60).flags(X, "");
    judge(&bent, &[(40, "value: 20"), (45, "value: 19"), (60, "value: 21")], 60).flags(X, "");
    judge(&bent, &[(40, "value: 20"), (45, "value: 19"), (60, "value: 18")], 60).flags(X, "milestone-missed");
    let two = format!("{WAY}\nmilestones:\n  - {{date: 2021-03-12, value: 60}}\n  - {{date: 2021-01-31, value: 30}}\n");
    judge(&two, &[(30, "value: 30"), (70, "value: 59")], 70).flags(X, "milestone-missed").expected(X, "0.600000");
    judge(&two, &[(30, "value: 30"), (60, "value: 40")], 70).flags(X, "milestone-met").expected(X, "0.525000");
    let falls = "baseline: {value: 10, date: 2021-01-01}\ntarget: 0\ndue: 2021-04-11\nmilestones:\n  - {date: 2021-02-20, value: 8}\n";
    judge(falls, &[(25, "value: 9")], 25).expected(X, "0.100000").progress(X, "0.100000");
    judge(falls, &[(50, "value: 8")], 50).flags(X, "milestone-met");
}

const STAGES: &str = "stages:\n  - {id: cho}\n  - {id: du-thao}\n  - {id: ban-hanh, done: true}\n";

#[test]
fn stages_that_are_done_make_the_value() {
    let done = format!("{WAY}\n{STAGES}");
    let judged = judge(&done, &[(50, "breakdown: {cho: 4, du-thao: 36, ban-hanh: 60}")], 50);
    judged.value(X, "60").progress(X, "0.600000").status(X, "on-track");
    let stages: Vec<String> = judged.judgement(X).stages.iter().map(ToString::to_string).collect();
    assert_eq!(stages, ["4", "36", "60"]);
    let two = format!("{WAY}\nstages:\n  - {{id: a}}\n  - {{id: b, done: true}}\n  - {{id: c, done: true}}\n");
    judge(&two, &[(50, "breakdown: {a: 90, b: 4.5, c: 5.5}")], 50).value(X, "10");
    // A value that the source states stands beside its breakdown and counts.
    judge(&done, &[(50, "value: 61\nbreakdown: {cho: 40, ban-hanh: 60}")], 50).value(X, "61");
}

#[test]
fn stages_without_a_done_one_are_parts() {
    let parts = "stages:\n  - {id: dang}\n  - {id: kinh-te}\n  - {id: van-hoa}\n  - {id: an-ninh}\n";
    judge(parts, &[(50, "breakdown: {dang: 9, kinh-te: 12, van-hoa: 13, an-ninh: 11}")], 50)
        .value(X, "45")
        .status(X, "tracked");
}

/// Three items; `{0}` stands for further keys of each.
fn items(keys: [&str; 3]) -> String {
    let item = |id: &str, keys: &str| {
        if keys.is_empty() { format!("  - {{id: {id}}}\n") } else { format!("  - {{id: {id}, {keys}}}\n") }
    };
    format!("{STAGES}items:\n{}{}{}", item("mot", keys[0]), item("hai", keys[1]), item("ba", keys[2]))
}

#[test]
fn items_are_counted_or_weighed() {
    let three = "baseline: {value: 0, date: 2021-01-01}\ntarget: 3\ndue: 2021-04-11\n";
    let counted = format!("{three}{}", items(["", "", ""]));
    table(
        &counted,
        &[
            ("no days to go by", &[(50, "items: {mot: ban-hanh, hai: cho}")], 50, "not-assessable: items-undated"),
            ("all done", &[(50, "items: {mot: ban-hanh, hai: ban-hanh, ba: ban-hanh}")], 50, "achieved"),
            ("not all done at the end", &[(100, "items: {mot: ban-hanh, hai: ban-hanh, ba: cho}")], 100, "missed"),
            ("nobody said how it ended", &[(50, "items: {mot: ban-hanh}")], 100, "unreported"),
        ],
    );
    judge(&counted, &[(50, "items: {mot: ban-hanh, hai: cho}")], 50)
        .value(X, "1")
        .progress(X, "0.333333")
        .expected(X, "");

    let weighed = format!(
        "baseline: {{value: 0, date: 2021-01-01}}\ntarget: 100\ndue: 2021-04-11\n{}",
        items(["quantity: 28.2", "quantity: 48.8", "quantity: 48.7"])
    );
    let all = "items: {mot: ban-hanh, hai: ban-hanh, ba: ban-hanh}";
    judge(&weighed, &[(50, all)], 50).value(X, "125.7").status(X, "achieved");
    let judged = judge(&weighed, &[(50, "items: {mot: ban-hanh, ba: du-thao}")], 50);
    judged.value(X, "28.2");
    let stages: Vec<String> = judged.judgement(X).stages.iter().map(ToString::to_string).collect();
    assert_eq!(stages, ["0", "48.7", "28.2"], "an item that nobody named stands at no stage");
}

#[test]
fn items_with_days_are_expected_one_by_one() {
    let dated = format!(
        "baseline: {{value: 0, date: 2021-01-01}}\ntarget: 3\ndue: 2021-04-11\n{}",
        items(["due: 2021-01-31", "due: 2021-02-20", ""])
    );
    judge(&dated, &[(29, "items: {mot: cho}")], 29).expected(X, "0.000000").status(X, "on-track");
    judge(&dated, &[(30, "items: {mot: cho}")], 30).expected(X, "0.333333").status(X, "off-track");
    judge(&dated, &[(50, "items: {mot: ban-hanh}")], 50).expected(X, "0.666667").status(X, "off-track");
    judge(&dated, &[(50, "items: {mot: ban-hanh, hai: ban-hanh}")], 50).status(X, "on-track").pace(X, "1.000000");
    // The item without a day of its own is due with the indicator.
    judge(&dated, &[(99, "items: {mot: ban-hanh, hai: ban-hanh}")], 99).expected(X, "0.666667");
    let weighed = format!(
        "baseline: {{value: 0, date: 2021-01-01}}\ntarget: 10\ndue: 2021-04-11\n{}",
        items(["due: 2021-01-31, quantity: 7", "due: 2021-02-20, quantity: 2", "quantity: 1"])
    );
    judge(&weighed, &[(40, "items: {mot: ban-hanh}")], 40).expected(X, "0.700000").progress(X, "0.700000");
    // Of quantities below zero a part can be more than the whole, or less than nothing.
    for (first, second) in [(7, -4), (-7, 17)] {
        let keys = weighed
            .replace("quantity: 7", &format!("quantity: {first}"))
            .replace("quantity: 2", &format!("quantity: {second}"));
        let judged = judge(&keys, &[(40, "items: {mot: ban-hanh}")], 40);
        judged.expected(X, if first > 0 { "1.000000" } else { "0.000000" });
    }
}

#[test]
fn items_keep_their_stage_from_report_to_report() {
    let keys = format!("target: 3\nbaseline: {{value: 0, date: 2021-01-01}}\ndue: 2021-04-11\n{}", items(["", "", ""]));
    let figures: &[(u64, &str)] = &[
        (10, "items: {mot: ban-hanh, hai: cho}"),
        (20, "items: {hai: du-thao}"),
        (30, "items: {hai: ban-hanh, ba: cho}"),
    ];
    judge(&keys, figures, 15).value(X, "1");
    judge(&keys, figures, 25).value(X, "1");
    let judged = judge(&keys, figures, 35);
    judged.value(X, "2").series(X, "2021-01-11 1; 2021-01-21 1; 2021-01-31 2");
    assert_eq!(judged.judgement(X).items, [Some(2), Some(2), Some(0)]);
    // Two reports that each tell of other items of one day agree.
    site(&keys, &[(10, "items: {mot: ban-hanh}")])
        .report("case/other", &nth(12), &[(X, &format!("as_of: {}\nitems: {{hai: ban-hanh}}", nth(10)))])
        .on(&nth(20))
        .value(X, "2")
        .series(X, "2021-01-11 2 +1");
}

#[test]
fn a_bound_cannot_prove_what_it_does_not_say() {
    table(
        WAY,
        &[
            ("at most the target, on the way", &[(50, "value: 100\nqualifier: at-most")], 50, "on-track"),
            (
                "at most the target, at the end: it may be less",
                &[(100, "value: 100\nqualifier: at-most")],
                100,
                "unreported",
            ),
            ("at most less than the target shows it missed", &[(100, "value: 90\nqualifier: at-most")], 100, "missed"),
            ("at least the target", &[(50, "value: 100\nqualifier: at-least")], 50, "achieved"),
            ("at least less than it: it may be met", &[(100, "value: 90\nqualifier: at-least")], 100, "unreported"),
            ("about the target", &[(50, "value: 100\nqualifier: about")], 50, "achieved"),
            ("an estimate that falls short", &[(100, "value: 99\nqualifier: estimate")], 100, "missed"),
        ],
    );
    let falls = "baseline: {value: 10, date: 2021-01-01}\ntarget: 5\ndue: 2021-04-11";
    table(
        falls,
        &[
            ("at least", &[(100, "value: 5\nqualifier: at-least")], 100, "unreported"),
            ("at most", &[(50, "value: 5\nqualifier: at-most")], 50, "achieved"),
            ("at most more", &[(100, "value: 6\nqualifier: at-most")], 100, "unreported"),
            ("at least more", &[(100, "value: 6\nqualifier: at-least")], 100, "missed"),
        ],
    );
    let level = "target: 90\ndirection: at-least\ndue: 2021-04-11";
    table(
        level,
        &[
            ("over 90", &[(50, "value: 90\nqualifier: at-least")], 50, "on-track"),
            ("at most 90", &[(50, "value: 90\nqualifier: at-most")], 50, "off-track"),
        ],
    );
    // The sum never changes by a qualifier.
    judge(WAY, &[(50, "value: 60\nqualifier: at-least")], 50).progress(X, "0.600000").pace(X, "1.200000");
}

#[test]
fn forecasts_are_shown_and_never_judged() {
    let promised = Site::case(WAY).report("case/soon", &nth(50), &[(X, &format!("as_of: {}\nvalue: 100", nth(99)))]);
    promised.on(&nth(60)).status(X, "no-data").series(X, "2021-04-10 100 forecast").value(X, "");
    promised.on(&nth(120)).status(X, "no-data");
    let told = promised.figure(&nth(40), "value: 10");
    told.on(&nth(60)).status(X, "off-track").value(X, "10").dated(X, &nth(40));
    // Of the day of publication it is no forecast.
    Site::case(WAY).figure(&nth(50), "value: 50").on(&nth(50)).status(X, "on-track");
}

#[test]
fn a_correction_replaces_a_figure_and_both_stay() {
    let wrong = Site::case(WAY).figure(&nth(50), "value: 80");
    let corrected = wrong.clone().report("case/again", &nth(60), &[(X, "value: 40\ncorrects: case/2021-02-20")]);
    // Before the correction is published nobody knows of it.
    corrected.on(&nth(59)).value(X, "80").flags(X, "").status(X, "on-track");
    corrected
        .on(&nth(60))
        .value(X, "40")
        .dated(X, &nth(50))
        .flags(X, "corrected")
        .status(X, "behind")
        .series(X, "2021-02-20 80 corrected; 2021-02-20 40")
        .clean();
    let twice = corrected.report("case/twice", &nth(70), &[(X, "value: 45\ncorrects: case/again")]);
    twice
        .on(&nth(70))
        .value(X, "45")
        .dated(X, &nth(50))
        .series(X, "2021-02-20 80 corrected; 2021-02-20 40 corrected; 2021-02-20 45")
        .clean();
    // Other days of the corrected report stand.
    let many = Site::case(WAY).report(
        "case/many",
        &nth(50),
        &[(X, &format!("as_of: {}\nvalue: 10", nth(10))), (X, &format!("as_of: {}\nvalue: 20", nth(20)))],
    );
    many.clone()
        .report("case/fix", &nth(60), &[(X, "value: 25\ncorrects: case/many")])
        .on(&nth(60))
        .series(X, "2021-01-11 10; 2021-01-21 20 corrected; 2021-01-21 25");
    many.report("case/fix", &nth(60), &[(X, &format!("as_of: {}\nvalue: 12\ncorrects: case/many", nth(10)))])
        .on(&nth(60))
        .series(X, "2021-01-11 10 corrected; 2021-01-11 12; 2021-01-21 20");
}

#[test]
fn a_correction_of_items_takes_back_what_was_said() {
    let keys = format!("target: 3\nbaseline: {{value: 0, date: 2021-01-01}}\ndue: 2021-04-11\n{}", items(["", "", ""]));
    site(&keys, &[(10, "items: {mot: ban-hanh, hai: ban-hanh}")])
        .report("case/fix", &nth(20), &[(X, "items: {mot: ban-hanh, hai: cho}\ncorrects: case/2021-01-11")])
        .on(&nth(30))
        .value(X, "1")
        .series(X, "2021-01-11 2 corrected; 2021-01-11 1");
}

#[test]
fn two_reports_of_one_day_merge_or_contradict() {
    let one = Site::case(WAY).figure(&nth(50), "value: 40");
    let same = one.clone().report("case/same", &nth(55), &[(X, &format!("as_of: {}\nvalue: 40.0", nth(50)))]);
    same.on(&nth(60)).value(X, "40").series(X, "2021-02-20 40 +1").clean();
    let other = one.report("case/other", &nth(55), &[(X, &format!("as_of: {}\nvalue: 48", nth(50)))]);
    other.on(&nth(54)).value(X, "40").status(X, "behind");
    let judged = other.on(&nth(60));
    judged.value(X, "48").series(X, "2021-02-20 40 superseded; 2021-02-20 48").status(X, "on-track");
    assert_eq!(judged.list().len(), 1, "{}", judged.diagnostics());
    // A day later it is the next figure.
    let next = Site::case(WAY).figure(&nth(50), "value: 40").figure(&nth(51), "value: 48");
    next.on(&nth(60)).value(X, "48").series(X, "2021-02-20 40; 2021-02-21 48").clean();
}

#[test]
fn an_old_figure_no_longer_vouches_for_today() {
    let year = "baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: 2022-01-01";
    let figure: &[(u64, &str)] = &[(31, "value: 60")];
    // Six months to the day it is fresh, and counts as of its own day.
    let fresh = site(year, figure).on("2021-08-01");
    fresh.status(X, "on-track").flags(X, "").expected(X, "0.084932");
    // A day later it is stale, and what is expected today counts: 213 of 365 days, 60 is still enough.
    let stale = site(year, figure).on("2021-08-02");
    stale.status(X, "on-track").flags(X, "stale").expected(X, "0.583562").progress(X, "0.600000");
    // 0.60 ≥ 0.95 · 230/365, but not 0.95 · 231/365.
    site(year, figure).on(&nth(230)).status(X, "on-track").flags(X, "stale");
    site(year, figure).on(&nth(231)).status(X, "unreported").flags(X, "stale");
    let short = format!("{year}\nstale_after_months: 1");
    site(&short, figure).on("2021-03-01").flags(X, "");
    site(&short, figure).on("2021-03-02").flags(X, "stale");
    let never = format!("{year}\nstale_after_months: never");
    site(&never, figure).on("2021-12-31").status(X, "on-track").flags(X, "");
    let site_rule = site(year, figure).append("content/site.yaml", "assessment: {stale_after_months: 2}\n");
    site_rule.on("2021-04-01").flags(X, "");
    site_rule.on("2021-04-02").flags(X, "stale");
    // A target that is met stays met, with the flag beside it; so does a statistic.
    site(year, &[(31, "value: 100")]).on("2021-12-01").status(X, "achieved").flags(X, "stale");
    site("note: Theo dõi", &[(31, "value: 100")]).on("2021-12-01").status(X, "tracked").flags(X, "stale");
    // No pace, no verdict by pace.
    let open = "baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: unknown";
    site(open, figure).on("2021-12-01").status(X, "not-assessable: due-unknown").flags(X, "stale");
    let at_due = format!("{year}\nmethod: at-due");
    site(&at_due, figure).on("2021-12-01").status(X, "not-assessable: at-due").flags(X, "stale");
}

#[test]
fn some_are_judged_only_at_the_end() {
    let at_due = format!("{WAY}\nmethod: at-due");
    table(
        &at_due,
        &[
            ("before", &[(50, "value: 10")], 50, "not-assessable: at-due"),
            ("met before", &[(50, "value: 100")], 50, "achieved"),
            ("missed", &[(100, "value: 99")], 100, "missed"),
            ("not told", &[(50, "value: 99")], 100, "unreported"),
        ],
    );
    judge(&at_due, &[(50, "value: 10")], 50).progress(X, "0.100000").expected(X, "").pace(X, "");
}

#[test]
fn a_changed_promise_is_judged_as_it_stands() {
    let revised = format!(
        "{WAY}\nrevisions:\n  - {{date: 2021-03-02, due: 2021-07-20}}\n  - {{date: 2021-02-10, target: 200, by: ben-tre/nq}}\n"
    );
    let figures: &[(u64, &str)] = &[(30, "value: 50")];
    judge(&revised, figures, 39).flags(X, "").progress(X, "0.500000");
    judge(&revised, figures, 40).flags(X, "revised").progress(X, "0.250000").expected(X, "0.300000");
    judge(&revised, figures, 60).flags(X, "revised").progress(X, "0.250000").expected(X, "0.150000");
    let judged = judge(&revised, &[(150, "value: 150")], 150);
    judged.status(X, "on-track").progress(X, "0.750000").expected(X, "0.750000");
    assert_eq!(judged.judgement(X).due, Some(day("2021-07-20")));
    // What was missed by the old terms is judged by the new ones, from the day they hold.
    judge(&revised, &[(120, "value: 150")], 120).status(X, "on-track");
    let open = format!("{WAY}\nrevisions:\n  - {{date: 2021-02-10, due: unknown}}\n");
    judge(&open, figures, 45).status(X, "not-assessable: due-unknown").flags(X, "revised");
}

#[test]
fn owners_change_and_end() {
    let with = |keys: &str| {
        Site::case(&format!("{WAY}\nowner: cu\n{keys}"))
            .unit(
                "cu",
                "level: district\nparent: ben-tre\nestablished: 2020-01-01\ndissolved: 2021-02-20\nsuccessors: [moi]",
            )
            .unit("moi", "level: district\nparent: ben-tre\nestablished: 2021-02-20")
            .figure(&nth(40), "value: 39")
    };
    let left = with("");
    left.on(&nth(49)).status(X, "on-track");
    left.on(&nth(50)).status(X, "not-assessable: owner-dissolved");
    assert_eq!(left.on(&nth(49)).owned_by("cu").total(), 1);
    // Past its day the first row that fits is another one.
    left.on(&nth(100)).status(X, "unreported");
    left.clone().figure(&nth(45), "value: 100").on(&nth(60)).status(X, "achieved");
    let taken = with("owner_from:\n  - {date: 2021-02-20, unit: moi}\n");
    taken.on(&nth(49)).status(X, "on-track");
    taken.on(&nth(50)).status(X, "on-track");
    assert_eq!(taken.on(&nth(49)).owned_by("cu").total(), 1);
    let after = taken.on(&nth(50));
    assert_eq!((after.owned_by("cu").total(), after.owned_by("moi").total()), (0, 1));
    // A successor that takes it over later leaves a gap.
    let late = with("owner_from:\n  - {date: 2021-03-02, unit: moi}\n");
    late.on(&nth(59)).status(X, "not-assessable: owner-dissolved");
    late.on(&nth(60)).status(X, "on-track");
}

/// A higher indicator `x` with these keys and three lower ones, `a`, `b` and `c`, of which these figures are known.
fn parts(keys: &str, figures: &[(&str, u64, &str)]) -> Site {
    let part = format!("{WAY}\ncontributes_to: ben-tre/case/x");
    let site = Site::case(keys).document("giong-trom/kh", "", &[("a", &part), ("b", &part), ("c", &part)]);
    figures.iter().enumerate().fold(site, |site, (place, (part, as_of, value))| {
        let indicator = format!("giong-trom/kh/{part}");
        site.report(
            &format!("kh/{place}"),
            &nth(*as_of),
            &[(&indicator, &format!("as_of: {}\nvalue: {value}", nth(*as_of)))],
        )
    })
}

#[test]
fn a_whole_is_made_of_its_parts() {
    let sum = "aggregate: sum\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 200\ndue: 2021-04-11";
    let all = parts(sum, &[("a", 50, "28.2"), ("b", 48, "48.8"), ("c", 40, "48.7")]);
    // Its day is the earliest of its parts'.
    all.on(&nth(60))
        .value(X, "125.7")
        .dated(X, &nth(40))
        .expected(X, "0.400000")
        .status(X, "on-track")
        .flags(X, "")
        .clean();
    let some = parts(sum, &[("a", 50, "28.2"), ("b", 48, "48.8")]);
    some.on(&nth(60))
        .value(X, "77")
        .dated(X, &nth(48))
        .status(X, "no-data")
        .flags(X, "partial")
        .progress(X, "")
        .clean();
    assert_eq!(some.on(&nth(60)).judgement(X).parts.map(|parts| (parts.with_data, parts.expected)), Some((2, 3)));
    parts(sum, &[]).on(&nth(60)).value(X, "").status(X, "no-data").flags(X, "partial");
    Site::case(sum).on(&nth(60)).value(X, "").status(X, "no-data");

    let mean = sum.replace("aggregate: sum", "aggregate: mean").replace("200", "50");
    parts(&mean, &[("a", 50, "10"), ("b", 50, "20"), ("c", 50, "20")]).on(&nth(60)).value(X, "16.666667");
    let count = sum.replace("aggregate: sum", "aggregate: count").replace("200", "3");
    let counted = parts(&count, &[("a", 50, "100"), ("b", 50, "99.9"), ("c", 50, "120")]);
    counted.on(&nth(60)).value(X, "2").progress(X, "0.666667").status(X, "on-track");
    let bound = parts(&count, &[("a", 50, "100\nqualifier: at-most"), ("b", 50, "99"), ("c", 50, "120")]);
    bound.on(&nth(60)).value(X, "1");
}

#[test]
fn a_whole_is_as_exact_as_its_vaguest_part() {
    let sum = "aggregate: sum\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 60\ndue: 2021-04-11";
    let judged = |b: &str, c: &str, day: u64| {
        let of = |value: &str, qualifier: &str| format!("{value}\nqualifier: {qualifier}");
        parts(sum, &[("a", 50, "20"), ("b", 50, &of("20", b)), ("c", 50, &of("20", c))]).on(&nth(day))
    };
    for (b, c, whole) in [
        ("exact", "exact", "exact"),
        ("exact", "at-least", "at-least"),
        ("at-least", "at-least", "at-least"),
        ("at-most", "exact", "at-most"),
        ("at-most", "at-least", "about"),
        ("about", "at-least", "at-least"),
        ("estimate", "at-most", "at-most"),
        ("about", "estimate", "estimate"),
    ] {
        assert_eq!(judged(b, c, 60).judgement(X).qualifier.as_str(), whole, "{b}, {c}");
    }
    judged("exact", "at-least", 60).status(X, "achieved");
    // "At most 60" does not prove that 60 are reached, however vague another part is, or open to the other side.
    for other in ["exact", "about", "estimate", "at-least"] {
        judged("at-most", other, 60).status(X, "on-track");
    }
    // Nor does "at least 59" prove that they are missed.
    let short = |other: &str| {
        let of = |value: &str, qualifier: &str| format!("{value}\nqualifier: {qualifier}");
        parts(sum, &[("a", 100, "19"), ("b", 100, &of("20", "at-least")), ("c", 100, &of("20", other))]).on(&nth(100))
    };
    for other in ["exact", "about", "at-most"] {
        short(other).status(X, "unreported");
    }
}

#[test]
fn a_whole_remembers_what_its_parts_came_to() {
    let sum = "aggregate: sum\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 60\ndue: 2021-03-02\nmilestones:\n  - {date: 2021-02-10, value: 30}\n";
    let all = |more: &[(&str, u64, &str)]| {
        let first =
            [("a", 35, "10"), ("b", 38, "10"), ("c", 40, "10"), ("a", 50, "20"), ("b", 55, "20"), ("c", 60, "20")];
        parts(sum, &[&first, more].concat()).on(&nth(99))
    };
    // Met in time; further figures of its parts do not make it late, but one that falls short does.
    all(&[]).value(X, "60").dated(X, &nth(50)).status(X, "achieved").flags(X, "milestone-met").clean();
    let later: &[(&str, u64, &str)] = &[("a", 90, "21"), ("b", 91, "21"), ("c", 92, "21")];
    all(later).value(X, "63").dated(X, &nth(90)).status(X, "achieved").met_since(X, &nth(50));
    let fell: &[(&str, u64, &str)] =
        &[("a", 80, "19"), ("b", 81, "20"), ("c", 82, "20"), ("a", 90, "21"), ("b", 90, "20"), ("c", 90, "20")];
    all(fell).value(X, "61").status(X, "achieved-late").met_since(X, &nth(90));
    // Shown is what they came to on a day before some of them went ahead, and on the latest day all that is known.
    let shown = |figures: &[(&str, u64, &str)]| {
        let judged = parts(sum, figures).on(&nth(99));
        let figures = judged.judgement(X).figures().into_iter();
        figures.map(|figure| format!("{} on {}", figure.value, figure.date)).collect::<Vec<_>>().join(", ")
    };
    let lagging =
        [("a", 35, "10"), ("b", 35, "10"), ("c", 35, "10"), ("a", 50, "20"), ("b", 55, "20"), ("c", 60, "20")];
    assert_eq!(shown(&lagging), format!("30 on {}, 60 on {}", nth(35), nth(50)));
    assert_eq!(shown(&lagging[..5]), format!("50 on {}", nth(35)));
    assert_eq!(shown(&lagging[..2]), "");
    // What the parts brought after the milestone's day does not show that it was met on that day.
    let slow = [("a", 35, "5"), ("b", 38, "5"), ("c", 40, "5"), ("a", 50, "20"), ("b", 55, "20"), ("c", 60, "20")];
    parts(sum, &slow).on(&nth(99)).status(X, "achieved").flags(X, "");
    let missed = [("a", 41, "5"), ("b", 41, "5"), ("c", 41, "5"), ("a", 50, "20"), ("b", 55, "20"), ("c", 60, "20")];
    parts(sum, &missed).on(&nth(99)).status(X, "achieved").flags(X, "milestone-missed");
}

#[test]
fn a_count_of_parts_knows_what_it_does_not_know() {
    let count = "aggregate: count\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 3\ndue: 2021-04-11";
    let judged = |c: &str| parts(count, &[("a", 100, "100"), ("b", 100, "100"), ("c", 100, c)]).on(&nth(100));
    judged("100").value(X, "3").status(X, "achieved");
    judged("99").value(X, "2").status(X, "missed");
    // "At most 100" may be 100, so two may be three.
    let open = judged("100\nqualifier: at-most");
    open.value(X, "2").status(X, "unreported");
    assert_eq!(open.judgement(X).qualifier.as_str(), "at-least");
}

#[test]
fn a_whole_waits_for_all_that_are_expected() {
    let twenty_one = "aggregate: sum\nof: 21\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 200\ndue: 2021-04-11";
    let judged = parts(twenty_one, &[("a", 50, "2")]).on(&nth(60));
    judged.value(X, "2").status(X, "no-data").flags(X, "partial");
    assert_eq!(judged.judgement(X).parts.map(|parts| (parts.with_data, parts.expected)), Some((1, 21)));
    let full = parts(twenty_one, &[("a", 50, "1"), ("b", 50, "2"), ("c", 50, "3")]);
    full.on(&nth(60)).value(X, "6").status(X, "no-data").flags(X, "partial");
    let three = twenty_one.replace("of: 21", "of: 3");
    parts(&three, &[("a", 50, "30"), ("b", 50, "30"), ("c", 50, "60")]).on(&nth(60)).status(X, "on-track").flags(X, "");
    // Without a target it is a statistic, partial or not.
    let bare = "aggregate: sum\nof: 21";
    parts(bare, &[("a", 50, "2")]).on(&nth(60)).value(X, "2").status(X, "tracked").flags(X, "partial");
}

#[test]
fn a_whole_may_be_a_part_itself() {
    let whole = "aggregate: sum\nbaseline: {value: 0, date: 2021-01-01}\ntarget: 200\ndue: 2021-04-11";
    let figures: &[(&str, u64, &str)] = &[("a", 50, "30"), ("b", 48, "40"), ("c", 40, "50")];
    let higher = |site: Site| {
        site.document("ben-tre/tren", "", &[("tong", whole)]).replace(
            "content/resolutions/ben-tre/case.md",
            "aggregate: sum",
            "aggregate: sum\n    contributes_to: ben-tre/tren/tong",
        )
    };
    higher(parts(whole, figures)).on(&nth(60)).value("ben-tre/tren/tong", "120").dated("ben-tre/tren/tong", &nth(40));
    // What is partial below is no data above.
    higher(parts(whole, &figures[..2]))
        .on(&nth(60))
        .value("ben-tre/tren/tong", "")
        .flags("ben-tre/tren/tong", "partial");
}

#[test]
fn summaries_count_everything_and_average_what_is_judged() {
    let site = Site::good()
        .document(
            "ben-tre/case",
            "",
            &[
                ("a", &format!("{WAY}\nweight: 3")),
                ("b", WAY),
                ("c", WAY),
                ("d", WAY),
                ("e", "note: Theo dõi"),
                ("f", "target: 5\ndirection: at-least\ndue: unknown"),
                ("g", "target: 5\ndirection: at-least\ndue: unknown"),
                ("h", "baseline: unknown\ntarget: 5\ndue: unknown"),
            ],
        )
        .report(
            "case",
            &nth(50),
            &[
                ("ben-tre/case/a", "value: 50"),
                ("ben-tre/case/b", "value: 250"),
                ("ben-tre/case/c", "value: -10"),
                ("ben-tre/case/e", "value: 1"),
                ("ben-tre/case/f", "value: 5"),
                ("ben-tre/case/g", "value: 4"),
                ("ben-tre/case/h", "value: 4"),
            ],
        );
    let judged = site.on(&nth(50));
    let summary = judged.summary("ben-tre/case");
    assert_eq!((summary.total(), summary.judged()), (8, 5));
    // 3 · 0.5, 1 (clamped), 0 (clamped), 1 (held), 0 (not held), over a weight of 7.
    assert_eq!(summary.mean_progress().map(|mean| mean.to_string()), Some("0.500000".to_owned()));
    use tiendo::assess::Status;
    let counts: Vec<(&str, usize)> =
        Status::ALL.iter().map(|status| (status.as_str(), summary.count(*status))).filter(|(_, n)| *n > 0).collect();
    assert_eq!(
        counts,
        [("achieved", 1), ("on-track", 2), ("off-track", 2), ("not-assessable", 1), ("no-data", 1), ("tracked", 1)]
    );
    // Nothing judged, no mean: never zero.
    let none = Site::case(WAY).on(&nth(50));
    assert_eq!(none.summary("ben-tre/case").mean_progress(), None);
    let weightless = Site::case(&format!("{WAY}\nweight: 0")).figure(&nth(50), "value: 50").on(&nth(50));
    assert_eq!(weightless.summary("ben-tre/case").mean_progress(), None);
}

/// Figures of single years, judged by growth at the end of the last.
#[track_caller]
fn growth(keys: &str, figures: &[(u64, &str)], expected: &str) -> Judged {
    let site = figures.iter().fold(Site::case(&format!("method: growth\n{keys}")), |site, (year, value)| {
        site.figure(&format!("{year}-12-31"), &format!("value: {value}"))
    });
    let judged = site.on("2024-06-30");
    judged.status(X, expected);
    judged
}

#[test]
fn a_trend_without_a_target_is_judged_by_its_yearly_growth() {
    let up = "direction: increase";
    growth(up, &[(2020, "100"), (2022, "121")], "on-track");
    growth(up, &[(2020, "100"), (2021, "101.5")], "on-track");
    growth(up, &[(2020, "100"), (2021, "101.49")], "behind");
    growth(up, &[(2020, "100"), (2021, "100.5")], "behind");
    growth(up, &[(2020, "100"), (2021, "100.49")], "off-track");
    growth(up, &[(2020, "1000000"), (2022, "1030225")], "on-track");
    growth(up, &[(2020, "100"), (2022, "90")], "off-track");
    let down = "direction: decrease\nbaseline: {value: 100, date: 2020-12-31}";
    growth(down, &[(2020, "100"), (2021, "98.5")], "on-track");
    growth(down, &[(2020, "100"), (2021, "98.51")], "behind");
    growth(down, &[(2020, "100"), (2021, "99.5")], "behind");
    growth(down, &[(2020, "100"), (2021, "101")], "off-track");
    growth(up, &[(2020, "100")], "not-assessable: too-few-years");
    growth(up, &[], "no-data");
    growth(up, &[(2020, "-5"), (2022, "5")], "not-assessable: sign-change");
    // A zero counts as 0.001.
    growth(up, &[(2020, "0"), (2022, "5")], "on-track");
    // The base year is the baseline's.
    growth(
        "direction: increase\nbaseline: {value: 0, date: 2021-01-01}",
        &[(2015, "500"), (2021, "100"), (2023, "110")],
        "on-track",
    );
    // A natural limit makes the thresholds smaller: at the limit nothing need grow.
    growth("direction: increase\nlimit: 100", &[(2020, "95"), (2021, "95.5")], "on-track");
    growth("direction: increase\nlimit: 100", &[(2020, "100"), (2021, "100")], "on-track");
    growth("direction: increase\nlimit: 100", &[(2020, "100"), (2021, "99.9")], "off-track");
    // Staleness is flagged and changes nothing.
    growth(up, &[(2018, "100"), (2020, "121")], "on-track").flags(X, "stale");
}

#[test]
fn a_trend_with_a_target_is_held_against_the_growth_that_it_needs() {
    let double = "target: 200\ndue: 2030-12-31";
    // From 100 in 2020 the target needs 2^(1/10) − 1 = 7.1773 % a year.
    growth(double, &[(2020, "100"), (2022, "121")], "on-track").pace(X, "1.393273");
    growth(double, &[(2020, "100"), (2021, "106.9")], "on-track").pace(X, "0.961358");
    growth(double, &[(2020, "100"), (2021, "106.8")], "behind").pace(X, "0.947425");
    growth(double, &[(2020, "100"), (2021, "104.31")], "behind").pace(X, "0.600500");
    growth(double, &[(2020, "100"), (2021, "104.3")], "off-track").pace(X, "0.599107");
    growth(double, &[(2020, "100"), (2021, "99")], "off-track");
    growth(double, &[(2020, "100"), (2021, "200")], "achieved");
    growth(double, &[(2020, "300"), (2021, "200")], "achieved");
    let halve = "target: 50\ndue: 2030-12-31\ndirection: decrease\nbaseline: {value: 100, date: 2020-12-31}";
    growth(halve, &[(2020, "100"), (2022, "81")], "on-track");
    growth(halve, &[(2020, "100"), (2022, "99")], "off-track");
    growth("target: 200\ndue: unknown", &[(2020, "100"), (2022, "121")], "not-assessable: due-unknown");
    growth(double, &[(2020, "100")], "not-assessable: too-few-years");
    // Figures from before the base year give no trend, but are figures.
    let from_2022 = "target: 200\ndue: 2030-12-31\nbaseline: {value: 100, date: 2022-12-31}";
    growth(from_2022, &[(2020, "100"), (2021, "104")], "not-assessable: too-few-years");
    growth(from_2022, &[(2021, "200")], "achieved");
    growth(
        "target: -5\ndue: 2030-12-31\ndirection: decrease\nbaseline: {value: 100, date: 2020-12-31}",
        &[(2020, "100"), (2022, "90")],
        "not-assessable: sign-change",
    );
}
