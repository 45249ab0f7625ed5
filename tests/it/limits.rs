//! The limits of a site: each with its message, its setting, and a default that no real site meets.

use tiendo::diagnostic::wording::Language;

use crate::commands::Folder;
use crate::harness::{Site, TODAY};

const SITE: &str = "content/site.yaml";
const PAGE: &str = "content/pages/gioi-thieu.md";

/// The good site with a limit.
fn limited(limit: &str) -> Site {
    Site::good().append(SITE, &format!("limits: {{{limit}}}\n"))
}

fn links(count: usize) -> String {
    "---\ntitle: Giới thiệu\n---\n".to_owned() + &"[x](https://example.org/)\n".repeat(count)
}

#[test]
fn each_limit_has_a_message_with_its_number() {
    for (limit, site, path, message) in [
        ("file_kib: 2", Site::good().append(PAGE, &"x\n".repeat(1_100)), PAGE, "the file is larger than 2 KiB"),
        ("file_kib: 1024", Site::good().append(PAGE, &"x\n".repeat(530_000)), PAGE, "the file is larger than 1 MiB"),
        (
            "front_matter_kib: 1",
            Site::good().replace(PAGE, "title: Giới thiệu", &format!("title: {}", "x".repeat(1_100))),
            PAGE,
            "the fields of this file take more than 1 KiB",
        ),
        ("pages: 1000", Site::good().append(PAGE, &"x\n".repeat(1_100_000)), PAGE, "the file is larger than 2 MiB"),
        (
            "links: 10",
            Site::good().replace(PAGE, "title: Giới thiệu", &format!("title: {}", "x".repeat(3 << 20))),
            PAGE,
            "the fields of this file take more than 1 MiB",
        ),
        ("nesting: 3", Site::good().append(PAGE, "\n> > > > x\n"), PAGE, "nested more than 3 deep"),
        ("links: 4", Site::good().file(PAGE, &links(5)), PAGE, "the text has more than 4 links and images"),
        ("pages: 20", Site::good(), SITE, "more than its limit of 20"),
    ] {
        let folder = Folder::of(&site.append(SITE, &format!("limits: {{{limit}}}\n")));
        let (code, _, said) = folder.tiendo(&["check"]);
        assert_eq!(code, 1, "{limit}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{limit}: {said}");
        assert!(said.contains("error[too-large]") && said.contains(path) && said.contains(message), "{limit}: {said}");
        let vietnamese = folder.tiendo(&["check", "--lang", "vi"]).2;
        assert!(!vietnamese.contains(message) && vietnamese.contains("error[too-large]"), "{limit}: {vietnamese}");
    }
}

#[test]
fn what_keeps_to_a_limit_is_no_mistake() {
    for (limit, site) in [
        ("file_kib: 4", Site::good().append(PAGE, &"x\n".repeat(1_100))),
        ("file_kib: 4096", Site::good().append(PAGE, &"x\n".repeat(1_100_000))),
        ("front_matter_kib: 1", Site::good()),
        ("nesting: 6", Site::good().append(PAGE, "\n> > > > x\n")),
        ("links: 5", Site::good().file(PAGE, &links(5))),
        ("pages: 200", Site::good()),
    ] {
        let folder = Folder::of(&site.append(SITE, &format!("limits: {{{limit}}}\n")));
        let (code, _, said) = folder.tiendo(&["check"]);
        assert_eq!(code, 0, "{limit}: {said}");
    }
}

#[test]
fn a_text_of_ten_thousand_links_is_read_and_one_more_is_refused() {
    let site = |count| Site::good().file(PAGE, &links(count)).judge(TODAY).list();
    assert_eq!(site(10_000), [""; 0]);
    let found = site(10_001);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("too-large"), "{found:?}");
    // Who needs more may have them.
    assert_eq!(limited("links: 10001").file(PAGE, &links(10_001)).judge(TODAY).list(), [""; 0]);
}

#[test]
fn a_limit_is_from_one_to_what_is_read_at_all() {
    for limit in [
        "file_kib: ⟦0⟧",
        "file_kib: ⟦8193⟧",
        "front_matter_kib: ⟦1025⟧",
        "nesting: ⟦33⟧",
        "links: ⟦100001⟧",
        "pages: ⟦0⟧",
    ] {
        limited(limit).judge(TODAY).only(tiendo::diagnostic::Severity::Error, "bad-number");
    }
    let said = limited("nesting: 33").judge(TODAY).rendered(Language::En);
    assert!(said.contains("`33` is no limit: it must be from 1 to 32"), "{said}");
    for limit in ["file_kib: 8192", "front_matter_kib: 1024", "nesting: 32", "links: 100000", "pages: 4294967295"] {
        limited(limit).judge(TODAY).clean();
    }
}
