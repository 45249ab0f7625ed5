//! Holds a tree against its shape: notes every mistake of form, and prunes what cannot be read.
//!
//! Invariant: what is left of the tree can be read as the type whose shape it was held against.

use super::node::{Key, Kind, Layout, Node, Style};
use super::shape::{Field, Form, Presence, Shape};
use super::{first_line, nearest, numbers, scalar, shortened, syntax, vietnamese};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// One walk over one tree.
pub(crate) struct Walk<'text, 'run> {
    /// The file's text.
    pub(crate) text: &'text str,
    pub(crate) diagnostics: &'run mut Diagnostics,
    /// Whether nothing was noted.
    pub(crate) sound: bool,
    /// Whether an item was left out of a list.
    pub(crate) dropped: bool,
}

impl Walk<'_, '_> {
    /// Checks the value of a key; `false` if nothing of it can be read.
    pub(crate) fn check(&mut self, node: &mut Node<'_>, shape: &Shape, key: &str) -> bool {
        match (shape, &mut node.kind) {
            (_, Kind::Bad) => false,
            (Shape::Either(alternatives), _) => self.check_either(node, alternatives, key),
            (Shape::Record(fields), Kind::Map(entries, layout)) => {
                let layout = *layout;
                self.check_record(node.span, entries, layout, fields)
            }
            (Shape::Entries(values), Kind::Map(entries, _)) => {
                entries.retain_mut(|(key, value)| self.check_entry(key, value, values, Presence::Optional));
                true
            }
            (Shape::List(items), Kind::List(nodes)) => {
                let before = nodes.len();
                nodes.retain_mut(|item| !self.is_empty_item(item, key) && self.check(item, items, key));
                self.dropped |= nodes.len() < before;
                true
            }
            (Shape::Scalar(form), Kind::Scalar(text, style)) => {
                let found = scalar::Written { text, style: *style, span: node.span, key };
                let checked = scalar::check(*form, &found);
                if checked.is_ok() && *form == Form::Figure {
                    // A figure all the same: nothing is pruned.
                    self.diagnostics.extend(numbers::perhaps_thousands(&found));
                }
                self.note(checked)
            }
            (Shape::Words(words), Kind::Scalar(text, _)) => {
                if words.iter().any(|word| word == text) {
                    return true;
                }
                let diagnostic = unknown_value(key, text, node.span, words);
                self.note(Err(diagnostic))
            }
            _ => {
                let diagnostic = self.wrong_type(node, shape, key);
                self.note(Err(diagnostic))
            }
        }
    }

    /// Notes what a check found; whether the value can be read all the same.
    fn note(&mut self, found: Result<(), Diagnostic>) -> bool {
        match found {
            Ok(()) => true,
            Err(diagnostic) => {
                // A malformed id still names its entry, so that references to it are not reported as well.
                let readable = diagnostic.code == Code::BadId;
                self.report(diagnostic);
                readable
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.sound = false;
        self.diagnostics.push(diagnostic);
    }

    fn check_either(&mut self, node: &mut Node<'_>, alternatives: &[Shape], key: &str) -> bool {
        let words =
            alternatives.iter().find_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None });
        let fitting = alternatives.iter().find(|shape| match (&node.kind, shape) {
            (Kind::Scalar(text, _), Shape::Words(words)) => words.iter().any(|word| word == text),
            (Kind::Scalar(..), Shape::Scalar(_))
            | (Kind::Map(..), Shape::Record(_) | Shape::Entries(_))
            | (Kind::List(_), Shape::List(_)) => true,
            _ => false,
        });
        // A word that is nearly right was meant as a word, unless it is right as something else.
        let meant_word = || match (&node.kind, words, fitting) {
            (_, _, Some(Shape::Words(_))) => None,
            (Kind::Scalar(text, style), Some(words), other) => {
                let found = scalar::Written { text, style: *style, span: node.span, key };
                let is_right = matches!(other, Some(Shape::Scalar(form)) if scalar::check(*form, &found).is_ok());
                let names = || words.iter().map(String::as_str);
                let is_near = || nearest(text, names()).or_else(|| vietnamese::word(text, names())).is_some();
                (!is_right && is_near()).then(|| unknown_value(key, text, node.span, words))
            }
            _ => None,
        };
        if let Some(diagnostic) = meant_word() {
            return self.note(Err(diagnostic));
        }
        if let Some(shape) = fitting {
            return self.check(node, shape, key);
        }
        let record = alternatives.iter().find(|shape| matches!(shape, Shape::Record(_)));
        let wanted = match (record, &node.kind) {
            (Some(record), Kind::Scalar(..)) => record,
            _ => &alternatives[alternatives.len() - 1],
        };
        let diagnostic = self.wrong_type(node, wanted, key);
        self.note(Err(diagnostic))
    }

    /// Checks a record's keys; `false` if it lacks one without which it says nothing.
    fn check_record(
        &mut self,
        place: Span,
        entries: &mut Vec<(Key<'_>, Node<'_>)>,
        layout: Layout,
        fields: &[Field],
    ) -> bool {
        let first = entries.first().map_or_else(|| first_line(self.text, place), |(key, _)| key.span);
        let meant = self.report_unknown_keys(entries, layout, fields);
        for field in fields.iter().filter(|field| field.presence != Presence::Optional) {
            // A mistyped key is not missing as well.
            let is_meant = meant.contains(&field.name.as_str());
            if !is_meant && !entries.iter().any(|(key, _)| key.text == field.name) {
                self.report(missing(first, field));
            }
        }
        entries.retain_mut(|(key, value)| {
            let field = fields.iter().find(|field| key.text == field.name);
            field.is_some_and(|field| {
                if field.presence != Presence::Optional && is_blank(&value.kind) {
                    self.report(empty(key, self.text, field.presence));
                    return false;
                }
                self.check_entry(key, value, &field.shape, field.presence)
            })
        });
        fields
            .iter()
            .filter(|field| field.presence == Presence::Essential)
            .all(|field| entries.iter().any(|(key, _)| key.text == field.name))
    }

    fn check_entry(&mut self, key: &Key<'_>, value: &mut Node<'_>, shape: &Shape, presence: Presence) -> bool {
        let is_null = matches!(&value.kind, Kind::Scalar(text, Style::Plain) if scalar::is_null(text));
        let takes_text = matches!(shape, Shape::Scalar(Form::Text));
        if matches!(value.kind, Kind::Empty) || is_null && !takes_text {
            self.report(empty(key, self.text, presence));
            return false;
        }
        self.check(value, shape, &key.text)
    }

    fn is_empty_item(&mut self, item: &Node<'_>, key: &str) -> bool {
        let is_empty = matches!(item.kind, Kind::Empty);
        if is_empty {
            // The place is right behind the dash.
            let dash = Span { start: item.span.start.saturating_sub(1), ..item.span };
            self.report(Diagnostic::new(Code::MissingField, dash).worded("missing-field.item").with("key", key));
        }
        is_empty
    }

    /// Gives the names of the keys that were probably meant.
    fn report_unknown_keys<'field>(
        &mut self,
        entries: &[(Key<'_>, Node<'_>)],
        layout: Layout,
        fields: &'field [Field],
    ) -> Vec<&'field str> {
        let mut meant = Vec::new();
        let is_known = |key: &Key<'_>| fields.iter().any(|field| key.text == field.name);
        let is_rest = |(key, value): &(Key<'_>, Node<'_>)| {
            layout == Layout::Flow && !is_known(key) && matches!(value.kind, Kind::Empty)
        };
        let mut index = 0;
        while let Some((key, value)) = entries.get(index) {
            index += 1;
            if is_known(key) {
                continue;
            }
            let before = entries[..index - 1].last();
            if let (true, Some((owner, text))) = (is_rest(&entries[index - 1]), before)
                && matches!(text.kind, Kind::Scalar(_, Style::Plain))
            {
                // `{title: Xây dựng Đảng, chính quyền}`: what looks like keys is the rest of a text with commas.
                while entries.get(index).is_some_and(is_rest) {
                    index += 1;
                }
                let end = entries[index - 1].0.span.range().end;
                let whole = self.text[text.span.range().start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                let right = format!("{}: {}", shortened(&owner.text), syntax::quoted(&shortened(&whole)));
                let diagnostic = Diagnostic::new(Code::UnknownKey, key.span)
                    .worded("unknown-key.flow")
                    .with("key", shortened(&key.text))
                    .with("right", right);
                self.report(diagnostic);
                continue;
            }
            let names = || fields.iter().map(|field| field.name.as_str());
            let diagnostic = Diagnostic::new(Code::UnknownKey, key.span)
                .with("key", shortened(&key.text))
                .with("known", names().collect::<Vec<_>>().join("`, `"));
            let near = nearest(&key.text, names()).or_else(|| vietnamese::field(&key.text, names()));
            let diagnostic = match (key.text.split_once(':'), &value.kind) {
                // `{a:1}` is a key without a value: YAML wants a space after the colon.
                (Some((name, rest)), Kind::Empty) if names().any(|known| known == name) => {
                    meant.extend(names().find(|known| *known == name));
                    diagnostic.worded("unknown-key.space").with("right", format!("{name}: {}", shortened(rest.trim())))
                }
                _ => {
                    meant.extend(near);
                    diagnostic.suggest(near)
                }
            };
            self.report(diagnostic);
        }
        meant
    }

    /// A list where a text belongs, and so on.
    fn wrong_type(&self, node: &Node<'_>, shape: &Shape, key: &str) -> Diagnostic {
        let place = first_line(self.text, node.span);
        let diagnostic = Diagnostic::new(Code::WrongType, place).with("key", key);
        match (shape, &node.kind) {
            (Shape::Record(fields), Kind::Scalar(text, _)) => {
                let diagnostic = diagnostic.with("found", shortened(text));
                let takes_figure =
                    fields.iter().any(|field| field.name == "value" && field.shape == Shape::Scalar(Form::Figure));
                if takes_figure && text.starts_with(|letter: char| letter.is_ascii_digit()) {
                    return diagnostic
                        .worded("wrong-type.value-record")
                        .with("right", format!("{{value: {}}}", shortened(text)));
                }
                let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
                diagnostic.worded("wrong-type.mapping").with("known", names.join("`, `"))
            }
            (Shape::Record(fields), _) => {
                let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
                diagnostic.worded("wrong-type.mapping-not-list").with("known", names.join("`, `"))
            }
            (Shape::Entries(_), _) => diagnostic.worded("wrong-type.entries"),
            (Shape::List(_), Kind::Map(..)) => diagnostic.worded("wrong-type.list-not-mapping"),
            (Shape::List(_), _) => diagnostic.worded("wrong-type.list"),
            (Shape::Scalar(Form::Figure | Form::Count | Form::Whole), _) => diagnostic.worded("wrong-type.figure"),
            (Shape::Scalar(Form::Day | Form::DayOrPeriod), _) => diagnostic.worded("wrong-type.date"),
            (Shape::Scalar(Form::Flag), _) => diagnostic.worded("wrong-type.flag"),
            (_, Kind::Map(..)) => diagnostic.worded("wrong-type.text-not-mapping"),
            _ => diagnostic.worded("wrong-type.text-not-list"),
        }
    }
}

/// Whether a required value is as good as missing: an empty text or list.
fn is_blank(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Scalar(text, Style::Quoted) => text.trim().is_empty(),
        Kind::List(items) => items.is_empty(),
        _ => false,
    }
}

/// A required field that is not there: a field that has others below it is shown with them.
fn missing(place: Span, field: &Field) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::MissingField, place).with("key", &field.name);
    let alternatives = match &field.shape {
        Shape::Either(alternatives) => alternatives.as_slice(),
        one => std::slice::from_ref(one),
    };
    alternatives
        .iter()
        .find_map(|shape| match shape {
            Shape::Record(fields) => {
                let first = fields.first().map_or("", |field| field.name.as_str());
                let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
                let known = names.join("`, `");
                Some(diagnostic.clone().worded("missing-field.mapping").with("first", first).with("known", known))
            }
            Shape::List(_) => Some(diagnostic.clone().worded("missing-field.list")),
            _ => None,
        })
        .unwrap_or(diagnostic)
}

/// A field without a value; a `#` hides what follows it.
fn empty(key: &Key<'_>, text: &str, presence: Presence) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::MissingField, key.span).with("key", shortened(&key.text));
    let after = text[key.span.range().end..].lines().next().unwrap_or_default();
    match after.trim_start_matches([':', ' ', '\t']).trim_end() {
        remark if remark.starts_with('#') => diagnostic
            .worded("missing-field.remark")
            .with("right", format!("{}: {}", shortened(&key.text), syntax::quoted(&shortened(remark)))),
        _ if presence == Presence::Optional => diagnostic.worded("missing-field.empty"),
        _ => diagnostic.worded("missing-field.needed"),
    }
}

fn unknown_value(key: &str, found: &str, place: Span, allowed: &[String]) -> Diagnostic {
    let words = || allowed.iter().map(String::as_str);
    Diagnostic::new(Code::UnknownValue, place)
        .with("key", key)
        .with("found", shortened(found))
        .with("allowed", allowed.join("`, `"))
        .suggest(nearest(found, words()).or_else(|| vietnamese::word(found, words())))
}
