//! The program as a process: streams that fail, and its environment.

use std::fs::File;
use std::process::{Command, Stdio};

fn tiendo() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_a_failure_without_a_panic() {
    let full = || File::options().write(true).open("/dev/full").expect("the system has it");
    let output = tiendo().arg("--help").stdout(full()).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: cannot write to standard output: the disk is full\n");
    let status = tiendo().arg("--help").stdout(full()).stderr(full()).status().expect("the program starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let (reader, writer) = std::io::pipe().expect("the system has pipes");
    drop(reader);
    let output = tiendo().arg("--help").stdout(writer).output().expect("the program starts");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let (reader, writer) = std::io::pipe().expect("the system has pipes");
    drop(reader);
    let status = tiendo().arg("bild").stdout(Stdio::null()).stderr(writer).status().expect("the program starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn the_locale_chooses_the_language() {
    let first_word = |variables: &[(&str, &str)]| {
        let output = tiendo().envs(variables.iter().copied()).arg("bild").output().expect("the program starts");
        String::from_utf8_lossy(&output.stderr).split(':').next().unwrap_or_default().to_owned()
    };
    assert_eq!(first_word(&[]), "error");
    assert_eq!(first_word(&[("LANG", "vi_VN.UTF-8")]), "lỗi");
    assert_eq!(first_word(&[("LANG", "vi_VN.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")]), "error");
    assert_eq!(first_word(&[("LC_MESSAGES", "en_GB.UTF-8"), ("LC_ALL", "vi_VN")]), "lỗi");
    assert_eq!(first_word(&[("LC_ALL", ""), ("LANG", "vi")]), "lỗi");
}
