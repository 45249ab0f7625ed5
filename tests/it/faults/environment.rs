//! Whoever builds, wherever and whenever: the same bytes; and a build touches nothing but its output.

use std::fs;
use std::process::Command;

use super::{AFTER_A_BUILD, DAYS, beside, site_of_two_days, tiendo};
use crate::commands::Folder;
use crate::harness::Site;
use crate::site::read_tree;

#[test]
#[cfg(unix)]
fn zone_locale_mask_path_time_and_cores_change_no_byte() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, trees) = site_of_two_days();
    // The files of a copy are made in another order, so that the disk lists them in another one.
    let copy = Folder::of(&Site::good());
    let mut files: Vec<(String, Vec<u8>)> = read_tree(&folder.path("content")).into_iter().collect();
    fs::remove_dir_all(copy.path("content")).expect("it is ours");
    files.reverse();
    for (path, bytes) in files {
        let path = copy.path(&format!("another folder, đường dẫn khác/content/{path}"));
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
        fs::write(path, bytes).expect("the disk takes a file");
    }
    let root = copy.path("another folder, đường dẫn khác");
    for (mask, zone, locale, jobs) in
        [("077", "Pacific/Kiritimati", "tr_TR.UTF-8", "1"), ("000", "America/Adak", "vi_VN.UTF-8", "8")]
    {
        let build = format!("umask {mask}; exec \"$TIENDO\" build --as-of {} --jobs {jobs}", DAYS[1]);
        let output = (Command::new("sh").args(["-c", &build]).current_dir(&root))
            .env("TIENDO", env!("CARGO_BIN_EXE_tiendo"))
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("SOURCE_DATE_EPOCH", "0")
            .output()
            .expect("the system has a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let tree = read_tree(&root.join("output"));
        assert!(tree == trees[1], "mask {mask}, {zone}, {locale}, {jobs} jobs");
        for path in tree.keys() {
            let file = fs::metadata(root.join("output").join(path)).expect("it was just read");
            assert_eq!(file.permissions().mode() & 0o777, 0o644, "{path}");
        }
    }
}

#[test]
fn nothing_of_the_machine_or_its_user_is_published() {
    let (folder, trees) = site_of_two_days();
    let root = folder.path(".").canonicalize().expect("it is there");
    let mut private = vec![root.to_string_lossy().into_owned()];
    private.extend(["HOME", "HOSTNAME", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok()));
    private.retain(|word| word.len() > 4);
    for (path, bytes) in &trees[1] {
        let text = String::from_utf8_lossy(bytes);
        for word in &private {
            assert!(!text.contains(word.as_str()), "{path} names {word}");
        }
    }
}

#[test]
fn what_is_no_content_is_not_published() {
    let folder = Folder::of(&Site::good());
    for path in [
        "content/.env",
        "content/.git/config",
        "content/static/.htpasswd",
        "content/units/ben-tre.md~",
        "content/units/.ben-tre.md.swp",
        "content/units/#ben-tre.md#",
        "content/static/a.txt.bak",
        ".env",
        "secret.txt",
    ] {
        folder.put(path, "mật khẩu zq4711");
    }
    folder.put("content/units/nhap.md", "---\nname: Bản nháp zq4711\nlevel: province\ndraft: true\n---\n");
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[1]]).0, 0);
    for (path, bytes) in read_tree(&folder.path("output")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("zq4711"), "{path}");
    }
}

#[test]
fn a_check_changes_no_file() {
    let (folder, trees) = site_of_two_days();
    assert_eq!(folder.tiendo(&["check"]).0, 0);
    assert_eq!(read_tree(&folder.path("output")), trees[1]);
    assert_eq!(beside(&folder), AFTER_A_BUILD);
}

/// The calls of a build to the system that ask for a network or change a file.
#[test]
#[cfg(target_os = "linux")]
fn a_build_opens_no_connection_and_writes_only_its_output() {
    let (folder, _) = site_of_two_days();
    let log = folder.path("calls");
    let calls = "trace=%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,\
                 linkat,symlink,symlinkat,truncate,chmod,fchmodat";
    let status = Command::new("strace")
        .args(["--follow-forks", "--string-limit=400", "--quiet=all", "-e", calls, "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_tiendo"))
        .args(["build", "--as-of", DAYS[0]])
        .current_dir(folder.path("."))
        .stdout(std::process::Stdio::null())
        .status()
        .expect("strace is installed by tests/run");
    assert!(status.success());
    let log = fs::read_to_string(log).expect("strace wrote it");
    let mut written = 0;
    for line in log.lines() {
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let name = call.split('(').next().unwrap_or_default();
        if call.starts_with("<...") || call.starts_with("+++") || call.starts_with("---") {
            continue;
        }
        let opens = matches!(name, "open" | "openat");
        if opens && !["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag)) {
            continue;
        }
        assert!(!matches!(name, "socket" | "connect" | "bind" | "sendto" | "sendmsg"), "{call}");
        let paths: Vec<&str> = call.split('"').skip(1).step_by(2).collect();
        let is_ours = |path: &&str| {
            let path = path.trim_start_matches("./");
            path.starts_with("output") || path.starts_with(".output.tiendo-")
        };
        // What stands relative to an open folder of the output has no path of its own.
        let is_relative = !call.contains("AT_FDCWD") && name.ends_with("at");
        assert!(is_relative || paths.iter().all(is_ours), "{call}");
        written += 1;
    }
    assert!(written > 20, "strace saw {written} calls:\n{log}");
}

#[test]
fn an_unchanged_build_touches_no_file() {
    let (folder, trees) = site_of_two_days();
    let times = || -> Vec<_> {
        let time = |path: &String| fs::metadata(folder.path("output").join(path)).and_then(|file| file.modified());
        trees[1].keys().map(|path| time(path).expect("it is there")).collect()
    };
    let before = times();
    let status = tiendo(&folder, &["build", "--as-of", DAYS[1]]).status().expect("the program starts");
    assert!(status.success());
    assert_eq!(times(), before);
}
