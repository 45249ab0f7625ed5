//! Every sample in every form, for eyes: `TIENDO_GALLERY=1 cargo test --lib gallery -- --nocapture` prints pages and
//! files, each under a line `=== NAME`. Without the variable it does nothing.

use super::samples;
use crate::chart::{Form, Width, draw};

#[test]
fn gallery() {
    if std::env::var_os("TIENDO_GALLERY").is_none() {
        return;
    }
    let css = concat!(
        include_str!("../../../themes/default/css/chart.css"),
        include_str!("../../../themes/default/css/site.css")
    );
    for (width, name, pixels) in [(Width::Wide, "wide", 680), (Width::Narrow, "narrow", 328)] {
        for theme in ["light", "dark"] {
            println!("\n=== {name}-{theme}.html");
            println!(
                "<!doctype html><html lang=vi data-theme={theme}><meta charset=utf-8><style>:root{{font-family:system-ui,sans-serif}}\
                 {css}body{{margin:16px;width:{pixels}px}}h2{{font:14px monospace;margin:32px 0 12px}}</style>"
            );
            for (sample, chart) in samples::all() {
                println!("<h2>{sample}</h2>{}", draw(&chart, Form::Inline, width));
            }
        }
        for (sample, chart) in samples::all() {
            println!("\n=== {sample}-{name}.svg\n{}", draw(&chart, Form::File, width));
        }
    }
}
