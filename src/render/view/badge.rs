//! How something stands: a sign and a word, made once in each language, for a page may show thousands.

use serde::{Serialize, Serializer};
use tera::{Context, Tera, Value};

use crate::assess::Status;
use crate::assess::coverage::State;
use crate::render::bounds;
use crate::render::html::Html;
use crate::render::interface::Interface;

/// How something stands.
#[derive(Debug, Serialize)]
struct Badge<'a> {
    /// The status in CSS classes.
    status: &'static str,
    /// The status in words.
    label: &'a str,
    /// Its sign, as the component `mark` draws it.
    mark: Html,
}

/// A badge as views hold it: templates are given a [`Badge`], which all views share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made<'a> {
    /// The status in words.
    pub(crate) label: &'a str,
    value: &'a Value,
}

impl Serialize for Made<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// The badges of a language.
#[derive(Debug, Default)]
pub(crate) struct Badges {
    /// In the order of [`Status::ALL`].
    statuses: Vec<(String, Value)>,
    /// In the order of [`State::ALL`].
    states: Vec<(String, Value)>,
}

impl Badges {
    /// Makes them; and what kept the theme's signs from being drawn, which are then left out.
    pub(crate) fn new(tera: &Tera, interface: &Interface) -> (Self, Option<tera::Error>) {
        let mut failure = None;
        let mut make = |class: &'static str, key: String| {
            let mark = mark(tera, class).unwrap_or_else(|error| {
                failure.get_or_insert(error);
                String::new()
            });
            let label = interface.text(&key);
            let badge = Badge { status: class, label, mark: Html::trusted(mark) };
            (label.to_owned(), Value::from_serializable(&badge))
        };
        let statuses = Status::ALL.map(|status| make(status.as_str(), format!("status.{}.name", status.as_str())));
        let states = State::ALL.map(|state| make(class(state), format!("coverage.{}.name", state.as_str())));
        (Self { statuses: statuses.into(), states: states.into() }, failure)
    }

    pub(crate) fn status(&self, status: Status) -> Made<'_> {
        Self::made(&self.statuses, status.place())
    }

    /// A state with the sign that it has in the chart.
    pub(crate) fn state(&self, state: State) -> Made<'_> {
        Self::made(&self.states, State::ALL.iter().position(|other| *other == state).expect("all states are listed"))
    }

    fn made(badges: &[(String, Value)], place: usize) -> Made<'_> {
        let (label, value) = &badges[place];
        Made { label, value }
    }
}

/// The sign of a status as the theme draws it; nothing where a theme has none.
fn mark(tera: &Tera, class: &str) -> Result<String, tera::Error> {
    if !tera.contains_component("mark") {
        return Ok(String::new());
    }
    let mut context = Context::new();
    context.insert("status", class);
    let mut mark = bounds::Page::begin();
    tera.render_component_to("mark", &context, None, true, &mut mark)?;
    Ok(String::from_utf8(mark.into_bytes()).expect("templates write texts"))
}

/// A state in CSS classes.
fn class(state: State) -> &'static str {
    match state {
        State::InTime => "cover-in-time",
        State::Late => "cover-late",
        State::Issued => "cover-issued",
        State::Reported => "cover-reported",
        State::NotDue => "cover-not-due",
        State::Missing => "cover-missing",
    }
}
