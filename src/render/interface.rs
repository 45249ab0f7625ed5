//! The interface texts of one language: what the pages say of their own accord.
//!
//! A theme's `locales/TAG.yaml` holds them as a tree of keys; a text may have plural forms (`one:`, `other:`) and
//! placeholders (`{count}`). A site's file is laid over ours key by key; what a further language leaves out is said in
//! English. A key that the program asks for and nobody wrote is a bug.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Serialize;
use serde_yaml::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{SourceId, Span};
use crate::theme::Theme;

/// The language whose texts stand in for those that a further language lacks.
const FALLBACK: &str = "en";

/// The interface texts of one language.
#[derive(Debug, Default)]
pub(super) struct Interface {
    messages: BTreeMap<String, Message>,
    /// The same, for looking one up: every page asks for a hundred. Nothing is made in its order.
    by_key: HashMap<String, Ready>,
}

/// A message whose placeholders are found.
#[derive(Debug)]
enum Ready {
    Text(Template),
    Plural(BTreeMap<String, Template>),
}

/// A text and where its placeholders are, with their braces.
#[derive(Debug)]
struct Template {
    text: String,
    placeholders: Vec<Range<usize>>,
}

impl From<&Message> for Ready {
    fn from(message: &Message) -> Self {
        match message {
            Message::Text(text) => Self::Text(Template::new(text)),
            Message::Plural(forms) => {
                Self::Plural(forms.iter().map(|(form, text)| (form.clone(), Template::new(text))).collect())
            }
        }
    }
}

impl Template {
    fn new(text: &str) -> Self {
        let mut at = 0;
        let mut placeholders = Vec::new();
        for piece in pieces(text) {
            let start = at;
            match piece {
                Piece::Text(text) => at += text.len(),
                Piece::Placeholder(name) => {
                    at += "{}".len() + name.len();
                    placeholders.push(start..at);
                }
            }
        }
        Self { text: text.to_owned(), placeholders }
    }

    /// The text with arguments in its placeholders.
    fn fill(&self, arguments: &[(&str, &str)]) -> String {
        let text = self.text.as_str();
        let more: usize = arguments.iter().map(|(_, value)| value.len()).sum();
        let mut filled = String::with_capacity(text.len() + more);
        let mut at = 0;
        for Range { start, end } in &self.placeholders {
            filled.push_str(&text[at..*start]);
            let name = &text[start + 1..end - 1];
            match arguments.iter().find(|(argument, _)| *argument == name) {
                Some((_, value)) => filled.push_str(value),
                None => panic!("the interface text `{text}` has a placeholder `{name}` that nobody fills"),
            }
            at = *end;
        }
        filled.push_str(&text[at..]);
        filled
    }
}

/// A text, or one text for each plural form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    Text(String),
    Plural(BTreeMap<String, String>),
}

impl Message {
    fn placeholders(&self) -> impl Iterator<Item = &str> {
        let texts: Vec<&str> = match self {
            Self::Text(text) => vec![text],
            Self::Plural(forms) => forms.values().map(String::as_str).collect(),
        };
        texts.into_iter().flat_map(pieces).filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name),
            Piece::Text(_) => None,
        })
    }
}

/// The names of plural forms (Unicode CLDR), which tell a set of forms from a group of texts.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Interface {
    /// The texts of a language in a theme.
    #[must_use]
    pub(super) fn new(theme: &Theme, tag: &str, diagnostics: &mut Diagnostics) -> Self {
        let (ours, site) = theme.locale(tag);
        let base = ours.or_else(|| theme.locale(FALLBACK).0).expect("the fallback language is embedded");
        let mut messages = BTreeMap::new();
        let tree: Value = serde_yaml::from_str(base).expect("the embedded interface texts are YAML");
        flatten("", &tree, &mut messages).expect("the embedded interface texts are texts");
        if let Some((file, text)) = site {
            lay_over(&mut messages, file, text, diagnostics);
        }
        let by_key = messages.iter().map(|(key, message)| (key.clone(), Ready::from(message))).collect();
        Self { messages, by_key }
    }

    /// A text without placeholders.
    ///
    /// # Panics
    /// Where no such text exists: a bug.
    #[must_use]
    pub(super) fn text(&self, key: &str) -> &str {
        &self.template(key).text
    }

    /// A text, its placeholders filled.
    #[must_use]
    pub(super) fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.template(key).fill(arguments)
    }

    /// A text in the plural form of that name, its placeholders filled. Forms that a language does not
    /// distinguish are `other`.
    #[must_use]
    pub(super) fn plural(&self, key: &str, form: &str, arguments: &[(&str, &str)]) -> String {
        self.template_of(key, form).fill(arguments)
    }

    fn template(&self, key: &str) -> &Template {
        match self.by_key.get(key) {
            Some(Ready::Text(template)) => template,
            Some(Ready::Plural(_)) => panic!("the interface text `{key}` has plural forms"),
            None => panic!("the interface has no text `{key}`"),
        }
    }

    fn template_of(&self, key: &str, form: &str) -> &Template {
        match self.by_key.get(key) {
            Some(Ready::Plural(forms)) => {
                forms.get(form).or_else(|| forms.get("other")).expect("every plural has `other`")
            }
            Some(Ready::Text(template)) => template,
            None => panic!("the interface has no text `{key}`"),
        }
    }

    /// The texts below a key as a JSON object by the rest of their keys, for scripts; a plural form's key ends with its
    /// name.
    pub(super) fn texts_of(&self, group: &str) -> serde_json::Value {
        let mut texts = serde_json::Map::new();
        for (key, message) in &self.messages {
            let Some(key) = key.strip_prefix(group) else { continue };
            match message {
                Message::Text(text) => {
                    texts.insert(key.to_owned(), text.as_str().into());
                }
                Message::Plural(forms) => {
                    texts.extend(forms.iter().map(|(form, text)| (format!("{key}.{form}"), text.as_str().into())));
                }
            }
        }
        texts.into()
    }

    /// All texts without plural forms as a tree, for templates: `{{ t.menu.home }}`.
    pub(super) fn tree(&self) -> Tree<'_> {
        let mut tree = BTreeMap::new();
        for (key, message) in &self.messages {
            if let Message::Text(text) = message {
                insert(&mut tree, key, text);
            }
        }
        Tree::Group(tree)
    }

    /// The placeholders of a text, sorted, each once.
    #[cfg(test)]
    pub(super) fn placeholders(&self, key: &str) -> std::collections::BTreeSet<&str> {
        self.messages[key].placeholders().collect()
    }

    /// All keys, in order.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }
}

/// Interface texts as a tree.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Tree<'a> {
    /// A text.
    Text(&'a str),
    /// The texts below a key.
    Group(BTreeMap<&'a str, Self>),
}

fn insert<'a>(tree: &mut BTreeMap<&'a str, Tree<'a>>, key: &'a str, text: &'a str) {
    match key.split_once('.') {
        None => {
            tree.insert(key, Tree::Text(text));
        }
        Some((first, rest)) => {
            if let Tree::Group(group) = tree.entry(first).or_insert_with(|| Tree::Group(BTreeMap::new())) {
                insert(group, rest, text);
            }
        }
    }
}

/// A stretch of an interface text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// It is said as it is.
    Text(&'a str),
    /// An argument of that name is put here.
    Placeholder(&'a str),
}

/// Takes an interface text apart at its placeholders.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, after)) = inner.split_once('}')
        {
            rest = after;
            return Some(Piece::Placeholder(name));
        }
        let end = rest.bytes().skip(1).position(|byte| byte == b'{').map_or(rest.len(), |before| before + 1);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

/// Takes the texts of a YAML tree; the error is the key that holds neither a text nor a group.
fn flatten(prefix: &str, tree: &Value, messages: &mut BTreeMap<String, Message>) -> Result<(), String> {
    let wrong = || prefix.to_owned();
    match tree {
        Value::String(text) => {
            messages.insert(wrong(), Message::Text(text.trim_end().to_owned()));
            Ok(())
        }
        Value::Mapping(mapping) => {
            let mut entries = Vec::with_capacity(mapping.len());
            for (key, value) in mapping {
                entries.push((key.as_str().ok_or_else(wrong)?, value));
            }
            if !entries.is_empty() && entries.iter().all(|(key, _)| FORMS.contains(key)) {
                let form = |(key, value): &(&str, &Value)| Some(((*key).to_owned(), value.as_str()?.to_owned()));
                let forms: BTreeMap<String, String> =
                    entries.iter().map(form).collect::<Option<_>>().ok_or_else(wrong)?;
                if !forms.contains_key("other") {
                    return Err(wrong());
                }
                messages.insert(wrong(), Message::Plural(forms));
                return Ok(());
            }
            entries.into_iter().try_for_each(|(key, value)| {
                let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
                flatten(&path, value, messages)
            })
        }
        _ => Err(wrong()),
    }
}

/// Lays a site's texts over ours, key by key.
fn lay_over(messages: &mut BTreeMap<String, Message>, file: SourceId, text: &str, diagnostics: &mut Diagnostics) {
    let first_line = Span::new(file, 0, text.lines().next().map_or(0, str::len));
    let report = |reason: String| Diagnostic::new(Code::TemplateError, first_line).with("reason", reason);
    let tree: Value = match serde_yaml::from_str(text) {
        Ok(tree) => tree,
        Err(error) => return diagnostics.push(report(error.to_string())),
    };
    let mut changed = BTreeMap::new();
    if let Err(key) = flatten("", &tree, &mut changed) {
        let wrong = Diagnostic::new(Code::TemplateError, first_line).worded("template-error.not-a-text");
        return diagnostics.push(wrong.with("key", key));
    }
    for (key, message) in changed {
        if let Some(ours) = messages.get(&key) {
            let known: Vec<String> = ours.placeholders().map(str::to_owned).collect();
            let unknown = message.placeholders().find(|name| !known.iter().any(|known| known == name));
            match unknown.map(str::to_owned) {
                None => {
                    messages.insert(key, message);
                }
                Some(unknown) => diagnostics.push(
                    Diagnostic::new(Code::TemplateError, place_of(file, text, &key).unwrap_or(first_line))
                        .worded("template-error.unknown-placeholder")
                        .with("key", &key)
                        .with("placeholder", &unknown)
                        .suggest(nearest(&unknown, known.iter().map(String::as_str))),
                ),
            }
        } else {
            let suggestion = nearest(&key, messages.keys().map(String::as_str)).map(str::to_owned);
            diagnostics.push(
                Diagnostic::new(Code::TemplateError, place_of(file, text, &key).unwrap_or(first_line))
                    .worded("template-error.unknown-text")
                    .with("key", key)
                    .suggest(suggestion),
            );
        }
    }
}

/// Where the last segment of a key is written, going down the tree by its segments.
fn place_of(file: SourceId, text: &str, key: &str) -> Option<Span> {
    let mut start = 0;
    let mut span = None;
    for segment in key.split('.') {
        let found = text[start..].lines().scan(start, |at, line| {
            let here = *at;
            *at += line.len() + 1;
            Some((here, line))
        });
        let (line_start, line) = found
            .into_iter()
            .find(|(_, line)| line.trim_start().strip_prefix(segment).is_some_and(|rest| rest.starts_with(':')))?;
        let indent = line.len() - line.trim_start().len();
        span = Some(Span::new(file, line_start + indent, line_start + indent + segment.len()));
        start = (line_start + line.len() + 1).min(text.len());
    }
    span
}
