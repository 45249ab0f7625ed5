//! Round numbers for axes, and the bounds of what can be drawn.

use super::spec::Tick;

/// Figures beyond this are not drawn to scale but said in words: scales above it lose whole numbers, and plotters
/// does not end on ranges near the largest `f64`.
const LARGEST: f64 = 1e15;

/// What the steps of an axis may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Any round step.
    Any,
    /// Whole numbers only: things that are counted.
    Whole,
}

/// Whether a figure can be drawn to scale.
pub(super) fn drawable(value: f64) -> bool {
    value.abs() <= LARGEST
}

/// The lowest and highest of the values that can be drawn.
pub(super) fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = values
        .filter(|&value| drawable(value))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    (low <= high).then_some((low, high))
}

/// Round values from at or below `low` to at or above `high`, about `count` of them (2 to 12): steps of 1, 2, 2.5
/// or 5 times a power of ten. Empty if a bound cannot be drawn.
#[must_use]
pub fn nice_ticks(low: f64, high: f64, count: usize, grain: Grain) -> Vec<f64> {
    if !drawable(low) || !drawable(high) {
        return Vec::new();
    }
    let (low, mut high) = if low <= high { (low, high) } else { (high, low) };
    if high - low <= f64::EPSILON * high.abs().max(low.abs()) || high - low < 1e-12 {
        high = low + 1.0_f64.max(low.abs() * 0.1);
    }
    let intervals = count.clamp(2, 12) - 1;
    let rough = (high - low) / intervals as f64;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|one| one * power);
    let fits = |step: &f64| *step >= rough * 0.999 && (grain == Grain::Any || (*step >= 1.0 && step.fract() == 0.0));
    let step = steps.into_iter().find(fits).unwrap_or((power * 10.0).max(1.0));
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil();
    // Whole multiples, so that 0.1 * 3 does not come out as 0.30000000000000004 more than it must.
    (0..=((last - first) as usize).min(24)).map(|index| round((first + index as f64) * step, step)).collect()
}

/// [`nice_ticks`] with their texts.
#[must_use]
pub fn ticks(low: f64, high: f64, count: usize, grain: Grain, format: &dyn Fn(f64) -> String) -> Vec<Tick> {
    nice_ticks(low, high, count, grain).into_iter().map(|at| Tick { at, label: format(at) }).collect()
}

/// Takes away what binary fractions add: 0.30000000000000004 at steps of 0.1 is 0.3.
fn round(value: f64, step: f64) -> f64 {
    if step >= 1.0 {
        return value.round() + 0.0;
    }
    let digits = 10_f64.powi((-step.log10()).ceil() as i32 + 1);
    (value * digits).round() / digits + 0.0
}

/// Two ends of a scale that are surely apart.
pub(super) fn apart(low: f64, high: f64) -> (f64, f64) {
    let least = low.abs().max(high.abs()) * 1e-9;
    if high - low > least.max(f64::MIN_POSITIVE) { (low, high) } else { (low, high + 1.0_f64.max(high.abs() * 0.1)) }
}
