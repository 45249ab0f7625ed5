use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::pipeline::judging::judge_loaded;
use crate::pipeline::pages::KnownPages;
use crate::pipeline::texts::Faultless;
use crate::pipeline::{BuildOptions, Judged, build, receipt};
use crate::publish;
use crate::render::{Site, data};
use crate::route::Table;
use crate::source::SourceMap;

/// A site of so many indicators, two of which make a part, and of each a report.
#[derive(Clone)]
struct Content(BTreeMap<String, String>);

/// What one build leaves for the next.
#[derive(Debug, Clone)]
struct Left {
    bytes: Vec<u8>,
    parts: Vec<KnownPart>,
}

impl Content {
    fn new(indicators: u32) -> Self {
        let site = "title: Tiến độ\nbase_url: https://example.org/\nlanguage: vi\ntimezone: Asia/Ho_Chi_Minh\nlevels:\n  - \
                    {id: province, name: Tỉnh}\n";
        let mut content = Self(BTreeMap::new());
        content.put("site.yaml", site.to_owned());
        content.put("units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n".to_owned());
        (0..indicators).for_each(|number| content.put_indicator(&format!("nq-{number:02}")));
        content
    }

    fn put(&mut self, path: &str, text: String) {
        self.0.insert(format!("content/{path}"), text);
    }

    /// Adds a document with an indicator, and a report of it.
    fn put_indicator(&mut self, id: &str) {
        self.put(
            &format!("resolutions/ben-tre/{id}.md"),
            "---\ntitle: Nghị quyết\nkind: resolution\nissued: 2021-01-05\nsources: [{title: Nguồn}]\nindicators:\n  - \
             {id: duong, name: Đường, measured_in: km, target: 9, due: 2021-12-31}\n---\n"
                .to_owned(),
        );
        self.put_report(id, "value: 4");
    }

    fn put_report(&mut self, id: &str, figure: &str) {
        self.put(&format!("reports/{id}.md"), Self::report(id, figure));
    }

    fn report(id: &str, figure: &str) -> String {
        format!(
            "---\ntitle: Báo cáo\nunit: ben-tre\npublished: 2021-03-04\nsource: {{title: Nguồn}}\nobservations:\n  - \
             {{indicator: ben-tre/{id}/duong, {figure}}}\n---\n"
        )
    }

    fn remove(&mut self, id: &str) {
        for path in [format!("content/resolutions/ben-tre/{id}.md"), format!("content/reports/{id}.md")] {
            self.0.remove(&path).expect("it is there");
        }
    }

    /// Makes the table, which is that of a first build; answers what it leaves, and the places of the parts made.
    #[track_caller]
    fn make(&self, known: &[KnownPart], former: Option<Vec<u8>>) -> (Left, Vec<usize>) {
        let mut sources = SourceMap::default();
        for (path, text) in &self.0 {
            sources.add(path.clone(), text.clone());
        }
        let options = BuildOptions { as_of: Some("2021-07-31".parse().expect("a day")), ..BuildOptions::default() };
        let (judged, _) = judge_loaded(&options, sources, Faultless::default(), Diagnostics::default());
        let Judged { sources, assessment, findings, mut diagnostics, .. } = judged;
        let site = Site::new(&sources, &assessment, &findings, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        let facts = Facts::new(&site, "of tests");
        let anew = Mutex::new(Vec::new());
        let note = |place| anew.lock().expect("no thread panics").push(place);
        let ((bytes, parts), heard) =
            trace::listen(|| make(&Observations::new(&assessment), &facts, known, former, note));
        assert_eq!(heard.len(), 1, "all indicators: {heard:?}");
        let whole = data::table(Table::Observations, &assessment);
        assert!(bytes == whole, "{}\nis not\n{}", String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&whole));
        let mut anew = anew.into_inner().expect("no thread panics");
        anew.sort_unstable();
        (Left { bytes, parts }, anew)
    }

    /// Makes it for the first time.
    #[track_caller]
    fn first(&self) -> Left {
        let (left, anew) = self.make(&[], None);
        assert_eq!(anew, (0..left.parts.len()).collect::<Vec<_>>());
        left
    }

    /// Makes it where that was left: only the parts of these places.
    #[track_caller]
    fn again(&self, left: &Left, places: impl IntoIterator<Item = usize>) -> Left {
        let (again, anew) = self.make(&left.parts, Some(left.bytes.clone()));
        assert_eq!(anew, places.into_iter().collect::<Vec<_>>());
        assert_eq!(again.parts, self.first().parts);
        again
    }
}

/// More parts than are put into the former file one by one.
const PARTS: usize = FEW * 2 + 1;

/// A site of as many parts, the last of which is half full.
fn content() -> Content {
    Content::new(u32::try_from(PARTS).expect("a few") * 2 - 1)
}

#[test]
fn only_parts_that_rest_on_what_changed_are_made() {
    let mut content = content();
    let mut left = content.first();
    assert_eq!(left.parts.len(), PARTS);
    left = content.again(&left, []);
    // As long as before, longer, shorter; in the first part, in the last.
    for (figure, id, place) in [
        ("value: 5", "nq-06", 3),
        ("value: 5000, quote: được", "nq-06", 3),
        ("value: 6", "nq-06", 3),
        ("value: 12, note: thêm", "nq-00", 0),
        ("value: 12, note: thêm", "nq-16", PARTS - 1),
    ] {
        content.put_report(id, figure);
        left = content.again(&left, [place]);
    }
    // Several, as far as they are put in one by one, and more of them.
    for places in [vec![0, 2, PARTS - 1], vec![1, 2, 3, 4, 5, 6], (0..PARTS).collect()] {
        for place in &places {
            content.put_report(&format!("nq-{:02}", place * 2), &format!("value: {}, note: \"{places:?}\"", place * 7));
        }
        left = content.again(&left, places);
    }
    // A part rests on whatever its rows show, wherever that stands: here on a report that another one corrects.
    content.put("reports/nq-04-b.md", Content::report("nq-04", "value: 9, corrects: nq-04"));
    left = content.make(&left.parts, Some(left.bytes.clone())).0;
    content.put("reports/nq-04-b.md", Content::report("nq-04", "value: 9"));
    left = content.again(&left, [2]);
    // And all of them on the unit.
    let unit = "---\nname: Tỉnh Bến Tre\nlevel: province\n---\n".to_owned();
    content.put("units/ben-tre.md", unit);
    content.again(&left, 0..PARTS);
}

#[test]
fn indicators_that_come_and_go_change_whose_rows_a_part_has() {
    let content = content();
    let left = content.first();
    let mut more = content.clone();
    // The rows of all later ones move into other parts.
    more.put_indicator("nq-06-a");
    let (more_left, anew) = more.make(&left.parts, Some(left.bytes.clone()));
    assert_eq!(anew, (3..PARTS).collect::<Vec<_>>());
    let (_, anew) = content.make(&more_left.parts, Some(more_left.bytes.clone()));
    assert_eq!(anew, (3..PARTS).collect::<Vec<_>>());
    // At the end, where all that the last part looked at stays as it was.
    let mut more = content.clone();
    more.put_indicator("nq-98");
    let more_left = more.again(&left, [PARTS - 1]);
    content.again(&more_left, [PARTS - 1]);
    more.put_indicator("nq-99");
    let most_left = more.again(&more_left, [PARTS]);
    content.again(&most_left, [PARTS - 1]);
    // The first, and nearly all.
    let mut fewer = content.clone();
    fewer.remove("nq-00");
    let fewer_left = fewer.again(&left, 0..PARTS - 1);
    content.again(&fewer_left, 0..PARTS);
    let few = Content::new(1);
    let few_left = few.again(&left, [0]);
    content.again(&few_left, 0..PARTS);
    // None at all.
    let none = Content::new(0);
    let none_left = none.again(&left, []);
    assert!(none_left.parts.is_empty() && !none_left.bytes.is_empty());
    content.again(&none_left, 0..PARTS);
}

/// The place at which a part stands in its file.
fn start(left: &Left, place: usize) -> usize {
    let parts: usize = left.parts[place..].iter().map(|part| part.length).sum();
    left.bytes.len() - parts
}

#[test]
fn a_former_file_that_is_damaged_is_not_believed() {
    let content = content();
    let left = content.first();
    let damaged = |damage: &dyn Fn(&mut Vec<u8>)| {
        let mut left = left.clone();
        damage(&mut left.bytes);
        left
    };
    let end = |place: usize| start(&left, place) + left.parts[place].length;
    content.again(&damaged(&|bytes| bytes[start(&left, 2)] ^= 1), [2]);
    content.again(&damaged(&|bytes| bytes[end(2) - 1] ^= 1), [2]);
    content.again(&damaged(&|bytes| *bytes.last_mut().expect("a long file") ^= 1), [PARTS - 1]);
    // Cut, or longer: nothing stands where it stood, or what does is not all.
    content.again(&damaged(&|bytes| bytes.truncate(bytes.len() - 1)), [PARTS - 1]);
    content.again(&damaged(&|bytes| bytes.truncate(start(&left, 1))), 1..PARTS);
    content.again(&damaged(&|bytes| bytes.push(b'x')), []);
    content.again(&damaged(&|bytes| bytes.insert(start(&left, 4), b'x')), 4..PARTS);
    content.again(&damaged(&|bytes| _ = bytes.remove(start(&left, 4))), 4..PARTS);
    // The header, which is no part, or no file at all.
    content.again(&damaged(&|bytes| bytes[0] ^= 1), 0..PARTS);
    content.again(&damaged(&|bytes| bytes.clear()), 0..PARTS);
    let (_, anew) = content.make(&left.parts, None);
    assert_eq!(anew.len(), PARTS);
}

#[test]
fn what_is_remembered_amiss_is_not_believed() {
    let content = content();
    let left = content.first();
    let amiss = |change: &dyn Fn(&mut Vec<KnownPart>)| {
        let mut left = left.clone();
        change(&mut left.parts);
        left
    };
    content.again(&amiss(&|parts| parts[2].digest[0] ^= 1), [2]);
    content.again(&amiss(&|parts| parts[2].entries = 1), [2]);
    for length in [0, left.parts[2].length - 1, left.parts[2].length + 1, usize::MAX] {
        content.again(&amiss(&|parts| parts[2].length = length), 2..PARTS);
    }
    // Two lengths that come to the same.
    let moved = amiss(&|parts| {
        parts[2].length -= 1;
        parts[3].length += 1;
    });
    content.again(&moved, [2, 3]);
    content.again(&amiss(&|parts| parts.swap(2, 3)), [2, 3]);
    content.again(&amiss(&|parts| drop(parts.pop())), [PARTS - 1]);
    content.again(&amiss(&|parts| drop(parts.remove(0))), 0..PARTS);
    content.again(&amiss(&|parts| parts.push(parts[0].clone())), []);
    content.again(&amiss(&Vec::clear), 0..PARTS);
}

/// The path of the table in a site.
const TABLE: &str = "data/observations.csv";

impl Content {
    /// Builds the site in a folder, where it may have been built before; answers what is known of the parts then.
    #[track_caller]
    fn build_in(&self, root: &Path) -> Vec<KnownPart> {
        for (path, text) in &self.0 {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
            fs::write(path, text).expect("the disk takes it");
        }
        let as_of = Some("2021-07-31".parse().expect("a day"));
        let report = build(&BuildOptions { root: root.to_owned(), as_of, ..BuildOptions::default() }, &|_, _| ());
        assert!(report.expect("the world allows it").summary.is_some());
        let output = root.join("output");
        assert!(fs::read(output.join(TABLE)).expect("it was built") == self.first().bytes);
        let recalled = publish::recall(&output, root).expect("a receipt was left");
        let program = receipt::program().expect("the program was linked a while ago");
        let pages = KnownPages::read(receipt::remembered(recalled.memory(), &program).1);
        pages.find(TABLE, 0).expect("the table is remembered").parts.clone()
    }
}

#[test]
fn parts_are_remembered_from_build_to_build() {
    // A program that was linked a moment ago cannot be told from one that is linked in the next; then nothing is kept.
    while receipt::program().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let mut content = Content::new(5);
    let root = tempfile::tempdir().expect("a scratch folder");
    let table = root.path().join("output").join(TABLE);
    let first = content.build_in(root.path());
    let said = |parts: &[KnownPart]| parts.iter().map(|part| (part.entries, part.length, part.digest)).collect();
    let said: &dyn Fn(&[KnownPart]) -> Vec<_> = &said;
    assert_eq!(said(&first), said(&content.first().parts));
    // What stands in no table: the file is kept as a whole, and so is what is known of its parts.
    content.put("reports/nq-02.md", Content::report("nq-02", "value: 4") + "Lời nói đầu.\n");
    assert_eq!(content.build_in(root.path()), first);
    content.put_report("nq-02", "value: 3000");
    let second = content.build_in(root.path());
    let others = |parts: &[KnownPart]| [parts[0].clone(), parts[2].clone()];
    assert_eq!(others(&second), others(&first));
    assert_ne!(second[1], first[1]);
    // A file that somebody damaged, be it where nothing changed, is not taken over.
    for damage in ["", "x"] {
        let bytes = fs::read(&table).expect("it is there");
        fs::write(&table, [damage.as_bytes(), &bytes[1..]].concat()).expect("the disk takes it");
        content.put_report("nq-00", &format!("value: 1{}", damage.len()));
        let parts = content.build_in(root.path());
        assert_eq!(parts[1..], second[1..]);
        assert_ne!(parts[0], second[0]);
    }
}
