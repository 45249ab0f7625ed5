//! Tables of what a reader sees in each language.

use proptest::prelude::*;

use super::*;

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).expect("a figure")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Writes no-break spaces as `_` so that a table can show them.
fn shown(text: &str) -> String {
    text.replace(NO_BREAK, "_")
}

#[test]
fn a_locale_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Locale>();
}

#[test]
fn figures_keep_every_digit() {
    let (vi, en) = (Locale::new("vi"), Locale::new("en"));
    for (figure, vietnamese, english) in [
        ("0", "0", "0"),
        ("62", "62", "62"),
        ("1000", "1.000", "1,000"),
        ("1234567.891", "1.234.567,891", "1,234,567.891"),
        ("53.5", "53,5", "53.5"),
        ("0.05", "0,05", "0.05"),
        ("-3", "−3", "−3"),
        ("-1234.5", "−1.234,5", "−1,234.5"),
        (
            "9999999999999999999999999999",
            "9.999.999.999.999.999.999.999.999.999",
            "9,999,999,999,999,999,999,999,999,999",
        ),
        ("0.000000000000000000000000001", "0,000000000000000000000000001", "0.000000000000000000000000001"),
    ] {
        assert_eq!(vi.number(&quantity(figure)), vietnamese);
        assert_eq!(en.number(&quantity(figure)), english);
    }
    assert_eq!(vi.count(12_345), "12.345");
    assert_eq!(vi.change(&quantity("3")), "+3");
    assert_eq!(vi.change(&quantity("-3")), "−3");
    assert_eq!(vi.change(&quantity("0")), "0");
}

#[test]
fn short_units_stay_with_their_figure() {
    let (vi, en) = (Locale::new("vi"), Locale::new("en"));
    assert_eq!(shown(&vi.quantity(&quantity("53.5"), "%")), "53,5_%");
    assert_eq!(shown(&en.quantity(&quantity("53.5"), "%")), "53.5%");
    assert_eq!(shown(&vi.quantity(&quantity("28.2"), "ha")), "28,2_ha");
    assert_eq!(shown(&vi.quantity(&quantity("62"), "doanh nghiệp")), "62 doanh nghiệp");
    assert_eq!(shown(&vi.quantity(&quantity("62"), "")), "62");
}

#[test]
fn shares_are_rounded_but_never_onto_nothing_or_all() {
    let (vi, en) = (Locale::new("vi"), Locale::new("en"));
    for (part, whole, vietnamese, english) in [
        (0, 18, "0_%", "0%"),
        (18, 18, "100_%", "100%"),
        (11, 18, "61,1_%", "61.1%"),
        (1, 2, "50_%", "50%"),
        (2, 3, "66,7_%", "66.7%"),
        (1, 2000, "0,1_%", "0.1%"),
        (1, 3000, "0,03_%", "0.03%"),
        (-1, 3000, "−0,03_%", "−0.03%"),
        (2999, 3000, "99,97_%", "99.97%"),
        (3001, 3000, "100,03_%", "100.03%"),
        (13, 1, "1.300_%", "1,300%"),
        (-2, 5, "−40_%", "−40%"),
        (999_999_999, 1_000_000_000, "99,9999999_%", "99.9999999%"),
    ] {
        let share = Share::of(part, whole).expect("a whole that is not zero");
        assert_eq!(shown(&vi.percent(&share)), vietnamese, "{part}/{whole}");
        assert_eq!(shown(&en.percent(&share)), english, "{part}/{whole}");
    }
}

#[test]
fn a_share_stays_on_its_side_of_a_threshold() {
    let vi = Locale::new("vi");
    let threshold = [quantity("0.95").to_share(), quantity("0.60").to_share()];
    for (part, shown_as) in [(9_496, "95_%"), (9_500, "95_%"), (9_504, "95_%"), (5_999, "60_%")] {
        assert_eq!(shown(&vi.percent(&Share::of(part, 10_000).expect("a share"))), shown_as);
    }
    for (part, shown_as) in [(9_496, "94,96_%"), (9_500, "95_%"), (9_504, "95,04_%"), (5_999, "59,99_%")] {
        assert_eq!(shown(&vi.percent_beside(&Share::of(part, 10_000).expect("a share"), &threshold)), shown_as);
    }
}

#[test]
fn days_and_periods_read_naturally() {
    let (vi, en, other) = (Locale::new("vi"), Locale::new("en"), Locale::new("fr"));
    let july = day("2021-07-05");
    assert_eq!([vi.date(july), en.date(july), other.date(july)], ["05/07/2021", "5 July 2021", "2021-07-05"]);
    assert_eq!([vi.month(july), en.month(july), other.month(july)], ["tháng 7/2021", "July 2021", "2021-07"]);
    assert_eq!([vi.short_date(july), en.short_date(july)], ["05/07/2021", "5 Jul 2021"]);
    assert_eq!([vi.short_month(july), en.short_month(july)], ["7/2021", "Jul 2021"]);
    for (period, vietnamese, english, machine) in [
        ("2021", "năm 2021", "2021", Some("2021")),
        ("2021-H1", "6 tháng đầu năm 2021", "first half of 2021", None),
        ("2021-H2", "6 tháng cuối năm 2021", "second half of 2021", None),
        ("2021-Q1", "quý I/2021", "first quarter of 2021", None),
        ("2021-Q3", "quý III/2021", "third quarter of 2021", None),
        ("2021-04", "tháng 4/2021", "April 2021", Some("2021-04")),
        ("2021-04-30", "30/04/2021", "30 April 2021", Some("2021-04-30")),
        ("2021..2025", "giai đoạn 2021–2025", "2021–2025", None),
        ("2021-02..2021-10", "tháng 2/2021 – tháng 10/2021", "February 2021 – October 2021", None),
        ("2021-02-03..2021-10", "03/02/2021 – 31/10/2021", "3 February 2021 – 31 October 2021", None),
    ] {
        let period = Period::parse(period).expect("a period");
        assert_eq!(vi.period(period), vietnamese);
        assert_eq!(en.period(period), english);
        assert_eq!(other.period(period), period.to_string());
        assert_eq!(machine_period(period).as_deref(), machine);
    }
}

#[test]
fn names_sort_as_in_a_vietnamese_dictionary() {
    let sorted = [
        "An Định",
        "Ba Tri",
        "Châu Thành",
        "Đại Điền",
        "Giồng Trôm",
        "Mỏ Cày",
        "Ô Môn",
        "Phường 2",
        "Phường 10",
        "Thạnh Phú",
    ];
    let mut names = sorted.to_vec();
    names.reverse();
    Locale::new("vi").sort_by_name(&mut names, |name| name);
    assert_eq!(names, sorted);
    let mut letters = ["y", "ư", "u", "ơ", "ô", "o", "ê", "e", "đ", "d", "â", "ă", "a"].to_vec();
    Locale::new("vi").sort_by_name(&mut letters, |name| name);
    assert_eq!(letters, ["a", "ă", "â", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"]);
    let mut tones = ["mạ", "mã", "mả", "má", "mà", "ma"].to_vec();
    Locale::new("vi").sort_by_name(&mut tones, |name| name);
    assert_eq!(tones, ["ma", "mà", "mả", "mã", "má", "mạ"]);
}

#[test]
fn plurals_follow_the_language() {
    let (vi, en, pl) = (Locale::new("vi"), Locale::new("en"), Locale::new("pl"));
    assert_eq!([2, 10].map(|count| vi.plural(count)), ["other"; 2]);
    assert_eq!([0, 1, 2].map(|count| en.plural(count)), ["other", "one", "other"]);
    assert_eq!([1, 3, 5].map(|count| pl.plural(count)), ["one", "few", "many"]);
    assert_eq!(en.plural_of(&quantity("1")), "one");
    assert_eq!(en.plural_of(&quantity("1.5")), "other");
}

#[test]
fn lists_end_with_and() {
    let (vi, en) = (Locale::new("vi"), Locale::new("en"));
    assert_eq!(vi.list(&["Ba Tri", "Bình Đại", "Chợ Lách"]), "Ba Tri, Bình Đại và Chợ Lách");
    assert_eq!(en.list(&["Ba Tri", "Bình Đại"]), "Ba Tri and Bình Đại");
    assert_eq!(vi.list::<&str>(&[]), "");
}

#[test]
fn a_tag_that_nobody_knows_is_still_a_language() {
    let locale = Locale::new("not a tag");
    assert_eq!(locale.tag(), "not a tag");
    assert_eq!(locale.date(day("2021-07-05")), "2021-07-05");
}

proptest! {
    /// Sort keys, compared as bytes, give the order that the language asks for.
    #[test]
    fn sort_keys_agree_with_comparison(a in "\\PC{0,12}", b in "\\PC{0,12}") {
        let vi = Locale::new("vi");
        let by_key = vi.sort_key(&a).cmp(&vi.sort_key(&b)).then_with(|| a.cmp(&b));
        prop_assert_eq!(by_key, vi.compare(&a, &b));
    }

    /// A shown share is within half a tenth of a percent of the exact one, and says 0, all or a mark only where it is.
    #[test]
    fn shown_shares_are_near_and_honest(part in -5000_i64..5000, whole in 1_i64..3000, mark in 1_i64..3000) {
        let share = Share::of(part, whole).expect("a whole that is not zero");
        let mark = Share::of(mark, 1500).expect("a whole that is not zero");
        let shown = Locale::new("en").percent_beside(&share, std::slice::from_ref(&mark));
        let shown = shown.trim_end_matches('%').replace(',', "").replace(MINUS, "-");
        let exact = share.percent().to_f64();
        prop_assert!((shown.parse::<f64>().expect("a number") - exact).abs() <= 0.05 + 1e-9, "{shown} for {exact}");
        prop_assert_eq!(shown == "0", share.is_zero());
        prop_assert_eq!(shown == "100", share == Share::one());
        let shown = quantity(&shown).to_share();
        prop_assert!(share == mark || shown.cmp(&mark.percent()) == share.cmp(&mark));
    }

    /// Taking the separators out of a figure gives its digits back.
    #[test]
    fn no_digit_is_lost(figure in "-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,10})?") {
        let figure = quantity(&figure);
        let digits = Locale::new("vi").number(&figure).replace('.', "").replace(',', ".").replace(MINUS, "-");
        prop_assert_eq!(digits, figure.to_string());
    }
}

proptest! {
    #[test]
    fn figures_are_those_of_unicode(
        figure in "-?(0|[1-9][0-9]{0,27})(\\.[0-9]{1,12})?",
        tag in prop::sample::select(vec!["vi", "en", "de", "fr", "es", "pl", "hi", "bn", "ar-EG", "my", "de-CH", "pt-PT", "xx"]),
    ) {
        let locale = Locale::new(tag);
        let digits = figure.trim_start_matches('-');
        let sign = if digits.len() < figure.len() { "\u{2212}" } else { "" };
        prop_assert_eq!(locale.plain(&figure), format!("{sign}{}", locale.decimal.format(&decimal(digits))));
    }

    #[test]
    fn days_for_machines_are_those_of_iso(day in 0..4_000_000) {
        let day = NaiveDate::from_num_days_from_ce_opt(day).expect("a day of the calendar");
        prop_assert_eq!(machine_date(day), day.to_string());
        prop_assert_eq!(Locale::new("vi").date(day), day.format("%d/%m/").to_string() + &day.year().to_string());
    }
}

#[test]
fn our_languages_need_no_look_at_unicode() {
    for tag in ["vi", "en"] {
        assert!(Locale::new(tag).signs.is_some(), "{tag}");
    }
    // Four digits stay together; digits of its own; groups of two.
    for tag in ["es", "bn", "hi"] {
        assert!(Locale::new(tag).signs.is_none(), "{tag}");
    }
}
