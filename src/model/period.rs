//! Reporting periods: a year, a half, a quarter, a month, a day, or a span of years.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A span of whole days, both ends included, as it was written. Its start is never after its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    start: NaiveDate,
    end: NaiveDate,
    form: Form,
}

/// How a period is written, and so how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `2021`
    Year,
    /// `2021-H1`
    Half,
    /// `2021-Q3`
    Quarter,
    /// `2021-04`
    Month,
    /// `2021-04-30`
    Day,
    /// `2021..2025`, or between any two of the other forms
    Range,
}

/// Why a text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodError {
    /// It has none of the forms, or names a day that the calendar does not have.
    Form,
    /// It ends before it begins.
    Reversed,
}

impl Period {
    /// Reads `2021`, `2021-H1`, `2021-Q3`, `2021-04`, `2021-04-30` or `2021..2025`.
    ///
    /// # Errors
    /// [`PeriodError::Reversed`] where a span's end lies before its start, else [`PeriodError::Form`].
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let Some((first, last)) = text.split_once("..") else {
            return Self::parse_simple(text).ok_or(PeriodError::Form);
        };
        let first = Self::parse_simple(first).ok_or(PeriodError::Form)?;
        let last = Self::parse_simple(last).ok_or(PeriodError::Form)?;
        if last.end < first.start || last.start < first.start {
            return Err(PeriodError::Reversed);
        }
        Ok(Self { start: first.start, end: last.end, form: Form::Range })
    }

    fn parse_simple(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().expect("checked digits are a number"))
        };
        let mut parts = text.splitn(3, '-');
        let year = i32::try_from(digits(parts.next()?, 4)?).expect("four digits fit");
        let months = |first: u32, count: u32, form: Form| {
            let start = NaiveDate::from_ymd_opt(year, first, 1)?;
            Some(Self { start, end: start + Months::new(count) - Days::new(1), form })
        };
        match (parts.next(), parts.next()) {
            (None, _) => months(1, 12, Form::Year),
            (Some("H1"), None) => months(1, 6, Form::Half),
            (Some("H2"), None) => months(7, 6, Form::Half),
            (Some("Q1"), None) => months(1, 3, Form::Quarter),
            (Some("Q2"), None) => months(4, 3, Form::Quarter),
            (Some("Q3"), None) => months(7, 3, Form::Quarter),
            (Some("Q4"), None) => months(10, 3, Form::Quarter),
            (Some(month), None) => months(digits(month, 2)?, 1, Form::Month),
            (Some(month), Some(day)) => {
                let day = NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)?;
                Some(Self { start: day, end: day, form: Form::Day })
            }
        }
    }

    /// The first day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// The last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// How it was written.
    #[must_use]
    pub fn form(self) -> Form {
        self.form
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }
}

impl fmt::Display for Period {
    /// The ISO-like form of the content files: `2021-H1`, `2021..2025`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        let year = start.year();
        match self.form {
            Form::Year => write!(formatter, "{year:04}"),
            Form::Half => write!(formatter, "{year:04}-H{}", start.month().div_ceil(6)),
            Form::Quarter => write!(formatter, "{year:04}-Q{}", start.month().div_ceil(3)),
            Form::Month => write!(formatter, "{year:04}-{:02}", start.month()),
            Form::Day => write!(formatter, "{start}"),
            Form::Range if (start.ordinal(), end.month(), end.day()) == (1, 12, 31) => {
                write!(formatter, "{year:04}..{:04}", end.year())
            }
            Form::Range => write!(formatter, "{start}..{end}"),
        }
    }
}
