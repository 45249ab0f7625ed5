//! Exact decimal figures and exact shares of them.
//!
//! Invariants: a [`Quantity`] is always finite and keeps every digit that was written; a [`Share`] is an exact
//! fraction. Nothing here rounds but the functions whose names say so, and a [`Total`] as it says. Both are kept in
//! machine words as long as they fit, and in numbers of any length beyond: a site has many figures, and next to none
//! of them is long. What can be kept short always is, so equal figures look equal.

mod share;
#[cfg(test)]
mod tests;
mod total;

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

pub use self::share::Share;
pub use self::total::Total;

/// An exact decimal figure: a value, a baseline, a target, a quantity of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity(Form);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Form {
    /// `digits / 10^scale`, with the least scale, which is at most [`MAX_SCALE`].
    Short { digits: i64, scale: u32 },
    /// Normalised: the digits do not end in zero.
    Long(Box<BigDecimal>),
}

/// The most decimals of a short figure: two of them, aligned, fit 128 bits.
const MAX_SCALE: u32 = 18;

/// The powers of ten up to [`MAX_SCALE`].
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut place = 1;
    while place < powers.len() {
        powers[place] = powers[place - 1] * 10;
        place += 1;
    }
    powers
};

fn power(exponent: u32) -> i64 {
    POWERS[exponent as usize]
}

/// Why a text is not a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureError {
    /// It is not of the form `-?digits[.digits]`.
    Form,
    /// It has more than [`Quantity::MAX_DIGITS`] digits.
    TooManyDigits,
}

impl Quantity {
    /// How many digits a written figure may have.
    pub const MAX_DIGITS: usize = 28;

    /// Reads a figure from its source text: `-?digits[.digits]`, no leading zeros, at most 28 digits.
    ///
    /// # Errors
    /// `1_000`, `0x10`, `08`, `1e3`, `53,5`, `.5` and `NaN` are [`FigureError::Form`].
    pub fn parse(text: &str) -> Result<Self, FigureError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !all_digits(whole) || leading_zero || !fraction.is_none_or(all_digits) {
            return Err(FigureError::Form);
        }
        let fraction = fraction.unwrap_or_default();
        let length = whole.len() + fraction.len();
        if length > Self::MAX_DIGITS {
            return Err(FigureError::TooManyDigits);
        }
        if length > MAX_SCALE as usize {
            return Ok(Self::of_long(text.parse().expect("checked digits are a decimal")));
        }
        let digits = whole.bytes().chain(fraction.bytes()).fold(0, |digits, byte| digits * 10 + i64::from(byte - b'0'));
        let scale = u32::try_from(fraction.len()).expect("figures are short");
        Ok(Self::of_short(if unsigned.len() < text.len() { -digits } else { digits }, scale))
    }

    /// The decimal nearest to a binary number, for figures that are roots and so have no exact decimal.
    ///
    /// # Panics
    /// For NaN and infinities, which are no figures.
    #[must_use]
    pub fn nearest(number: f64, places: usize) -> Self {
        let text = format!("{number:.places$}");
        Self::of_long(text.parse().expect("a finite number has digits"))
    }

    /// The figure zero.
    #[must_use]
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Short { digits: 0, .. })
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Short { digits, .. } => *digits < 0,
            Form::Long(long) => long.is_negative(),
        }
    }

    /// How many decimals its shortest form has.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            Form::Short { scale, .. } => *scale,
            Form::Long(long) => {
                u32::try_from(long.fractional_digit_count().max(0)).expect("a figure's digits are counted in memory")
            }
        }
    }

    /// The nearest binary number, for drawing only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for drawing only")]
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Form::Short { digits, scale } => *digits as f64 / power(*scale) as f64,
            Form::Long(long) => long.to_f64().expect("a figure of bounded digits fits a binary number"),
        }
    }

    /// The exact fraction of this figure over another; `None` over zero.
    #[must_use]
    pub fn over(&self, whole: &Self) -> Option<Share> {
        if let (Form::Short { digits: part, scale: of_part }, Form::Short { digits: whole, scale: of_whole }) =
            (&self.0, &whole.0)
        {
            let shift = |exponent: u32| i128::from(power(exponent));
            let part = i128::from(*part) * shift(of_whole.saturating_sub(*of_part));
            let whole = i128::from(*whole) * shift(of_part.saturating_sub(*of_whole));
            return Share::reduced(part, whole);
        }
        self.to_share().over(&whole.to_share())
    }

    /// The figure as an exact fraction.
    #[must_use]
    pub fn to_share(&self) -> Share {
        match &self.0 {
            Form::Short { digits, scale } => {
                Share::reduced((*digits).into(), power(*scale).into()).expect("a power of ten is not zero")
            }
            Form::Long(long) => {
                let (digits, scale) = long.as_bigint_and_exponent();
                let power = BigInt::from(10).pow(u32::try_from(scale.unsigned_abs()).expect("figures are short"));
                if scale >= 0 { Share::of_long(digits, power) } else { Share::of_long(digits * power, 1.into()) }
            }
        }
    }

    /// `digits / 10^scale`, for a scale of at most [`MAX_SCALE`].
    fn of_short(mut digits: i64, mut scale: u32) -> Self {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Self(Form::Short { digits, scale })
    }

    /// The same for digits that may not fit.
    fn of_wide(digits: i128, scale: u32) -> Self {
        match i64::try_from(digits) {
            Ok(digits) => Self::of_short(digits, scale),
            Err(_) => Self::of_long(BigDecimal::new(digits.into(), scale.into())),
        }
    }

    fn of_long(long: BigDecimal) -> Self {
        let long = long.normalized();
        let (digits, scale) = long.as_bigint_and_exponent();
        let short = match u32::try_from(scale) {
            Ok(scale) => digits.to_i64().filter(|_| scale <= MAX_SCALE).map(|digits| (digits, scale)),
            // Zeros that the decimal took off.
            Err(_) => {
                let zeros = u32::try_from(scale.unsigned_abs()).ok().filter(|zeros| *zeros <= MAX_SCALE);
                let digits = zeros.and_then(|zeros| digits.to_i64()?.checked_mul(power(zeros)));
                digits.map(|digits| (digits, 0))
            }
        };
        match short {
            Some((digits, scale)) => Self::of_short(digits, scale),
            None => Self(Form::Long(Box::new(long))),
        }
    }

    fn to_long(&self) -> BigDecimal {
        match &self.0 {
            Form::Short { digits, scale } => BigDecimal::new((*digits).into(), (*scale).into()),
            Form::Long(long) => long.as_ref().clone(),
        }
    }

    /// The digits of two short figures as if both had the greater scale, and that scale.
    fn aligned(&self, other: &Self) -> Option<(i128, i128, u32)> {
        let (Form::Short { digits: left, scale: of_left }, Form::Short { digits: right, scale: of_right }) =
            (&self.0, &other.0)
        else {
            return None;
        };
        let scale = *of_left.max(of_right);
        let wide = |digits: i64, own: u32| i128::from(digits) * i128::from(power(scale - own));
        Some((wide(*left, *of_left), wide(*right, *of_right), scale))
    }
}

impl From<i64> for Quantity {
    fn from(whole: i64) -> Self {
        Self(Form::Short { digits: whole, scale: 0 })
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(other) {
            Some((left, right, _)) => left.cmp(&right),
            None => self.to_long().cmp(&other.to_long()),
        }
    }
}

impl fmt::Display for Quantity {
    /// The shortest plain form, `.` as the decimal mark and no exponent: `28.2`, `-3`, `1000`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Short { digits, scale } => write_decimal(formatter, (*digits).into(), *scale),
            Form::Long(long) => formatter.write_str(&long.to_plain_string()),
        }
    }
}

/// Writes `digits / 10^scale` with that many decimals.
fn write_decimal(formatter: &mut fmt::Formatter<'_>, digits: i128, scale: u32) -> fmt::Result {
    let (mut buffer, places) = (itoa::Buffer::new(), scale as usize);
    let text = buffer.format(digits.unsigned_abs());
    if digits < 0 {
        formatter.write_str("-")?;
    }
    match text.len().checked_sub(places).filter(|whole| *whole > 0) {
        _ if places == 0 => formatter.write_str(text),
        Some(whole) => {
            formatter.write_str(&text[..whole])?;
            formatter.write_str(".")?;
            formatter.write_str(&text[whole..])
        }
        None => write!(formatter, "0.{text:0>places$}"),
    }
}

impl Default for Quantity {
    fn default() -> Self {
        Self::zero()
    }
}

impl Add for &Quantity {
    type Output = Quantity;
    fn add(self, other: Self) -> Quantity {
        match self.aligned(other) {
            Some((left, right, scale)) => Quantity::of_wide(left + right, scale),
            None => Quantity::of_long(self.to_long() + other.to_long()),
        }
    }
}

impl Sub for &Quantity {
    type Output = Quantity;
    fn sub(self, other: Self) -> Quantity {
        match self.aligned(other) {
            Some((left, right, scale)) => Quantity::of_wide(left - right, scale),
            None => Quantity::of_long(self.to_long() - other.to_long()),
        }
    }
}

impl Neg for &Quantity {
    type Output = Quantity;
    fn neg(self) -> Quantity {
        &Quantity::zero() - self
    }
}

impl<'a> Sum<&'a Self> for Quantity {
    fn sum<I: Iterator<Item = &'a Self>>(figures: I) -> Self {
        figures.fold(Self::zero(), |total, figure| &total + figure)
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::zero(), |total, figure| &total + &figure)
    }
}
