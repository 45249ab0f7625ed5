//! What is read without a tree, and what is left to the readers that build one. That both give the same is part of every
//! test of these ([`run`]).

use std::fmt::Debug;

use crate::content::raw::{RawPage, RawReport, RawResolution, RawTranslation, RawUnit};
use crate::content::yaml::tests::run;
use crate::content::yaml::{Readable, read_faultless};
use crate::source::SourceMap;

#[test]
fn texts_without_a_mistake_are_read_straight() {
    #[track_caller]
    fn is_read<T: Readable + Debug>(text: &str) {
        let (.., found) = run::<T>(text);
        assert!(found.is_empty(), "{found:?}");
        let file = SourceMap::default().add("x", "");
        assert!(read_faultless::<T>(text, file, 0..text.len()).is_some(), "{text:?}");
    }
    is_read::<RawReport>(
        "\
# Quý III
title: 'Báo cáo: quý III/2021'
unit: mo-cay-nam

period:   2021-Q3
published: 2021-10-05
source:
    title: Hội nghị sơ kết
    date: 2021-10-05
observations:
- indicator: a/b
  value: -28.2
  stated:
    - percent: 20.8
      out_of: 30
      of: target
    - percent: 5
  quote: đạt 28,2 % # kế hoạch
- indicator: a/c
  # theo giai đoạn
  breakdown:
    ban-hanh: 11
    cho: 4
  qualifier: at-least
  acknowledge:
    stated-percent-differs: Báo ghi 66,6 %
- indicator: a/d
  source: 2021/a
  items:
    phu-khuong: ban-hanh
aliases:
- bao-cao/cu
draft: false
"
        .replace(" # kế hoạch", "")
        .as_str(),
    );
    is_read::<RawResolution>(
        "\
title: Nghị quyết
kind: resolution
issuer: ben-tre
implements: ben-tre/a
sources:
  - 2021/a
  - title: Báo
indicators:
  - id: a
    name: A
    measured_in: km
    baseline: unknown
    target:
      min: 3
      max: 5
    due: unknown
    stale_after_months: never
    fields: [x]
"
        .replace("    fields: [x]\n", "")
        .as_str(),
    );
    is_read::<RawUnit>("name: Xã Mỹ Thạnh\nlevel: commune\n");
    is_read::<RawPage>("title: Giới thiệu\nmenu: true\norder: -1\n");
    is_read::<RawTranslation>(
        "title: t\nindicators:\n  van-ban:\n    name: Documents\n    stages:\n      cho: Waiting\n",
    );
}

#[test]
fn what_is_not_plain_is_not_read_straight() {
    let file = SourceMap::default().add("x", "");
    for text in [
        "",
        "title",
        "title:",
        "title: a\n  b",
        "title: {a: b}",
        "title: a\n menu: true",
        "title: a\ntitle: b",
        "title: a: b",
        "title: \"a\\n\"",
        "- title: a",
        "aliases:\n  - - a",
        "aliases:\n  - a\n b: c",
        "aliases:\n - a\n  - b",
        "menu: perhaps",
        "unknown: x",
    ] {
        assert!(read_faultless::<RawPage>(text, file, 0..text.len()).is_none(), "{text:?}");
    }
    let deep =
        (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>() + &" ".repeat(200) + "b: c";
    assert!(read_faultless::<RawPage>(&deep, file, 0..deep.len()).is_none());
}
