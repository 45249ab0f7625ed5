//! The help of each command in the reader's language.
//!
//! Its texts stand in the catalogues: `help.COMMAND` and `help.arg.NAME`.

use clap::Arg;
use clap::builder::PossibleValue;

use crate::diagnostic::wording::Language;

/// Examples for the help of each command.
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("tiendo", &["tiendo build", "tiendo check --root ../ben-tre --lang vi"]),
    (
        "build",
        &[
            "tiendo build",
            "tiendo build --output public --base-url https://example.org/tien-do/",
            "tiendo build --as-of 2021-12-31",
        ],
    ),
    (
        "check",
        &[
            "tiendo check",
            "tiendo check --deny warnings --format github",
            "tiendo check --explain broken-link",
            "tiendo check --fix --dry-run",
        ],
    ),
    ("serve", &["tiendo serve --open", "tiendo serve --root ../ben-tre --port 8080 --drafts"]),
    (
        "diff",
        &[
            "tiendo diff --from 2021-06-30 --to 2021-12-31",
            "tiendo diff --from 2021-06-30 --to 2021-12-31 --format json",
        ],
    ),
    (
        "verify",
        &[
            "tiendo verify output",
            "tiendo verify --manifest manifest.json",
            "tiendo verify mirror --base-url https://example.org/tien-do/",
        ],
    ),
    (
        "new",
        &[
            "tiendo new report 2021/07-30-tp-ben-tre",
            "tiendo new resolution ben-tre/03-nq-tu",
            "tiendo new unit giong-trom/my-thanh",
            "tiendo new page gioi-thieu",
        ],
    ),
    ("import", &["tiendo import csv indicators.csv observations.csv --into tien-do"]),
    ("csv", &["tiendo import csv indicators.csv observations.csv --into tien-do"]),
    ("init", &["tiendo init tien-do", "tiendo init . --lang vi"]),
    ("schema", &["tiendo schema", "tiendo schema report --lang vi > report.schema.json"]),
    (
        "completions",
        &[
            "tiendo completions bash > ~/.local/share/bash-completion/completions/tiendo",
            "tiendo completions fish > ~/.config/fish/completions/tiendo.fish",
        ],
    ),
    ("theme", &["tiendo theme eject ben-tre"]),
    ("eject", &["tiendo theme eject ben-tre", "tiendo theme eject ben-tre css/site.css templates/home.html"]),
    ("help", &["tiendo help build"]),
];

/// Puts the help in one language into the commands.
pub(super) fn explained(commands: clap::Command, language: Language) -> clap::Command {
    let say = |key: &str| language.say(key, &[]);
    described(commands, language)
        .mut_subcommands(|command| described(command, language).mut_subcommands(|command| described(command, language)))
        .subcommand_help_heading(say("help.commands"))
}

fn described(command: clap::Command, language: Language) -> clap::Command {
    let say = |key: &str| language.say(key, &[]);
    let name = command.get_name().to_owned();
    let options = say("help.usage-options");
    let usage = match name.as_str() {
        "tiendo" => format!("tiendo [{options}] <{}>", say("help.usage-command")),
        "help" => format!("tiendo help [{}]", say("help.usage-command")),
        "verify" => format!("tiendo verify [{options}] <DIR | --manifest FILE>"),
        "import" => format!("tiendo import [{options}] <{}>", say("help.usage-command")),
        "csv" => format!("tiendo import csv [{options}] <INDICATORS> <OBSERVATIONS> --into <DIR>"),
        "init" => format!("tiendo init [{options}] <DIR>"),
        "new" => format!("tiendo new [{options}] <KIND> <ID>"),
        "schema" => format!("tiendo schema [{options}] [KIND]"),
        "completions" => format!("tiendo completions [{options}] <SHELL>"),
        "theme" => format!("tiendo theme [{options}] <{}>", say("help.usage-command")),
        "eject" => format!("tiendo theme eject [{options}] <NAME> [FILE…]"),
        _ => format!("tiendo {name} [{options}]"),
    };
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", say("help.usage"));
    let examples = EXAMPLES.iter().find(|(command, _)| *command == name).map_or(&[][..], |(_, examples)| examples);
    command
        .about(say(&format!("help.{name}")))
        .override_usage(usage)
        .help_template(template)
        .after_help(format!("{}:\n  {}", say("help.example"), examples.join("\n  ")))
        .mut_args(|argument| described_argument(argument, language))
}

fn described_argument(argument: Arg, language: Language) -> Arg {
    let say = |key: &str| language.say(key, &[]);
    let mut help = say(&format!("help.arg.{}", argument.get_id().as_str().replace('_', "-")));
    let takes_values = argument.get_action().takes_values();
    if takes_values {
        let values: Vec<_> =
            argument.get_possible_values().iter().map(PossibleValue::get_name).map(str::to_owned).collect();
        if !values.is_empty() {
            help += &format!(" [{}: {}]", say("help.possible-values"), values.join(", "));
        }
        if let [default] = argument.get_default_values() {
            help += &format!(" [{}: {}]", say("help.default"), default.to_string_lossy());
        }
    }
    let heading = say(if argument.is_global_set() { "help.global-options" } else { "help.options" });
    let argument = argument.help(help).help_heading(heading);
    // The parser would say both in English once more.
    if takes_values { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
}
