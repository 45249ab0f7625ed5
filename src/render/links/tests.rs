//! What is a safe address, where paths lead, and that relative addresses lead there from everywhere.

use proptest::prelude::*;

use super::*;
use crate::render::fixture::Fixture;
use crate::route::routes;

#[test]
fn only_web_addresses_of_other_hosts_pass() {
    for (url, safe) in [
        ("https://a.example/b?c=d&e", Some("https://a.example/b?c=d&e")),
        ("HTTP://a.example/", Some("HTTP://a.example/")),
        ("https://a.example/văn bản", Some("https://a.example/v%C4%83n%20b%E1%BA%A3n")),
        ("https://a.example/\"><script>", Some("https://a.example/%22%3E%3Cscript%3E")),
        ("ht tp://a.example/", None),
        ("http ://a.example/", None),
        ("http\n://a.example/", Some("http://a.example/")),
        (" https://a.example/\n", Some("https://a.example/")),
        ("mailto:a@b.example", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\u{1}javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/", None),
        ("/a", None),
        ("a.example", None),
        ("", None),
    ] {
        assert_eq!(external(url).as_deref(), safe, "{url:?}");
    }
}

#[test]
fn paths_are_read_from_the_file_or_from_content() {
    for (from, path, found) in [
        ("content/units/a.md", "b.md", Some("content/units/b.md")),
        ("content/units/a.md", "./b.md", Some("content/units/b.md")),
        ("content/units/a/b.md", "../../reports/c.md", Some("content/reports/c.md")),
        ("content/units/a.md", "/reports//c.md", Some("content/reports/c.md")),
        ("content/units/a.md", "..", Some("content")),
        ("content/units/a.md", "/", Some("content")),
        ("content/units/a.md", "../../themes/x", None),
        ("content/units/a.md", "/../site.yaml", None),
        ("content/units/a.md", "../../content/units/b.md", None),
    ] {
        assert_eq!(absolute(from, path).as_deref(), found, "{from} {path}");
    }
}

/// Where a browser ends up that follows a relative link on a page.
fn follow(page: &str, link: &str) -> String {
    let mut segments: Vec<&str> = page.split('/').collect();
    segments.pop();
    for segment in link.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    segments.join("/")
}

proptest! {
    /// A relative address leads from any page to any other, below any base.
    #[test]
    fn relative_addresses_lead_there(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let (_, assessment) = Fixture::new().on("2021-12-31");
        let addresses: Vec<String> = routes(&assessment).iter().map(|route| route.address(&assessment.register)).collect();
        let (from, to) = (from.get(&addresses), to.get(&addresses));
        for base in ["", "tien-do/", "a/b/"] {
            let target = format!("{base}{to}");
            let reached = follow(&format!("{base}{from}"), &relative(from, to));
            prop_assert_eq!(reached.trim_end_matches('/'), target.trim_end_matches('/'));
        }
    }

    /// Reading an address never fails, and what it lets through begins with a scheme that we know, or none.
    #[test]
    fn no_scheme_slips_through(link in "[jJaAvscriptT:/\\\\#?%0-9a-f \\t\\n\u{1}\u{a0}]{0,24}|\\PC{0,16}") {
        if let Link::External(url) = Link::read(&link) {
            let url = url.to_ascii_lowercase();
            prop_assert!(["http:", "https:", "mailto:", "tel:", "//"].iter().any(|start| url.starts_with(start)), "{url}");
            prop_assert!(url.is_ascii() && !url.contains(['"', '<', '>', ' ', '\\']));
        }
    }
}
