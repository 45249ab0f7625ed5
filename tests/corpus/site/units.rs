//! The tree of units: provinces, districts and communes, with a centre above where there are several provinces.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::random::Random;

/// Units below one province: a few more than a real one of middling size has.
const A_PROVINCE: u64 = 160;
/// Communes of one district.
const A_DISTRICT: u64 = 14;

const FIRST: &[&str] = &[
    "An", "Bình", "Châu", "Đông", "Gia", "Giồng", "Hòa", "Hưng", "Khánh", "Long", "Lộc", "Lương", "Minh", "Mỹ", "Nam",
    "Nghĩa", "Nhơn", "Phú", "Phước", "Quang", "Sơn", "Tam", "Tân", "Thạnh", "Thới", "Thuận", "Tiên", "Trung", "Tường",
    "Văn", "Vĩnh", "Xuân", "Yên", "Đại", "Đồng", "Đức", "Hiệp", "Hữu", "Cẩm", "Bảo",
];
const SECOND: &[&str] = &[
    "An", "Bình", "Cường", "Điền", "Định", "Đức", "Hải", "Hậu", "Hiệp", "Hòa", "Hội", "Hưng", "Khánh", "Lạc", "Lâm",
    "Lễ", "Lợi", "Long", "Lộc", "Mỹ", "Nghĩa", "Nhuận", "Phong", "Phú", "Phước", "Quới", "Sơn", "Tân", "Tâm", "Thạnh",
    "Thắng", "Thịnh", "Thọ", "Thới", "Thuận", "Tiến", "Trị", "Trung", "Tường", "Xuân", "Yên", "Giang",
];
const THIRD: &[&str] = &["Đông", "Tây", "Nam", "Bắc", "Thượng", "Hạ"];

/// How high a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Centre,
    Province,
    District,
    Commune,
}

impl Rank {
    /// The id of its level in `site.yaml`.
    pub(crate) fn level(self) -> &'static str {
        match self {
            Self::Centre => "central",
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }

    /// The abbreviation in numbers of party documents.
    pub(crate) fn office(self) -> &'static str {
        match self {
            Self::Centre => "TW",
            Self::Province => "TU",
            Self::District => "HU",
            Self::Commune => "ĐU",
        }
    }
}

/// One unit.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) id: String,
    /// With its kind: "Xã Mỹ Phú".
    pub(crate) name: String,
    pub(crate) rank: Rank,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    /// The stream of its own things.
    pub(crate) seed: u64,
    /// How many new enterprises it promises: what its children promise, or its own figure.
    pub(crate) enterprises: i64,
    /// The unit that took its place on [`super::calendar::MERGER`].
    pub(crate) merged_into: Option<usize>,
}

impl Unit {
    /// Its name within a sentence: "xã Mỹ Phú".
    pub(crate) fn in_text(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().expect("a unit has a name");
        first.to_lowercase().chain(letters).collect()
    }
}

/// The tree; parents stand before their children, the top is the first.
pub(crate) fn tree(count: u64, seed: u64) -> Vec<Unit> {
    let mut tree = Tree { units: Vec::new(), random: Random::new(seed), seed };
    let provinces = (count / A_PROVINCE).max(1);
    let top = (provinces > 1).then(|| tree.add("Trung ương".to_owned(), "trung-uong".to_owned(), Rank::Centre, None));
    let mut left = count - u64::from(top.is_some());
    let mut names = BTreeSet::from(["trung-uong".to_owned()]);
    for province in 0..provinces {
        let share = left / (provinces - province);
        left -= share;
        tree.province(share, top, &mut names);
    }
    for place in (0..tree.units.len()).rev() {
        let own = Random::part(tree.units[place].seed, 1).between(18, 95);
        let promised: i64 = tree.units[place].children.iter().map(|child| tree.units[*child].enterprises).sum();
        tree.units[place].enterprises = if promised == 0 { own } else { promised };
    }
    tree.units
}

struct Tree {
    units: Vec<Unit>,
    random: Random,
    seed: u64,
}

impl Tree {
    fn add(&mut self, name: String, id: String, rank: Rank, parent: Option<usize>) -> usize {
        let place = self.units.len();
        let seed = Random::part(self.seed, place as u64).next();
        let children = Vec::new();
        self.units.push(Unit { id, name, rank, parent, children, seed, enterprises: 0, merged_into: None });
        if let Some(parent) = parent {
            self.units[parent].children.push(place);
        }
        place
    }

    /// A province with all below it, `count` units in all.
    fn province(&mut self, count: u64, top: Option<usize>, taken: &mut BTreeSet<String>) {
        let (name, slug) = self.name(taken);
        let province = self.add(format!("Tỉnh {name}"), slug, Rank::Province, top);
        let mut left = count.saturating_sub(1);
        let districts = left.div_ceil(A_DISTRICT + 1).max(1);
        let mut names = BTreeSet::new();
        for district in 0..districts {
            let share = left / (districts - district);
            left -= share;
            self.district(share, province, &mut names);
        }
    }

    fn district(&mut self, count: u64, province: usize, taken: &mut BTreeSet<String>) {
        let (name, slug) = self.name(taken);
        let kind = *self.random.pick(&["Huyện", "Huyện", "Huyện", "Huyện", "Thị xã", "Thành phố"]);
        let id = format!("{}/{slug}", self.units[province].id);
        let district = self.add(format!("{kind} {name}"), id, Rank::District, Some(province));
        let mut names = BTreeSet::new();
        for _ in 1..count {
            let (name, slug) = self.name(&mut names);
            let kind = *self.random.pick(&["Xã", "Xã", "Xã", "Xã", "Xã", "Phường", "Thị trấn"]);
            let id = format!("{}/{slug}", self.units[district].id);
            self.add(format!("{kind} {name}"), id, Rank::Commune, Some(district));
        }
        let communes = &self.units[district].children;
        if let [first, .., last] = communes.as_slice()
            && self.random.percent(10)
        {
            let (first, last) = (*first, *last);
            self.units[last].merged_into = Some(first);
        }
    }

    /// A name that no sister has, and its slug.
    fn name(&mut self, taken: &mut BTreeSet<String>) -> (String, String) {
        loop {
            let (first, second) = (*self.random.pick(FIRST), *self.random.pick(SECOND));
            let name = match (first == second, self.random.percent(12)) {
                (true, _) => continue,
                (false, true) => format!("{first} {second} {}", self.random.pick(THIRD)),
                (false, false) => format!("{first} {second}"),
            };
            let slug = slug(&name);
            if taken.insert(slug.clone()) {
                return (name, slug);
            }
        }
    }
}

/// A name in lower-case ASCII.
pub(crate) fn slug(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.map(|letter| if letter == 'đ' { 'd' } else { letter }).map(|l| if l == ' ' { '-' } else { l }).collect()
}
