//! The shipped sample.
use crate::harness::{Site, TODAY};

#[test]
fn dump() {
    let judged = Site::sample();
    println!("{}", judged.diagnostics());
    println!("{}", judged.rendered(tiendo::diagnostic::wording::Language::En));
}
#[test]
fn good() {
    Site::good().judge(TODAY).clean();
}
