//! Building again: what was built before is known, or made again to the same bytes; never anything between.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use tempfile::TempDir;
use tiendo::diagnostic::Diagnostic;
use tiendo::pipeline::{self, BuildOptions};
use tiendo::render::data::table;
use tiendo::route::Table;

use crate::harness::{Site, day};
use crate::site::read_tree;

const RECEIPT: &str = ".output.tiendo-receipt";
const DAY: &str = "2021-07-31";

/// What a build came to: how many routes it went through, how many of them it rendered, how many files it wrote, and what
/// it found.
#[derive(Debug, Clone, PartialEq)]
struct Came {
    made: usize,
    rendered: usize,
    files: usize,
    written: usize,
    found: Vec<Diagnostic>,
}

#[track_caller]
fn build_into(output: &Path, options: &BuildOptions) -> Came {
    let made = AtomicUsize::new(0);
    let count = |_: usize, _: usize| {
        made.fetch_add(1, Ordering::Relaxed);
    };
    let options = BuildOptions { output: Some(output.to_owned()), ..options.clone() };
    let report = pipeline::build(&options, &count).expect("the world allows it");
    let summary = report.summary.unwrap_or_else(|| panic!("{:?}", report.diagnostics));
    let found = report.diagnostics.iter().cloned().collect();
    let (made, rendered) = (made.into_inner(), summary.rendered);
    Came { made, rendered, files: summary.files, written: summary.written, found }
}

fn options(root: &TempDir) -> BuildOptions {
    // A program that was linked a moment ago cannot be told from one that is linked in the next; then nothing is kept.
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|metadata| metadata.modified());
    while program.as_ref().is_ok_and(|linked| linked.elapsed().is_ok_and(|age| age.as_secs() < 4)) {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    BuildOptions { root: root.path().to_owned(), as_of: Some(day(DAY)), ..BuildOptions::default() }
}

/// A site with warnings, built once.
fn built() -> (TempDir, BuildOptions, Came) {
    let root = Site::case("target: 18\nbaseline: {value: 0, date: 2021-01-01}\ndue: 2021-06-30")
        .figure("2021-02-01", "value: 3")
        .write();
    let options = options(&root);
    let came = build_into(&root.path().join("output"), &options);
    assert!(came.made > 0 && !came.found.is_empty(), "{came:?}");
    (root, options, came)
}

/// What the system says of every file of the output.
#[cfg(unix)]
fn stamps(root: &TempDir) -> Vec<(String, u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let output = root.path().join("output");
    let stamp = |path: String| {
        let metadata = fs::metadata(output.join(&path)).expect("it is there");
        (path, metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    read_tree(&output).into_keys().map(stamp).collect()
}

/// The same of the files whose paths begin so, but for when their entries changed: each gets a second name.
#[cfg(unix)]
fn stamps_of(root: &TempDir, start: &str) -> Vec<(String, u64)> {
    let all = stamps(root).into_iter().filter(|(path, ..)| path.starts_with(start));
    all.map(|(path, inode, ..)| (path, inode)).collect()
}

#[test]
#[cfg(unix)]
fn a_site_that_did_not_change_is_not_made_again() {
    let (root, options, first) = built();
    let before = stamps(&root);
    let again = build_into(&root.path().join("output"), &options);
    assert_eq!(again, Came { made: 0, rendered: 0, written: 0, ..first });
    assert_eq!(stamps(&root), before);
}

#[test]
#[cfg(unix)]
fn whatever_the_site_is_made_of_counts() {
    let (root, options, first) = built();
    let output = root.path().join("output");
    let others = [
        BuildOptions { as_of: Some(day("2021-07-30")), ..options.clone() },
        BuildOptions { base_url: Some("https://example.net/".to_owned()), ..options.clone() },
        BuildOptions { drafts: true, ..options.clone() },
    ];
    for other in others {
        assert!(build_into(&output, &other).made > 0, "{other:?}");
        assert_eq!(build_into(&output, &other).made, 0, "{other:?}");
    }
    let site = root.path().join("content/site.yaml");
    let text = fs::read_to_string(&site).expect("the site has its file");
    fs::write(&site, text.replacen("title: ", "title: Trang ", 1)).expect("the disk takes it");
    assert!(build_into(&output, &options).made > 0);
    fs::write(&site, text).expect("the disk takes it");
    // The receipt is of the last build, not of any before.
    assert!(build_into(&output, &options).made > 0);
    assert_eq!(build_into(&output, &options), Came { made: 0, rendered: 0, written: 0, ..first });
}

/// Damages a file of the site; its size stays where it can.
type Damage = fn(&Path);

const DAMAGES: [Damage; 5] = [
    |path| fs::remove_file(path).expect("it is there"),
    |path| {
        let mut bytes = fs::read(path).expect("it is there");
        bytes[0] ^= 1;
        fs::write(path, bytes).expect("the disk takes it");
    },
    // As a copying tool does that keeps times.
    |path| {
        let modified = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("it is there");
        let mut bytes = fs::read(path).expect("it is there");
        bytes[0] ^= 1;
        fs::write(path, bytes).expect("the disk takes it");
        fs::File::options().write(true).open(path).and_then(|file| file.set_modified(modified)).expect("it is ours");
    },
    |path| fs::write(path, "").expect("the disk takes it"),
    |path| {
        fs::remove_file(path).expect("it is there");
        fs::create_dir(path).expect("the disk takes it");
        fs::remove_dir(path).expect("it is empty");
    },
];

#[test]
fn what_somebody_did_to_a_file_is_mended() {
    let (root, options, _) = built();
    let output = root.path().join("output");
    let tree = read_tree(&output);
    for path in ["index.html", "manifest.json", "data/units.csv"] {
        if path != "manifest.json" {
            for damage in DAMAGES {
                damage(&output.join(path));
                assert!(build_into(&output, &options).made > 0, "{path}");
                assert_eq!(read_tree(&output), tree, "{path}");
            }
        } else {
            // With another manifest the folder would be somebody else's; times alone make it doubtful.
            let bytes = fs::read(output.join(path)).expect("it is there");
            fs::write(output.join(path), bytes).expect("the disk takes it");
            assert!(build_into(&output, &options).made > 0, "{path}");
        }
    }
}

#[test]
fn a_receipt_that_is_cut_foreign_or_gone_changes_nothing_but_the_time() {
    let (root, options, _) = built();
    let (output, receipt) = (root.path().join("output"), root.path().join(RECEIPT));
    let tree = read_tree(&output);
    let good = fs::read(&receipt).expect("there is a receipt");
    let flipped = |place: usize| {
        let mut bytes = good.clone();
        bytes[place] ^= 1;
        bytes
    };
    let mut bad =
        vec![Vec::new(), good[..10].to_vec(), good[..good.len() / 2].to_vec(), good[..good.len() - 1].to_vec()];
    bad.push([&good[..], b"more"].concat());
    bad.extend([20, 60, 120, good.len() / 2, good.len() - 1].map(flipped));
    for bytes in bad {
        fs::write(&receipt, &bytes).expect("the disk takes it");
        assert!(build_into(&output, &options).made > 0, "{} bytes", bytes.len());
        assert_eq!(read_tree(&output), tree);
        assert_eq!(build_into(&output, &options).made, 0, "it is mended");
    }
    fs::remove_file(&receipt).expect("it is there");
    assert!(build_into(&output, &options).made > 0);
    assert_eq!(build_into(&output, &options).made, 0);
    // One of another site, whole.
    let (other, ..) = built();
    fs::copy(other.path().join(RECEIPT), &receipt).expect("the disk takes it");
    assert!(build_into(&output, &options).made > 0);
    assert_eq!(read_tree(&output), tree);
}

#[test]
fn what_is_no_receipt_stays() {
    let (root, options, _) = built();
    let (output, receipt) = (root.path().join("output"), root.path().join(RECEIPT));
    fs::write(&receipt, "mine").expect("the disk takes it");
    for _ in 0..2 {
        assert!(build_into(&output, &options).made > 0);
        assert_eq!(fs::read_to_string(&receipt).expect("it stays"), "mine");
    }
    #[cfg(unix)]
    {
        fs::remove_file(&receipt).expect("it is there");
        let elsewhere = root.path().join("elsewhere");
        fs::write(&elsewhere, "").expect("the disk takes it");
        std::os::unix::fs::symlink(&elsewhere, &receipt).expect("the disk takes a link");
        assert!(build_into(&output, &options).made > 0);
        assert!(fs::read(&elsewhere).expect("it stays").is_empty());
        assert!(fs::symlink_metadata(&receipt).expect("it stays").is_symlink());
    }
}

/// Something that an editor does, or a builder asks for.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Figure(u8),
    AddReport(u8),
    RemoveReport(u8),
    RenameUnit(u8),
    Prose(u8),
    Theme(u8),
    Day(u8),
    Address(u8),
    Receipt,
    Nothing,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0_u8..9).prop_map(Edit::Figure),
        (0_u8..3).prop_map(Edit::AddReport),
        (0_u8..3).prop_map(Edit::RemoveReport),
        (0_u8..3).prop_map(Edit::RenameUnit),
        (0_u8..3).prop_map(Edit::Prose),
        (0_u8..2).prop_map(Edit::Theme),
        (0_u8..3).prop_map(Edit::Day),
        (0_u8..2).prop_map(Edit::Address),
        Just(Edit::Receipt),
        Just(Edit::Nothing),
    ]
}

fn report(figure: u8) -> String {
    format!(
        "---\ntitle: Báo cáo {figure}\nunit: ben-tre\npublished: 2021-03-0{}\nsource:\n  title: Nguồn\nobservations:\n  \
         - indicator: ben-tre/case/x\n    value: {figure}\n---\n",
        figure % 9 + 1
    )
}

impl Edit {
    fn apply(self, root: &Path, options: &mut BuildOptions) {
        let put = |path: &str, text: String| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
            fs::write(path, text).expect("the disk takes it");
        };
        match self {
            Self::Figure(figure) => put("content/reports/r-0.md", report(figure)),
            Self::AddReport(number) => put(&format!("content/reports/r-{number}.md"), report(number)),
            Self::RemoveReport(number) => drop(fs::remove_file(root.join(format!("content/reports/r-{number}.md")))),
            Self::RenameUnit(number) => {
                put(
                    "content/units/huyen-moi.md",
                    format!("---\nname: Huyện {number}\nlevel: district\nparent: ben-tre\n---\n"),
                );
            }
            Self::Prose(number) => {
                let text = ["Lời nói đầu.", "Một lời khác.", ""][usize::from(number)];
                put("content/pages/loi-noi-dau.md", format!("---\ntitle: Lời nói đầu\n---\n{text}\n"));
            }
            Self::Theme(0) => put("themes/nha/css/site.css", "body { color: teal; }\n".to_owned()),
            Self::Theme(_) => drop(fs::remove_file(root.join("themes/nha/css/site.css"))),
            Self::Day(number) => {
                options.as_of = Some(day(["2021-07-31", "2021-03-05", "2021-12-31"][usize::from(number)]))
            }
            Self::Address(0) => options.base_url = None,
            Self::Address(_) => options.base_url = Some("https://example.net/noi-khac/".to_owned()),
            Self::Receipt => drop(fs::write(root.join(RECEIPT), "tiendo receipt 2\n")),
            Self::Nothing => {}
        }
    }
}

/// A site in which each of many communes has a document and a report of its own.
fn of_communes(communes: usize) -> TempDir {
    let mut site = Site::case("target: 18\ndue: 2021-12-31").figure("2021-02-01", "value: 3");
    for number in 0..communes {
        let unit = format!("xa-{number}");
        site = site
            .file(
                &format!("content/units/{unit}.md"),
                &format!("---\nname: Xã {number}\nlevel: commune\nparent: ben-tre\n---\n"),
            )
            .file(
                &format!("content/resolutions/{unit}/nq.md"),
                &format!(
                    "---\ntitle: Nghị quyết {number}\nkind: resolution\nissuer: {unit}\nissued: 2021-01-05\nsources:\n  - \
                     title: Nguồn\nindicators:\n  - id: duong\n    name: Đường\n    measured_in: km\n    target: 9\n    due: \
                     2021-12-31\n---\n"
                ),
            )
            .file(
                &format!("content/reports/{unit}.md"),
                &format!(
                    "---\ntitle: Báo cáo của xã {number}\nunit: {unit}\npublished: 2021-03-04\nsource:\n  title: Nguồn\n\
                     observations:\n  - indicator: {unit}/nq/duong\n    value: 4\n---\n"
                ),
            );
    }
    site.write()
}

fn change(root: &TempDir, path: &str, from: &str, to: &str) {
    let path = root.path().join(path);
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from:?} in {text}");
    fs::write(&path, text.replacen(from, to, 1)).expect("the disk takes it");
}

#[test]
#[cfg(unix)]
fn only_pages_that_rest_on_a_changed_report_are_rendered() {
    let root = of_communes(40);
    let options = options(&root);
    let output = root.path().join("output");
    let first = build_into(&output, &options);
    assert_eq!(first.rendered, first.made);
    // The quote of a figure stands on the pages of the report and of the indicator, and in the tables.
    change(&root, "content/reports/xa-7.md", "value: 4", "value: 4\n    quote: được 4 km");
    let quoted = build_into(&output, &options);
    assert!(quoted.rendered * 5 < quoted.made, "{} of {}", quoted.rendered, quoted.made);
    // What is written about it is no figure: no table, no list has it, but search finds it.
    let (tables, search) = (stamps_of(&root, "data/"), stamps_of(&root, "assets/search."));
    change(&root, "content/reports/xa-7.md", "quote: được 4 km\n---\n", "quote: được 4 km\n---\nSạt lở.\n");
    let told = build_into(&output, &options);
    assert!(told.rendered < quoted.rendered, "{} of {}", told.rendered, quoted.rendered);
    assert_eq!(stamps_of(&root, "data/"), tables);
    assert_ne!(stamps_of(&root, "assets/search."), search);
    let search = stamps_of(&root, "assets/search.");
    change(&root, "content/reports/xa-7.md", "value: 4", "value: 5");
    let counted = build_into(&output, &options);
    assert!(counted.rendered * 3 < counted.made, "{} of {}", counted.rendered, counted.made);
    assert_ne!(stamps_of(&root, "data/"), tables);
    assert_eq!(stamps_of(&root, "assets/search."), search, "nobody searches figures");
    // The theme stands under every page.
    let theme = root.path().join("themes/default/css");
    fs::create_dir_all(&theme).expect("the disk takes a folder");
    fs::write(theme.join("site.css"), "body { color: teal; }\n").expect("the disk takes it");
    let dyed = build_into(&output, &options);
    assert_eq!(dyed.rendered, dyed.made);
    // A page that somebody damaged is made again, though nothing that it rests on changed.
    let page = output.join("reports/xa-9/index.html");
    let bytes = fs::read(&page).expect("it is there");
    fs::write(&page, "").expect("the disk takes it");
    change(&root, "content/reports/xa-7.md", "value: 5", "value: 6");
    build_into(&output, &options);
    assert_eq!(fs::read(&page).expect("it is there"), bytes);
}

/// Copies the shipped content, which has everything that a site may have.
fn shipped() -> TempDir {
    let root = tempfile::tempdir().expect("a scratch folder");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for entry in walkdir::WalkDir::new(&content) {
        let entry = entry.expect("the content can be read");
        let below = entry.path().strip_prefix(&content).expect("it lies below");
        let target = root.path().join("content").join(below);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("the disk takes a folder");
        } else {
            fs::copy(entry.path(), target).expect("the disk takes a file");
        }
    }
    root
}

/// Changes every file of some kind that has a line which begins so; answers how many.
fn change_all(root: &TempDir, folder: &str, ending: &str, begins: &str, add: &str) -> usize {
    let (mut found, mut changed) = (0, 0);
    for entry in walkdir::WalkDir::new(root.path().join("content").join(folder)).sort_by_file_name() {
        let path = entry.expect("the content can be read").into_path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_meant = match ending {
            ".md" => name.ends_with(".md") && name.matches('.').count() == 1,
            other => name.ends_with(other),
        };
        if !is_meant {
            continue;
        }
        let text = fs::read_to_string(&path).expect("it is there");
        let mut is_new = false;
        let lines = text.lines().map(|line| {
            if is_new || !line.starts_with(begins) || line.ends_with(['>', '|', '"', '\'']) {
                return line.to_owned();
            }
            is_new = true;
            format!("{line}{add}")
        });
        let lines: Vec<String> = lines.collect();
        found += usize::from(is_new);
        // One in four is enough to be seen from everywhere.
        if is_new && found % 4 == 1 {
            changed += 1;
            fs::write(&path, lines.join("\n") + "\n").expect("the disk takes it");
        }
    }
    changed
}

#[test]
fn the_shipped_site_is_made_as_from_the_start_after_every_kind_of_edit() {
    let root = shipped();
    let options = options(&root);
    let options = BuildOptions { as_of: Some(day("2021-12-31")), ..options };
    let output = root.path().join("output");
    build_into(&output, &options);
    let edits: [(&str, &str, &str, &str); 7] = [
        ("units", ".md", "name: ", " mới"),
        ("units", ".en.md", "name: ", " (new)"),
        ("resolutions", ".md", "    name: ", " sửa"),
        ("resolutions", ".md", "title: ", " (sửa đổi)"),
        ("reports", ".md", "    value: ", "0"),
        ("reports", ".md", "title: ", " khác"),
        ("pages", ".md", "title: ", " khác"),
    ];
    for (folder, ending, begins, add) in edits {
        let changed = change_all(&root, folder, ending, begins, add);
        let came = build_into(&output, &options);
        let fresh = tempfile::tempdir().expect("a scratch folder");
        build_into(&fresh.path().join("output"), &options);
        let (kept, made) = (read_tree(&output), read_tree(&fresh.path().join("output")));
        let differs = |path: &&String| kept.get(*path) != made.get(*path);
        let differing: Vec<&String> = kept.keys().chain(made.keys()).filter(differs).collect();
        assert!(differing.is_empty(), "{changed} {folder} with {begins:?}: {differing:?}");
        assert!(changed > 0 && came.rendered > 0, "{changed} {folder} with {begins:?}: {} rendered", came.rendered);
    }
}

/// A site of more indicators than make two parts of the table of figures: those of ten documents, each of which has a
/// report of its own.
fn of_many_figures() -> TempDir {
    let mut site = Site::good().replace("content/site.yaml", "languages: [vi, en]\n", "");
    for document in 0..DOCUMENTS {
        let (path, text) = document_of(document, 15);
        site = site.file(&path, &text);
        let (path, text) = figures_of(document, 15, 4);
        site = site.file(&path, &text);
    }
    site.write()
}

const DOCUMENTS: u8 = 10;

fn document_of(document: u8, indicators: u8) -> (String, String) {
    let mut text =
        "---\ntitle: Văn bản\nkind: plan\nissued: 2021-01-05\nsources: [{title: Nguồn}]\nindicators:\n".to_owned();
    for number in 0..indicators {
        writeln!(
            text,
            "  - {{id: i-{number:02}, name: Chỉ tiêu {number}, measured_in: km, target: 9, due: 2021-12-31}}"
        )
        .expect("a string takes text");
    }
    (format!("content/resolutions/ben-tre/v-{document}.md"), text + "---\n")
}

fn figures_of(document: u8, indicators: u8, figure: u16) -> (String, String) {
    let mut text =
        "---\ntitle: Báo cáo\nunit: ben-tre\npublished: 2021-03-04\nsource: {title: Nguồn}\nobservations:\n".to_owned();
    for number in 0..indicators {
        let figure = if number == 7 { figure } else { 4 };
        writeln!(text, "  - {{indicator: ben-tre/v-{document}/i-{number:02}, value: {figure}}}")
            .expect("a string takes text");
    }
    (format!("content/reports/v-{document}.md"), text + "---\n")
}

/// Something that an editor of many figures does.
#[derive(Debug, Clone, Copy)]
enum Change {
    Figure(u8, u16),
    /// So many indicators, which all have a figure.
    Indicators(u8, u8),
    RemoveReport(u8),
    Prose(u8),
    RenameUnit(u8),
    /// A byte of the table that was built.
    Damage(u16),
    Receipt,
}

fn some_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (0..DOCUMENTS, 0_u16..2_000).prop_map(|(document, figure)| Change::Figure(document, figure)),
        1 => (0..DOCUMENTS, 13_u8..17).prop_map(|(document, number)| Change::Indicators(document, number)),
        1 => (0..DOCUMENTS).prop_map(Change::RemoveReport),
        1 => (0..DOCUMENTS).prop_map(Change::Prose),
        1 => (0_u8..3).prop_map(Change::RenameUnit),
        1 => any::<u16>().prop_map(Change::Damage),
        1 => Just(Change::Receipt),
    ]
}

impl Change {
    fn apply(self, root: &Path) {
        let put = |(path, text): (String, String)| fs::write(root.join(path), text).expect("the disk takes it");
        match self {
            Self::Figure(document, figure) => {
                put(document_of(document, 15));
                put(figures_of(document, 15, figure));
            }
            Self::Indicators(document, number) => {
                put(document_of(document, number));
                put(figures_of(document, number, 4));
            }
            Self::RemoveReport(document) => drop(fs::remove_file(root.join(figures_of(document, 0, 0).0))),
            Self::Prose(document) => {
                put(document_of(document, 15));
                let (path, text) = figures_of(document, 15, 4);
                put((path, text + "Lời nói đầu.\n"));
            }
            Self::RenameUnit(number) => {
                let text = format!("---\nname: Bến Tre {number}\nlevel: province\n---\n");
                put(("content/units/ben-tre.md".to_owned(), text));
            }
            Self::Damage(place) => {
                let table = root.join("output/data/observations.csv");
                let mut bytes = fs::read(&table).expect("it was built");
                let place = usize::from(place) % bytes.len();
                bytes[place] ^= 1;
                fs::write(table, bytes).expect("the disk takes it");
            }
            Self::Receipt => drop(fs::remove_file(root.join(RECEIPT))),
        }
    }
}

/// Holds the tables of the output against those that are made of nothing but the content.
#[track_caller]
fn hold_tables(output: &Path, options: &BuildOptions, last: impl std::fmt::Debug) {
    let assessment = pipeline::judge(options).expect("the content can be read").assessment;
    for name in Table::ALL {
        let built = fs::read(output.join(format!("data/{}.csv", name.name()))).expect("it was built");
        assert!(built == table(name, &assessment), "{} after {last:?}", name.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn builds_after_edits_are_what_a_first_build_is(edits in prop::collection::vec(edit(), 1..6)) {
        let root = Site::case("target: 18\nbaseline: {value: 0, date: 2021-01-01}\ndue: 2021-06-30")
            .replace("content/site.yaml", "levels:", "theme: nha\nlevels:")
            .file("themes/nha/css/chart.css", ".chart { color: teal; }\n")
            .write();
        let mut options = options(&root);
        let output = root.path().join("output");
        build_into(&output, &options);
        for edit in edits {
            edit.apply(root.path(), &mut options);
            let came = build_into(&output, &options);
            let elsewhere = tempfile::tempdir().expect("a scratch folder");
            let fresh = build_into(&elsewhere.path().join("output"), &options);
            prop_assert_eq!(read_tree(&output), read_tree(&elsewhere.path().join("output")), "{:?}", edit);
            prop_assert_eq!((came.files, came.found), (fresh.files, fresh.found), "{:?}", edit);
        }
    }

    #[test]
    fn tables_after_changes_are_what_a_first_build_makes(
        changes in prop::collection::vec(prop::collection::vec(some_change(), 1..3), 1..4),
    ) {
        let root = of_many_figures();
        let options = options(&root);
        let output = root.path().join("output");
        build_into(&output, &options);
        hold_tables(&output, &options, "nothing");
        for some in changes {
            some.iter().for_each(|change| change.apply(root.path()));
            build_into(&output, &options);
            hold_tables(&output, &options, &some);
        }
    }
}
