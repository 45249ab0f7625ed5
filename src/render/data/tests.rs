//! The published data of the fixture site, and what holds for every table.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use super::columns::{Column, Content, columns};
use super::*;
use crate::render::fixture::{Fixture, key, quantity};
use crate::route::Table;
use crate::source::SourceMap;

fn data() -> (SourceMap, Assessment) {
    Fixture::new().on("2021-12-31")
}

fn csv(name: Table) -> String {
    String::from_utf8(table(name, &data().1)).expect("UTF-8")
}

/// The rows of a table, each cell under its column's name.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").clone();
    let cells = |row: csv::StringRecord| {
        header.iter().zip(row.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|row| cells(row.expect("a row of the header's length"))).collect()
}

#[test]
fn headers_are_those_of_the_contract() {
    for (table, header) in [
        (
            Table::Indicators,
            "id,resolution,name,unit,field,measured_in,direction,baseline,baseline_date,target,target_max,due,value,\
             value_date,progress,expected,pace,status,flags,population,observations,url",
        ),
        (
            Table::Observations,
            "indicator,report,unit,as_of,value,qualifier,stated_percent,corrects,corrected_by,source_title,\
             source_publisher,source_date,source_url,quote,note,breakdown",
        ),
        (
            Table::Reports,
            "id,title,unit,period,published,source_title,source_publisher,source_date,source_url,observations,url",
        ),
        (
            Table::Units,
            "id,name,level,parent,code,established,dissolved,successors,indicators,achieved,on_track,behind,off_track,\
             missed,unreported,not_assessable,no_data,tracked,url",
        ),
        (
            Table::Resolutions,
            "id,number,kind,title,issuer,issued,period_start,period_end,implements,indicators,achieved,on_track,behind,\
             off_track,missed,unreported,not_assessable,no_data,tracked,url",
        ),
        (Table::Coverage, "resolution,unit,expected_by,implemented_by,issued,state"),
    ] {
        let names: Vec<&str> = columns(table).iter().map(|column| column.name).collect();
        assert_eq!(names.join(","), header);
        assert!(csv(table).starts_with(&format!("{header}\r\n")));
    }
}

#[test]
fn indicators_carry_target_value_and_verdict() {
    insta::assert_snapshot!("indicators", csv(Table::Indicators));
}

#[test]
fn observations_carry_their_own_source_and_correction() {
    insta::assert_snapshot!("observations", csv(Table::Observations));
}

#[test]
fn reports_units_and_documents_are_listed() {
    insta::assert_snapshot!("reports", csv(Table::Reports));
    insta::assert_snapshot!("units", csv(Table::Units));
    insta::assert_snapshot!("resolutions", csv(Table::Resolutions));
    insta::assert_snapshot!("coverage", csv(Table::Coverage));
}

#[test]
fn no_cell_of_an_editor_is_a_formula() {
    let hostile = ["=1+1", "+1", "-1", "@x", "\tx", "=HYPERLINK(\"https://a.example\",\"x\")", "a\"b,c\nd"];
    for text in hostile {
        let mut fixture = Fixture::new();
        let register = &mut fixture.register;
        register.units[key(0)].name = Text::new(text);
        register.units[key(0)].code = Some(text.to_owned());
        register.resolutions[key(0)].title = Text::new(text);
        register.resolutions[key(0)].number = Some(text.to_owned());
        register.indicators[key(0)].name = Text::new(text);
        register.indicators[key(0)].measured_in = Text::new(text);
        register.reports[key(0)].title = Text::new(text);
        register.reports[key(0)].source = Citation {
            title: Some(text.to_owned()),
            publisher: Some(text.to_owned()),
            date: None,
            url: Some(text.to_owned()),
        };
        let evidence = &mut Arc::make_mut(&mut register.reports[key(0)].observations)[0].evidence;
        evidence.quote = Some(text.to_owned());
        evidence.note = Some(Box::new(Text::new(text)));
        let (_, assessment) = fixture.on("2021-12-31");
        for name in Table::ALL {
            for row in rows(&table(name, &assessment)) {
                for (column, cell) in row {
                    let is_figure = quantity_like(&cell);
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t']) || is_figure, "{column}: {cell:?}");
                    let original = cell.strip_prefix('\'').unwrap_or(&cell);
                    assert!(original != text || (cell == text) == (text == hostile[6]), "{column}: {cell:?}");
                }
            }
        }
    }
}

fn quantity_like(cell: &str) -> bool {
    crate::model::quantity::Quantity::parse(cell).is_ok() && cell != "-1"
}

#[test]
fn a_negative_figure_stays_a_figure() {
    let mut fixture = Fixture::new();
    let value = Arc::make_mut(&mut fixture.register.reports[key(0)].observations)[0].value.as_mut().expect("a figure");
    value.value = quantity("-2.50");
    let (_, assessment) = fixture.on("2021-05-01");
    let rows = rows(&table(Table::Observations, &assessment));
    assert_eq!(rows.iter().find(|row| row["indicator"].ends_with("van-ban")).expect("a row")["value"], "-2.5");
}

/// Rows are sorted, references lead to rows, and every cell is of its column's type.
#[test]
fn tables_hold_what_the_package_says() {
    let (_, assessment) = data();
    let ids: BTreeMap<&str, Vec<String>> = Table::ALL
        .iter()
        .map(|name| {
            let ids = rows(&table(*name, &assessment)).iter().filter_map(|row| row.get("id").cloned()).collect();
            (name.name(), ids)
        })
        .collect();
    for (name, ids) in &ids {
        assert!(ids.is_sorted(), "{name}");
    }
    for name in Table::ALL {
        for row in rows(&table(name, &assessment)) {
            for Column { name: column, content, .. } in columns(name) {
                let cell = &row[*column];
                let fits = match content {
                    Content::Id | Content::Name => !cell.is_empty(),
                    Content::Reference(to) => cell.is_empty() || ids[to.name()].contains(cell),
                    Content::Word(words) => cell.is_empty() || words.all().contains(&cell.as_str()),
                    Content::Number => cell.is_empty() || cell.parse::<f64>().is_ok() && !cell.contains(['e', 'E']),
                    Content::Count => cell.parse::<u64>().is_ok(),
                    Content::Date => cell.is_empty() || cell.parse::<chrono::NaiveDate>().is_ok(),
                    Content::Text | Content::List => true,
                };
                assert!(fits, "{}.{column}: {cell:?}", name.name());
            }
        }
    }
}

#[test]
fn the_package_describes_each_table() {
    let package: Value = serde_json::from_str(&data_package(&data().1)).expect("JSON");
    assert_eq!(package["profile"], "tabular-data-package");
    assert_eq!(package["name"], "tien-do-nghi-quyet-ben-tre");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert_eq!(package["contributors"][0]["role"], "publisher");
    assert_eq!(package["sources"][0]["title"], "Báo Đồng Khởi");
    let resources = package["resources"].as_array().expect("a list");
    assert_eq!(resources.len(), 6);
    for (resource, table) in resources.iter().zip(Table::ALL) {
        assert_eq!(resource["path"], format!("{}.csv", table.name()));
        let fields = resource["schema"]["fields"].as_array().expect("a list");
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect();
        assert!(csv(table).starts_with(&names.join(",")));
    }
    insta::assert_snapshot!("package_coverage", serde_json::to_string_pretty(&resources[5]).expect("JSON"));
}

#[test]
fn one_indicator_says_all_of_itself() {
    let (_, assessment) = data();
    insta::assert_snapshot!("indicator_json", indicator_json(&assessment, key(3)));
    let own = rows(&indicator_csv(&assessment, key(3)));
    let all = rows(&table(Table::Observations, &assessment));
    let mine: Vec<_> = all.into_iter().filter(|row| row["indicator"] == "ben-tre/03-nq-tu/van-ban").collect();
    assert_eq!(own, mine);
}

#[test]
fn an_aggregate_tells_what_its_parts_came_to() {
    let totals = |of| {
        let mut fixture = Fixture::new();
        fixture.register.indicators[key(2)].of = of;
        let (_, assessment) = fixture.on("2021-12-31");
        let data: Value = serde_json::from_str(&indicator_json(&assessment, key(2))).expect("it is JSON");
        data["parts"]["totals"].to_string()
    };
    assert_eq!(
        totals(None),
        r#"[{"date":"2021-03-31","value":8,"qualifier":"exact"},{"date":"2021-06-30","value":11,"qualifier":"exact"}]"#
    );
    // Not before all have figures.
    assert_eq!(totals(Some(2)), "[]");
}

#[test]
fn long_figures_stay_exact_in_json() {
    let mut fixture = Fixture::new();
    let long = "1234567890123456789.123456789";
    Arc::make_mut(&mut fixture.register.reports[key(0)].observations)[0].value.as_mut().expect("a figure").value =
        quantity(long);
    let (_, assessment) = fixture.on("2021-05-01");
    assert!(indicator_json(&assessment, key(3)).contains(&format!("\"value\": {long},")));
}

#[test]
fn the_site_says_what_it_is() {
    let text = site_json(&data().1, |status, language| format!("{}-{}", status.as_str(), language.0));
    let site: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(site["title"]["en"], "Progress in Ben Tre");
    assert_eq!(site["as_of"], "2021-12-31");
    assert_eq!(site["assessment"]["on_track"].to_string(), "0.95");
    assert_eq!(site["statuses"][9]["name"]["en"], "tracked-1");
    assert_eq!(site["counts"]["observations"], 5);
    let by_status = site["statuses"].as_array().expect("a list").iter();
    let total: u64 = by_status.map(|status| status["indicators"].as_u64().expect("a count")).sum();
    assert_eq!(total, 4);
}

#[test]
fn the_manifest_names_each_file() {
    let file = |path: &str, bytes: &[u8]| ManifestFile {
        path: path.to_owned(),
        size: bytes.len() as u64,
        sha256: sha256(bytes),
    };
    let as_of = "2021-12-31".parse().expect("a day");
    let bytes = manifest(as_of, "abc", &[file("a/index.html", b""), file("b.html", b"b")]);
    insta::assert_snapshot!("manifest", String::from_utf8(bytes).expect("UTF-8"));
}

/// The files of the data, as a build lists them.
fn files(assessment: &Assessment) -> Vec<ManifestFile> {
    let tables = Table::ALL.map(|name| (Target::Table(name), "", table(name, assessment)));
    let indicators = assessment.register.indicators.keys();
    let indicators =
        indicators.map(|key| (Target::Indicator(key), "data.json", indicator_json(assessment, key).into()));
    let listed = |(target, name, bytes): (Target, &str, Vec<u8>)| {
        let path = format!("{}{name}", address(assessment, target));
        ManifestFile { path, size: bytes.len() as u64, sha256: sha256(&bytes) }
    };
    let mut files: Vec<ManifestFile> = tables.into_iter().chain(indicators).map(listed).collect();
    files.sort_unstable();
    files
}

#[test]
fn the_digest_of_the_content_is_that_of_what_is_known() {
    let digest = |change: &dyn Fn(&mut Fixture), as_of: &str| {
        let mut fixture = Fixture::new();
        change(&mut fixture);
        let (sources, assessment) = fixture.on(as_of);
        content_digest(&assessment, &sources, &files(&assessment))
    };
    let july = digest(&|_| {}, "2021-08-01");
    assert_eq!(july, digest(&|_| {}, "2021-08-01"));
    // What comes later changes nothing, and neither do files, names of files and places in them.
    let later: [&dyn Fn(&mut Fixture); 3] = [
        &|fixture| fixture.register.reports[key(2)].title = Text::new("Khác"),
        &|fixture| {
            fixture.body("content/reports/2021/10-05-ben-tre.md", "khác");
        },
        &|fixture| {
            fixture.body("content/pages/gioi-thieu.md", "Trang này nói về *tiến độ*.\n");
        },
    ];
    for change in later {
        assert_eq!(july, digest(change, "2021-08-01"));
    }
    let known: [&dyn Fn(&mut Fixture); 6] = [
        &|fixture| fixture.register.reports[key(1)].title = Text::new("Khác"),
        &|fixture| {
            fixture.body("content/reports/2021/07-30-ben-tre.md", "khác");
        },
        &|fixture| {
            fixture.body("content/pages/gioi-thieu.md", "khác");
        },
        &|fixture| fixture.register.units[key(1)].entry.summary = Some(Text::new("mới")),
        &|fixture| fixture.register.indicators[key(3)].stages[0].name = Text::new("Khác"),
        &|fixture| fixture.register.indicators[key(3)].name.translate(crate::render::fixture::ENGLISH, "Other"),
    ];
    for change in known {
        assert_ne!(july, digest(change, "2021-08-01"));
    }
    assert_ne!(july, digest(&|_| {}, "2021-11-01"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever an editor writes comes back from the table, but for the mark before what looks like a formula.
    #[test]
    fn tables_parse_back(text in "[=+@\t\"',;\r\n a-cđ-]{1,12}") {
        let mut fixture = Fixture::new();
        fixture.register.units[key(1)].name = Text::new(text.clone());
        let (_, assessment) = fixture.on("2021-12-31");
        let name = rows(&table(Table::Units, &assessment))[1]["name"].clone();
        let formula = text.starts_with(['=', '+', '-', '@', '\t']);
        prop_assert_eq!(name, if formula { format!("'{text}") } else { text });
    }
}
