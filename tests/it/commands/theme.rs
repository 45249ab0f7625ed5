//! `tiendo theme eject`, and the scripts of `tiendo completions`.

use std::fs;
use std::path::Path;

use super::{Folder, tiendo};
use crate::harness::Site;

#[test]
fn an_ejected_theme_builds_the_same_site() {
    let folder = Folder::of(&Site::good());
    folder.build();
    let page = folder.read("output/gioi-thieu/index.html");
    let (code, stdout, stderr) = folder.tiendo(&["theme", "eject", "ben-tre"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with("created: themes/ben-tre/css/chart.css\n"), "{stdout}");
    assert!(stdout.contains("\nwrite `theme: ben-tre` in content/site.yaml to use it;"), "{stdout}");
    let site = folder.read("content/site.yaml");
    folder.put("content/site.yaml", &format!("{site}theme: ben-tre\n"));
    folder.build();
    assert_eq!(folder.read("output/gioi-thieu/index.html"), page);
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let folder = Folder::of(&Site::good());
    folder.put("themes/ben-tre/css/site.css", "mine");
    let (code, stdout, _) =
        folder.tiendo(&["theme", "eject", "ben-tre", "css/site.css", "templates/home.html", "--quiet"]);
    assert_eq!(code, 0);
    assert_eq!(stdout, "kept as it is: themes/ben-tre/css/site.css\ncreated: themes/ben-tre/templates/home.html\n");
    assert_eq!(folder.read("themes/ben-tre/css/site.css"), "mine");
    assert!(!folder.path("themes/ben-tre/css/chart.css").exists(), "only what was asked for");
}

#[test]
fn what_cannot_be_ejected_is_said_before_anything_is_written() {
    let folder = Folder::of(&Site::good());
    for (arguments, message) in [
        (
            &["ben-tre", "home.html"][..],
            "error: the built-in theme has no file `home.html`\n |\n = help: did you mean `templates/home.html`?\n",
        ),
        (
            &["ben-tre", "css/sit.css"],
            "error: the built-in theme has no file `css/sit.css`\n |\n = help: did you mean `css/site.css`?\n",
        ),
        (
            &["../ben-tre"],
            "error: `../ben-tre` is not a name for a theme\n |\n = help: use lower-case letters without marks, digits and `-`\n",
        ),
    ] {
        let (code, stdout, stderr) = folder.tiendo(&[&["theme", "eject"], arguments].concat());
        assert_eq!((code, stdout.as_str(), stderr.as_str()), (2, "", message));
    }
    assert!(!folder.path("themes").exists());
    let (code, _, stderr) = folder.tiendo(&["theme"]);
    assert!(code == 2 && stderr.contains("eject"), "{stderr}");
    let (code, _, stderr) = folder.tiendo(&["theme", "eject", "a", "--root", "nowhere"]);
    assert_eq!((code, stderr.as_str()), (2, "error: cannot read `nowhere`: it does not exist\n"));
}

#[test]
#[cfg(unix)]
fn a_link_does_not_lead_out_of_the_site() {
    let folder = Folder::of(&Site::good());
    let elsewhere = tempfile::tempdir().expect("the disk takes a folder");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path("themes")).expect("the disk takes a link");
    let (code, stdout, stderr) = folder.tiendo(&["theme", "eject", "ben-tre"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("error: cannot write `./themes/ben-tre/css/chart.css`: "), "{stderr}");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("it is there").count(), 0);
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, stdout, stderr) = tiendo(Path::new("."), &["completions", shell]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{shell}");
        for word in ["verify", "completions", "base-url", "eject"] {
            assert!(stdout.contains(word), "{shell}: {word}");
        }
    }
    let (_, stdout, _) = tiendo(Path::new("."), &["completions", "fish", "--lang", "vi"]);
    assert!(stdout.contains("Dựng toàn bộ trang"), "{stdout}");
    let (code, _, stderr) = tiendo(Path::new("."), &["completions", "tcsh"]);
    assert!(code == 2 && stderr.contains("possible values: bash, elvish, fish, powershell, zsh"), "{stderr}");
    assert_eq!(tiendo(Path::new("."), &["completions"]).0, 2);
}

#[test]
fn a_tiny_theme_overrides_three_files_and_keeps_the_rest() {
    let folder = Folder::of(&Site::good());
    let site = folder.read("content/site.yaml");
    folder.build();
    let unit = folder.read("output/units/ben-tre/index.html");
    folder.put("content/site.yaml", &format!("{site}theme: nho\n"));
    folder.put("themes/nho/css/site.css", "body { color: #123456; }\n");
    folder.put(
        "themes/nho/templates/page.html",
        "{% extends \"builtin/page.html\" %}\n{% block main %}<p class=\"nho\">{{ view.title }}</p>\n{{ super() }}{% endblock main %}\n",
    );
    folder.put("themes/nho/locales/vi.yaml", "menu:\n  units: Các đơn vị của ta\n");
    folder.build();
    let page = folder.read("output/gioi-thieu/index.html");
    assert!(page.contains("<p class=\"nho\">Giới thiệu</p>") && page.contains("Trang này."), "{page}");
    assert!(page.contains("Các đơn vị của ta"), "{page}");
    let style = page.split('"').find(|word| word.contains("assets/site.")).expect("the page has its style");
    let style = folder.read(&format!("output/gioi-thieu/{style}"));
    assert!(style.contains("#123456"), "{style}");
    // Another template is the built-in one, with the theme's texts and style.
    let again = folder.read("output/units/ben-tre/index.html");
    assert!(again != unit && again.contains("Các đơn vị của ta"), "{again}");
}
