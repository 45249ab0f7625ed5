//! Hostile content, templates and files: each ends in a message, within bounded time and memory.

use std::fs;
use std::process::Command;

use super::DAYS;
use crate::commands::Folder;
use crate::harness::Site;

/// Kibibytes of address space that a build may have: what would grow without bounds fails instead of swapping.
const MEMORY: u32 = 4 << 20;

/// Builds with bounded memory; the exit code and what is said.
fn build(folder: &Folder) -> (Option<i32>, String) {
    let command = format!("ulimit -v {MEMORY}; exec \"$TIENDO\" build --jobs 2 --color never --as-of {}", DAYS[0]);
    let output = (Command::new("sh").args(["-c", &command]).current_dir(folder.path(".")))
        .env("TIENDO", env!("CARGO_BIN_EXE_tiendo"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the system has a shell");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn bombs_are_mistakes() {
    let front = |yaml: &str| format!("---\n{yaml}\n---\n");
    let aliases = {
        let mut yaml = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (name, of) in ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip("abcdefgh".chars()) {
            yaml += &format!("{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n");
        }
        yaml
    };
    let indented: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (what, text, code) in [
        ("aliases", front(&aliases), "yaml-unsupported"),
        ("nested lists", front(&format!("name: {}", "[".repeat(20_000))), "too-large"),
        ("nested dashes", front(&"- ".repeat(20_000)), "too-large"),
        ("nested blocks", front(&indented), "too-large"),
        ("open mappings", front(&"{a: ".repeat(20_000)), "too-large"),
        ("a long text", front(&format!("name: {}", "x".repeat(2 << 20))), "too-large"),
        ("no end", format!("---\nname: {}", "x\n".repeat(400_000)), "missing-front-matter"),
        ("not closed", "---\nname: \"Bến Tre\nlevel: province\n---\n".to_owned(), "yaml-syntax"),
        ("nothing", String::new(), "missing-front-matter"),
        ("quotes", front("name: A\nlevel: province") + &"> ".repeat(50_000), "too-large"),
    ] {
        let folder = Folder::of(&Site::good());
        folder.put("content/units/bom.md", &text);
        let (exit, said) = build(&folder);
        assert_eq!(exit, Some(1), "{what}: {}", said.chars().take(400).collect::<String>());
        assert!(said.contains(&format!("error[{code}]")), "{what}: {}", said.chars().take(400).collect::<String>());
        assert!(said.contains("content/units/bom.md"), "{what}");
        assert!(!folder.path("output").exists());
    }
}

#[test]
fn files_of_all_sizes_are_read_or_refused() {
    let folder = Folder::of(&Site::good());
    for number in 0..3_000 {
        folder.put(&format!("content/static/{number}.txt"), "x");
    }
    let large = fs::File::create(folder.path("content/units/lon.md")).expect("the disk takes a file");
    large.set_len(100 << 20).expect("a sparse file takes no room");
    let (exit, said) = build(&folder);
    assert_eq!(exit, Some(1), "{said}");
    assert!(said.contains("error[too-large]") && said.contains("content/units/lon.md"), "{said}");
    fs::remove_file(folder.path("content/units/lon.md")).expect("it is ours");
    assert_eq!(build(&folder).0, Some(0));
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_never_opened() {
    let folder = Folder::of(&Site::good());
    folder.put("content/static/a.txt", "a");
    let pipe = Command::new("mkfifo").arg(folder.path("content/units/ong.md")).status();
    assert!(pipe.expect("mkfifo is part of every Unix").success());
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.path("content/units/o.md")).expect("the disk takes a socket");
    fs::create_dir(folder.path("content/units/thu-muc.md")).expect("the disk takes a folder");
    std::os::unix::fs::symlink("vong.md", folder.path("content/units/vong.md")).expect("the disk takes a link");
    std::os::unix::fs::symlink("/etc/passwd", folder.path("content/static/passwd.txt")).expect("the disk takes a link");
    let (exit, said) = build(&folder);
    assert_eq!(exit, Some(1), "{said}");
    for path in ["content/units/ong.md", "content/units/o.md", "content/units/vong.md", "content/static/passwd.txt"] {
        assert!(said.contains(path), "{path}: {said}");
    }
    assert!(said.contains("error[outside-root]"), "{said}");
}

#[test]
fn templates_reach_nothing_and_end() {
    let folder = Folder::of(&Site::good());
    let site = folder.read("content/site.yaml");
    folder.put("content/site.yaml", &format!("{site}theme: rieng\n"));
    let sum = format!("{{{{ {} }}}}", vec!["1"; 5_000].join(" + "));
    let flood = format!("{{% for i in range(end=50000) %}}{}{{% endfor %}}", "x".repeat(1_000));
    let letters = "x".repeat(100);
    let loops = format!("{{% set s = \"{letters}\" %}}{}{}", "{% for a in s %}".repeat(6), "{% endfor %}".repeat(6));
    let nested = format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000));
    let blocks = "{% if true %}".repeat(20_000);
    for template in [
        "{{ get_env(name=\"HOME\") }}",
        "{{ load_data(path=\"content/site.yaml\") }}",
        "{% include \"/etc/passwd\" %}",
        "{% include \"../../../content/site.yaml\" %}",
        "{% include \"unit.html\" %}",
        "{% extends \"unit.html\" %}",
        "{% for i in range(end=1000000000) %}x{% endfor %}",
        "{% for i in range(end=50000) %}{% for j in range(end=50000) %}{% endfor %}{% endfor %}",
        flood.as_str(),
        loops.as_str(),
        "{{ [a for a in \"xx\"] }}",
        "{% component a() %}{{<a />}}{% endcomponent a %}{{<a />}}",
        "{% component a(n) %}{{<a n={n} />}}{{<a n={n} />}}{% endcomponent a %}{{<a n={1} />}}",
        "{{ \"x\" | shell }}",
        sum.as_str(),
        nested.as_str(),
        blocks.as_str(),
    ] {
        folder.put("themes/rieng/templates/unit.html", template);
        let shown: String = template.chars().take(80).collect();
        let (exit, said) = build(&folder);
        assert_eq!(exit, Some(1), "{shown}: {said}");
        let place = "themes/rieng/templates/unit.html:1:";
        assert!(said.contains("error[template-error]") && said.contains(place), "{shown}: {said}");
        assert!(!folder.path("output").exists());
    }
}
