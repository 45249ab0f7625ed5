//! Says the world's failures in the language of the reader, always with the path.

use std::io::{self, ErrorKind};

use crate::diagnostic::wording::Language;
use crate::error::{Error, OutputRefusal};

/// A failure as a sentence.
pub(super) fn message(error: &Error, language: Language) -> String {
    let (key, path, reason) = match error {
        Error::Listen { address, source } => {
            let key = if source.kind() == ErrorKind::AddrInUse { "failure.port-taken" } else { "failure.listen" };
            let arguments = [("address", address.to_string()), ("port", address.port().to_string())];
            let [address, port] = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
            return language.say(key, &[address, port, ("reason", &reason(source, language))]);
        }
        Error::Read { path, source } => ("failure.read", path, reason(source, language)),
        Error::Write { path, source } => ("failure.write", path, reason(source, language)),
        Error::OutputRefused { path, reason } => ("failure.refused", path, language.say(refusal_key(*reason), &[])),
        Error::Locked { path } => ("failure.locked", path, String::new()),
        Error::InTheWay { path } => ("failure.in-the-way", path, String::new()),
        Error::NotAManifest { path } => ("failure.not-a-manifest", path, String::new()),
        Error::Swap { path, source } => ("failure.swap", path, reason(source, language)),
    };
    language.say(key, &[("path", &path.display().to_string()), ("reason", &reason)])
}

fn refusal_key(refusal: OutputRefusal) -> &'static str {
    match refusal {
        OutputRefusal::Root => "refused.root",
        OutputRefusal::HoldsSources => "refused.holds-sources",
        OutputRefusal::InsideSources => "refused.inside-sources",
        OutputRefusal::NotOurs => "refused.not-ours",
        OutputRefusal::NotAFolder => "refused.not-a-folder",
    }
}

/// Why the system refused something; the rare reasons in the system's own words.
pub(super) fn reason(error: &io::Error, language: Language) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "reason.not-found",
        ErrorKind::PermissionDenied => "reason.permission-denied",
        ErrorKind::AlreadyExists => "reason.already-exists",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "reason.storage-full",
        ErrorKind::ReadOnlyFilesystem => "reason.read-only",
        ErrorKind::ResourceBusy => "reason.busy",
        ErrorKind::CrossesDevices => "reason.crosses-devices",
        ErrorKind::NotADirectory => "reason.not-a-directory",
        ErrorKind::AddrNotAvailable => "reason.no-such-address",
        ErrorKind::IsADirectory => "reason.is-a-directory",
        ErrorKind::InvalidFilename => "reason.invalid-name",
        // Ours: the system's own "invalid argument" has a number.
        ErrorKind::InvalidInput if error.raw_os_error().is_none() => "reason.not-a-file",
        _ => return error.to_string(),
    };
    language.say(key, &[])
}
