//! Faults between the first file and the swap.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{AFTER_A_BUILD, DAYS, Tree, beside, site_of_two_days, tiendo, trees_of_two_days};
use crate::commands::Folder;
use crate::harness::Site;
use crate::site::read_tree;

/// How many builds are killed before their end.
const KILLS: u32 = 200;

/// Takes the strangers out of a tree, which must be there.
#[track_caller]
fn without_strangers(mut tree: Tree) -> Tree {
    assert_eq!(tree.remove(".git/HEAD").as_deref(), Some(b"ref: refs/heads/pages\n".as_slice()));
    assert_eq!(tree.remove("mine.txt").as_deref(), Some(b"mine".as_slice()));
    tree
}

#[test]
fn whenever_a_build_is_killed_the_output_is_one_whole_site() {
    let (folder, trees) = site_of_two_days();
    kill_builds(&folder, &trees);
    assert_eq!(beside(&folder), AFTER_A_BUILD);
}

/// A site that is so large that a spare generation of it stays.
#[cfg(unix)]
fn large_site() -> Folder {
    let folder = Folder::of(&Site::good());
    for number in 0..1_000 {
        folder.put(&format!("content/static/tep/{number}.txt"), &format!("Tệp {number}"));
    }
    folder
}

#[test]
#[cfg(unix)]
fn whenever_a_build_with_a_spare_is_killed_the_output_is_one_whole_site() {
    let folder = large_site();
    let trees = trees_of_two_days(&folder);
    kill_builds(&folder, &trees);
    assert_eq!(beside(&folder), [&AFTER_A_BUILD[..1], &[".output.tiendo-spare"], &AFTER_A_BUILD[1..]].concat());
    let spare = read_tree(&folder.path(".output.tiendo-spare"));
    assert!(spare.len() > 1_000);
    for (path, bytes) in spare {
        assert!(trees[1].get(&path) == Some(&bytes), "{path} is not of the site");
    }
}

/// Kills many builds of a site that differs from day to day, and holds the output against its two trees each time.
fn kill_builds(folder: &Folder, trees: &[Tree; 2]) {
    folder.put("output/.git/HEAD", "ref: refs/heads/pages\n");
    folder.put("output/mine.txt", "mine");
    let build = |day: &str| tiendo(folder, &["build", "--as-of", day]).spawn().expect("the program starts");
    // Moments spread over a whole build, in an order without a pattern; how long that takes is learnt on the way.
    let mut whole = Duration::from_secs(2);
    let (mut killed, mut rounds) = (0, 0);
    while killed < KILLS {
        rounds += 1;
        assert!(rounds < 20 * KILLS, "only {killed} of {rounds} builds were killed before their end");
        let moment = whole * (rounds * 7919 % KILLS) / KILLS;
        let begun = Instant::now();
        let mut child = build(DAYS[(rounds % 2) as usize]);
        while begun.elapsed() < moment && child.try_wait().expect("it is ours").is_none() {
            thread::sleep(Duration::from_micros(200));
        }
        child.kill().expect("it is ours");
        if child.wait().expect("it ends").success() {
            whole = whole.min(begun.elapsed());
        } else {
            killed += 1;
        }
        let tree = without_strangers(read_tree(&folder.path("output")));
        assert!(trees.contains(&tree), "round {rounds}: a mix after {moment:?}");
    }
    // The last one may have been killed after it published a site and before it left a spare of it; an unchanged site
    // is not published anew, so only a change of days is sure to leave one.
    for (day, tree) in DAYS.into_iter().zip(trees) {
        assert!(build(day).wait().expect("it ends").success());
        assert_eq!(&without_strangers(read_tree(&folder.path("output"))), tree);
    }
}

#[test]
fn builds_at_once_end_in_one_whole_site() {
    let (folder, trees) = site_of_two_days();
    for _ in 0..5 {
        let children = [DAYS[0], DAYS[1], DAYS[0]].map(|day| {
            let mut build = tiendo(&folder, &["build", "--as-of", day]);
            build.stderr(Stdio::piped()).spawn().expect("the program starts")
        });
        let mut successes = 0;
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => successes += 1,
                Some(2) => assert!(said.contains("another build"), "{said}"),
                code => panic!("{code:?}: {said}"),
            }
        }
        assert!(successes >= 1);
        assert!(trees.contains(&read_tree(&folder.path("output"))));
        assert_eq!(beside(&folder), AFTER_A_BUILD);
    }
}

#[test]
fn a_template_that_fails_on_one_page_changes_nothing() {
    let (folder, trees) = site_of_two_days();
    let site = folder.read("content/site.yaml");
    folder.put("content/site.yaml", &format!("{site}theme: rieng\n"));
    folder.put(
        "themes/rieng/templates/unit.html",
        "{% extends \"builtin/unit.html\" %}{% block title %}{{ view.absent }}{% endblock title %}",
    );
    let (code, _, stderr) = folder.tiendo(&["build", "--as-of", DAYS[0]]);
    assert_eq!(code, 1);
    assert!(
        stderr.contains("error[template-error]") && stderr.contains("themes/rieng/templates/unit.html:1:"),
        "{stderr}"
    );
    assert_eq!(read_tree(&folder.path("output")), trees[1]);
    assert_eq!(beside(&folder), [&AFTER_A_BUILD[..], &["themes"]].concat());
}

#[test]
fn what_left_the_sources_leaves_the_site() {
    let (folder, trees) = site_of_two_days();
    let gone = "units/giong-trom/atom.xml";
    assert!(trees[1].contains_key(gone));
    folder.put("content/units/them.md", "---\nname: Thêm\nlevel: province\n---\n");
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[1]]).0, 0);
    assert!(folder.path("output/units/them/index.html").exists());
    fs::remove_file(folder.path("content/units/them.md")).expect("it is ours");
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[1]]).0, 0);
    assert_eq!(read_tree(&folder.path("output")), trees[1]);
}

/// Runs a script in a mount namespace of its own, where `$MNT` is a file system of that size.
#[cfg(target_os = "linux")]
fn on_a_disk_of(bytes: u64, folder: &Folder, script: &str) {
    folder.put("out/.keep", "");
    folder.put("mnt/.keep", "");
    let is_root = rustix::process::geteuid().is_root();
    let mut command = Command::new("unshare");
    if !is_root {
        command.args(["--user", "--map-root-user"]);
    }
    let mounted = format!(
        "mount -t tmpfs -o size={bytes} tmpfs \"$MNT\" && cp -r content \"$MNT/\" && cd \"$MNT\" && {{ {script}\n }}"
    );
    let output = (command.args(["--mount", "sh", "-ec", &mounted]).current_dir(folder.path(".")))
        .env("MNT", folder.path("mnt"))
        .env("OUT", folder.path("out"))
        .env("TIENDO", env!("CARGO_BIN_EXE_tiendo"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("unshare is part of every Linux (util-linux)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_up_keeps_the_former_site() {
    let (folder, trees) = site_of_two_days();
    for free in [0, 4, 40, 200, 400] {
        let script = format!(
            "\"$TIENDO\" build --as-of {} >/dev/null
            free=$(df --output=avail --block-size=1024 . | tail -n 1)
            head -c $(( (free - {free}) * 1024 )) /dev/zero >full
            code=0; \"$TIENDO\" build --as-of {} >/dev/null 2>\"$OUT/stderr\" || code=$?
            echo $code >\"$OUT/code\"
            ls -A >\"$OUT/left\"
            rm -rf \"$OUT/tree\"; cp -r output \"$OUT/tree\"",
            DAYS[0], DAYS[1]
        );
        on_a_disk_of(32 << 20, &folder, &script);
        let (code, stderr) = (folder.read("out/code"), folder.read("out/stderr"));
        assert_eq!(code, "2\n", "{free} KiB free: {stderr}");
        assert!(stderr.contains("the disk is full") && stderr.contains("output"), "{stderr}");
        assert_eq!(folder.read("out/left"), ".output.tiendo-receipt\ncontent\nfull\noutput\n", "{free} KiB free");
        assert_eq!(read_tree(&folder.path("out/tree")), trees[0]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_up_leaves_no_more_than_a_spare() {
    let folder = large_site();
    let trees = trees_of_two_days(&folder);
    let mut spares = 0;
    for free in [0, 4, 40, 200, 400] {
        let script = format!(
            "for day in {0} {1} {0}; do \"$TIENDO\" build --as-of $day >/dev/null; done
            test -d .output.tiendo-spare
            free=$(df --output=avail --block-size=1024 . | tail -n 1)
            head -c $(( (free - {free}) * 1024 )) /dev/zero >full
            code=0; \"$TIENDO\" build --as-of {1} >/dev/null 2>\"$OUT/stderr\" || code=$?
            echo $code >\"$OUT/code\"
            ls -A >\"$OUT/left\"
            rm -rf \"$OUT/tree\" \"$OUT/spare\"; cp -r output \"$OUT/tree\"
            if test -d .output.tiendo-spare; then cp -r .output.tiendo-spare \"$OUT/spare\"; fi
            rm full; \"$TIENDO\" build --as-of {1} >/dev/null
            rm -rf \"$OUT/after\"; cp -r output \"$OUT/after\"",
            DAYS[0], DAYS[1]
        );
        on_a_disk_of(64 << 20, &folder, &script);
        assert_eq!(folder.read("out/code"), "2\n", "{free} KiB free: {}", folder.read("out/stderr"));
        // Files that were copied a moment ago give no receipt.
        let left =
            folder.read("out/left").replace(".output.tiendo-spare\n", "").replace(".output.tiendo-receipt\n", "");
        assert_eq!(left, "content\nfull\noutput\n", "{free} KiB free");
        assert_eq!(read_tree(&folder.path("out/tree")), trees[0]);
        assert_eq!(read_tree(&folder.path("out/after")), trees[1], "{free} KiB free");
        if folder.path("out/spare").exists() {
            let spare = read_tree(&folder.path("out/spare"));
            assert!(spare.iter().all(|(path, bytes)| trees[0].get(path) == Some(bytes)), "{free} KiB free");
            spares += 1;
        }
    }
    assert!(spares > 0, "no spare was looked at");
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_is_a_mount_point_is_refused_with_what_to_do() {
    let folder = Folder::of(&Site::good());
    on_a_disk_of(
        64 << 20,
        &folder,
        &format!(
            "
        mkdir output && mount -t tmpfs tmpfs output
        code=0; \"$TIENDO\" build --as-of {} >/dev/null 2>\"$OUT/stderr\" || code=$?
        echo $code >\"$OUT/code\"
        ls -A >\"$OUT/left\"",
            DAYS[0]
        ),
    );
    assert_eq!(folder.read("out/code"), "2\n");
    assert!(folder.read("out/stderr").contains("mount"), "{}", folder.read("out/stderr"));
    assert_eq!(folder.read("out/left"), "content\noutput\n");
}

/// Builds as somebody who may read the sources and write nothing.
#[test]
#[cfg(unix)]
fn a_folder_of_somebody_else_is_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let (folder, trees) = site_of_two_days();
    let allow = |mode| {
        fs::set_permissions(folder.path("."), fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    // The program may lie where only its owner may look.
    let program = tempfile::Builder::new()
        .permissions(fs::Permissions::from_mode(0o755))
        .tempdir()
        .expect("the disk takes a folder");
    fs::copy(env!("CARGO_BIN_EXE_tiendo"), program.path().join("tiendo")).expect("the disk takes the program");
    let mut command = Command::new(program.path().join("tiendo"));
    command.env("LC_ALL", "C.UTF-8").current_dir(folder.path(".")).args(["build", "--as-of", DAYS[0]]);
    if rustix::process::geteuid().is_root() {
        command.uid(65534);
        allow(0o755);
    } else {
        allow(0o555);
    }
    let output = command.output().expect("the program starts");
    allow(0o755);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("output`: permission denied"), "{said}");
    assert_eq!(read_tree(&folder.path("output")), trees[1]);
    assert_eq!(beside(&folder), AFTER_A_BUILD);
}

#[test]
fn the_lock_of_a_killed_build_holds_nobody_up() {
    // A process that was killed holds no lock.
    let (folder, _) = site_of_two_days();
    let mut child = tiendo(&folder, &["build", "--as-of", DAYS[0]]).spawn().expect("the program starts");
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    folder.put(".output.tiendo-lock", "");
    // Whoever waited for it would wait for ever.
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[0]]).0, 0);
}

/// Every file of the output is the one that its manifest lists.
#[track_caller]
fn agrees_with_its_manifest(tree: &Tree) {
    let manifest: serde_json::Value = serde_json::from_slice(&tree["manifest.json"]).expect("JSON");
    let listed = manifest["files"].as_array().expect("a list");
    assert_eq!(listed.len() + 1, tree.len());
    for file in listed {
        let path = file["path"].as_str().expect("a path");
        assert_eq!(file["sha256"], tiendo::render::data::sha256(&tree[path]), "{path}");
        assert_eq!(file["size"], tree[path].len(), "{path}");
    }
}

#[test]
fn files_that_change_while_they_are_read_cannot_spoil_a_site() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let (folder, _) = site_of_two_days();
    let copied = |round: usize| [b"mot", b"hai"][round % 2].repeat(400_000 + round % 7 * 1_000);
    let page =
        |round: usize| format!("---\ntitle: Trang {round}\n---\n{}\n", "Nội dung. ".repeat(20_000 + round % 5 * 999));
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path(path), bytes).expect("the disk takes a file");
    folder.put("content/static/lon.bin", "");
    write("content/pages/gioi-thieu.md", page(0).as_bytes());
    let is_over = AtomicBool::new(false);
    let mut whole = 0;
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !is_over.load(Ordering::Relaxed) {
                round += 1;
                // In place, so that a reader may see any part of it; and the page at once, as editors save.
                write("content/static/lon.bin", &copied(round));
                write("content/pages/.gioi-thieu.md.tmp", page(round).as_bytes());
                fs::rename(folder.path("content/pages/.gioi-thieu.md.tmp"), folder.path("content/pages/gioi-thieu.md"))
                    .expect("it is ours");
            }
        });
        for _ in 0..8 {
            let (code, _, said) = folder.tiendo(&["build", "--as-of", DAYS[1]]);
            assert!(code == 0 || code == 2 && said.contains("content/"), "{code}: {said}");
            whole += usize::from(code == 0);
            let tree = read_tree(&folder.path("output"));
            agrees_with_its_manifest(&tree);
            let shown = String::from_utf8_lossy(&tree["gioi-thieu/index.html"]).into_owned();
            assert!(code != 0 || shown.contains("<h1>Trang "), "{shown}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert!(whole > 0, "no build was finished");
    // What is there at the end is what a first build makes of it.
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[1]]).0, 0);
    let tree = read_tree(&folder.path("output"));
    agrees_with_its_manifest(&tree);
    assert_eq!(tree["lon.bin"], fs::read(folder.path("content/static/lon.bin")).expect("it is there"));
    fs::remove_dir_all(folder.path("output")).expect("it is ours");
    assert_eq!(folder.tiendo(&["build", "--as-of", DAYS[1]]).0, 0);
    assert!(read_tree(&folder.path("output")) == tree);
}
