//! The commands beside `build` and `check`, as processes.

mod fix;
mod import;
mod init;
mod new;
mod schema;
mod theme;
mod verify;

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::harness::{Site, TODAY};

/// A site in a folder, and the program started in that folder.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn of(site: &Site) -> Self {
        Self(site.write())
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("the disk takes a folder");
        std::fs::write(path, text).expect("the disk takes a file");
    }

    /// The exit code, standard output and standard error, in English.
    pub(crate) fn tiendo(&self, arguments: &[&str]) -> (i32, String, String) {
        tiendo(self.0.path(), arguments)
    }

    /// Builds the site as of the tests' day.
    #[track_caller]
    pub(crate) fn build(&self) {
        let (code, _, stderr) = self.tiendo(&["build", "--as-of", TODAY]);
        assert_eq!(code, 0, "{stderr}");
    }
}

fn tiendo(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8").current_dir(folder);
    let output = command.args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints text");
    (output.status.code().expect("it was not killed"), text(output.stdout), text(output.stderr))
}

#[test]
fn every_command_shows_its_help_with_an_example_in_both_languages() {
    for command in
        ["init", "serve", "import", "import csv", "verify", "new", "schema", "completions", "theme", "theme eject"]
    {
        for (language, example) in [("en", "Example:\n"), ("vi", "Ví dụ:\n")] {
            let words: Vec<&str> = command.split(' ').chain(["--help", "--lang", language]).collect();
            let (code, stdout, stderr) = tiendo(Path::new("."), &words);
            assert_eq!((code, stderr.as_str()), (0, ""));
            assert!(stdout.contains(&format!("{example}  tiendo {command}")), "{stdout}");
        }
    }
}
