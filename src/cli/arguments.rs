//! The arguments, and the run that they ask for.

use std::ffi::OsString;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::Environment;
use super::help::explained;
use super::serve::{Browser, Serving};
use super::usage::{self, Mistake, Shown};
use crate::diagnostic::Code;
use crate::diagnostic::render::{Colour, Format};
use crate::diagnostic::wording::Language;
use crate::pipeline::authoring::{self, EntryKind, SchemaKind};
use crate::pipeline::fixing::Writing;
use crate::pipeline::{BuildOptions, Published};

/// What the command line asks for.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) action: Action,
    pub(super) format: Format,
    pub(super) language: Language,
    pub(super) stderr_colour: Colour,
    pub(super) is_quiet: bool,
    pub(super) is_verbose: bool,
}

#[derive(Debug)]
pub(super) enum Action {
    Build(BuildOptions),
    Check {
        options: BuildOptions,
        denies_warnings: bool,
        fixing: Option<Writing>,
    },
    Explain(Code),
    Serve(Serving),
    Diff {
        options: BuildOptions,
        from: NaiveDate,
        to: NaiveDate,
    },
    Verify {
        options: BuildOptions,
        published: Published,
    },
    Schema(Option<SchemaKind>),
    New {
        options: BuildOptions,
        kind: EntryKind,
        id: String,
    },
    Completions(Shell),
    /// Turns two tables into content.
    ImportCsv {
        indicators: PathBuf,
        observations: PathBuf,
        into: PathBuf,
    },
    /// Makes a first site in that folder.
    Init(PathBuf),
    /// Copies these files of the built-in theme, or all where none is named.
    Eject {
        root: PathBuf,
        name: String,
        files: Vec<String>,
    },
}

#[derive(Debug, Parser)]
#[command(name = "tiendo", version)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Global {
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    lang: Option<LanguageName>,
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    color: When,
    #[arg(short, long, global = true)]
    quiet: bool,
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build {
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        #[arg(long)]
        drafts: bool,
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    Check {
        #[arg(long, value_name = "WHAT", value_enum)]
        deny: Option<Denied>,
        #[arg(long, value_name = "CODE", conflicts_with = "fix")]
        explain: Option<String>,
        #[arg(long)]
        fix: bool,
        #[arg(long, requires = "fix")]
        dry_run: bool,
    },
    Serve {
        #[arg(long, value_name = "PORT", default_value_t = 1111)]
        port: u16,
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
        bind: String,
        #[arg(long)]
        open: bool,
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        #[arg(long)]
        drafts: bool,
    },
    Diff {
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        from: String,
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        to: String,
    },
    #[command(group(clap::ArgGroup::new("published").required(true).args(["copy", "manifest"])))]
    Verify {
        #[arg(value_name = "DIR")]
        copy: Option<PathBuf>,
        #[arg(long, value_name = "FILE")]
        manifest: Option<PathBuf>,
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        #[arg(long)]
        drafts: bool,
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    New {
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(EntryKind::ALL.map(EntryKind::as_str)))]
        entry_kind: String,
        #[arg(value_name = "ID")]
        id: String,
    },
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    Init {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    Schema {
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(SchemaKind::ALL.map(SchemaKind::as_str)))]
        kind: Option<String>,
    },
    Completions {
        #[arg(value_name = "SHELL", value_enum)]
        shell: Shell,
    },
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    Help {
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    Eject {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "FILE")]
        files: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    Csv {
        #[arg(value_name = "INDICATORS")]
        indicators: PathBuf,
        #[arg(value_name = "OBSERVATIONS")]
        observations: PathBuf,
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Human,
    Json,
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageName {
    Vi,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    Warnings,
}

/// Reads the arguments; what is to be shown instead of a run is an `Err`, be it help that was asked for or a mistake.
pub(super) fn parse(arguments: Vec<OsString>, environment: &Environment) -> Result<Run, Shown> {
    let language = language(&arguments, environment);
    let read = |command: clap::Command| {
        command.try_get_matches_from(&arguments).and_then(|matches| Arguments::from_arg_matches(&matches))
    };
    // To put the help in takes longer than many a run: it is left out until it is to be shown.
    let Arguments { global, command: chosen } = read(bare())
        .or_else(|_| read(command(language)))
        .map_err(|error| usage::shown(&error, language, &arguments, environment))?;

    let mistaken = |mistake: Mistake| usage::mistaken(&mistake, language, environment);
    let options = BuildOptions { root: global.root, ..BuildOptions::default() };
    let action = match chosen {
        Command::Build { output, base_url, as_of, drafts, jobs } => Action::Build(BuildOptions {
            output,
            base_url: base_url.map(checked_url).transpose().map_err(mistaken)?,
            as_of: as_of.map(|given| checked_date(&given)).transpose().map_err(mistaken)?,
            drafts,
            jobs: jobs.map(NonZeroUsize::get),
            ..options
        }),
        Command::Check { explain: Some(code), .. } => {
            Action::Explain(Code::from_name(&code).ok_or_else(|| mistaken(Mistake::Code(code)))?)
        }
        Command::Check { deny, explain: None, fix, dry_run } => Action::Check {
            options,
            denies_warnings: deny.is_some(),
            fixing: fix.then_some(if dry_run { Writing::DryRun } else { Writing::Write }),
        },
        Command::Serve { port, bind, open, as_of, drafts } => Action::Serve(Serving {
            options: BuildOptions {
                as_of: as_of.map(|given| checked_date(&given)).transpose().map_err(mistaken)?,
                drafts,
                ..options
            },
            bind: checked_address(bind).map_err(mistaken)?,
            port,
            browser: if open { Browser::Open } else { Browser::Leave },
        }),
        Command::Diff { from, to } => Action::Diff {
            options,
            from: checked_date(&from).map_err(mistaken)?,
            to: checked_date(&to).map_err(mistaken)?,
        },
        Command::Verify { copy, manifest, base_url, as_of, drafts, jobs } => {
            let options = BuildOptions {
                base_url: base_url.map(checked_url).transpose().map_err(mistaken)?,
                as_of: as_of.map(|given| checked_date(&given)).transpose().map_err(mistaken)?,
                drafts,
                jobs: jobs.map(NonZeroUsize::get),
                ..options
            };
            let published = copy.map(Published::Folder).or(manifest.map(Published::Manifest));
            Action::Verify { options, published: published.expect("the parser demands one of them") }
        }
        Command::New { entry_kind, id } => {
            let kind = EntryKind::from_name(&entry_kind).expect("the parser takes only names of kinds");
            if !id.split('/').all(is_slug) {
                return Err(mistaken(Mistake::Id(id)));
            }
            if kind == EntryKind::Resolution && !id.contains('/') {
                return Err(mistaken(Mistake::IdWithoutIssuer(id)));
            }
            Action::New { options, kind, id }
        }
        Command::Schema { kind } => Action::Schema(kind.as_deref().and_then(SchemaKind::from_name)),
        Command::Import { command: ImportCommand::Csv { indicators, observations, into } } => {
            Action::ImportCsv { indicators, observations, into }
        }
        Command::Init { folder } => Action::Init(folder),
        Command::Completions { shell } => Action::Completions(shell),
        Command::Theme { command: ThemeCommand::Eject { name, files } } => {
            if !is_slug(&name) {
                return Err(mistaken(Mistake::ThemeName(name)));
            }
            if let Some(file) = files.iter().find(|file| authoring::theme_files().all(|known| known != **file)) {
                return Err(mistaken(Mistake::ThemeFile(file.clone())));
            }
            Action::Eject { root: options.root, name, files }
        }
        Command::Help { command: name } => {
            return Err(usage::help(command(language), name.as_deref(), language, environment));
        }
    };
    let takes_colour = global.color == When::Always || (global.color == When::Auto && environment.stderr_takes_colour);
    Ok(Run {
        action,
        format: match global.format {
            FormatName::Human => Format::Human,
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
        },
        language,
        stderr_colour: if takes_colour { Colour::Styled } else { Colour::Plain },
        is_quiet: global.quiet,
        is_verbose: global.verbose,
    })
}

/// The language that `--lang` asks for, else the locale. Found before all else, so that mistakes are told in it.
fn language(arguments: &[OsString], environment: &Environment) -> Language {
    let mut words = arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    let mut found = None;
    while let Some(word) = words.next() {
        let value = if word == "--lang" {
            words.next()
        } else {
            word.strip_prefix("--lang=").map(|value| value.to_owned().into())
        };
        match value.as_deref() {
            Some("vi") => found = Some(Language::Vi),
            Some("en") => found = Some(Language::En),
            _ => {}
        }
    }
    found.unwrap_or_else(|| Language::of_locale(&environment.locale))
}

/// Whether a name can be that of a folder on every system, and stand in an address.
fn is_slug(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn checked_date(given: &str) -> Result<NaiveDate, Mistake> {
    // Strict: the parser alone takes `2021-7-5` and `+2021-07-30` as well.
    let day = NaiveDate::parse_from_str(given, "%Y-%m-%d").ok().filter(|day| day.to_string() == given);
    day.ok_or_else(|| Mistake::Date(given.to_owned()))
}

/// An address of this machine, by its number or as `localhost`.
fn checked_address(given: String) -> Result<IpAddr, Mistake> {
    let name = given.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&given);
    if name.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::from([127, 0, 0, 1]));
    }
    name.parse().map_err(|_| Mistake::Address(given))
}

fn checked_url(given: String) -> Result<String, Mistake> {
    let host = given.strip_prefix("https://").or_else(|| given.strip_prefix("http://"));
    let is_host = |rest: &str| {
        rest.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty())
            && !rest
                .contains(|letter: char| letter.is_whitespace() || letter.is_control() || "?#\"<>\\".contains(letter))
    };
    if host.is_some_and(is_host) { Ok(given) } else { Err(Mistake::BaseUrl(given)) }
}

/// The commands without their help.
fn bare() -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    Arguments::command().args([help, version])
}

/// The commands with their help in one language.
pub(super) fn command(language: Language) -> clap::Command {
    explained(bare(), language)
}
