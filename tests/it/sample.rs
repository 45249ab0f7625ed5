//! The shipped sample: it reads without an error, warns of what its sources owe, and holds every figure of theirs.

use tiendo::assess::Status;
use tiendo::model::quantity::Quantity;
use tiendo::model::text::Language;

use crate::harness::{Judged, Site};

#[test]
fn it_warns_of_exactly_what_its_sources_owe() {
    insta::assert_snapshot!(Site::sample().diagnostics(), @r"
    warning[overdue-without-report] content/resolutions/giong-trom/03-nq-hu.md:17:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:13:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:34:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:52:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:70:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:80:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:92:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:104:9
    warning[overdue-without-report] content/resolutions/giong-trom/dang-ky-2021.md:116:9
    warning[target-differs] content/resolutions/giong-trom/dang-ky-2021.md:125:15
    warning[overdue-without-report] content/resolutions/tp-ben-tre/dang-ky-thi-dua-2021.md:13:9
    warning[items-sum-differs] content/resolutions/tp-ben-tre/dang-ky-thi-dua-2021.md:17:13
    warning[overdue-without-report] content/resolutions/tp-ben-tre/nq-2021.md:12:9
    warning[overdue-without-report] content/resolutions/tp-ben-tre/nq-2021.md:20:9
    ");
}

/// The indicators whose figure, target or population are these; empty means any.
#[track_caller]
fn with(judged: &Judged, value: &str, target: &str, population: &str) -> Vec<String> {
    let words = |quantity: Option<&Quantity>| quantity.map_or_else(String::new, ToString::to_string);
    let register = &judged.assessment.register;
    let found = register.indicators.iter().filter(|(key, indicator)| {
        let judgement = judged.assessment.judgement(*key);
        let any_value = judgement.series.iter().any(|point| point.value.to_string() == value);
        (value.is_empty() || any_value)
            && (target.is_empty() || words(judgement.target.as_ref().map(|target| &target.min)) == target)
            && (population.is_empty() || words(indicator.population.as_ref().map(|all| &all.value)) == population)
    });
    found.map(|(_, indicator)| indicator.id.to_string()).collect()
}

#[test]
fn what_counts_are_out_of_is_named_in_english_too() {
    let judged = Site::sample();
    let indicators = judged.assessment.register.indicators.iter().map(|(_, indicator)| indicator);
    let names = indicators.filter_map(|indicator| indicator.population.as_ref()?.name.as_ref());
    let names: Vec<&str> = names.map(|name| name.get(Language(1)).0).collect();
    assert_eq!(names.iter().filter(|name| **name == "hamlets and quarters").count(), 2, "{names:?}");
    assert!(names.len() > 4 && names.iter().all(|name| name.is_ascii()), "{names:?}");
}

#[test]
fn the_figures_of_the_articles_are_on_file() {
    let judged = Site::sample();
    // What the figure is, its value, target and population.
    for (name, value, target, population) in [
        ("11 of 18 documents", "11", "18", ""),
        ("62 of 150 enterprises", "62", "150", ""),
        ("4 of 8 cells", "4", "8", ""),
        ("2 of 3 cells, of 6", "2", "3", "6"),
        ("40 of 59 criteria", "40", "", "59"),
        ("15 of 19 criteria", "15", "", "19"),
        ("45 targets, 36 the year before", "45", "", ""),
        ("36 the year before", "36", "", ""),
        ("14 of 137 cells", "", "14", "137"),
        ("the district's own 5", "", "5", ""),
        ("1,000 enterprises", "", "1000", ""),
        ("750 ha", "", "750", ""),
        ("100 ha", "", "100", ""),
        ("water 56 %", "", "56", ""),
        ("7,182 m of roads", "7182", "", ""),
        ("29 billion", "29", "", ""),
        ("7 classes", "7", "", ""),
        ("213 ha", "213", "", ""),
    ] {
        assert!(!with(&judged, value, target, population).is_empty(), "{name}");
    }
    let documents = "ben-tre/03-nq-tu/van-ban";
    judged.value(documents, "11").progress(documents, "0.611111");
    let water = with(&judged, "", "56", "");
    assert!(
        water.iter().any(|id| judged.judgement(id).baseline.as_ref().is_some_and(|from| from.to_string() == "53.5"))
    );
}

#[test]
fn what_is_said_of_unnamed_units_is_on_file() {
    let judged = Site::sample();
    let claims = judged.assessment.register.reports.rows().iter().flat_map(|report| &report.coverage);
    let words: Vec<String> = claims
        .map(|claim| match &claim.of {
            Some(of) => format!("{} of {of}", claim.value),
            None => claim.value.to_string(),
        })
        .collect();
    // 18 agencies, 9 districts; 17 of the district's 21 communes.
    for said in ["18", "9 of 9", "17 of 21"] {
        assert!(words.iter().any(|word| word == said), "{said} in {words:?}");
    }
}

#[test]
fn the_breakdowns_of_the_articles_are_on_file() {
    let judged = Site::sample();
    let register = &judged.assessment.register;
    let breakdowns: Vec<Vec<String>> = register
        .indicators
        .keys()
        .map(|key| judged.assessment.judgement(key).stages.iter().map(ToString::to_string).collect())
        .collect();
    for expected in [&["4", "3", "11"][..], &["4", "1", "11", "4", "1"], &["9", "12", "13", "11"]] {
        let found = breakdowns.iter().any(|stages| {
            let mut stages: Vec<&str> = stages.iter().map(String::as_str).filter(|count| *count != "0").collect();
            let mut expected = expected.to_vec();
            stages.sort_unstable();
            expected.sort_unstable();
            stages == expected
        });
        assert!(found, "{expected:?} in {breakdowns:?}");
    }
}

#[test]
fn nobody_is_praised_or_accused_without_a_source() {
    let judged = Site::sample();
    for (key, indicator) in judged.assessment.register.indicators.iter() {
        let judgement = judged.assessment.judgement(key);
        let accused =
            matches!(judgement.status, Status::Behind | Status::OffTrack | Status::Missed | Status::AchievedLate);
        let praised = matches!(judgement.status, Status::Achieved | Status::OnTrack);
        if accused || praised {
            assert!(judgement.value.is_some(), "{} has no figure", indicator.id);
        }
        if accused {
            assert!(!indicator.derived, "{} accuses by a target that no source states", indicator.id);
            assert!(judgement.due.is_some(), "{} accuses without a day", indicator.id);
        }
    }
}

#[test]
fn every_past_day_can_be_rebuilt() {
    // Nothing of an earlier day is an error, and every day knows at least what the day before knew.
    let mut before = 0;
    for day in ["2020-12-31", "2021-02-01", "2021-05-01", "2021-08-01", "2021-11-01", "2021-12-31"] {
        let judged = Site::sample_on(day);
        let errors: Vec<String> = judged.list().into_iter().filter(|line| line.starts_with("error")).collect();
        assert!(errors.is_empty(), "as of {day}: {errors:#?}");
        assert!(!judged.diagnostics().contains("missing-source"), "as of {day}: {}", judged.diagnostics());
        let known = judged.assessment.register.indicators.len();
        assert!(known >= before, "{known} indicators are known on {day}, {before} before");
        before = known;
    }
}
