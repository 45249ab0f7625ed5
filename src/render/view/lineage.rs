//! Where a document stands among the others: up to its sources, down to every plan, as a picture and as lists.
//!
//! Invariants: picture and lists are bounded, and say how many documents they leave out; a document that several
//! ways lead to is listed in full once, at the end of the longest; a number of days stands only between two exact days.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::{Day, Here, Link};
use crate::chart::Chart;
use crate::chart::spec::{Head, Lineage, LineageEdge, LineageKind, LineageNode, LineageRole};
use crate::model::resolution::ResolutionKey;
use crate::render::charts::ChartView;
use crate::render::html::Words;

/// Documents in a picture; those beyond are counted in boxes of their own.
const MOST_BOXES: usize = 40;
/// Sources in a picture.
const MOST_SOURCES: usize = 15;
/// Documents that one document leads to in a picture.
const MOST_BRANCHES: usize = 10;
/// Rows of a list.
const MOST_ROWS: usize = 80;

/// What a page says of a document's place among the others.
#[derive(Debug, Serialize)]
pub(crate) struct LineageView<'a> {
    chart: Option<ChartView<'a>>,
    /// What it carries out, what that carries out, and so on.
    implements: Tree<'a>,
    /// What carries it out, and so on down.
    implemented_by: Tree<'a>,
    amends: Tree<'a>,
    amended_by: Tree<'a>,
}

/// Documents in nested lists.
#[derive(Debug, Serialize)]
struct Tree<'a> {
    rows: Vec<Row<'a>>,
    /// How many the list leaves out, in words.
    more: Option<String>,
}

/// A document in a nested list.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// Its kind and number, unless the title says them.
    designation: Option<String>,
    link: Link<'a>,
    issuer: Link<'a>,
    issued: Option<Day>,
    /// How much later or earlier than the one that it stands below.
    lag: Option<String>,
    /// That it changes the one that it stands below, or is changed by it, where the list is not about that.
    amends: Option<&'a str>,
    /// Whether it stands in full elsewhere in the list.
    again: bool,
    /// Whether it is the first of those below the row before.
    opens: bool,
    /// Whether nothing stands below it.
    closes: bool,
    /// One for each list that ends with it, but for the outermost.
    ends: Vec<()>,
}

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To what a document carries out.
    Up,
    /// To what carries it out.
    Down,
}

impl<'a> LineageView<'a> {
    /// `None` for a document that nothing leads to or from.
    pub(crate) fn new(here: &Here<'a>, key: ResolutionKey) -> Option<Self> {
        let resolution = &here.register.resolutions[key];
        let index = &here.assessment.index;
        let above = neighbours(here, key, Way::Up);
        let below = neighbours(here, key, Way::Down);
        if above.is_empty() && below.is_empty() {
            return None;
        }
        let plain = |keys: &[ResolutionKey]| {
            let rows =
                keys.iter().map(|other| Place { key: *other, depth: 1, above: key, amends: false, again: false });
            Tree { rows: rows_of(here, rows.collect(), Way::Up), more: None }
        };
        Some(Self {
            chart: Some(picture(here, key)),
            implements: tree(here, key, Way::Up),
            implemented_by: tree(here, key, Way::Down),
            amends: plain(&resolution.amends),
            amended_by: plain(index.amended_by(key)),
        })
    }
}

/// The documents that one leads to, those without amendments first, each with whether it is an amendment. Down,
/// they are in the order of their days; those without one come last.
fn neighbours(here: &Here<'_>, key: ResolutionKey, way: Way) -> Vec<(ResolutionKey, bool)> {
    let (resolution, index) = (&here.register.resolutions[key], &here.assessment.index);
    let (implements, amends) = match way {
        Way::Up => (resolution.implements.as_slice(), resolution.amends.as_slice()),
        Way::Down => (index.implemented_by(key), index.amended_by(key)),
    };
    let mut all: Vec<(ResolutionKey, bool)> = implements.iter().map(|key| (*key, false)).collect();
    all.extend(amends.iter().filter(|key| !implements.contains(key)).map(|key| (*key, true)));
    if way == Way::Down {
        let issued = |key: ResolutionKey| here.register.resolutions[key].issued.map(|issued| issued.end());
        all.sort_by_key(|(key, amends)| (*amends, issued(*key).is_none(), issued(*key), *key));
    }
    all
}

/// How much later than one document another was issued: "sau 101 ngày". `None` where a day is not known exactly.
fn lag(here: &Here<'_>, earlier: ResolutionKey, later: ResolutionKey) -> Option<String> {
    let day = |key: ResolutionKey| {
        let issued = here.register.resolutions[key].issued?;
        (issued.start() == issued.end()).then(|| issued.end())
    };
    let days = (day(later)? - day(earlier)?).num_days();
    let count = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    Some(match days {
        0 => here.text("lineage.same_day").to_owned(),
        1.. => here.count("lineage.later", count, &[]),
        _ => here.count("lineage.earlier", count, &[]),
    })
}

/// A place in a nested list.
#[derive(Debug, Clone, Copy)]
struct Place {
    key: ResolutionKey,
    /// From 1.
    depth: usize,
    /// The document that it stands below.
    above: ResolutionKey,
    amends: bool,
    again: bool,
}

/// All that a document leads to one way. Its own amendments have lists of their own.
fn tree<'a>(here: &Here<'a>, key: ResolutionKey, way: Way) -> Tree<'a> {
    let below = |document: ResolutionKey| {
        let mut below = neighbours(here, document, way);
        below.retain(|(_, amends)| document != key || !amends);
        below
    };
    let home = homes(key, &below);
    let mut places = Vec::new();
    let mut listed = BTreeSet::new();
    let mut stack: Vec<Place> = Vec::new();
    let push = |stack: &mut Vec<Place>, above: ResolutionKey, depth: usize| {
        for (next, amends) in below(above).into_iter().rev() {
            stack.push(Place { key: next, depth, above, amends, again: home.get(&next) != Some(&above) });
        }
    };
    push(&mut stack, key, 1);
    while let Some(place) = stack.pop() {
        if places.len() >= MOST_ROWS {
            break;
        }
        places.push(place);
        if !place.again && listed.insert(place.key) {
            push(&mut stack, place.key, place.depth + 1);
        }
    }
    let left = home.len() - listed.len();
    Tree { rows: rows_of(here, places, way), more: (left > 0).then(|| here.count("lineage.more", left, &[])) }
}

/// Below which document each stands in full: the one at the end of the longest way to it, as in the picture.
fn homes(
    key: ResolutionKey,
    below: &impl Fn(ResolutionKey) -> Vec<(ResolutionKey, bool)>,
) -> BTreeMap<ResolutionKey, ResolutionKey> {
    // Depth first, each after all that it leads to; read backwards, each stands after all that lead to it.
    let mut order = Vec::new();
    let mut seen = BTreeSet::from([key]);
    let mut stack = vec![(key, below(key))];
    while let Some((document, rest)) = stack.last_mut() {
        match rest.pop() {
            Some((next, _)) if seen.insert(next) => stack.push((next, below(next))),
            Some(_) => {}
            None => {
                order.push(*document);
                stack.pop();
            }
        }
    }
    let mut home: BTreeMap<ResolutionKey, (usize, ResolutionKey)> = BTreeMap::new();
    for document in order.into_iter().rev() {
        let depth = home.get(&document).map_or(0, |(depth, _)| *depth) + 1;
        for (next, _) in below(document).into_iter().filter(|(next, _)| *next != key) {
            let longest = home.entry(next).or_insert((depth, document));
            if depth > longest.0 {
                *longest = (depth, document);
            }
        }
    }
    home.into_iter().map(|(document, (_, home))| (document, home)).collect()
}

fn rows_of<'a>(here: &Here<'a>, places: Vec<Place>, way: Way) -> Vec<Row<'a>> {
    let amends = here.text(if way == Way::Up { "lineage.amended" } else { "lineage.amends" });
    let depths: Vec<usize> = places.iter().map(|place| place.depth).collect();
    let next = |at: usize| depths.get(at + 1).copied().unwrap_or(1);
    (places.iter().enumerate())
        .map(|(at, place)| {
            let resolution = &here.register.resolutions[place.key];
            let depth = place.depth;
            Row {
                designation: here.kicker(place.key),
                link: here.resolution(place.key),
                issuer: here.unit(resolution.issuer),
                issued: resolution.issued.map(|issued| here.period(issued)),
                lag: lag(here, place.above, place.key),
                amends: place.amends.then_some(amends),
                again: place.again,
                opens: at > 0 && depth > depths[at - 1],
                closes: next(at) <= depth,
                ends: vec![(); depth.saturating_sub(next(at))],
            }
        })
        .collect()
}

/// The documents around one as boxes and arrows.
fn picture<'a>(here: &Here<'a>, key: ResolutionKey) -> ChartView<'a> {
    let mut shown = vec![key];
    let mut sources = 0;
    let mut seen = BTreeSet::from([key]);
    for (way, most) in [(Way::Up, MOST_SOURCES), (Way::Down, MOST_BOXES)] {
        let mut queue = VecDeque::from([key]);
        while let Some(document) = queue.pop_front() {
            let next = neighbours(here, document, way).into_iter().map(|(key, _)| key);
            let mut next: Vec<ResolutionKey> = next.filter(|key| !seen.contains(key)).collect();
            // A box for one left out takes as much room as that one.
            let branches = if next.len() <= MOST_BRANCHES + 1 { next.len() } else { MOST_BRANCHES };
            next.truncate(branches.min(most.saturating_sub(shown.len())));
            seen.extend(&next);
            shown.extend(&next);
            queue.extend(next);
        }
        if way == Way::Up {
            sources = shown.len() - 1;
        }
    }
    let place: BTreeMap<ResolutionKey, usize> = shown.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let mut edges = Vec::new();
    for (&document, &to) in &place {
        let resolution = &here.register.resolutions[document];
        for (others, kind) in
            [(&resolution.implements, LineageKind::Implements), (&resolution.amends, LineageKind::Amends)]
        {
            for other in others {
                let Some(&from) = place.get(other) else { continue };
                edges.push(LineageEdge { from, to, kind, label: lag(here, *other, document).unwrap_or_default() });
            }
        }
    }
    let mut nodes: Vec<LineageNode> = shown.iter().map(|document| node(here, *document, key)).collect();
    // The sources' other plans and the plans' other sources are not this document's lineage.
    let (up, down) = (0..=sources, std::iter::once(0).chain(sources + 1..shown.len()));
    for (way, places) in [(Way::Up, up.collect::<Vec<_>>()), (Way::Down, down.collect())] {
        for at in places {
            if let Some(left_out) = left_out(here, shown[at], way, &mut seen) {
                let more = nodes.len();
                let name = here.count("lineage.more", left_out, &[]);
                nodes.push(LineageNode { name, role: LineageRole::More, ..LineageNode::default() });
                let (from, to) = if way == Way::Up { (more, at) } else { (at, more) };
                edges.push(LineageEdge { from, to, kind: LineageKind::Implements, label: String::new() });
            }
        }
    }
    let title = here.text("lineage.chart");
    let spec = Lineage {
        head: Head {
            title: title.to_owned(),
            subtitle: here.text("lineage.subtitle").to_owned(),
            description: here.text("lineage.description").to_owned(),
            source: None,
        },
        nodes,
        edges,
        legend_implements: here.text("lineage.legend_implements").to_owned(),
        legend_amends: here.text("lineage.legend_amends").to_owned(),
        empty: here.text("chart.empty").to_owned(),
    };
    ChartView::new(&Chart::Lineage(spec), Words::plain(title))
}

fn node(here: &Here<'_>, document: ResolutionKey, current: ResolutionKey) -> LineageNode {
    let resolution = &here.register.resolutions[document];
    // "01-CT/TU" says enough; "03" does not.
    let number = resolution.number.as_deref().filter(|number| number.chars().any(char::is_alphabetic));
    LineageNode {
        name: number.map_or_else(|| here.designation(document), str::to_owned),
        title: resolution.title.get(here.language).0.to_owned(),
        issuer: here.register.units[resolution.issuer].name.get(here.language).0.to_owned(),
        date: resolution.issued.map(|issued| here.edition.locale.period(issued)).unwrap_or_default(),
        role: if document == current { LineageRole::Current } else { LineageRole::Other },
    }
}

/// How many documents a document leads to one way that are not seen, straight or through others that are not; they
/// count as seen from then on.
fn left_out(here: &Here<'_>, document: ResolutionKey, way: Way, seen: &mut BTreeSet<ResolutionKey>) -> Option<usize> {
    let mut count = 0;
    let mut queue = VecDeque::from([document]);
    while let Some(document) = queue.pop_front() {
        for (next, _) in neighbours(here, document, way) {
            if seen.insert(next) {
                count += 1;
                queue.push_back(next);
            }
        }
    }
    (count > 0).then_some(count)
}
