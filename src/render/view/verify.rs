//! The page that tells anyone how to make the site again from its sources and compare.

use serde::Serialize;

use super::frame::Frame;
use super::{Here, Link, Page, Words};
use crate::output::MANIFEST;
use crate::route::Target;

#[derive(Debug, Serialize)]
struct VerifyView<'a> {
    title: &'a str,
    lead: &'a str,
    what: String,
    /// Where the sources are kept, and how to fetch them.
    repository: Option<Repository<'a>>,
    install: String,
    /// The list of files, as a link and by its address.
    manifest: String,
    fetch: String,
    run: String,
}

#[derive(Debug, Serialize)]
struct Repository<'a> {
    url: &'a str,
    clone: String,
}

pub(crate) fn page<'a>(here: &Here<'a>) -> Page<'a> {
    let site = &here.register.site;
    let manifest = format!("{}{MANIFEST}", site.base_url);
    let view = VerifyView {
        title: here.text("verify.title"),
        lead: here.text("verify.lead"),
        what: here.fill("verify.what", &[("date", &here.date(here.assessment.as_of))]),
        repository: site.repository.as_ref().map(|repository| Repository {
            url: &repository.url,
            clone: format!("git clone --branch {} {}", quoted(&repository.branch), quoted(&repository.url)),
        }),
        install: here.fill("verify.install", &[("version", env!("CARGO_PKG_VERSION"))]),
        manifest: here.href_to(MANIFEST),
        fetch: format!("curl --location --output {MANIFEST} {}", quoted(&manifest)),
        run: format!("tiendo verify --manifest {MANIFEST} --base-url {}", quoted(&site.base_url)),
    };
    let parents = vec![Link { href: here.href(Target::Method), text: Words::plain(here.text("menu.method")) }];
    let frame = Frame::new(here, view.title.to_owned(), view.lead.to_owned(), parents);
    Page::new("verify.html", frame, &view)
}

/// A word for a shell: as it stands where nothing in it could mean more, else in single quotes.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/@%+".contains(letter);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_in_an_address_runs_in_the_reader_s_shell() {
        assert_eq!(quoted("https://example.org/tien-do/"), "https://example.org/tien-do/");
        assert_eq!(quoted("https://x/$(rm -rf ~)"), "'https://x/$(rm -rf ~)'");
        assert_eq!(quoted("a'b;c"), "'a'\\''b;c'");
        assert_eq!(quoted("-o"), "'-o'");
    }
}
