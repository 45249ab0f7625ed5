//! The columns of the tables, and the other names that they go by in people's spreadsheets.

/// A column: its name in our own data, and others, all compared without marks, capitals and signs.
pub type Column = (&'static str, &'static [&'static str]);

/// The columns of the indicators that are read; any other is passed over.
pub const INDICATORS: &[Column] = &[
    ("id", &["ma", "ma-chi-tieu", "indicator", "indicator-id"]),
    ("resolution", &["van-ban", "ma-van-ban", "nghi-quyet", "document"]),
    ("name", &["ten", "ten-chi-tieu", "chi-tieu", "noi-dung"]),
    ("unit", &["don-vi", "ma-don-vi", "don-vi-chu-tri", "owner", "chu-tri"]),
    ("field", &["linh-vuc"]),
    ("measured-in", &["don-vi-tinh", "dvt", "unit-of-measure"]),
    ("direction", &["chieu-huong", "huong"]),
    ("baseline", &["muc-xuat-phat", "so-goc", "hien-trang"]),
    ("baseline-date", &["ngay-goc", "ngay-xuat-phat"]),
    ("target", &["muc-tieu", "ke-hoach", "target-min"]),
    ("target-max", &["muc-tieu-cao", "muc-phan-dau"]),
    ("due", &["han", "thoi-han", "den-han", "deadline"]),
    ("population", &["tong-so"]),
    ("population-name", &["ten-tong-so"]),
    ("milestones", &["cac-moc", "moc-trung-gian"]),
    ("revised-target", &["muc-tieu-dieu-chinh", "chi-tieu-dieu-chinh"]),
    ("revised-due", &["han-dieu-chinh", "thoi-han-dieu-chinh"]),
    ("revised-on", &["ngay-dieu-chinh"]),
    ("revised-by", &["van-ban-dieu-chinh"]),
    ("weight", &["trong-so"]),
    ("method", &["cach-danh-gia"]),
    ("contributes-to", &["gop-vao"]),
    ("aggregate", &["cach-tong-hop"]),
    ("source-title", &["nguon", "ten-nguon", "source"]),
    ("source-publisher", &["noi-dang", "co-quan", "publisher"]),
    ("source-date", &["ngay-nguon"]),
    // Not `url`: in our own data that is the indicator's own address.
    ("source-url", &["lien-ket"]),
    ("quote", &["trich-dan", "nguyen-van"]),
    ("note", &["ghi-chu"]),
];

/// The columns of the observations that are read; any other is passed over.
pub const OBSERVATIONS: &[Column] = &[
    ("indicator", &["ma-chi-tieu", "chi-tieu", "ma", "id", "indicator-id"]),
    ("report", &["bao-cao", "ma-bao-cao"]),
    ("unit", &["don-vi", "ma-don-vi", "don-vi-bao-cao"]),
    ("as-of", &["ngay", "ngay-so-lieu", "tinh-den", "tinh-den-ngay", "date"]),
    ("published", &["ngay-cong-bo", "ngay-bao-cao"]),
    ("value", &["gia-tri", "so-lieu", "ket-qua", "thuc-hien", "figure"]),
    ("qualifier", &["muc-chinh-xac"]),
    ("corrects", &["dinh-chinh"]),
    ("source-title", &["nguon", "ten-nguon", "source"]),
    ("source-publisher", &["noi-dang", "co-quan", "publisher"]),
    ("source-date", &["ngay-nguon"]),
    ("source-url", &["lien-ket", "dia-chi", "url"]),
    ("quote", &["trich-dan", "nguyen-van"]),
    ("note", &["ghi-chu"]),
    ("breakdown", &["chi-tiet"]),
];
