//! Everything that depends on the language of a page and is not a text: figures, shares, days, periods, plurals and
//! the order of names.
//!
//! A [`Locale`] is built once a language and shared by all threads; its formatters read compiled data. Vietnamese and
//! English dates are written by hand, other languages fall back to ISO dates and to the figures of their tag.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};
use fixed_decimal::Decimal;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::period::{Form, Period};
use crate::model::quantity::{Quantity, Share};

/// Keeps a figure and what follows it on one line.
const NO_BREAK: char = '\u{a0}';

/// The typographic minus, which stands at the height of the digits.
const MINUS: char = '\u{2212}';

/// How one language writes figures, days and periods, and how it sorts names.
#[derive(Debug)]
pub struct Locale {
    tag: String,
    style: Style,
    decimal: DecimalFormatter,
    /// The signs among digits, where the language has the common way of putting them.
    signs: Option<Signs>,
    collator: CollatorBorrowed<'static>,
    cardinal: PluralRules,
}

/// The signs among the digits of a figure that stand after every three digits and before the decimals.
#[derive(Debug)]
struct Signs {
    group: String,
    point: String,
}

impl Signs {
    /// The signs of a language; `None` where it has digits of its own or groups them in another way.
    fn new(decimal: &DecimalFormatter) -> Option<Self> {
        let written = |figure: &str| decimal.format(&self::decimal(figure)).to_string();
        let sample = written("1234567.8");
        let (group, rest) = sample.strip_prefix('1')?.split_once("234")?;
        let point = rest.strip_prefix(group)?.strip_prefix("567")?.strip_suffix('8')?;
        let signs = Self { group: group.to_owned(), point: point.to_owned() };
        let is_right = |figure: &&str| {
            let mut plain = String::new();
            signs.push(&mut plain, figure);
            plain == written(figure)
        };
        // Some languages leave four digits together, some group the higher ones in twos.
        ["0.25", "123", "1234", "12345", "12345678901234.5"].iter().all(is_right).then_some(signs)
    }

    /// Adds a plain figure that is not below zero.
    fn push(&self, out: &mut String, figure: &str) {
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
        let (first, mut rest) = whole.split_at(whole.len() - whole.len().saturating_sub(1) / 3 * 3);
        out.push_str(first);
        while !rest.is_empty() {
            let (three, after) = rest.split_at(3);
            out.push_str(&self.group);
            out.push_str(three);
            rest = after;
        }
        if !fraction.is_empty() {
            out.push_str(&self.point);
            out.push_str(fraction);
        }
    }
}

/// How dates and percent signs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Vietnamese,
    English,
    Iso,
}

impl Locale {
    /// The conventions of a language tag: `vi`, `en`. A tag that nobody knows gets the root's conventions.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let known: Tag = tag.parse().unwrap_or(Tag::UNKNOWN);
        let style = match known.id.language.as_str() {
            "vi" => Style::Vietnamese,
            "en" => Style::English,
            _ => Style::Iso,
        };
        let mut order = CollatorPreferences::from(&known);
        // "Khu phố 2" stands before "Khu phố 10".
        order.numeric_ordering = Some(CollationNumericOrdering::True);
        let decimal =
            DecimalFormatter::try_new((&known).into(), icu_decimal::options::DecimalFormatterOptions::default());
        let collator = CollatorBorrowed::try_new(order, CollatorOptions::default());
        let cardinal = PluralRules::try_new_cardinal((&known).into());
        let decimal = decimal.expect("the compiled figures fall back to the root");
        Self {
            tag: tag.to_owned(),
            style,
            signs: Signs::new(&decimal),
            decimal,
            collator: collator.expect("the compiled order falls back to the root"),
            cardinal: cardinal.expect("the compiled plurals fall back to the root"),
        }
    }

    /// The language tag, for `lang=`.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// A figure with all its digits: `1.234,5` or `1,234.5`; a minus is U+2212.
    #[must_use]
    pub fn number(&self, figure: &Quantity) -> String {
        self.plain(&figure.to_string())
    }

    /// A count: `1.234` or `1,234`.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        self.plain(&count.to_string())
    }

    /// A change of a figure with its sign: `+3`, `−1,5`, `0`.
    #[must_use]
    pub fn change(&self, figure: &Quantity) -> String {
        let number = self.number(figure);
        if figure.is_zero() || figure.is_negative() { number } else { format!("+{number}") }
    }

    /// A figure with its unit of measure: `53,5 %` or `53.5%`, `62 doanh nghiệp`, `28,2 ha`.
    ///
    /// Units of up to three letters stay on the figure's line.
    #[must_use]
    pub fn quantity(&self, figure: &Quantity, measured_in: &str) -> String {
        let mut number = self.number(figure);
        match measured_in {
            "" => return number,
            "%" => return self.with_percent_sign(number),
            unit if unit.chars().nth(3).is_none() => number.push(NO_BREAK),
            _ => number.push(' '),
        }
        number.push_str(measured_in);
        number
    }

    /// A share in hundredths with at most one decimal, halves away from zero: `61,1 %` or `61.1%`.
    ///
    /// A share that is not 0 or 1 is never shown as 0 % or 100 %: it gets as many decimals as it takes (`99,97 %`).
    #[must_use]
    pub fn percent(&self, share: &Share) -> String {
        self.percent_beside(share, &[])
    }

    /// Like [`Self::percent`], and rounding never carries the share onto one of the marks that it is compared with
    /// beside 0 and 1: 0.9496 beside the threshold 0.95 is `94,96 %`.
    #[must_use]
    pub fn percent_beside(&self, share: &Share, marks: &[Share]) -> String {
        let rounds_well = |rounded: &Quantity| {
            let hides_nothing = !rounded.is_zero() || share.is_zero();
            let hides_a_rest = *rounded == Quantity::from(1) && *share != Share::one();
            hides_nothing && !hides_a_rest && marks.iter().all(|mark| same_side(share, &rounded.to_share(), mark))
        };
        let rounded = (3..)
            .map(|places| share.rounded(places))
            .find(rounds_well)
            .expect("some number of decimals tells two different fractions apart");
        self.with_percent_sign(self.plain(&in_hundredths(&rounded.to_string())))
    }

    /// A day: `30/07/2021` or `30 July 2021`; the ISO form in other languages.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        let mut date = String::with_capacity("30 September 2021".len());
        self.push_date(&mut date, day);
        date
    }

    /// Adds a day as [`Self::date`] writes it: figures, letters, blanks and strokes, whatever the language.
    pub(crate) fn push_date(&self, out: &mut String, day: NaiveDate) {
        match self.style {
            Style::Vietnamese => {
                push_two(out, day.day());
                out.push('/');
                push_two(out, day.month());
                out.push('/');
                push_year(out, day);
            }
            Style::English => {
                if day.day() >= 10 {
                    push_two(out, day.day());
                } else {
                    push_digit(out, day.day());
                }
                out.push(' ');
                out.push_str(english_month(day));
                out.push(' ');
                push_year(out, day);
            }
            Style::Iso => with_machine_date(day, |date| out.push_str(date)),
        }
    }

    /// A day where room is short, as on a chart's axis: `30/07/2021` or `30 Jul 2021`.
    #[must_use]
    pub fn short_date(&self, day: NaiveDate) -> String {
        match self.style {
            Style::English => format!("{} {} {}", day.day(), &english_month(day)[..3], day.year()),
            Style::Vietnamese | Style::Iso => self.date(day),
        }
    }

    /// The month of a day: `tháng 4/2021` or `April 2021`; `2021-04` in other languages.
    #[must_use]
    pub fn month(&self, day: NaiveDate) -> String {
        let (year, month) = (day.year(), day.month());
        match self.style {
            Style::Vietnamese => format!("tháng {month}/{year}"),
            Style::English => format!("{} {year}", english_month(day)),
            Style::Iso => format!("{year:04}-{month:02}"),
        }
    }

    /// The month of a day where room is short: `4/2021` or `Apr 2021`; `2021-04` in other languages.
    #[must_use]
    pub fn short_month(&self, day: NaiveDate) -> String {
        match self.style {
            Style::Vietnamese => format!("{}/{}", day.month(), day.year()),
            Style::English => format!("{} {}", &english_month(day)[..3], day.year()),
            Style::Iso => self.month(day),
        }
    }

    /// A period as people say it: `năm 2021`, `6 tháng đầu năm 2021`, `quý III/2021`, `giai đoạn 2021–2025`; `2021`,
    /// `first half of 2021`, `third quarter of 2021`, `2021–2025`; as it is written in other languages.
    #[must_use]
    pub fn period(&self, period: Period) -> String {
        let (start, year) = (period.start(), period.start().year());
        let half = start.month() > 6;
        let quarter = start.month0() as usize / 3;
        match (self.style, period.form()) {
            (Style::Iso, _) => period.to_string(),
            (_, Form::Day) => self.date(start),
            (_, Form::Month) => self.month(start),
            (_, Form::Range) => self.range(period),
            (Style::Vietnamese, Form::Year) => format!("năm {year}"),
            (Style::Vietnamese, Form::Half) => {
                format!("6 tháng {} năm {year}", if half { "cuối" } else { "đầu" })
            }
            (Style::Vietnamese, Form::Quarter) => format!("quý {}/{year}", ["I", "II", "III", "IV"][quarter]),
            (Style::English, Form::Year) => year.to_string(),
            (Style::English, Form::Half) => format!("{} half of {year}", if half { "second" } else { "first" }),
            (Style::English, Form::Quarter) => {
                format!("{} quarter of {year}", ["first", "second", "third", "fourth"][quarter])
            }
        }
    }

    fn range(&self, period: Period) -> String {
        let (start, end) = (period.start(), period.end());
        let first_day = start.day() == 1;
        let last_day = (end + Days::new(1)).day() == 1;
        let whole_years = first_day && last_day && start.month() == 1 && end.month() == 12;
        let span = if whole_years {
            format!("{}–{}", start.year(), end.year())
        } else if first_day && last_day {
            format!("{} – {}", self.month(start), self.month(end))
        } else {
            format!("{} – {}", self.date(start), self.date(end))
        };
        if whole_years && self.style == Style::Vietnamese { format!("giai đoạn {span}") } else { span }
    }

    /// Several names in a sentence: `a, b và c` or `a, b and c`; with commas alone in other languages.
    #[must_use]
    pub fn list<S: AsRef<str>>(&self, names: &[S]) -> String {
        let and = match self.style {
            Style::Vietnamese => " và ",
            Style::English => " and ",
            Style::Iso => ", ",
        };
        let mut list = String::new();
        for (place, name) in names.iter().enumerate() {
            if place > 0 {
                list.push_str(if place + 1 == names.len() { and } else { ", " });
            }
            list.push_str(name.as_ref());
        }
        list
    }

    /// The plural category of a count, by which interface texts have their forms: `one`, `other`, `few` …
    ///
    /// A text needs only `other`: a form that it leaves out is its `other` form, so Vietnamese, whose words do not
    /// change, gives that one alone.
    #[must_use]
    pub fn plural(&self, count: usize) -> &'static str {
        category(self.cardinal.category_for(count))
    }

    /// The plural category of a figure: in English 1 is `one`, 1.5 is `other`.
    #[must_use]
    pub fn plural_of(&self, figure: &Quantity) -> &'static str {
        category(self.cardinal.category_for(&decimal(&figure.to_string())))
    }

    /// A key by whose bytes names sort in the order of the language: `Châu Thành` before `Đồng Khởi` before `Giồng
    /// Trôm`, `Khu phố 2` before `Khu phố 10`.
    #[must_use]
    pub fn sort_key(&self, name: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(name.len() * 2);
        let Ok(()) = self.collator.write_sort_key_to(name, &mut key);
        key
    }

    /// Which of two names comes first.
    #[must_use]
    pub fn compare(&self, name: &str, other: &str) -> Ordering {
        self.collator.compare(name, other).then_with(|| name.cmp(other))
    }

    /// Sorts by name; entries of one name stay in the order they had.
    pub fn sort_by_name<T>(&self, entries: &mut [T], name: impl Fn(&T) -> &str) {
        entries.sort_by_cached_key(|entry| {
            let name = name(entry);
            (self.sort_key(name), name.to_owned())
        });
    }

    fn plain(&self, figure: &str) -> String {
        let (digits, is_negative) = figure.strip_prefix('-').map_or((figure, false), |digits| (digits, true));
        // With room for a unit of measure.
        let mut plain = String::with_capacity(figure.len() * 2 + 24);
        if is_negative {
            plain.push(MINUS);
        }
        match &self.signs {
            Some(signs) => signs.push(&mut plain, digits),
            None => plain.push_str(&self.decimal.format(&decimal(digits)).to_string()),
        }
        plain
    }

    fn with_percent_sign(&self, mut number: String) -> String {
        if self.style != Style::English {
            number.push(NO_BREAK);
        }
        number.push('%');
        number
    }
}

/// A day for `<time datetime>` and data: `2021-07-30`.
#[must_use]
pub fn machine_date(day: NaiveDate) -> String {
    with_machine_date(day, str::to_owned)
}

/// The same for a moment: data are full of days that are written down at once.
pub(crate) fn with_machine_date<T>(day: NaiveDate, write: impl FnOnce(&str) -> T) -> T {
    let Ok(year @ 0..=9999) = u32::try_from(day.year()) else { return write(&day.to_string()) };
    let mut date = *b"0000-00-00";
    for (place, number) in [(0, year / 100), (2, year % 100), (5, day.month()), (8, day.day())] {
        date[place] += (number / 10) as u8;
        date[place + 1] += (number % 10) as u8;
    }
    write(str::from_utf8(&date).expect("digits are ASCII"))
}

/// Adds a day's year.
fn push_year(out: &mut String, day: NaiveDate) {
    match u32::try_from(day.year()) {
        Ok(year @ 1000..=9999) => {
            push_two(out, year / 100);
            push_two(out, year % 100);
        }
        _ => out.push_str(&day.year().to_string()),
    }
}

/// Adds a number below a hundred in two digits. By hand: pages are full of days, and formatting takes several times as long.
fn push_two(out: &mut String, number: u32) {
    push_digit(out, number / 10);
    push_digit(out, number % 10);
}

fn push_digit(out: &mut String, digit: u32) {
    out.push(char::from_digit(digit, 10).expect("a digit is below ten"));
}

/// A period for `<time datetime>`, which knows years, months and days but no halves, quarters or spans.
#[must_use]
pub fn machine_period(period: Period) -> Option<String> {
    match period.form() {
        Form::Year | Form::Month | Form::Day => Some(period.to_string()),
        Form::Half | Form::Quarter | Form::Range => None,
    }
}

/// Whether rounding keeps a share on its side of a mark, and off it.
fn same_side(share: &Share, rounded: &Share, mark: &Share) -> bool {
    share == mark || share.cmp(mark) == rounded.cmp(mark)
}

/// A plain decimal times a hundred: `0.611` is `61.1`, `-0.4` is `-40`.
fn in_hundredths(figure: &str) -> String {
    let (sign, digits) = figure.strip_prefix('-').map_or(("", figure), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (shifted, rest) = fraction.split_at(fraction.len().min(2));
    let whole = format!("{whole}{shifted:0<2}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}")
}

fn decimal(figure: &str) -> Decimal {
    figure.parse().expect("the plain form of a figure is a decimal")
}

fn english_month(day: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[day.month0() as usize]
}

fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests;
