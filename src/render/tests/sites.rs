//! The sites that tests render.

/// The least that a site can be.
pub(super) const MINIMAL: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: Nhỏ\nbase_url: https://example.org/\nlanguage: vi\ntimezone: Asia/Ho_Chi_Minh\nlevels:\n  - id: province\n    name: Tỉnh\n",
    ),
    ("content/units/ben-tre.md", "---\nname: Bến Tre\nlevel: province\n---\n"),
];

/// The day as of which the full site is rendered.
pub(super) const DAY: &str = "2021-12-31";

/// A site with everything that a page can show, in two languages.
pub(super) const FULL: &[(&str, &str)] = &[
    ("content/site.yaml", include_str!("full/site.yaml")),
    ("content/site.en.yaml", include_str!("full/site.en.yaml")),
    ("content/units/ben-tre.md", include_str!("full/ben-tre.md")),
    ("content/units/ben-tre.en.md", "---\nname: Bến Tre Province\nsummary: The whole province.\n---\nA province.\n"),
    ("content/units/giong-trom.md", "---\nname: Huyện Giồng Trôm\nlevel: district\nparent: ben-tre\n---\n"),
    ("content/units/ba-tri.md", "---\nname: Huyện Ba Tri\nlevel: district\nparent: ben-tre\n---\n"),
    ("content/units/giong-trom/my-thanh.md", "---\nname: Xã Mỹ Thạnh\nlevel: commune\nestablished: 2000-01-01\n---\n"),
    (
        "content/units/cu.md",
        "---\nname: Huyện cũ\nlevel: district\nparent: ben-tre\ndissolved: 2021-06-01\nsuccessors:\n  - giong-trom\n---\n",
    ),
    ("content/resolutions/ben-tre/nq.md", include_str!("full/nq.md")),
    ("content/resolutions/ben-tre/nq.en.md", include_str!("full/nq.en.md")),
    ("content/resolutions/ben-tre/so-lieu.md", include_str!("full/so-lieu.md")),
    ("content/resolutions/giong-trom/kh.md", include_str!("full/kh.md")),
    ("content/reports/2021/04-ben-tre.md", include_str!("full/04-ben-tre.md")),
    ("content/reports/2021/07-ben-tre.md", include_str!("full/07-ben-tre.md")),
    ("content/reports/2021/12-giong-trom.md", include_str!("full/12-giong-trom.md")),
    (
        "content/pages/gioi-thieu.md",
        "---\ntitle: Giới thiệu\nmenu: true\naliases:\n  - ve-chung-toi/\n---\n## Nguồn\n\nXem [nghị quyết](/resolutions/ben-tre/nq.md).\n",
    ),
    ("content/pages/index.md", "---\ntitle: Trang chủ\n---\nTrang này theo dõi nghị quyết.\n"),
];

/// Markup in every text that an editor can write.
pub(super) const HOSTILE: &[(&str, &str)] = &[
    ("content/site.yaml", include_str!("hostile/site.yaml")),
    ("content/units/ben-tre.md", include_str!("hostile/unit.md")),
    ("content/resolutions/ben-tre/nq.md", include_str!("hostile/nq.md")),
    ("content/reports/bao-cao.md", include_str!("hostile/report.md")),
    (
        "content/pages/trang.md",
        "---\ntitle: '<script>x</script>\" onload=\"x'\nmenu: true\nsummary: '<img src=x onerror=x>'\n---\n<script>x</script>\n",
    ),
];
