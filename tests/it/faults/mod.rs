//! What goes wrong in the world, done for real: processes are killed, disks fill up, folders belong to somebody else.
//!
//! The promise is always the same: the output is the whole former site or the whole new one, what others put there
//! stays, and the build says what is the matter.

mod environment;
mod input;
mod publishing;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::commands::Folder;
use crate::harness::Site;
use crate::site::read_tree;

/// Two days on which the pages of the site differ.
const DAYS: [&str; 2] = ["2021-06-30", "2021-07-31"];

type Tree = BTreeMap<String, Vec<u8>>;

/// The program in a folder, silent, in English.
fn tiendo(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command.current_dir(folder.path(".")).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The site, and what it is on each of [`DAYS`].
fn site_of_two_days() -> (Folder, [Tree; 2]) {
    let folder = Folder::of(&Site::good());
    let trees = trees_of_two_days(&folder);
    (folder, trees)
}

/// What a site is on each of [`DAYS`]; it stays as on the second.
fn trees_of_two_days(folder: &Folder) -> [Tree; 2] {
    let trees = DAYS.map(|day| {
        let status = tiendo(folder, &["build", "--as-of", day]).status().expect("the program starts");
        assert!(status.success());
        read_tree(&folder.path("output"))
    });
    let differ = trees[0].iter().filter(|(path, bytes)| trees[1].get(*path) != Some(bytes)).count();
    assert!(differ > 20, "only {differ} files differ between the days");
    trees
}

/// What lies beside the sources after a build: the site, and the receipt by which the next build knows it.
const AFTER_A_BUILD: [&str; 3] = [".output.tiendo-receipt", "content", "output"];

/// What lies beside the sources, by name.
fn beside(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path(".")).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
