//! The days that the sites speak of: eight quarterly reports within a term of five years.

use chrono::{Datelike, Days, NaiveDate};

/// How many quarterly reports each unit has.
pub(crate) const QUARTERS: usize = 8;
/// The day that the sites are built for.
pub(crate) const AS_OF: &str = "2023-03-15";
/// The day on which some communes went into others.
pub(crate) const MERGER: &str = "2023-01-01";

/// A day of the calendar.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a constant is a day")
}

/// The first day of the term.
pub(crate) fn term_start() -> NaiveDate {
    day(2021, 1, 1)
}

/// The last day of the term.
pub(crate) fn term_end() -> NaiveDate {
    day(2025, 12, 31)
}

/// A quarter that is reported on, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quarter(pub(crate) usize);

impl Quarter {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..QUARTERS).map(Self)
    }

    pub(crate) fn year(self) -> i32 {
        2021 + i32::try_from(self.0 / 4).expect("a small number")
    }

    /// From 1 to 4.
    pub(crate) fn number(self) -> u32 {
        u32::try_from(self.0 % 4).expect("a small number") + 1
    }

    /// "quý II/2021"
    pub(crate) fn in_text(self) -> String {
        format!("quý {}/{}", ["I", "II", "III", "IV"][self.0 % 4], self.year())
    }

    /// The last day of its first or second month.
    pub(crate) fn month_end(self, month: u32) -> NaiveDate {
        let first = day(self.year(), (self.number() - 1) * 3 + month + 1, 1);
        first.pred_opt().expect("a day before a constant")
    }

    /// Its last day.
    pub(crate) fn end(self) -> NaiveDate {
        let (month, last) = [(3, 31), (6, 30), (9, 30), (12, 31)][self.0 % 4];
        day(self.year(), month, last)
    }

    /// The day its report is published, so many days after its end.
    pub(crate) fn published(self, after: u64) -> NaiveDate {
        self.end() + Days::new(after)
    }
}

/// "30/06/2021"
pub(crate) fn vietnamese(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
