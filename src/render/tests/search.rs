//! What a search loads on a large site.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::check;
use crate::diagnostic::Diagnostics;
use crate::digest::Digest;
use crate::model::id::{IndicatorId, ResolutionId, UnitId};
use crate::model::site::LevelKey;
use crate::model::table::{Key, Row, Table};
use crate::model::text::{Language, Text};
use crate::model::trace::{self, Fact, Kind};
use crate::render::fixture::{Fixture, key};
use crate::render::search::{Index, Known, Search, Threads, Words};
use crate::render::{Site, render};
use crate::route::{Route, Target};

/// What a first search may load, without the page and its scripts.
const FIRST_SEARCH: usize = 100_000;
/// As in `search.js`: files of words that a beginning may load, and results that are shown.
const SHARDS: usize = 4;
const SHOWN: usize = 10;

/// Numbers that are the same every time, and a small tongue to make names and prose of.
struct Tongue {
    seed: u64,
    syllables: Vec<String>,
}

impl Tongue {
    fn new() -> Self {
        let onsets = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split(' ');
        let rimes =
            "a ai an ang anh ao ay e em en eo ep i ia iên in inh o oa oan oi on ong ôn ôi u ua un ung uôi ư ưa ương"
                .split(' ');
        let syllables = onsets.flat_map(|onset| rimes.clone().map(move |rime| format!("{onset}{rime}"))).collect();
        Self { seed: 7, syllables }
    }

    fn number(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % below
    }

    /// Some words: a few of them are used again and again, as in any language.
    fn some(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let (one, other) = (self.number(self.syllables.len()), self.number(self.syllables.len()));
            let gap = if text.is_empty() { "" } else { " " };
            write!(text, "{gap}{}", self.syllables[one * other / self.syllables.len()]).expect("a string takes text");
        }
        text
    }
}

/// Rows made of the first of a fixture's, each changed by its place.
fn grown<T: Clone + Row>(rows: &[T], count: usize, mut change: impl FnMut(usize, &mut T)) -> Table<T> {
    let mut all = rows.to_vec();
    for place in rows.len()..count {
        let mut row = rows[place % rows.len()].clone();
        change(place, &mut row);
        all.push(row);
    }
    Table::new(all)
}

/// A site of 10,000 entries: communes, their documents and the documents' indicators, with names and prose of their own.
fn large() -> Fixture {
    let mut words = Tongue::new();
    let mut fixture = Fixture::new();
    let bodies: Vec<_> =
        (0..2_000).map(|at| fixture.entry(&format!("content/than/{at}.md"), &words.some(90))).collect();
    let register = &mut fixture.register;
    register.units = grown(register.units.rows(), 1_500, |place, unit| {
        unit.id = UnitId::new(&format!("tinh-ben-tre/huyen-giong-trom/xa-{place}")).expect("an id");
        unit.name = Text::new(format!("Xã {}", words.some(2)));
        (unit.level, unit.parent) = (LevelKey(2), Some(key(1)));
    });
    register.resolutions = grown(register.resolutions.rows(), 2_000, |place, resolution| {
        resolution.id =
            ResolutionId::new(&format!("tinh-ben-tre/huyen-giong-trom/xa-{}/kh-{place}", place % 1_400 + 3))
                .expect("an id");
        resolution.title = Text::new(format!("Kế hoạch thực hiện nghị quyết về {} giai đoạn 2021–2025", words.some(8)));
        resolution.number = Some(format!("{}-KH/UB", place % 300));
        resolution.issuer = key(place % 1_400 + 3);
        (resolution.indicators, resolution.implements) = (Vec::new(), Vec::new());
        resolution.entry = bodies[place].clone();
    });
    let documents = register.resolutions.len();
    register.indicators = grown(register.indicators.rows(), 6_500, |place, indicator| {
        let document: Key<_> = key(place % (documents - 2) + 2);
        let of = register.resolutions[document].id.as_str().to_owned();
        indicator.id = IndicatorId::new(&format!("{of}/ct-{place}")).expect("an id");
        (indicator.resolution, indicator.owner) = (document, register.resolutions[document].issuer);
        indicator.name = Text::new(words.some(5));
        indicator.contributes_to = Vec::new();
        indicator.aggregate = None;
        register.resolutions.rows_mut()[document.index()].indicators.push(key(place));
    });
    fixture
}

/// A part of the index as `search.js` reads it: the first word of each file, and the files.
struct Part {
    first: Vec<String>,
    files: Vec<String>,
}

impl Part {
    fn new(of: &Value) -> Self {
        let first = of["first"].as_array().expect("a list");
        let names = of["files"].as_str().expect("a text");
        let length = names.len() / first.len();
        let files = (0..first.len()).map(|at| format!("assets/search.{}.json", &names[at * length..][..length]));
        Self {
            files: files.collect(),
            first: first.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect(),
        }
    }

    fn place(&self, word: &str) -> usize {
        self.first.partition_point(|first| first.as_str() <= word).saturating_sub(1)
    }

    /// The files that a word needs, typed to its end or not.
    fn needed(&self, word: &str, is_whole: bool) -> &[String] {
        let start = self.place(word);
        let end = if is_whole { start } else { self.place(&format!("{word}\u{10ffff}")).min(start + SHARDS - 1) };
        &self.files[start..=end]
    }
}

#[test]
fn a_first_search_loads_little_of_ten_thousand_entries() {
    let (sources, assessment) = large().on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let index = site.index(Language::DEFAULT);
    let files: BTreeMap<&str, &[u8]> =
        index.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let size = |path: &str| files[path].len();
    let root: Value = serde_json::from_slice(files[index.root.as_str()]).expect("JSON");
    assert!(root["entries"].as_u64() >= Some(10_000), "{}", root["entries"]);
    let (titles, texts, blocks) = (Part::new(&root["titles"]), Part::new(&root["texts"]), Part::new(&root["blocks"]));

    // Each result may stand in a file of its own; the longest are counted, whatever is found.
    let mut lengths: Vec<usize> = blocks.files.iter().map(|path| size(path)).collect();
    lengths.sort_unstable();
    let results: usize = lengths.iter().rev().take(SHOWN).sum();
    let load = |typed: &[&str]| {
        let mut needed = BTreeSet::from([index.root.as_str()]);
        for (at, word) in typed.iter().enumerate() {
            let is_whole = at + 1 < typed.len();
            for part in [&titles, &texts] {
                needed.extend(part.needed(word, is_whole).iter().map(String::as_str));
            }
        }
        needed.into_iter().map(size).sum::<usize>() + results
    };
    let mut heaviest = (0, String::new());
    let names = (assessment.register.indicators.rows().iter().map(|indicator| &indicator.name))
        .chain(assessment.register.resolutions.rows().iter().map(|resolution| &resolution.title))
        .chain(assessment.register.units.rows().iter().map(|unit| &unit.name));
    for name in names {
        let folded = crate::render::search::fold(name.original());
        let typed: Vec<&str> = folded.split(' ').take(2).collect();
        for query in [&typed[..1], &typed[..]] {
            heaviest = heaviest.max((load(query), query.join(" ")));
        }
        // Typed no further than its first letter.
        heaviest = heaviest.max((load(&[&folded[..1]]), folded[..1].to_owned()));
    }
    assert!(
        heaviest.0 < FIRST_SEARCH,
        "{heaviest:?}, {results} of them for results, {} for the root",
        size(&index.root)
    );
}

#[test]
fn an_index_made_side_by_side_is_the_same() {
    let (sources, assessment) = Fixture::new().on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    for (language, _) in assessment.register.site.languages() {
        let (alone, words) = Index::new(site.ground(language), Words::default(), Threads::Alone);
        assert!(alone.files.len() > 2);
        let (together, _) = Index::new(site.ground(language), Words::default(), Threads::SideBySide);
        assert_eq!((&together.root, &together.files), (&alone.root, &alone.files));
        let (again, same) = Index::new(site.ground(language), words.clone(), Threads::SideBySide);
        assert_eq!((&again.root, &again.files), (&alone.root, &alone.files));
        assert_eq!(same, words);
    }
}

/// What [`Words`] holds.
type Written = (Vec<String>, Vec<(Digest, [Vec<u32>; 4])>);

/// What is known of the words, changed.
fn doctored(known: &Words, change: impl FnOnce(&mut Written)) -> Words {
    let bytes = postcard::to_allocvec(known).expect("texts and numbers can be written");
    let mut written: Written = postcard::from_bytes(&bytes).expect("words are these");
    change(&mut written);
    let bytes = postcard::to_allocvec(&written).expect("texts and numbers can be written");
    postcard::from_bytes(&bytes).expect("these are words")
}

#[test]
fn an_index_made_with_known_words_is_that_of_the_texts_as_they_are() {
    let (sources, assessment) = large().on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let ground = site.ground(Language::DEFAULT);
    let (_, known) = Index::new(ground, Words::default(), Threads::Alone);

    let mut edited = large();
    let entry = edited.entry("content/moi.md", "Nước sạch đã về đến ấp Quyết Thắng.");
    let register = &mut edited.register;
    register.resolutions.rows_mut()[700].entry = entry;
    register.resolutions.rows_mut()[701].title = Text::new("Kế hoạch xây cầu".to_owned());
    let mut rows = register.units.rows().to_vec();
    rows.pop();
    register.units = Table::new(rows);
    let (sources, assessment) = edited.on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let ground = site.ground(Language::DEFAULT);
    let (anew, _) = Index::new(ground, Words::default(), Threads::Alone);
    for threads in [Threads::Alone, Threads::SideBySide] {
        let (index, next) = Index::new(ground, known.clone(), threads);
        assert_eq!((&index.root, &index.files), (&anew.root, &anew.files));
        let (index, _) = Index::new(ground, next, threads);
        assert_eq!((&index.root, &index.files), (&anew.root, &anew.files));
    }

    // What is known is not looked for again, …
    let swapped = doctored(&known, |(vocabulary, _)| vocabulary.swap(0, 1));
    assert_ne!(Index::new(ground, swapped, Threads::Alone).0.root, anew.root);
    // … but for words that there are not.
    let beyond = doctored(&known, |(_, entries)| entries.iter_mut().for_each(|(_, lists)| lists[3].push(u32::MAX)));
    assert_eq!(Index::new(ground, beyond, Threads::SideBySide).0.root, anew.root);
    // Words that nobody uses any more are carried on for a while.
    let unused =
        |count: usize| doctored(&known, |(vocabulary, _)| vocabulary.extend((0..count).map(|at| format!("x{at}"))));
    let (few, next) = Index::new(ground, unused(10), Threads::Alone);
    assert_eq!((few.files, next == Words::default()), (anew.files.clone(), false));
    let (many, next) = Index::new(ground, unused(100_000), Threads::Alone);
    assert_eq!((many.files, next), (anew.files, Words::default()));
}

#[test]
fn the_order_of_titles_is_taken_as_it_is_known() {
    let (sources, assessment) = Fixture::new().on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let ground = site.ground(Language::DEFAULT);
    let list = |known: Known| {
        let search = Search::default();
        search.recall(known);
        let alphabet = search.alphabet(ground);
        let list = (alphabet.targets.clone(), alphabet.initials().to_vec());
        (list, search.known())
    };
    let (anew, known) = list(Known::default());
    assert_eq!(list(known.clone()), (anew.clone(), known.clone()));
    let bytes = postcard::to_allocvec(&known).expect("texts and numbers can be written");
    type Written = (Words, Option<(Vec<u32>, Vec<(String, usize)>)>);
    let doctored = |change: fn(&mut Vec<u32>)| -> Known {
        let (words, order): Written = postcard::from_bytes(&bytes).expect("what is known is this");
        let mut order = order.expect("the list was made");
        change(&mut order.0);
        let bytes = postcard::to_allocvec(&(words, Some(order))).expect("texts and numbers can be written");
        postcard::from_bytes(&bytes).expect("this is what is known")
    };
    // It is not looked for again, …
    let swapped = doctored(|places| places.swap(0, 1));
    assert_ne!(list(swapped.clone()).0, anew);
    assert_eq!(list(swapped.without_order()).0, anew);
    // … unless it is of another site.
    assert_eq!(list(doctored(|places| places.truncate(5))).0, anew);
    assert_eq!(list(doctored(|places| places[0] = u32::MAX)).0, anew);
}

#[test]
fn a_page_of_the_list_rests_on_what_things_are_found_by_and_on_no_row() {
    let (sources, assessment) = Fixture::new().on("2021-12-31");
    let findings = check::check(&assessment, &BTreeSet::new());
    let site = Site::new(&sources, &assessment, &findings, &mut Diagnostics::default());
    let route = Route { language: Language::DEFAULT, target: Target::Search(1) };
    let (_, noted) = trace::listen(|| render(&site, &route));
    assert!(noted.contains(&Fact { kind: Kind::Findable, place: 0 }), "{noted:?}");
    let rows: Vec<_> = noted.iter().filter(|fact| matches!(fact.kind, Kind::Report | Kind::Indicator)).collect();
    assert!(rows.is_empty(), "{rows:?}");
}
