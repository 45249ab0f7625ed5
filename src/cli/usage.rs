//! What is shown instead of a run: help that was asked for, or what is wrong with the arguments.

use std::ffi::OsString;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use unicode_normalization::UnicodeNormalization;

use super::{Environment, help};
use crate::diagnostic::render::{self, Colour};
use crate::diagnostic::wording::Language;
use crate::diagnostic::{Code, nearest};
use crate::pipeline::authoring;

/// A text for standard output, or, when it tells a mistake, for standard error.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) is_mistake: bool,
    pub(super) language: Language,
}

/// A value that has the right form for the parser and not for us.
#[derive(Debug)]
pub(super) enum Mistake {
    Date(String),
    BaseUrl(String),
    Address(String),
    Code(String),
    Id(String),
    IdWithoutIssuer(String),
    ThemeName(String),
    ThemeFile(String),
}

/// The help of a command.
pub(super) fn help(
    mut command: clap::Command,
    name: Option<&str>,
    language: Language,
    environment: &Environment,
) -> Shown {
    command.build();
    let help = match name {
        None => Some(command.render_help()),
        Some(name) => command.find_subcommand_mut(name).map(clap::Command::render_help),
    };
    match help {
        Some(help) if environment.stdout_takes_colour => {
            Shown { text: help.ansi().to_string(), is_mistake: false, language }
        }
        Some(help) => Shown { text: help.to_string(), is_mistake: false, language },
        None => {
            let message = language.say("usage.unknown-command", &[("given", name.unwrap_or_default())]);
            complaint(&message, None, language, environment)
        }
    }
}

/// Says what is wrong with a value.
pub(super) fn mistaken(mistake: &Mistake, language: Language, environment: &Environment) -> Shown {
    let (message, help) = match mistake {
        Mistake::Date(given) => {
            let right = right_date(given);
            (language.say("usage.date", &[("given", given)]), language.say("usage.date-help", &[("right", &right)]))
        }
        Mistake::BaseUrl(given) => {
            (language.say("usage.base-url", &[("given", given)]), language.say("usage.base-url-help", &[]))
        }
        Mistake::Address(given) => {
            (language.say("usage.address", &[("given", given)]), language.say("usage.address-help", &[]))
        }
        Mistake::Code(given) => {
            let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
            let help = match nearest(given, names.iter().copied()) {
                Some(name) => language.say("did-you-mean", &[("suggestion", name)]),
                None => language.say("usage.code-help", &[]) + " " + &names.join(", "),
            };
            (language.say("usage.code", &[("given", given)]), help)
        }
        Mistake::Id(given) => {
            let help = match right_id(given) {
                Some(right) => language.say("did-you-mean", &[("suggestion", &right)]),
                None => language.say("usage.slug-help", &[]),
            };
            (language.say("usage.id", &[("given", given)]), help)
        }
        Mistake::IdWithoutIssuer(given) => {
            let id = [("given", given.as_str())];
            (language.say("usage.id-without-issuer", &id), language.say("usage.id-without-issuer-help", &id))
        }
        Mistake::ThemeName(given) => {
            (language.say("usage.theme-name", &[("given", given)]), language.say("usage.slug-help", &[]))
        }
        Mistake::ThemeFile(given) => {
            let names = || authoring::theme_files();
            let below = format!("/{given}");
            let help = match names().find(|name| name.ends_with(&below)).or_else(|| nearest(given, names())) {
                Some(name) => language.say("did-you-mean", &[("suggestion", name)]),
                None => language.say("usage.theme-file-help", &[]) + " " + &names().collect::<Vec<_>>().join(", "),
            };
            (language.say("usage.theme-file", &[("given", given)]), help)
        }
    };
    complaint(&message, Some(&help), language, environment)
}

/// A date in one of the forms that people write, as it should be written; else an example.
fn right_date(given: &str) -> String {
    let forms = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d"];
    let day = forms.iter().find_map(|form| NaiveDate::parse_from_str(given.trim(), form).ok());
    day.map_or_else(|| "2021-12-31".to_owned(), |day| day.to_string())
}

/// A path or a name as an id: without the ending, in lower-case letters without marks.
fn right_id(given: &str) -> Option<String> {
    let name = given.strip_suffix(".md").unwrap_or(given);
    let name = name.strip_prefix("content/").and_then(|rest| rest.split_once('/')).map_or(name, |(_, id)| id);
    let letters = name.nfd().filter_map(|letter| match letter {
        'đ' | 'Đ' | 'Ð' => Some('d'),
        ' ' | '_' | '.' => Some('-'),
        '/' | '-' => Some(letter),
        _ => Some(letter.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric),
    });
    let id: String = letters.collect();
    let is_id = id.split('/').all(|part| !part.is_empty() && part.bytes().any(|byte| byte != b'-'));
    is_id.then_some(id)
}

/// What the parser answers, in our words: help and version as they are, mistakes told in the reader's language.
pub(super) fn shown(error: &clap::Error, language: Language, given: &[OsString], environment: &Environment) -> Shown {
    let is_asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if is_asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let takes_colour = if is_asked_for { environment.stdout_takes_colour } else { environment.stderr_takes_colour };
        let text = error.render();
        let text = if takes_colour { text.ansi().to_string() } else { text.to_string() };
        return Shown { text, is_mistake: !is_asked_for, language };
    }
    let one = |kind| error.get(kind).map(first).unwrap_or_default();
    let say = |key: &str, arguments: &[(&str, &str)]| language.say(key, arguments);
    let argument = one(ContextKind::InvalidArg);
    // An option is named without its value; one of several arguments is named with the others.
    let bare = argument.strip_prefix(['<', '[']).and_then(|rest| rest.strip_suffix(['>', ']']));
    let argument = match bare {
        Some(one_of) => one_of,
        None => argument.split(' ').next().unwrap_or_default(),
    };
    let value = one(ContextKind::InvalidValue);
    let suggestion = |kind| {
        let suggestion = one(kind);
        (!suggestion.is_empty()).then(|| say("did-you-mean", &[("suggestion", &suggestion)]))
    };
    let (message, help) = match error.kind() {
        ErrorKind::UnknownArgument => {
            (say("usage.unknown-argument", &[("given", argument)]), suggestion(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let given = one(ContextKind::InvalidSubcommand);
            (say("usage.unknown-command", &[("given", &given)]), suggestion(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => (say("usage.missing-command", &[]), None),
        ErrorKind::InvalidValue if value.is_empty() => (say("usage.missing-value", &[("argument", argument)]), None),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = error.get(ContextKind::ValidValue).map(all).unwrap_or_default();
            let help = (!values.is_empty()).then(|| say("usage.possible-values", &[("values", &values)]));
            (say("usage.invalid-value", &[("given", &value), ("argument", argument)]), help)
        }
        ErrorKind::MissingRequiredArgument => (say("usage.missing-argument", &[("argument", argument)]), None),
        ErrorKind::ArgumentConflict => {
            let other = one(ContextKind::PriorArg);
            let other = other.split(' ').next().unwrap_or_default();
            if other == argument {
                (say("usage.repeated", &[("argument", argument)]), None)
            } else {
                (say("usage.conflict", &[("argument", argument), ("other", other)]), None)
            }
        }
        // A kind that our arguments cannot raise today: better in the parser's words than in none.
        _ => return Shown { text: error.render().to_string(), is_mistake: true, language },
    };
    let help = help.unwrap_or_else(|| {
        let names = help::EXAMPLES.iter().map(|(name, _)| *name);
        let chosen = given.iter().skip(1).find_map(|word| names.clone().find(|name| word == *name));
        let command = chosen.map_or_else(|| "tiendo".to_owned(), |name| format!("tiendo {name}"));
        say("usage.more-help", &[("command", &command)])
    });
    complaint(&message, Some(&help), language, environment)
}

fn complaint(message: &str, help: Option<&str>, language: Language, environment: &Environment) -> Shown {
    let colour = if environment.stderr_takes_colour { Colour::Styled } else { Colour::Plain };
    Shown { text: render::failure(message, help, language, colour), is_mistake: true, language }
}

fn first(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(list) => list.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn all(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        other => first(other),
    }
}
