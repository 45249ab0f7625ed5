//! Round numbers for axes.

use proptest::prelude::*;

use crate::chart::{Grain, nice_ticks};

#[test]
fn marks_are_round() {
    assert_eq!(nice_ticks(0.0, 18.0, 5, Grain::Whole), [0.0, 5.0, 10.0, 15.0, 20.0]);
    assert_eq!(nice_ticks(0.0, 3.0, 5, Grain::Whole), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(nice_ticks(53.5, 56.0, 5, Grain::Any), [53.0, 54.0, 55.0, 56.0]);
    assert_eq!(nice_ticks(0.0, 0.3, 4, Grain::Any), [0.0, 0.1, 0.2, 0.3]);
    assert_eq!(nice_ticks(0.0, 95.0, 5, Grain::Any), [0.0, 25.0, 50.0, 75.0, 100.0]);
    assert_eq!(nice_ticks(-12.5, 4.0, 5, Grain::Any), [-15.0, -10.0, -5.0, 0.0, 5.0]);
}

#[test]
fn equal_ends_are_drawn_apart() {
    assert!(nice_ticks(7.0, 7.0, 5, Grain::Any).len() >= 2);
    assert!(nice_ticks(0.0, 0.0, 5, Grain::Whole).len() >= 2);
}

#[test]
fn what_cannot_be_drawn_has_no_marks() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308] {
        assert!(nice_ticks(0.0, value, 5, Grain::Any).is_empty());
        assert!(nice_ticks(value, 0.0, 5, Grain::Any).is_empty());
    }
}

proptest! {
    #[test]
    fn marks_reach_over_the_range(low in -1e15..1e15_f64, span in 0.0..1e15_f64, count in 0_usize..40) {
        for grain in [Grain::Any, Grain::Whole] {
            let marks = nice_ticks(low, low + span, count, grain);
            if marks.is_empty() {
                continue;
            }
            let slack = (low.abs() + span) * 1e-6;
            prop_assert!(marks[0] <= low + slack && *marks.last().expect("not empty") >= low + span - slack, "{marks:?}");
            prop_assert!(marks.windows(2).all(|pair| pair[0] < pair[1]), "{marks:?}");
            prop_assert!(marks.len() <= 26);
        }
    }

    #[test]
    fn any_floats_end(low in any::<f64>(), high in any::<f64>(), count in any::<usize>()) {
        let marks = nice_ticks(low, high, count, Grain::Any);
        prop_assert!(marks.len() <= 26);
    }
}
