//! What `verify` prints: each file in which a copy and the sources do not agree, then one closing line.

use std::io::Write;

use super::arguments::Run;
use super::{DONE, Environment, MISTAKES, origin_key, print_diagnostics, say};
use crate::diagnostic::render::Format;
use crate::diagnostic::wording::Language;
use crate::pipeline::{BuildOptions, Deviation, Fault, Summary, Verification};

/// Prints the outcome to standard output; with errors in the content, these to standard error instead.
pub(super) fn conclude(
    run: &Run,
    options: &BuildOptions,
    verified: &Verification,
    environment: &Environment,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let Verification { report, deviations, other_version } = verified;
    let Some(summary) = &report.summary else {
        print_diagnostics(run, options, &report.diagnostics, &report.sources, environment, stderr);
        return MISTAKES;
    };
    let text = match run.format {
        Format::Json => to_json(summary, deviations, other_version.as_deref()),
        Format::Human | Format::Github => to_text(run, summary, deviations, other_version.as_deref()),
    };
    say(&text, run.language, stdout, stderr, if deviations.is_empty() { DONE } else { MISTAKES })
}

fn to_text(run: &Run, summary: &Summary, deviations: &[Deviation], other_version: Option<&str>) -> String {
    let language = run.language;
    let mut text = String::new();
    for Deviation { path, fault } in deviations {
        text += &(language.say(&format!("verify.{}", fault.as_str()), &[("path", path)]) + "\n");
    }
    if run.is_quiet {
        return text;
    }
    let files = language.count("count.file", summary.files);
    let origin = language.say(origin_key(summary.as_of_origin), &[]);
    let as_of = summary.as_of.to_string();
    let counts = [Fault::Differs, Fault::Missing, Fault::Extra].map(|fault| counted(fault, deviations, language));
    let arguments = [
        ("files", files.as_str()),
        ("as_of", &as_of),
        ("origin", &origin),
        ("differs", &counts[0]),
        ("missing", &counts[1]),
        ("extra", &counts[2]),
    ];
    let key = if deviations.is_empty() { "verify.same" } else { "verify.not-same" };
    text += &(language.say(key, &arguments) + "\n");
    if let Some(version) = other_version.filter(|_| !deviations.is_empty()) {
        let versions = [("copy", version), ("program", env!("CARGO_PKG_VERSION"))];
        text += &(language.say("verify.other-version", &versions) + "\n");
    }
    text
}

fn counted(fault: Fault, deviations: &[Deviation], language: Language) -> String {
    let number = deviations.iter().filter(|deviation| deviation.fault == fault).count();
    language.count(&format!("verify.count.{}", fault.as_str()), number)
}

fn to_json(summary: &Summary, deviations: &[Deviation], other_version: Option<&str>) -> String {
    let paths = |fault| -> Vec<&str> {
        let of_fault = deviations.iter().filter(|deviation| deviation.fault == fault);
        of_fault.map(|deviation| deviation.path.as_str()).collect()
    };
    let object = serde_json::json!({
        "as_of": summary.as_of.to_string(),
        "files": summary.files,
        "other_version": other_version,
        "differs": paths(Fault::Differs),
        "missing": paths(Fault::Missing),
        "extra": paths(Fault::Extra),
    });
    format!("{object}\n")
}
