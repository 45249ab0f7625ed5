//! What every chart must be for browsers, screen readers and files.

use roxmltree::{Document, Node};

use super::samples;
use crate::chart::spec::{Milestone, Observation, Qualifier, Standing, Strip, Timeline, Tone};
use crate::chart::{Chart, Form, Width, draw, strip};

const FORMS: [(Form, Width); 4] = [
    (Form::Inline, Width::Wide),
    (Form::Inline, Width::Narrow),
    (Form::File, Width::Wide),
    (Form::File, Width::Narrow),
];

/// Checks what holds for every chart, whatever its spec.
#[track_caller]
pub(super) fn check(chart: &Chart, form: Form, width: Width) {
    let svg = draw(chart, form, width);
    let document = Document::parse(&svg).unwrap_or_else(|error| panic!("{error} in\n{svg}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("aria-label").is_some());
    assert!(root.attribute("width").is_none() && root.attribute("height").is_none(), "the page gives the size");
    let view_box: Vec<f64> = root
        .attribute("viewBox")
        .expect("a viewBox")
        .split(' ')
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert!(view_box.len() == 4 && view_box[2] > 0.0 && view_box[3] >= 0.0, "{view_box:?}");
    let mut children = root.children();
    assert!(children.next().is_some_and(|child| child.has_tag_name_or_plain("title")), "title first");
    assert!(children.next().is_some_and(|child| child.has_tag_name_or_plain("desc")), "desc second");
    assert_eq!(root.tag_name().namespace(), (form == Form::File).then_some("http://www.w3.org/2000/svg"));
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(["svg", "title", "desc", "g", "path", "circle", "text", "tspan", "rect"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let attribute = attribute.name();
            let is_free = attribute != "id" && attribute != "style" && !attribute.starts_with("on");
            assert!(is_free && !attribute.contains("href"), "{attribute} on {name}");
        }
        if name == "g" {
            let titles = node.children().filter(|child| child.has_tag_name_or_plain("title")).count();
            assert_eq!(titles, 1, "one title a mark");
        }
        if form == Form::Inline {
            assert!(node.attribute("fill").is_none() && node.attribute("stroke").is_none(), "the style sheet paints");
        } else if matches!(name, "path" | "circle" | "text") {
            assert!(node.attribute("fill").is_some() && node.attribute("class").is_none(), "a file paints itself");
        }
    }
    let is_clean = |character: char| !character.is_control() && !('\u{202a}'..='\u{202e}').contains(&character);
    assert!(svg.chars().all(is_clean), "control characters");
    assert!(!svg.contains("NaN") && !svg.contains("inf "), "numbers that are none");
}

trait Named {
    /// Whether it is the element of this name, with or without the SVG name space.
    fn has_tag_name_or_plain(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_or_plain(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

/// The titles of a chart's marks.
fn titles(chart: &Chart) -> Vec<String> {
    let svg = draw(chart, Form::Inline, Width::Wide);
    let document = Document::parse(&svg).expect("well-formed");
    let marks = document.descendants().filter(|node| node.has_tag_name("g"));
    marks.filter_map(|mark| mark.first_element_child()?.text().map(str::to_owned)).collect()
}

#[test]
fn every_sample_is_sound_in_every_form() {
    for (_, chart) in samples::all() {
        for (form, width) in FORMS {
            check(&chart, form, width);
        }
    }
}

#[test]
fn nothing_lies_outside_the_picture() {
    for (name, chart) in samples::all() {
        for (form, width) in FORMS {
            let svg = draw(&chart, form, width);
            let document = Document::parse(&svg).expect("well-formed");
            let view_box: Vec<f64> = (document.root_element().attribute("viewBox").expect("a viewBox").split(' '))
                .map(|number| number.parse().expect("a number"))
                .collect();
            for text in document.descendants().filter(|node| node.tag_name().name() == "text") {
                let number = |name| text.attribute(name).and_then(|value| value.parse::<f64>().ok()).expect("a number");
                let size =
                    if text.attribute("class").is_some_and(|class| class.contains("c-strong")) { 15.9 } else { 14.0 };
                let length = crate::chart::text::width(text.text().unwrap_or_default().trim_end(), size);
                let left = match text.attribute("text-anchor") {
                    Some("middle") => number("x") - length / 2.0,
                    Some("end") => number("x") - length,
                    _ => number("x"),
                };
                let words = text.text().unwrap_or_default();
                let slack = if form == Form::File { length * 0.3 } else { length * 0.08 };
                assert!(left >= view_box[0] - slack - 1.0, "{name} {width:?}: {words:?} starts at {left}");
                let right = view_box[0] + view_box[2] + slack + 1.0;
                assert!(left + length <= right, "{name} {width:?}: {words:?} ends at {}", left + length);
                assert!(number("y") > view_box[1] && number("y") <= view_box[1] + view_box[3], "{name}: {words:?}");
            }
        }
    }
}

#[test]
fn a_bar_says_name_status_and_value() {
    let titles = titles(&samples::bars());
    assert_eq!(titles.len(), 9);
    assert_eq!(titles[0], "Văn bản cụ thể hóa đã ban hành: Chậm · 11/18 văn bản · 61,1 %");
    assert_eq!(titles[7], "Khu đô thị mới được khởi công: Chưa có số liệu");
}

#[test]
fn an_observation_has_one_mark() {
    let titles = titles(&samples::timeline());
    // Due, today, target, pace, milestone, baseline, three observations.
    assert_eq!(titles.len(), 9, "{titles:?}");
    assert!(titles[8].starts_with("11 văn bản"));
}

#[test]
fn a_bar_is_as_long_as_its_share() {
    let svg = draw(&samples::bars_of_one(0.5), Form::Inline, Width::Wide);
    assert!(svg.contains("h640v12h-640z"), "the track is the promise: {svg}");
    assert!(svg.contains("h320v12h-320z"), "half of it is half as long: {svg}");
}

#[test]
fn a_bar_without_a_share_is_no_empty_box() {
    let svg = draw(&samples::bars_without_data(), Form::Inline, Width::Wide);
    assert!(!svg.contains("c-track") && svg.contains("Chưa có báo cáo nào"), "{svg}");
}

#[test]
fn words_of_the_page_are_drawn_only_in_a_file() {
    let (inline, file) = (
        draw(&samples::stack_three(), Form::Inline, Width::Wide),
        draw(&samples::stack_three(), Form::File, Width::Wide),
    );
    assert!(file.contains("Nguồn: Báo Đồng Khởi") && !inline.contains("Nguồn"));
    assert!(!inline.contains("#"), "no colour inside a page: {inline}");
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    for (_, chart) in samples::all() {
        assert_eq!(draw(&chart, Form::File, Width::Wide), draw(&chart.clone(), Form::File, Width::Wide));
    }
}

#[test]
fn a_large_matrix_is_small() {
    for (width, most) in [(Width::Wide, 16_000), (Width::Narrow, 13_000)] {
        let svg = draw(&samples::matrix_large(), Form::Inline, width);
        assert!(svg.len() < most, "{width:?}: {} bytes", svg.len());
    }
}

#[test]
fn few_signs_have_titles_and_many_have_none() {
    let titles = titles(&samples::matrix());
    assert_eq!(titles.len(), 31, "one a sign, none where nothing is expected");
    assert_eq!(titles[1], "Thành phố Bến Tre · 03-NQ/TU: Báo cáo cho biết đã ban hành");
    assert!(!draw(&samples::matrix_large(), Form::Inline, Width::Wide).contains("<g>"));
}

#[test]
fn a_strip_in_a_line_has_a_size_and_says_what_it_shows() {
    let drawn = |most: u32| {
        let parts = [(Tone::Achieved, 2), (Tone::Missed, 0), (Tone::Unreported, 3)];
        let parts = parts.map(|(tone, count)| (tone, count, format!("{count} {}", tone.class()))).to_vec();
        strip(&Strip { label: "2 đạt, 3 \"chưa\"".to_owned(), parts, most })
    };
    let width = |svg: &str| {
        let document = Document::parse(svg).expect("well-formed");
        let root = document.root_element();
        assert_eq!((root.attribute("role"), root.attribute("aria-label")), (Some("img"), Some("2 đạt, 3 \"chưa\"")));
        let titles = root.descendants().filter(|node| node.has_tag_name("title"));
        assert_eq!(titles.filter_map(|title| title.text()).collect::<Vec<_>>(), ["2 achieved", "3 unreported"]);
        let size = ["width", "height"].map(|name| root.attribute(name).expect("a size").to_owned());
        assert_eq!(root.attribute("viewBox").expect("a viewBox"), format!("0 0 {} {}", size[0], size[1]));
        size[0].parse::<f64>().expect("a number")
    };
    // All strips of one `most` are as wide; each square is a path of its own among few, one bar among many.
    let (few, many) = (drawn(5), drawn(5_000));
    assert_eq!(few.matches('z').count(), 5, "{few}");
    assert_eq!(many.matches('z').count(), 2, "{many}");
    assert!(width(&few) < width(&drawn(20)) && width(&drawn(20)) < width(&many));
    assert_eq!(width(&many), width(&drawn(50)));
}

#[test]
fn the_line_sets_out_from_a_known_baseline_only() {
    let mut timeline = Timeline {
        observations: vec![Observation {
            day: 20,
            value: 8.0,
            qualifier: Qualifier::Exact,
            standing: Standing::Counted,
            label: "8".to_owned(),
            title: "8".to_owned(),
        }],
        baseline: Some(Milestone { day: 10, value: 2.0, label: String::new(), title: "2".to_owned() }),
        ..Timeline::default()
    };
    let lines = |timeline: &Timeline| {
        draw(&Chart::Timeline(timeline.clone()), Form::Inline, Width::Wide).matches("c-series").count()
    };
    assert_eq!(lines(&timeline), 0, "one figure is no line");
    timeline.start = Some((10, 2.0));
    assert_eq!(lines(&timeline), 1);
    timeline.start = Some((30, 2.0));
    assert_eq!(lines(&timeline), 0, "a baseline after the figures begins nothing");
}
