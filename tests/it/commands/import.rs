//! `tiendo import csv`: tables become a site that builds and says the same; mistakes are told at their cells.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::{TempDir, tempdir};

use super::tiendo;

/// Two tables in a folder.
fn tables(indicators: &str, observations: &str) -> TempDir {
    let folder = tempdir().expect("a scratch folder");
    fs::write(folder.path().join("indicators.csv"), indicators).expect("a file");
    fs::write(folder.path().join("observations.csv"), observations).expect("a file");
    folder
}

fn import(folder: &Path) -> (i32, String, String) {
    tiendo(folder, &["import", "csv", "indicators.csv", "observations.csv", "--into", "site"])
}

/// The rows of a table of a built site by id, with the columns that say what the figures come to.
fn judged(table: &Path) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_path(table).unwrap_or_else(|error| panic!("{}: {error}", table.display()));
    let header = reader.headers().expect("a header").clone();
    let said = [
        "status",
        "value",
        "value_date",
        "progress",
        "expected",
        "pace",
        "baseline",
        "target",
        "target_max",
        "due",
        "population",
    ];
    let place = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no {name}"));
    let row = |row: csv::StringRecord| {
        (row[place("id")].to_owned(), said.iter().map(|name| format!("{name}={}", &row[place(name)])).collect())
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

#[test]
fn the_sample_comes_back_as_it_was() {
    let folder = tempdir().expect("a scratch folder");
    let sample = env!("CARGO_MANIFEST_DIR");
    let (code, _, stderr) =
        tiendo(folder.path(), &["build", "--root", sample, "--output", "first", "--as-of", "2021-12-31"]);
    assert_eq!(code, 0, "{stderr}");
    let table = |name: &str| format!("first/data/{name}.csv");
    let (code, _, stderr) =
        tiendo(folder.path(), &["import", "csv", &table("indicators"), &table("observations"), "--into", "second"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let (code, _, stderr) = tiendo(folder.path(), &["build", "--root", "second", "--as-of", "2021-12-31"]);
    assert!(code == 0 && !stderr.contains("error["), "{stderr}");
    let first = judged(&folder.path().join("first/data/indicators.csv"));
    let second = judged(&folder.path().join("second/output/data/indicators.csv"));
    assert!(first.len() > 50);
    for (id, row) in &first {
        assert_eq!(second.get(id), Some(row), "{id}");
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn a_spreadsheet_of_a_vietnamese_office_is_understood() {
    let folder = tables(
        "\u{feff}Mã chỉ tiêu;Văn bản;Tên chỉ tiêu;Đơn vị;Đơn vị tính;Mức xuất phát;Ngày gốc;Mục tiêu;Hạn\r\n\
         ho-ngheo;03-nq;\"Hộ nghèo; cận nghèo\";xa-mau;hộ;120;01/01/2021;40,5;31/12/2025\r\n\
         ;03-nq;Nước sạch;xa-mau;%;;;90;\r\n",
        "Chỉ tiêu;Ngày;Kết quả;Nguồn;Ghi chú\r\n\
         ho-ngheo;30/06/2021;103,5;Báo cáo 6 tháng;'=1+1\r\n\
         Nước sạch;2021-06-30;68,5;Báo cáo 6 tháng;\r\n",
    );
    let (code, stdout, stderr) = import(folder.path());
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let read = |path: &str| fs::read_to_string(folder.path().join("site/content").join(path)).expect(path);
    insta::assert_snapshot!(read("resolutions/xa-mau/03-nq.md"));
    insta::assert_snapshot!(read("reports/2021/06-30-xa-mau.md"));
    let (code, _, stderr) = tiendo(folder.path(), &["build", "--root", "site", "--as-of", "2021-07-01"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
}

#[test]
fn plans_of_years_changes_and_sources_are_understood() {
    let folder = tables(
        "Tên chỉ tiêu;Văn bản;Đơn vị;ĐVT;Mức xuất phát;Ngày gốc;Kế hoạch năm 2022;Kế hoạch năm 2023;Mục tiêu đến năm 2025;\
         Mục tiêu điều chỉnh;Thời hạn điều chỉnh;Ngày điều chỉnh;Tổng số;Tên tổng số;Trọng số;Nguồn;Trích dẫn;Ghi chú\n\
         Xã nông thôn mới;03-nq;xa-mau;xã;2;01/01/2021;4;6,5;12;10;;30/06/2023;20;xã toàn huyện;2;Nghị quyết 03;12/20 xã;Chỉ tính xã\n\
         Nước sạch;03-nq;xa-mau;%;50;01/01/2021;;;90;;31/12/2026;2023-06-30;;;;;;\n",
        "Chỉ tiêu;Ngày;Kết quả;Nguồn\nXã nông thôn mới;31/12/2022;5;Báo cáo năm 2022\n",
    );
    let (code, stdout, stderr) = import(folder.path());
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let read = |path: &str| fs::read_to_string(folder.path().join("site/content").join(path)).expect(path);
    insta::assert_snapshot!(read("resolutions/xa-mau/03-nq.md"));
    let (code, _, stderr) = tiendo(folder.path(), &["build", "--root", "site", "--as-of", "2023-01-15"]);
    assert!(code == 0 && !stderr.contains("error["), "{stderr}");
    let table = fs::read_to_string(folder.path().join("site/output/data/indicators.csv")).expect("a table");
    // 4 was planned for the end of 2022, and 5 were there.
    assert!(table.contains("milestone-met") && table.contains("on-track"), "{table}");
}

#[test]
fn higher_figures_and_pairs_of_milestones_are_understood() {
    let folder = tables(
        "id,resolution,unit,name,measured_in,target,due,milestones,method,contributes_to,aggregate,revised_due\n\
         tong,huyen/nq,huyen,Tổng,hộ,30,2025-12-31,2022=10;2023-06-30=15,at-due,,sum,\n\
         phan,huyen/xa/nq,huyen/xa,Phần,hộ,12,2025-12-31,2022:10,,huyen/nq/tong,,2026-12-31\n",
        "indicator,as_of,value\nphan,2022-12-31,5\n",
    );
    let (code, _, stderr) = import(folder.path());
    assert_eq!(code, 1);
    let heads: Vec<&str> = stderr.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        heads,
        [
            "error[bad-date]: `2022:10` is not a day with its figure",
            "error[missing-field]: nothing says when the promise was changed",
        ]
    );
    let path = folder.path().join("indicators.csv");
    let text = fs::read_to_string(&path).expect("a table").replace("2022:10", "").replace(",2026-12-31", ",");
    fs::write(&path, text).expect("a table");
    let (code, _, stderr) = import(folder.path());
    assert_eq!((code, stderr.as_str()), (0, ""));
    let read = |path: &str| fs::read_to_string(folder.path().join("site/content").join(path)).expect(path);
    let higher = read("resolutions/huyen/nq.md");
    for part in [
        "milestones:\n      - date: 2022-12-31\n        value: 10\n      - date: 2023-06-30\n        value: 15\n",
        "aggregate: sum\n    method: at-due\n",
    ] {
        assert!(higher.contains(part), "{higher}");
    }
    assert!(read("resolutions/huyen/xa/nq.md").contains("contributes_to:\n      - huyen/nq/tong\n"));
    let (code, _, stderr) = tiendo(folder.path(), &["build", "--root", "site", "--as-of", "2023-01-15"]);
    assert!(code == 0 && !stderr.contains("error["), "{stderr}");
    let table = fs::read_to_string(folder.path().join("site/output/data/indicators.csv")).expect("a table");
    let row = table.lines().find(|line| line.starts_with("huyen/nq/tong,")).expect("a row");
    assert!(row.contains(",5,2022-12-31,"), "{row}");
}

#[test]
fn mistakes_are_told_at_their_cells_and_nothing_is_written() {
    let folder = tables(
        "id,resolution,name,unit,measured_in,baseline,target,due\n\
         a,x/nq,Một,x,hộ,0,\"1,250\",2021-12-31\n\
         a,x/nq,Hai,x,hộ,0,12,2021-12-31\n\
         b,x/nq,,x,hộ,0,12,2021-12-31\n\
         c,x/nq,Ba,x,,0,mười,03/04/2021\n",
        "indicator,as_of,value,qualifier\n\
         d,2021-06-30,1,\n\
         a,30/02/2021,1,khoảng\n\
         a,2021-06-30,,\n",
    );
    let (code, stdout, stderr) = import(folder.path());
    assert_eq!((code, stdout.as_str()), (1, "10 errors; nothing was written\n"), "{stderr}");
    let places: Vec<&str> = stderr.lines().filter(|line| line.starts_with("error") || line.contains("-->")).collect();
    insta::assert_snapshot!(places.join("\n"));
    assert!(fs::read_dir(folder.path().join("site")).expect("the folder").next().is_none());
    let (_, _, stderr) = tiendo(
        folder.path(),
        &["import", "csv", "indicators.csv", "observations.csv", "--into", "site", "--format", "json"],
    );
    assert!(
        stderr.lines().all(|line| line.starts_with('{'))
            && stderr.contains("\"file\":\"indicators.csv\",\"line\":2,\"column\":19"),
        "{stderr}"
    );
}

#[test]
fn a_table_without_what_is_needed_says_which_column() {
    let folder = tables("id,title\na,b\n", "indicator,as_of,value\n");
    let (code, _, stderr) = import(folder.path());
    assert_eq!(code, 1);
    assert!(stderr.contains("the table has no column `name`") && stderr.contains("`ten-chi-tieu`"), "{stderr}");
    let (code, _, stderr) =
        tiendo(folder.path(), &["import", "csv", "khong-co.csv", "observations.csv", "--into", "site"]);
    assert!(code == 2 && stderr.contains("khong-co.csv"), "{stderr}");
}

#[test]
fn a_site_that_is_there_must_have_the_units() {
    let folder = tables(
        "id,resolution,name,measured_in,target,due\na,giong-trom/nq,Một,hộ,12,2021-12-31\nb,gion-trom/nq,Hai,hộ,12,2021-12-31\n",
        "indicator,as_of,value\ngiong-trom/nq/a,2021-06-30,5\n",
    );
    let site = crate::harness::Site::good().write();
    fs::rename(site.path().join("content"), folder.path().join("content")).expect("it moves");
    let run = |folder: &Path| tiendo(folder, &["import", "csv", "indicators.csv", "observations.csv", "--into", "."]);
    let (code, _, stderr) = run(folder.path());
    assert_eq!(code, 1);
    assert!(stderr.contains("no unit `gion-trom`") && stderr.contains("did you mean `giong-trom`?"), "{stderr}");
    let text = fs::read_to_string(folder.path().join("indicators.csv")).expect("a table");
    fs::write(folder.path().join("indicators.csv"), text.replace("gion-trom", "giong-trom")).expect("a file");
    let (code, stdout, stderr) = run(folder.path());
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("created: content/resolutions/giong-trom/nq.md"), "{stdout}");
    // Once more, nothing is replaced.
    let (_, stdout, _) = run(folder.path());
    assert!(!stdout.contains("created:"), "{stdout}");
    let (code, _, stderr) = tiendo(folder.path(), &["check", "--format", "json"]);
    assert!(code == 0 && !stderr.contains("\"error\""), "{stderr}");
}
