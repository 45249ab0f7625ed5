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

#[test]
fn a_site_is_built_from_any_folder() {
    let folder = tempfile::tempdir().expect("the disk takes a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join("site").join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the site")).expect("the disk takes a folder");
        std::fs::write(path, text).expect("the disk takes a file");
    };
    put(
        "content/site.yaml",
        "title: Thử\nbase_url: https://example.org/\nlanguage: vi\nas_of: 2021-12-31\nlevels:\n  - id: province\n    name: Tỉnh\n",
    );
    put("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n");
    put("content/static/favicon.svg", "<svg/>");
    let run = |arguments: &[&str]| {
        let output = tiendo().args(arguments).current_dir(folder.path()).output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program prints text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, stdout, stderr) = run(&["build", "--root", "site"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.ends_with(" s; as of 2021-12-31 (from site.yaml)\n"), "{stdout}");
    let built = |path: &str| std::fs::read_to_string(folder.path().join("site/output").join(path));
    assert_eq!(built("favicon.svg").expect("it was copied"), "<svg/>");
    let home = built("index.html").expect("it was built");

    put("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: provinz\n---\n");
    let (code, _, stderr) = run(&["build", "--root", "site", "--format", "json"]);
    assert_eq!(code, Some(1));
    let diagnostic: serde_json::Value = serde_json::from_str(&stderr).expect("one object");
    assert_eq!(diagnostic["file"], "site/content/units/ben-tre.md");
    assert_eq!((&diagnostic["code"], &diagnostic["line"]), (&"unknown-level".into(), &3.into()));
    assert_eq!(built("index.html").expect("the former site stays"), home);

    let (code, _, stderr) = run(&["build", "--root", "site", "--output", "site/content/output", "--lang", "vi"]);
    assert_eq!(code, Some(1), "mistakes come first: {stderr}");
    put("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n");
    let (code, _, stderr) = run(&["build", "--root", "site", "--output", "site/content/output", "--lang", "vi"]);
    assert_eq!(code, Some(2));
    assert!(stderr.starts_with("lỗi: không nhận `site/content/output` làm thư mục kết quả: "), "{stderr}");
}
