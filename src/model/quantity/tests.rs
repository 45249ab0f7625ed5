//! Figures against numbers of any length: whatever form a figure is kept in, it is the same figure.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use bigdecimal::BigDecimal;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;

use super::*;

/// Figures around the edges of a word, and plain ones.
fn figures() -> impl Strategy<Value = String> {
    let edges = prop::sample::select(vec![
        "0",
        "-0",
        "0.0",
        "1",
        "-1",
        "10",
        "100.00",
        "0.10",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "-9223372036854775809",
        "922337203685477580.7",
        "9.223372036854775807",
        "0.000000000000000001",
        "0.0000000000000000001",
        "999999999999999999",
        "9999999999999999999999999999",
        "0.999999999999999999999999999",
        "1000000000000000000000",
        "-1000000000000000000",
        "123456789012345678.90",
    ]);
    prop_oneof![
        edges.prop_map(str::to_owned),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?",
        "-?(0|[1-9][0-9]{0,13})(\\.[0-9]{1,14})?",
    ]
}

fn read(text: &str) -> (Quantity, BigDecimal) {
    (Quantity::parse(text).expect("a figure"), text.parse().expect("a figure"))
}

fn ratio(number: &BigDecimal) -> BigRational {
    let (digits, scale) = number.as_bigint_and_exponent();
    assert!(scale >= 0, "written figures have no exponent");
    BigRational::new(digits, BigInt::from(10).pow(u32::try_from(scale).expect("it is short")))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn same(figure: &Quantity, exact: &BigDecimal) {
    assert_eq!(figure.to_string(), exact.normalized().to_plain_string());
    assert_eq!(figure.to_long(), *exact);
    assert_eq!(figure, &Quantity::of_long(exact.clone()), "one figure has one form");
    assert_eq!(hash(figure), hash(&Quantity::of_long(exact.clone())));
}

fn same_share(share: &Share, exact: &BigRational) {
    assert_eq!(share.to_long(), *exact);
    assert_eq!(share, &Share::of_ratio(exact.clone()), "one share has one form");
    let rounded = |places: u32| {
        let scale = BigInt::from(10).pow(places);
        let whole = (exact * BigRational::from_integer(scale.clone())).round().to_integer();
        BigDecimal::new(whole, places.into())
    };
    same(&share.rounded(0), &rounded(0));
    same(&share.rounded(3), &rounded(3));
    same(&share.rounded(25), &rounded(25));
    assert_eq!(share.to_string(), rounded(6).with_scale(6).to_plain_string());
    let cut = (exact * BigRational::from_integer(1000.into())).trunc().to_integer();
    same(&share.truncated(3), &BigDecimal::new(cut, 3));
    assert_eq!(share.is_negative(), exact.is_negative());
    assert_eq!(share.is_zero(), exact.is_zero());
}

proptest! {
    #[test]
    fn figures_are_exact(left in figures(), right in figures()) {
        let ((left, exact_left), (right, exact_right)) = (read(&left), read(&right));
        same(&left, &exact_left);
        same(&(&left + &right), &(&exact_left + &exact_right));
        same(&(&left - &right), &(&exact_left - &exact_right));
        same(&-&left, &-&exact_left);
        prop_assert_eq!(left.cmp(&right), exact_left.cmp(&exact_right));
        prop_assert_eq!(left.is_zero(), exact_left.is_zero());
        prop_assert_eq!(left.is_negative(), exact_left.is_negative());
        prop_assert_eq!(i64::from(left.decimals()), exact_left.normalized().fractional_digit_count().max(0));
        same_share(&left.to_share(), &ratio(&exact_left));
        match left.over(&right) {
            Some(share) => same_share(&share, &(ratio(&exact_left) / ratio(&exact_right))),
            None => prop_assert!(right.is_zero()),
        }
    }

    #[test]
    fn shares_are_exact(texts in prop::array::uniform4(figures())) {
        let [(a, b), (c, d)] = [(0, 1), (2, 3)].map(|(part, whole): (usize, usize)| (&texts[part], &texts[whole]));
        let share = |part: &str, whole: &str| read(part).0.over(&read(whole).0);
        let exact = |part: &str, whole: &str| ratio(&read(part).1) / ratio(&read(whole).1);
        if let (Some(left), Some(right)) = (share(a, b), share(c, d)) {
            let (exact_left, exact_right) = (exact(a, b), exact(c, d));
            same_share(&(&left + &right), &(&exact_left + &exact_right));
            same_share(&(&left - &right), &(&exact_left - &exact_right));
            same_share(&(&left * &right), &(&exact_left * &exact_right));
            same_share(&left.percent(), &(&exact_left * BigRational::from_integer(100.into())));
            prop_assert_eq!(left.cmp(&right), exact_left.cmp(&exact_right));
            let one = BigRational::from_integer(1.into());
            same_share(&left.clamped(), &exact_left.clone().clamp(BigRational::zero(), one));
            match left.over(&right) {
                Some(share) => same_share(&share, &(exact_left / exact_right)),
                None => prop_assert!(right.is_zero()),
            }
        }
    }

    #[test]
    fn few_denominators_add_up_exactly(parts in prop::collection::vec((figures(), 1..30_i64), 0..60)) {
        let (mut total, mut exact) = (Total::default(), Share::zero());
        for (part, whole) in &parts {
            let share = &read(part).0.to_share() * &Share::of(1, *whole).expect("it is not zero");
            total.add(&share);
            exact = &exact + &share;
        }
        let error = &total.sum() - &exact;
        prop_assert_eq!(error.rounded(30), Quantity::zero());
        if parts.len() < 32 {
            prop_assert_eq!(total.sum(), exact);
        }
    }
}

#[test]
fn many_denominators_add_up_to_forty_decimals() {
    let (mut total, mut exact) = (Total::default(), Share::zero());
    for denom in 1..200 {
        for numer in [-7, 5, 11] {
            let share = Share::of(numer, denom).expect("it is not zero");
            total.add(&share);
            exact = &exact + &share;
        }
    }
    assert_eq!((&total.sum() - &exact).rounded(36), Quantity::zero());
    assert_ne!(total.sum(), exact);
}
