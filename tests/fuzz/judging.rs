//! Sites whose promises and figures are made of bytes, judged, and held against the contract's table (§5).

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use tiendo::assess::{Assessment, Judgement, Status, assess};
use tiendo::content;
use tiendo::diagnostic::{Diagnostics, Level};
use tiendo::model::Drafts;
use tiendo::model::indicator::{Indicator, IndicatorKey, Method};
use tiendo::model::quantity::{Quantity, Share};
use tiendo::source::SourceMap;

use crate::choices::Choices;
use crate::targets::render_all;

/// The site's texts by path.
type Files = Vec<(String, String)>;

/// Days from [`FIRST`] on, on which things happen.
const DAYS: usize = 1_500;

fn day(choices: &mut Choices<'_>) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2019, 1, 1).expect("a day");
    let after = (choices.below(200) * 8 + choices.below(8)) % DAYS;
    first.checked_add_days(Days::new(u64::try_from(after).expect("small"))).expect("a day of this century")
}

fn figure(choices: &mut Choices<'_>) -> String {
    let whole = choices.whole();
    match choices.below(6) {
        0 => format!("{whole}.{}", choices.byte()),
        1 => choices
            .pick(&["0", "100", "0.1", "9999999999999999999999999999", "-0.0000000000000000000000001"])
            .to_owned(),
        _ => whole.to_string(),
    }
}

/// The keys of one indicator.
fn indicator(choices: &mut Choices<'_>, others: &[String]) -> String {
    let mut keys = format!("    measured_in: {}\n", choices.pick(&["văn bản", "\"%\"", "ha"]));
    let mut line = |key: &str, value: String| writeln!(keys, "    {key}: {value}").expect("memory");
    match choices.below(8) {
        0 => {}
        1 => line("target", format!("{{min: {}, max: {}}}", figure(choices), figure(choices))),
        _ => line("target", figure(choices)),
    }
    match choices.below(5) {
        0 => {}
        1 => line("baseline", "unknown".to_owned()),
        2 => line("baseline", format!("{{value: {}}}", figure(choices))),
        _ => line("baseline", format!("{{value: {}, date: {}}}", figure(choices), day(choices))),
    }
    match choices.below(4) {
        0 => {}
        1 => line("due", "unknown".to_owned()),
        _ => line("due", day(choices).to_string()),
    }
    if choices.one_in(3) {
        line("direction", choices.pick(&["increase", "decrease", "at-least", "at-most"]).to_owned());
    }
    if choices.one_in(4) {
        line("method", choices.pick(&["pace", "at-due", "growth"]).to_owned());
    }
    if choices.one_in(4) {
        line("limit", figure(choices));
    }
    if choices.one_in(4) {
        let milestones: Vec<String> =
            (0..=choices.below(3)).map(|_| format!("{{date: {}, value: {}}}", day(choices), figure(choices))).collect();
        line("milestones", format!("[{}]", milestones.join(", ")));
    }
    if choices.one_in(5) {
        line("revisions", format!("[{{date: {}, target: {}, due: {}}}]", day(choices), figure(choices), day(choices)));
    }
    if choices.one_in(4) {
        line("weight", choices.pick(&["0", "2", "0.5", "1000000"]).to_owned());
    }
    if choices.one_in(4) {
        line("stale_after_months", choices.pick(&["never", "0", "1", "600"]).to_owned());
    }
    if choices.one_in(5) {
        line("stages", "[{id: a, name: A}, {id: b, name: B, done: true}]".to_owned());
        if choices.one_in(2) {
            let item = |choices: &mut Choices<'_>, id: &str| match choices.below(3) {
                0 => format!("{{id: {id}, name: I}}"),
                1 => format!("{{id: {id}, name: I, due: {}}}", day(choices)),
                _ => format!("{{id: {id}, name: I, quantity: {}, due: {}}}", figure(choices), day(choices)),
            };
            let items = [item(choices, "mot"), item(choices, "hai")];
            line("items", format!("[{}]", items.join(", ")));
        }
    }
    if choices.one_in(4) {
        line("population", format!("{{value: {}, name: P}}", figure(choices)));
    }
    if choices.one_in(5) {
        line("aggregate", choices.pick(&["sum", "mean", "count"]).to_owned());
        if choices.one_in(2) {
            line("of", choices.byte().to_string());
        }
    }
    if !others.is_empty() && choices.one_in(2) {
        line("contributes_to", choices.pick(&others.iter().map(String::as_str).collect::<Vec<_>>()).to_owned());
    }
    if choices.one_in(6) {
        line("owner_from", format!("[{{date: {}, unit: cho-lach}}]", day(choices)));
    }
    keys
}

/// A site that the bytes describe. `names` says how its reports are called.
fn files(input: &[u8], names: &dyn Fn(usize) -> String) -> (Files, NaiveDate) {
    let choices = &mut Choices::new(input);
    let as_of = day(choices);
    let mut files: Files = vec![(
        "content/site.yaml".to_owned(),
        "title: A\nbase_url: https://example.org/a/\nlanguage: vi\nlevels:\n  - {id: province, name: T}\n  - {id: district, name: H}\n".to_owned(),
    )];
    let dissolved = if choices.one_in(4) { format!("dissolved: {}\n", day(choices)) } else { String::new() };
    for (id, keys) in
        [("ben-tre", "level: province\n"), ("cho-lach", "level: district\n"), ("giong-trom", "level: district\n")]
    {
        let keys = if id == "giong-trom" { format!("{keys}{dissolved}") } else { keys.to_owned() };
        files.push((format!("content/units/{id}.md"), format!("---\nname: U {id}\n{keys}---\n")));
    }
    let mut ids: Vec<String> = Vec::new();
    for document in ["ben-tre/nq", "giong-trom/kh"] {
        let mut text = String::from("---\ntitle: N\nkind: plan\n");
        if document != "ben-tre/nq" {
            text += "implements: [ben-tre/nq]\n";
        } else if choices.one_in(3) {
            writeln!(text, "expects: {{levels: [district], by: {}}}", day(choices)).expect("memory");
        }
        if choices.one_in(2) {
            writeln!(text, "issued: {}", day(choices)).expect("memory");
        }
        if !choices.one_in(3) {
            text += choices.pick(&["period: 2020\n", "period: 2019..2022\n", "period: 2021-H1\n"]);
        }
        text += "indicators:\n";
        let above = ids.clone();
        for place in 0..=choices.below(4) {
            write!(text, "  - id: x{place}\n    name: X\n{}", indicator(choices, &above)).expect("memory");
            ids.push(format!("{document}/x{place}"));
        }
        files.push((format!("content/resolutions/{document}.md"), text + "---\n"));
    }
    let first = NaiveDate::from_ymd_opt(2019, 6, 1).expect("a day");
    for place in 0..choices.below(6) {
        // No two reports of one day, so that their names decide nothing.
        let after = u64::try_from(place * 250 + choices.below(250)).expect("small");
        let published = first.checked_add_days(Days::new(after)).expect("a day of this century");
        let mut text = format!("---\ntitle: R\nunit: ben-tre\npublished: {published}\nsource: {{title: S}}\n");
        let told = choices.below(5);
        if told > 0 {
            text += "observations:\n";
        }
        for _ in 0..told {
            let id = choices.pick(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            writeln!(text, "  - indicator: {id}\n    as_of: {}", day(choices)).expect("memory");
            match choices.below(8) {
                0 => writeln!(text, "    breakdown: {{a: {}, b: {}}}", choices.byte(), choices.byte()),
                1 => writeln!(text, "    items: {{mot: b, hai: {}}}", choices.pick(&["a", "b"])),
                _ => writeln!(text, "    value: {}", figure(choices)),
            }
            .expect("memory");
            if choices.one_in(4) {
                writeln!(text, "    qualifier: {}", choices.pick(&["about", "at-least", "at-most", "estimate"]))
                    .expect("memory");
            }
            if place > 0 && choices.one_in(4) {
                writeln!(text, "    corrects: {}", names(choices.below(place))).expect("memory");
            }
            if choices.one_in(6) {
                writeln!(text, "    stated: [{{percent: {}, out_of: {}}}]", figure(choices), figure(choices))
                    .expect("memory");
            }
        }
        files.push((format!("content/reports/{}.md", names(place)), text + "---\n"));
    }
    (files, as_of)
}

/// What a site came to.
struct Verdict {
    sources: SourceMap,
    assessment: Assessment,
    diagnostics: Diagnostics,
}

fn judge(mut files: Files, as_of: NaiveDate) -> Verdict {
    // Files are read in the order of their names.
    files.sort();
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(path, text);
    }
    let mut diagnostics = Diagnostics::default();
    let read = content::read(&sources, &mut diagnostics);
    let assessment = assess(read.register.known_on(as_of, Drafts::Exclude), as_of);
    let findings = tiendo::check::check(&assessment, &read.incomplete);
    diagnostics.append(tiendo::check::diagnostics(&findings));
    diagnostics.apply_levels(|_| Level::Warn);
    Verdict { sources, assessment, diagnostics }
}

/// Judges the site twice, its reports named in opposite orders; what both say is what the contract says.
pub(crate) fn judging(input: &[u8]) {
    let (forward, as_of) = files(input, &|place| format!("r{place}"));
    let mut verdict = judge(forward, as_of);
    let (backward, _) = files(input, &|place| format!("r{}", 9 - place));
    let other = judge(backward, as_of);
    assert_eq!(said(&verdict.assessment), said(&other.assessment), "the names of reports change nothing");
    let assessment = &verdict.assessment;
    for key in assessment.register.indicators.keys() {
        follows_the_table(assessment, key);
    }
    assert_eq!(assessment.summary().total(), assessment.register.indicators.rows().len());
    if let Some(mean) = assessment.summary().mean_progress() {
        assert!(!mean.is_negative() && mean <= Share::one(), "{mean}");
    }
    if !verdict.diagnostics.has_errors() && input.len().is_multiple_of(8) {
        render_all(&verdict.sources, assessment, &[], &mut verdict.diagnostics);
    }
}

/// All verdicts, without what names a report.
fn said(assessment: &Assessment) -> Vec<String> {
    let one = |key: IndicatorKey| {
        let judgement = assessment.judgement(key);
        format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            assessment.register.indicators[key].id,
            judgement.status,
            judgement.reason,
            judgement.value,
            judgement.value_date,
            judgement.progress,
            judgement.expected,
            judgement.met_since,
            judgement.flags
        )
    };
    assessment.register.indicators.keys().map(one).collect()
}

/// The contract's table, read from its end: what each status says must hold.
fn follows_the_table(assessment: &Assessment, key: IndicatorKey) {
    let (indicator, judgement, as_of) =
        (&assessment.register.indicators[key], assessment.judgement(key), assessment.as_of);
    let told = || format!("{} as of {as_of}: {judgement:#?}", indicator.id);
    assert!(judgement.value_date.is_none_or(|day| day <= as_of), "{}", told());
    assert!(judgement.met_since.is_none_or(|day| judgement.met && Some(day) <= judgement.value_date), "{}", told());
    assert_eq!(judgement.reason.is_some(), judgement.status == Status::NotAssessable, "{}", told());
    if let Some(expected) = &judgement.expected {
        assert!(!expected.is_negative() && *expected <= Share::one(), "{}", told());
    }
    if indicator.method == Method::Growth {
        return;
    }
    let (past, at_the_end) = (
        judgement.due.is_some_and(|due| due <= as_of),
        judgement.due.is_some_and(|due| judgement.value_date.is_some_and(|day| day >= due)),
    );
    let has_all = judgement.parts.is_none_or(|parts| parts.with_data >= parts.expected);
    let has_figure = judgement.value.is_some() && has_all;
    assert_eq!(judgement.status == Status::Tracked, judgement.target.is_none(), "{}", told());
    assert_eq!(judgement.status == Status::NoData, judgement.target.is_some() && !has_figure, "{}", told());
    match judgement.status {
        Status::Achieved | Status::AchievedLate => assert!(judgement.met, "{}", told()),
        Status::Missed => assert!(!judgement.met && past && at_the_end, "{}", told()),
        Status::OnTrack | Status::Behind | Status::OffTrack | Status::NotAssessable => assert!(!past, "{}", told()),
        Status::Unreported | Status::NoData | Status::Tracked => {}
    }
    if has_figure {
        computes(indicator, judgement, &told);
    }
}

/// Progress, expected progress, pace and their thresholds, computed here once more, in whole numbers.
fn computes(indicator: &Indicator, judgement: &Judgement, told: &dyn Fn() -> String) {
    let (Some(value), Some(baseline), Some(target)) = (&judgement.value, &judgement.baseline, &judgement.target) else {
        assert!(judgement.progress.is_none(), "{}", told());
        return;
    };
    if let (Some(value), Some(baseline), Some(target), Some(progress)) =
        (thousandths(value), thousandths(baseline), thousandths(&target.min), &judgement.progress)
    {
        assert_eq!(Some(progress), Share::of(value - baseline, target - baseline).as_ref(), "{}", told());
    }
    let is_plain = indicator.milestones.is_empty() && indicator.items.is_empty();
    let dates = (judgement.baseline_date, judgement.due, judgement.expected_on);
    if let (true, (Some(start), Some(due), Some(day)), Some(expected)) = (is_plain, dates, &judgement.expected)
        && start < due
    {
        let (all, gone) = ((due - start).num_days(), (day - start).num_days());
        assert_eq!(Some(expected), Share::of(gone.clamp(0, all), all).as_ref(), "{}", told());
    }
    let (Some(progress), Some(expected)) = (&judgement.progress, &judgement.expected) else { return };
    assert_eq!(judgement.pace, progress.over(expected), "{}", told());
    // The thresholds of a site that names none: 0.95 and 0.60.
    let keeps = |percent: i64| *progress >= &Share::of(percent, 100).expect("of a hundred") * expected;
    match judgement.status {
        Status::OnTrack => assert!(keeps(95) && !progress.is_negative(), "{}", told()),
        Status::Behind => assert!(!keeps(95) && keeps(60), "{}", told()),
        Status::OffTrack => assert!(!keeps(60) || progress.is_negative(), "{}", told()),
        _ => {}
    }
}

/// A figure in thousandths, where it has no smaller parts and is not astronomic.
fn thousandths(figure: &Quantity) -> Option<i64> {
    let text = figure.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > 3 || whole.len() > 13 {
        return None;
    }
    format!("{whole}{fraction:0<3}").parse().ok()
}
