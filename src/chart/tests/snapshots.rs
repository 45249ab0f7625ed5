//! Small charts, one of each kind, as they are written.

use super::samples;
use crate::chart::{Chart, Form, Width, draw};

/// One element a line, so that a change shows where it is.
fn lines(chart: &Chart, form: Form, width: Width) -> String {
    draw(chart, form, width).replace("><", ">\n<")
}

#[test]
fn bars() {
    insta::assert_snapshot!(lines(&samples::bars_small(), Form::Inline, Width::Wide));
}

#[test]
fn bars_as_a_file() {
    insta::assert_snapshot!(lines(&samples::bars_small(), Form::File, Width::Narrow));
}

#[test]
fn timeline() {
    insta::assert_snapshot!(lines(&samples::timeline(), Form::Inline, Width::Wide));
}

#[test]
fn stack() {
    insta::assert_snapshot!(lines(&samples::stack_three(), Form::Inline, Width::Narrow));
}

#[test]
fn statuses() {
    insta::assert_snapshot!(lines(&samples::statuses_small(), Form::Inline, Width::Wide));
}

#[test]
fn compare() {
    insta::assert_snapshot!(lines(&samples::compare(), Form::Inline, Width::Narrow));
}

#[test]
fn matrix() {
    insta::assert_snapshot!(lines(&samples::matrix(), Form::Inline, Width::Narrow));
}

#[test]
fn lineage() {
    insta::assert_snapshot!(lines(&samples::lineage(), Form::Inline, Width::Wide));
}

#[test]
fn lineage_as_a_list() {
    insta::assert_snapshot!(lines(&samples::lineage(), Form::Inline, Width::Narrow));
}

#[test]
fn strips() {
    insta::assert_snapshot!(lines(&samples::strips(), Form::Inline, Width::Wide));
}
