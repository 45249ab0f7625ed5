//! What holds of every figure, not only of those in the tables.

use proptest::prelude::*;
use tiendo::model::quantity::{Quantity, Share};

use crate::harness::{Judged, Site, TODAY, nth};

const X: &str = "ben-tre/case/x";

/// A figure of up to three decimals.
fn figure() -> impl Strategy<Value = String> {
    (-999_999_i64..1_000_000, 0_u32..4).prop_map(|(digits, decimals)| {
        let scale = 10_i64.pow(decimals);
        let (sign, digits) = (if digits < 0 { "-" } else { "" }, digits.abs());
        match decimals {
            0 => format!("{sign}{digits}"),
            _ => format!("{sign}{}.{:0width$}", digits / scale, digits % scale, width = decimals as usize),
        }
    })
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).expect("a figure")
}

/// Everything that a judgement says of an indicator.
fn said(judged: &Judged, indicator: &str) -> String {
    let mut judgement = judged.judgement(indicator).clone();
    // Which report is meant does not depend on how many others there are.
    for point in &mut judgement.series {
        point.also.clear();
    }
    let series: Vec<String> = judgement.series.iter().map(|point| format!("{} {}", point.as_of, point.value)).collect();
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {series:?}",
        judged.verdict(indicator),
        judgement.value,
        judgement.value_date,
        judgement.progress,
        judgement.expected,
        judgement.pace,
        judgement.flags,
        judgement.met_since,
    )
}

/// The good site with every kind of indicator, and figures from five months.
fn rich() -> Site {
    let way = "baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: 2021-12-31";
    let mut site = Site::good()
        .document(
            "ben-tre/case",
            "period: 2021\nexpects: {levels: [district], by: 2021-03-31}",
            &[
                ("x", way),
                ("thap", "baseline: {value: 50, date: 2021-01-01}\ntarget: 10\ndue: 2021-06-30\nmilestones: [{date: 2021-03-31, value: 30}]"),
                ("tong", "aggregate: sum\ntarget: 200\nbaseline: {value: 0, date: 2021-01-01}"),
                ("muc", "target: 20\ndirection: at-least"),
                ("ty-le", "measured_in: \"%\"\ntarget: 90"),
            ],
        )
        .document("giong-trom/kh", "implements: [ben-tre/case]", &[("phan", &format!("{way}\ncontributes_to: ben-tre/case/tong"))]);
    for (month, value) in (1..=5).zip(["9", "18", "20", "37.5", "55"]) {
        let figures: Vec<(String, String)> =
            ["ben-tre/case/x", "ben-tre/case/thap", "ben-tre/case/muc", "ben-tre/case/ty-le", "giong-trom/kh/phan"]
                .iter()
                .map(|id| ((*id).to_owned(), format!("as_of: 2021-0{month}-28\nvalue: {value}")))
                .collect();
        let figures: Vec<(&str, &str)> = figures.iter().map(|(id, keys)| (id.as_str(), keys.as_str())).collect();
        site = site.report(&format!("thang-{month}"), &format!("2021-0{}-10", month + 1), &figures);
    }
    site
}

fn all(judged: &Judged) -> Vec<(String, String)> {
    let ids = judged.assessment.register.indicators.rows().iter().map(|row| row.id.to_string());
    ids.map(|id| (id.clone(), said(judged, &id))).collect()
}

#[test]
fn sums_are_exact() {
    let sum: Quantity = ["28.2", "48.8", "48.7"].map(quantity).iter().sum();
    assert_eq!(sum.to_string(), "125.7");
    let tenth: Quantity = (0..1_000).map(|_| quantity("0.1")).sum();
    assert_eq!(tenth, quantity("100"));
    let long = quantity("1234567890123456789012345678");
    assert_eq!((&(&long + &quantity("0.1")) - &long).to_string(), "0.1");
}

#[test]
fn the_order_of_keys_changes_nothing() {
    let keys =
        ["baseline: {value: 0, date: 2021-01-01}", "target: 100", "due: 2021-12-31", "measured_in: cái", "weight: 2"];
    let judged = |keys: &[&str]| {
        let site = Site::case(&keys.join("\n")).figure("2021-06-30", "value: 40");
        said(&site.on(TODAY), X)
    };
    let forward = judged(&keys);
    let mut backward = keys;
    backward.reverse();
    assert_eq!(judged(&backward), forward);
    backward.swap(0, 2);
    assert_eq!(judged(&backward), forward);
}

#[test]
fn the_names_of_reports_change_nothing() {
    // Files are read in the order of their names; another order is another set of names.
    let named = |names: [&str; 3]| {
        let site = Site::case("baseline: {value: 0, date: 2021-01-01}\ntarget: 100\ndue: 2021-12-31")
            .report(names[0], "2021-03-10", &[(X, "as_of: 2021-02-28\nvalue: 10")])
            .report(names[1], "2021-04-10", &[(X, "as_of: 2021-02-28\nvalue: 20")])
            .report(names[2], "2021-05-10", &[(X, "as_of: 2021-04-30\nvalue: 30")]);
        said(&site.on(TODAY), X)
    };
    let first = named(["a", "b", "c"]);
    for names in [["c", "b", "a"], ["b", "c", "a"], ["a", "c", "b"], ["2021/c", "2020/b", "a"]] {
        assert_eq!(named(names), first);
    }
}

#[test]
fn what_is_unrelated_changes_nothing() {
    let before = all(&rich().on(TODAY));
    for more in [
        rich().unit("aaa", "level: district\nparent: ben-tre"),
        rich().unit("giong-trom/zzz", "level: commune"),
        rich().document("giong-trom/aaa", "", &[("aaa", "target: 5\ndue: unknown")]),
        rich().report("aaa", "2021-01-02", &[("ben-tre/nq/van-ban", "value: 1\nas_of: 2021-01-18")]),
        rich().file("content/pages/aaa.md", "---\ntitle: A\n---\n"),
    ] {
        let after = all(&more.on(TODAY));
        for (id, said) in before.iter().filter(|(id, _)| id != "ben-tre/nq/van-ban") {
            assert!(after.contains(&(id.clone(), said.clone())), "{id}: {said}\n{after:#?}");
        }
    }
}

#[test]
fn a_past_day_does_not_depend_on_what_came_later() {
    for day in ["2021-02-09", "2021-02-10", "2021-03-31", "2021-04-30", "2021-05-15"] {
        let with = rich();
        let mut without = rich();
        for month in 1..=5 {
            if format!("2021-0{}-10", month + 1).as_str() > day {
                without = without.remove(&format!("content/reports/thang-{month}.md"));
            }
        }
        assert_eq!(all(&with.on(day)), all(&without.on(day)), "as of {day}");
    }
}

#[test]
fn one_core_and_many_say_the_same() {
    let judged = || all(&rich().on(TODAY));
    assert_eq!(rayon_pool(1, judged), rayon_pool(4, judged));
}

fn rayon_pool<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(run)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn progress_runs_from_the_baseline_to_the_target(from in figure(), to in figure(), day in 0_u64..100) {
        prop_assume!(quantity(&from) != quantity(&to));
        let keys = format!("baseline: {{value: {from}, date: 2021-01-01}}\ntarget: {to}\ndue: 2021-04-11");
        let at = |value: &str| Site::case(&keys).figure(&nth(day), &format!("value: {value}")).on(&nth(day));
        at(&from).progress(X, "0.000000");
        at(&to).progress(X, "1.000000").status(X, "achieved").met_since(X, &nth(day));
    }

    #[test]
    fn thresholds_are_exact(value in 0_i64..2_000, target in 1_i64..2_000, day in 1_u64..365) {
        prop_assume!(value < target);
        let keys = format!("baseline: {{value: 0, date: 2021-01-01}}\ntarget: {target}\ndue: 2022-01-01");
        let judged = Site::case(&keys).figure(&nth(day), &format!("value: {value}")).on(&nth(day));
        // p ≥ 0.95 · e in whole numbers: value / target ≥ 95/100 · day / 365.
        let day = i64::try_from(day).expect("a day of a year");
        let expected = if value * 36_500 >= 95 * target * day {
            "on-track"
        } else if value * 36_500 >= 60 * target * day {
            "behind"
        } else {
            "off-track"
        };
        judged.status(X, expected);
        prop_assert_eq!(judged.judgement(X).progress.clone(), Share::of(value, target));
        prop_assert_eq!(judged.judgement(X).expected.clone(), Share::of(day, 365));
    }

    #[test]
    fn a_whole_is_its_parts(figures in proptest::collection::vec(figure(), 1..6)) {
        let part = "contributes_to: ben-tre/case/x";
        let names: Vec<String> = (0..figures.len()).map(|place| format!("p{place}")).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), part)).collect();
        let told: Vec<(String, String)> =
            names.iter().zip(&figures).map(|(name, value)| (format!("giong-trom/kh/{name}"), format!("value: {value}"))).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(id, keys)| (id.as_str(), keys.as_str())).collect();
        let judged = Site::case("aggregate: sum").document("giong-trom/kh", "", &parts).report("kh", &nth(50), &told).on(&nth(60));
        let sum: Quantity = figures.iter().map(|value| quantity(value)).sum();
        judged.value(X, &sum.to_string()).flags(X, "");
    }

    #[test]
    fn figures_are_written_as_they_were_read(text in figure()) {
        let read = quantity(&text);
        prop_assert_eq!(quantity(&read.to_string()), read.clone());
        prop_assert_eq!(&read - &read, Quantity::zero());
    }
}
