//! What is known on a day, and how units stand to the documents that expect something of them.

use std::sync::Arc;

use tiendo::model::{Drafts, Register};

use crate::harness::{Site, TODAY};

const DAY_BEFORE: &str = "2021-05-09";
const DAY: &str = "2021-05-10";

/// Replaces the front matter of a document without dates.
fn undated(keys: &str) -> Site {
    let head = format!("---\ntitle: Văn bản\nkind: plan\n{keys}");
    Site::good().file(
        "content/resolutions/ben-tre/case.md",
        &format!("{head}indicators:\n  - {{id: x, name: X, measured_in: cái, target: 5, due: unknown}}\n---\n"),
    )
}

#[track_caller]
fn known_from_the_day(site: &Site) {
    assert!(!site.on(DAY_BEFORE).knows("ben-tre/case/x"), "it is known the day before");
    assert!(site.on(DAY).knows("ben-tre/case/x"), "it is not known on its day");
}

#[test]
fn a_document_is_known_from_its_issue_or_an_earlier_source() {
    known_from_the_day(&undated("issued: 2021-05-10\n"));
    known_from_the_day(&undated("issued: 2021-05-10\nsources:\n  - {title: Bài, date: 2021-06-01}\n"));
    known_from_the_day(&undated("issued: 2021-06-10\nsources:\n  - {title: Bài, date: 2021-05-10}\n"));
    known_from_the_day(&undated("sources:\n  - {title: Bài, date: 2021-06-01}\n  - {title: Bài, date: 2021-05-10}\n"));
    // A period counts as its last day.
    let month = undated("issued: 2021-05\n");
    assert!(!month.on("2021-05-30").knows("ben-tre/case/x"));
    assert!(month.on("2021-05-31").knows("ben-tre/case/x"));
    // Without any date it was always known.
    assert!(undated("").on("2001-01-01").knows("ben-tre/case/x"));
    assert!(undated("sources:\n  - title: Bài\n").on("2001-01-01").knows("ben-tre/case/x"));
}

#[test]
fn a_document_without_a_date_is_known_from_its_first_report() {
    let reported = undated("").report("case", DAY, &[("ben-tre/case/x", "value: 1")]);
    known_from_the_day(&reported);
    let claimed = undated("").file(
        "content/reports/case.md",
        "---\ntitle: B\nunit: ben-tre\npublished: 2021-05-10\nsource: {title: N}\ncoverage:\n  - {document: ben-tre/case, action: launched, value: 1}\n---\n",
    );
    known_from_the_day(&claimed);
    known_from_the_day(&undated("sources:\n  - case\n").report("case", DAY, &[]));
    // With a date of issue a report alone changes nothing.
    let issued = undated("issued: 2021-05-10\n").report("case", "2021-03-01", &[("ben-tre/case/x", "value: 1")]);
    known_from_the_day(&issued);
}

#[test]
fn a_draft_says_nothing() {
    let report = "---\ntitle: B\nunit: ben-tre\npublished: 2021-05-10\nsource: {title: N}\ndraft: true\nobservations:\n  - {indicator: ben-tre/case/x, value: 1}\n---\n";
    let site = undated("").file("content/reports/case.md", report);
    // Not even from when on its document is known.
    assert!(site.on(DAY_BEFORE).knows("ben-tre/case/x"));
    site.on(DAY).status("ben-tre/case/x", "no-data");
    let shown = site.drafts();
    assert!(!shown.on(DAY_BEFORE).knows("ben-tre/case/x"));
    shown.on(DAY).value("ben-tre/case/x", "1");

    let document = undated("draft: true\n").report("case", DAY, &[("ben-tre/case/x", "value: 1")]);
    assert!(!document.on(TODAY).knows("ben-tre/case/x"));
    document.on(TODAY).clean();
    assert!(document.drafts().on(TODAY).knows("ben-tre/case/x"));

    let unit = undated("").unit("nhap", "level: district\nparent: ben-tre\ndraft: true").replace(
        "content/resolutions/ben-tre/case.md",
        "kind: plan\n",
        "kind: plan\nexpects: {levels: [district]}\n",
    );
    unit.on(TODAY).coverage("ben-tre/case", "giong-trom missing");
    unit.drafts().on(TODAY).coverage("ben-tre/case", "giong-trom missing; nhap missing");

    let page = Site::good().file("content/pages/nhap.md", "---\ntitle: Nháp\ndraft: true\n---\n");
    assert_eq!(page.on(TODAY).assessment.register.pages.len(), 1);
    assert_eq!(page.drafts().on(TODAY).assessment.register.pages.len(), 2);
}

#[test]
fn a_report_is_known_from_its_publication() {
    let site =
        Site::case("target: 5\ndue: unknown").report("case", DAY, &[("ben-tre/case/x", "as_of: 2021-01-31\nvalue: 3")]);
    site.on(DAY_BEFORE).status("ben-tre/case/x", "no-data");
    site.on(DAY).value("ben-tre/case/x", "3").dated("ben-tre/case/x", "2021-01-31");
}

#[test]
fn the_day_of_a_figure_is_the_observations_else_the_reports_else_the_periods() {
    let report = |keys: &str, own: &str| {
        Site::case("target: 5\ndue: unknown").file(
            "content/reports/case.md",
            &format!(
                "---\ntitle: B\nunit: ben-tre\npublished: 2021-07-15\nsource: {{title: N}}\n{keys}observations:\n  - {{indicator: ben-tre/case/x, value: 1{own}}}\n---\n"
            ),
        )
    };
    let dated = |keys: &str, own: &str, day: &str| {
        report(keys, own).on("2021-12-01").dated("ben-tre/case/x", day);
    };
    dated("", "", "2021-07-15");
    dated("period: 2021-H1\n", "", "2021-06-30");
    dated("period: 2021\n", "", "2021-07-15");
    dated("period: 2021-H1\nas_of: 2021-05-31\n", "", "2021-05-31");
    dated("period: 2021-H1\nas_of: 2021-05-31\n", ", as_of: 2021-04-30", "2021-04-30");
}

#[test]
fn a_unit_is_known_from_its_first_day_and_its_end_from_its_last() {
    let site = Site::good()
        .unit("cu", "level: district\nparent: ben-tre\ndissolved: 2021-05-10\nsuccessors: [moi]")
        .unit("moi", "level: district\nparent: ben-tre\nestablished: 2021-05-10");
    let known = |day: &str| {
        let judged = site.on(day);
        let units = judged.assessment.register.units.rows();
        let words =
            units.iter().map(|unit| format!("{}{}", unit.id, if unit.dissolved.is_some() { " ended" } else { "" }));
        let successors: usize = units.iter().map(|unit| unit.successors.len()).sum();
        format!("{} ({successors})", words.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(known(DAY_BEFORE), "ben-tre, cu, giong-trom (0)");
    assert_eq!(known(DAY), "ben-tre, cu ended, giong-trom, moi (1)");
}

#[test]
fn links_to_what_is_not_known_yet_vanish() {
    let later = "issued: 2021-05-10";
    let site = Site::good()
        .document("ben-tre/sau", later, &[("x", "target: 9\ndue: unknown")])
        .document(
            "ben-tre/case",
            "implements: [ben-tre/sau]\namends: [ben-tre/sau]",
            &[("x", "target: 5\ndue: unknown\nrestates: ben-tre/sau/x\ncontributes_to: ben-tre/sau/x\nrevisions:\n  - {date: 2021-05-01, target: 6, by: ben-tre/sau}\n  - {date: 2021-06-01, target: 7}\n")],
        )
        // Their source dates them to the end of 2020; only the date of issue may count here.
        .replace("content/resolutions/ben-tre/sau.md", "sources:\n  - {title: Nguồn, date: 2020-12-01}\n", "");
    let before = site.on(DAY_BEFORE);
    let register = &before.assessment.register;
    let document =
        register.resolutions.rows().iter().find(|row| row.id.as_str() == "ben-tre/case").expect("it is known");
    assert!(document.implements.is_empty() && document.amends.is_empty());
    let indicator = &register.indicators[before.key("ben-tre/case/x")];
    assert!(indicator.restates.is_none() && indicator.contributes_to.is_empty());
    assert_eq!(indicator.revisions.len(), 1);
    assert!(indicator.revisions[0].by.is_none());
    let after = site.on(DAY);
    let indicator = &after.assessment.register.indicators[after.key("ben-tre/case/x")];
    assert!(indicator.restates.is_some() && indicator.revisions[0].by.is_some());
}

#[test]
fn a_later_source_is_no_missing_source() {
    // The target stands in a document of January; the article that tells of it came in December.
    let site = undated("issued: 2021-01-18\nsources:\n  - {title: Bài, date: 2021-12-13}\n");
    site.on("2021-06-30").clean();
    site.on("2021-12-30").clean();
    let own = undated("issued: 2021-01-18\n").replace(
        "content/resolutions/ben-tre/case.md",
        "due: unknown}",
        "due: unknown, source: {title: Bài, date: 2021-12-13}}",
    );
    own.on("2021-06-30").clean();
}

/// A province, two districts, three communes and two organisations, and a document that expects something.
fn expecting(expects: &str) -> Site {
    Site::good()
        .unit("ba-tri", "level: district\nparent: ben-tre")
        .unit("giong-trom/my-thanh", "level: commune")
        .unit("giong-trom/binh-hoa", "level: commune")
        .unit("ba-tri/an-thuy", "level: commune")
        .unit("ben-tre/so-y-te", "level: organisation")
        .unit("giong-trom/ban-to-chuc", "level: organisation")
        .document("ben-tre/case", &format!("issued: 2021-01-18\nexpects: {expects}"), &[])
}

const FOLLOWS: &str = "implements: [ben-tre/case]";

#[test]
fn expected_are_descendants_at_the_levels_and_named_units() {
    let all = |expects: &str, expected: &str| {
        expecting(expects).on(TODAY).coverage("ben-tre/case", expected);
    };
    all("{levels: [district]}", "ba-tri missing; giong-trom missing");
    all("{levels: [commune]}", "ba-tri/an-thuy missing; giong-trom/binh-hoa missing; giong-trom/my-thanh missing");
    all("{levels: [organisation]}", "ben-tre/so-y-te missing");
    all("{levels: [district], except: [ba-tri]}", "giong-trom missing");
    all("{units: [ba-tri/an-thuy]}", "ba-tri/an-thuy missing");
    all("{levels: [district], units: [ba-tri]}", "ba-tri missing; giong-trom missing");
    all("{count: 9}", "");
    Site::good().document("giong-trom/kh", "expects: {levels: [commune]}", &[]).on(TODAY).coverage("giong-trom/kh", "");
}

#[test]
fn documents_follow_in_time_late_or_some_day() {
    let by = "{levels: [district], by: 2021-05-10, except: [ba-tri]}";
    let follow = |expects: &str, keys: &str, state: &str| {
        let site = expecting(expects).document("giong-trom/kh", &format!("{FOLLOWS}\n{keys}"), &[]);
        site.on(TODAY).coverage("ben-tre/case", &format!("giong-trom {state}"));
    };
    follow(by, "issued: 2021-05-09", "in-time");
    follow(by, "issued: 2021-05-10", "in-time");
    follow(by, "issued: 2021-05-11", "late");
    follow(by, "issued: 2021-05", "late");
    follow(by, "", "issued");
    let open = "{levels: [district], except: [ba-tri]}";
    follow(open, "issued: 2021-05-09", "issued");
    // The earliest that is dated stands for the unit.
    expecting(by)
        .document("giong-trom/kh-1", &format!("{FOLLOWS}\nissued: 2021-06-01"), &[])
        .document("giong-trom/kh-2", &format!("{FOLLOWS}\nissued: 2021-03-01"), &[])
        .document("giong-trom/kh-0", FOLLOWS, &[])
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom in-time");
}

#[test]
fn nothing_is_missing_before_its_day() {
    let by = expecting("{levels: [district], by: 2021-05-10, except: [ba-tri]}");
    by.on(DAY_BEFORE).coverage("ben-tre/case", "giong-trom not-due").clean();
    by.on(DAY).coverage("ben-tre/case", "giong-trom not-due").clean();
    by.on("2021-05-11").coverage("ben-tre/case", "giong-trom missing");
}

#[test]
fn documents_follow_through_others_and_through_own_organisations() {
    // district → commune: the commune carries out the district's plan, and by it the province's.
    expecting("{levels: [commune], except: [giong-trom/binh-hoa, ba-tri/an-thuy]}")
        .document("giong-trom/kh", FOLLOWS, &[])
        .document("giong-trom/my-thanh/kh", "implements: [giong-trom/kh]", &[])
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom/my-thanh issued");
    let district = "{levels: [district], except: [ba-tri]}";
    expecting(district)
        .document("giong-trom/ban-to-chuc/hd", FOLLOWS, &[])
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom issued");
    // A commune's document is not its district's.
    expecting(district)
        .document("giong-trom/my-thanh/kh", FOLLOWS, &[])
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom missing");
    // Statistics are no document.
    expecting(district)
        .document("giong-trom/so-lieu", FOLLOWS, &[])
        .replace("content/resolutions/giong-trom/so-lieu.md", "kind: plan", "kind: statistics")
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom missing");
    // What changes a document does not carry it out.
    expecting(district)
        .document("giong-trom/sua-doi", "amends: [ben-tre/case]", &[])
        .on(TODAY)
        .coverage("ben-tre/case", "giong-trom missing");
}

#[test]
fn a_report_may_say_who_followed() {
    let claim = |claim: &str| {
        expecting("{levels: [district]}").file(
            "content/reports/case.md",
            &format!(
                "---\ntitle: B\nunit: ben-tre\npublished: 2021-05-10\nsource: {{title: N}}\ncoverage:\n  - {{document: ben-tre/case, {claim}}}\n---\n"
            ),
        )
    };
    let said = |text: &str, expected: &str| {
        claim(text).on(TODAY).coverage("ben-tre/case", expected);
    };
    said("action: issued, value: 1, of: 2, units: [giong-trom]", "ba-tri missing; giong-trom reported");
    said("level: district, action: issued, value: 2, of: 2", "ba-tri reported; giong-trom reported");
    said("level: district, action: issued, value: 1, of: 2", "ba-tri missing; giong-trom missing");
    said("level: commune, action: issued, value: 21, of: 21", "ba-tri missing; giong-trom missing");
    // To launch is not to issue.
    said("level: district, action: launched, value: 2, of: 2", "ba-tri missing; giong-trom missing");
    // A count without a whole marks nobody.
    said("level: district, action: issued, value: 2", "ba-tri missing; giong-trom missing");
    claim("level: district, action: issued, value: 2, of: 2")
        .on(DAY_BEFORE)
        .coverage("ben-tre/case", "ba-tri missing; giong-trom missing");
    // A document on file says more than a report.
    claim("level: district, action: issued, value: 2, of: 2")
        .document("giong-trom/kh", FOLLOWS, &[])
        .on(TODAY)
        .coverage("ben-tre/case", "ba-tri reported; giong-trom issued");
}

#[test]
fn expected_are_units_that_exist_on_the_day() {
    let site = |expects: &str| {
        Site::good()
            .unit("cu", "level: district\nparent: ben-tre\ndissolved: 2021-05-10")
            .unit("moi", "level: district\nparent: ben-tre\nestablished: 2021-05-10")
            .document("ben-tre/case", &format!("issued: 2021-01-18\nexpects: {expects}"), &[])
            .on(TODAY)
    };
    site("{levels: [district], by: 2021-05-09}").coverage("ben-tre/case", "cu missing; giong-trom missing");
    site("{levels: [district], by: 2021-05-10}").coverage("ben-tre/case", "giong-trom missing; moi missing");
    // Without a day to follow by, the day of issue counts.
    site("{levels: [district]}").coverage("ben-tre/case", "cu missing; giong-trom missing");
    site("{units: [cu], by: 2021-06-01}").coverage("ben-tre/case", "");
}

#[test]
fn figures_that_are_the_same_on_two_days_are_shared_and_others_move() {
    let site = Site::case("target: 5\ndue: unknown")
        .report("a", TODAY, &[("ben-tre/case/x", "as_of: 2021-02-28\nvalue: 4")])
        .report("b", DAY_BEFORE, &[("ben-tre/case/x", "as_of: 2021-01-31\nvalue: 3")]);
    let are_shared = |site: &Site| {
        let later = site.on(TODAY).assessment.register;
        let earlier = later.clone().known_on(DAY.parse().expect("a day"), Drafts::Include);
        let of = |register: &Register| {
            let report = register.reports.rows().iter().find(|report| report.id.as_str() == "b").expect("it is known");
            let figure = &report.observations[0];
            let value = figure.value.as_ref().expect("a figure").value.to_string();
            (Arc::clone(&report.observations), register.indicators[figure.indicator].id.to_string(), value)
        };
        let ((before, is_of, value), (after, ..)) = (of(&earlier), of(&later));
        assert!(earlier.reports.len() < later.reports.len());
        assert_eq!((is_of.as_str(), value.as_str()), ("ben-tre/case/x", "3"));
        Arc::ptr_eq(&before, &after)
    };
    assert!(are_shared(&site));
    // A document that comes later has its place before the other's.
    let moved = site.file(
        "content/resolutions/ben-tre/a.md",
        &format!("---\ntitle: Sau\nkind: plan\nissued: {TODAY}\nindicators:\n  - {{id: y, name: Y, measured_in: cái, target: 1, due: unknown}}\n---\n"),
    );
    assert!(!are_shared(&moved));
}
