//! Prints diagnostics for people, for programs and for code review.
