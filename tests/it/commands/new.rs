//! `tiendo new`: a skeleton is an error until its blanks are filled in, and none after.

use super::Folder;
use crate::harness::{Site, TODAY};

/// Fills each blank of a file: a key without a value whose next line is not below it.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let (head, rest) = text.strip_prefix("---\n").and_then(|text| text.split_once("---\n")).expect("front matter");
    let lines = head.lines().map(|line| {
        let blank = line
            .strip_suffix(':')
            .filter(|key| !key.starts_with('#') && !["source", "observations", "breakdown"].contains(&key.trim()));
        match blank {
            Some(key) => {
                let given = values.iter().find(|(name, _)| *name == key.trim());
                format!("{line} {}\n", given.unwrap_or_else(|| panic!("nothing for the blank `{key}`")).1)
            }
            None => format!("{line}\n"),
        }
    });
    format!("---\n{}---\n{rest}", lines.collect::<String>())
}

/// Makes a file, demands that it is an error as it is, fills it in and demands that nothing is wrong any more.
#[track_caller]
fn filled_in(kind: &str, id: &str, path: &str, address: &str, values: &[(&str, &str)]) {
    for language in ["en", "vi"] {
        let folder = Folder::of(&Site::good().append("content/site.yaml", &format!("as_of: {TODAY}\n")));
        let (code, stdout, stderr) = folder.tiendo(&["new", kind, id, "--lang", language]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        assert_eq!(stdout, format!("{path}\nhttps://example.org/tien-do/{address}\n"));
        let (code, _, stderr) = folder.tiendo(&["check", "--format", "json"]);
        assert_eq!(code, 1, "a skeleton must be filled in");
        for line in stderr.lines() {
            let mistake: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(mistake["file"], path, "{line}");
        }
        folder.put(path, &fill(&folder.read(path), values));
        let (code, _, stderr) = folder.tiendo(&["check", "--deny", "warnings"]);
        assert_eq!(code, 0, "{}\n{stderr}", folder.read(path));
    }
}

#[test]
fn each_kind_is_right_once_it_is_filled_in() {
    filled_in(
        "unit",
        "giong-trom/my-thanh",
        "content/units/giong-trom/my-thanh.md",
        "units/giong-trom/my-thanh/",
        &[("name", "Mỹ Thạnh"), ("level", "commune")],
    );
    filled_in(
        "resolution",
        "giong-trom/44-kh-hu",
        "content/resolutions/giong-trom/44-kh-hu.md",
        "resolutions/giong-trom/44-kh-hu/",
        &[("title", "Kế hoạch"), ("kind", "plan")],
    );
    filled_in(
        "report",
        "2021/07-30-giong-trom",
        "content/reports/2021/07-30-giong-trom.md",
        "reports/2021/07-30-giong-trom/",
        &[("title", "Sơ kết")],
    );
    filled_in("page", "lien-he", "content/pages/lien-he.md", "lien-he/", &[("title", "Liên hệ")]);
}

#[test]
fn a_report_lists_the_open_indicators_of_its_unit() {
    let site = Site::good()
        .document(
            "ben-tre/case",
            "period: 2021\n",
            &[("x", "target: 150"), ("done", "target: 1"), ("unit", "owner: giong-trom")],
        )
        .report("a", "2021-07-02", &[("ben-tre/case/done", "as_of: 2021-06-30\nvalue: 2")]);
    let folder = Folder::of(&site.append("content/site.yaml", &format!("as_of: {TODAY}\n")));
    let (code, _, stderr) = folder.tiendo(&["new", "report", "2021/q3-ben-tre"]);
    assert_eq!(code, 0, "{stderr}");
    let text = folder.read("content/reports/2021/q3-ben-tre.md");
    insta::assert_snapshot!(text, @r"
    ---
    # Fill in what is empty after a colon. Lines that begin with `#` are remarks: take the `# ` away to use one.
    title:
    unit: ben-tre
    # The period it is about: 2021, 2021-H1, 2021-Q3, 2021-04
    period: 2021-Q3
    # The day that its figures are of, where that is not the period's end:
    # as_of: 2021-06-30
    # The day it was published, year first: 2021-07-30
    published:
    # Where the report stands, its title word for word:
    source:
      title:
    #   publisher: …
    #   date: 2021-07-30
    #   url: https://example.org/
    # The open indicators of this unit. Take the `# ` away in front of `observations:` and of each one that the report gives a figure of; delete the rest.
    # observations:
    #   - indicator: ben-tre/case/x
    #     # Chỉ tiêu x (cái); no figure yet; target 150; due 2021-12-31
    #     value:
    #   - indicator: ben-tre/nq/van-ban
    #     # Văn bản cụ thể hóa (văn bản); last 11 on 2021-06-30; target 18; due 2021-12-31
    #     breakdown:
    #       cho: # Chờ hướng dẫn
    #       ban-hanh: # Đã ban hành
    ---
    ");
    // Whoever takes every remark mark of the list away and gives a figure has a report.
    let (head, list) = text.split_once("# observations:\n").expect("the list is there");
    let list =
        list.strip_suffix("---\n").expect("the end").lines().map(|line| line.strip_prefix("# ").expect("a remark"));
    let list: String = list
        .map(|line| match line.split_once(':') {
            Some((key, rest)) if !line.trim().starts_with('#') && key.trim() != "breakdown" && !rest.contains('-') => {
                format!("{key}: 9\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let filled =
        fill(&format!("{head}observations:\n{list}---\n"), &[("title", "Quý III"), ("published", "2021-10-05")]);
    folder.put("content/reports/2021/q3-ben-tre.md", &filled);
    let (code, _, stderr) = folder.tiendo(&["check"]);
    assert_eq!(code, 0, "{filled}\n{stderr}");
}

#[test]
fn a_unit_that_the_id_leaves_open_is_asked_for() {
    let site = Site::good().unit("giong-trom/my-thanh", "level: commune").unit("ben-tre/my-thanh", "level: commune");
    let folder = Folder::of(&site);
    assert_eq!(folder.tiendo(&["new", "report", "2021/my-thanh"]).0, 0);
    let text = folder.read("content/reports/2021/my-thanh.md");
    assert!(text.contains("# unit is one of: ben-tre/my-thanh (ben-tre/my-thanh), giong-trom/my-thanh ("), "{text}");
    assert!(text.contains("\nunit:\n") && text.contains("\npublished:\n"), "{text}");
    assert_eq!(folder.tiendo(&["new", "report", "2021/08-01-giong-trom-my-thanh"]).0, 0);
    let text = folder.read("content/reports/2021/08-01-giong-trom-my-thanh.md");
    assert!(text.contains("\nunit: giong-trom/my-thanh\n") && text.contains("\npublished: 2021-08-01\n"), "{text}");
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let folder = Folder::of(&Site::good());
    let before = folder.read("content/units/ben-tre.md");
    let (code, stdout, stderr) = folder.tiendo(&["new", "unit", "ben-tre"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(stderr, "error: `content/units/ben-tre.md` is already there and stays as it is\n");
    assert_eq!(folder.read("content/units/ben-tre.md"), before);
}

#[test]
fn what_cannot_be_made_is_said() {
    let folder = Folder::of(&Site::good());
    for (arguments, help) in [
        (["report", "content/reports/2021/Sơ kết.md"], "did you mean `2021/so-ket`?"),
        (["unit", "Đại Điền"], "did you mean `dai-dien`?"),
        (["page", "../x"], "use lower-case letters without marks, digits and `-`"),
        (["resolution", "03-nq-tu"], "write the issuer's id in front: `ben-tre/03-nq-tu`"),
        (["reprot", "x"], "possible values: unit, resolution, report, page"),
    ] {
        let (code, stdout, stderr) = folder.tiendo(&[&["new"], &arguments[..]].concat());
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains(help), "{stderr}");
    }
    std::fs::remove_file(folder.path("content/site.yaml")).expect("it is there");
    let (code, _, stderr) = folder.tiendo(&["new", "page", "x"]);
    assert_eq!((code, stderr.as_str()), (2, "error: cannot read `./content/site.yaml`: it does not exist\n"));
    assert!(!folder.path("content/pages/x.md").exists());
}

#[test]
fn a_document_may_be_of_every_kind_that_there_is() {
    let schema: serde_json::Value = {
        let (_, stdout, _) = super::tiendo(std::path::Path::new("."), &["schema", "resolution"]);
        serde_json::from_str(&stdout).expect("the schema is JSON")
    };
    let kinds = schema["properties"]["kind"]["oneOf"].as_array().expect("the kinds are listed");
    assert!(kinds.len() > 10);
    for language in ["en", "vi"] {
        let folder = Folder::of(&Site::good());
        let (code, ..) = folder.tiendo(&["new", "resolution", "ben-tre/02-nq", "--lang", language]);
        assert_eq!(code, 0);
        let text = folder.read("content/resolutions/ben-tre/02-nq.md");
        let said = text.lines().find(|line| line.starts_with("# kind ")).expect("a line on kinds");
        for kind in kinds.iter().filter_map(|kind| kind["const"].as_str()) {
            assert!(said.contains(&format!(" {kind}")), "{kind} is not in: {said}");
        }
    }
}
