//! Exact decimal figures and exact shares of them.
//!
//! Invariants: a [`Quantity`] is always finite and keeps every digit that was written; a [`Share`] is an exact
//! fraction. Nothing here rounds but the functions whose names say so.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact decimal figure: a value, a baseline, a target, a quantity of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(BigDecimal);

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
        if whole.len() + fraction.map_or(0, str::len) > Self::MAX_DIGITS {
            return Err(FigureError::TooManyDigits);
        }
        Ok(Self(text.parse::<BigDecimal>().expect("checked digits are a decimal").normalized()))
    }

    /// The decimal nearest to a binary number, for figures that are roots and so have no exact decimal.
    ///
    /// # Panics
    /// For NaN and infinities, which are no figures.
    #[must_use]
    pub fn nearest(number: f64, places: usize) -> Self {
        let text = format!("{number:.places$}");
        Self(text.parse::<BigDecimal>().expect("a finite number has digits").normalized())
    }

    /// The figure zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigDecimal::zero())
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// How many decimals its shortest form has.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        let (_, scale) = self.0.normalized().into_bigint_and_exponent();
        u32::try_from(scale.max(0)).expect("figures are short")
    }

    /// The nearest binary number, for drawing only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().expect("a figure of bounded digits fits a binary number")
    }

    /// The exact fraction of this figure over another; `None` over zero.
    #[must_use]
    pub fn over(&self, whole: &Self) -> Option<Share> {
        (!whole.is_zero()).then(|| Share(self.to_rational() / whole.to_rational()))
    }

    /// The figure as an exact fraction.
    #[must_use]
    pub fn to_share(&self) -> Share {
        Share(self.to_rational())
    }

    fn to_rational(&self) -> BigRational {
        let (digits, scale) = self.0.as_bigint_and_exponent();
        let power = |exponent: u64| BigInt::from(10).pow(u32::try_from(exponent).expect("figures are short"));
        if scale >= 0 {
            BigRational::new(digits, power(scale.unsigned_abs()))
        } else {
            BigRational::from_integer(digits * power(scale.unsigned_abs()))
        }
    }
}

impl From<i64> for Quantity {
    fn from(whole: i64) -> Self {
        Self(BigDecimal::from(whole))
    }
}

impl fmt::Display for Quantity {
    /// The shortest plain form, `.` as the decimal mark and no exponent: `28.2`, `-3`, `1000`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.normalized().to_plain_string())
    }
}

impl Add for &Quantity {
    type Output = Quantity;
    fn add(self, other: Self) -> Quantity {
        Quantity(&self.0 + &other.0)
    }
}

impl Sub for &Quantity {
    type Output = Quantity;
    fn sub(self, other: Self) -> Quantity {
        Quantity(&self.0 - &other.0)
    }
}

impl Neg for &Quantity {
    type Output = Quantity;
    fn neg(self) -> Quantity {
        Quantity(-&self.0)
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

/// An exact fraction: progress, expected progress, pace. May be negative or above one; only charts clamp.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(BigRational);

impl Share {
    /// Nothing of it.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// The whole of it.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// The fraction `part / whole` of two whole numbers; `None` over zero.
    #[must_use]
    pub fn of(part: i64, whole: i64) -> Option<Self> {
        (whole != 0).then(|| Self(BigRational::new(part.into(), whole.into())))
    }

    /// This fraction of another; `None` over zero.
    #[must_use]
    pub fn over(&self, whole: &Self) -> Option<Self> {
        (!whole.0.is_zero()).then(|| Self(&self.0 / &whole.0))
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The share drawn into 0–1.
    #[must_use]
    pub fn clamped(&self) -> Self {
        self.clone().clamp(Self::zero(), Self::one())
    }

    /// The nearest binary number, for drawing only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::MAX)
    }

    /// The nearest figure with at most `places` decimals, halves away from zero.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Quantity {
        let scale = BigInt::from(10).pow(places);
        let scaled = (&self.0 * BigRational::from_integer(scale)).round().to_integer();
        Quantity(BigDecimal::new(scaled, places.into()).normalized())
    }

    /// The figure with at most `places` decimals that lies toward zero.
    #[must_use]
    pub fn truncated(&self, places: u32) -> Quantity {
        let scale = BigInt::from(10).pow(places);
        let scaled = (&self.0 * BigRational::from_integer(scale)).trunc().to_integer();
        Quantity(BigDecimal::new(scaled, places.into()).normalized())
    }

    /// The share in hundredths, exactly: 0.41 is 41.
    #[must_use]
    pub fn percent(&self) -> Self {
        Self(&self.0 * BigRational::from_integer(100.into()))
    }
}

impl Add for &Share {
    type Output = Share;
    fn add(self, other: Self) -> Share {
        Share(&self.0 + &other.0)
    }
}

impl Sub for &Share {
    type Output = Share;
    fn sub(self, other: Self) -> Share {
        Share(&self.0 - &other.0)
    }
}

impl Mul for &Share {
    type Output = Share;
    fn mul(self, other: Self) -> Share {
        Share(&self.0 * &other.0)
    }
}

impl Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::zero(), |total, share| &total + &share)
    }
}

impl fmt::Display for Share {
    /// Six decimals, halves away from zero, as in the data files: `0.611111`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.rounded(6).0.with_scale(6).to_plain_string())
    }
}
