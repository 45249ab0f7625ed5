//! The formulas of progress, expected progress and pace.
