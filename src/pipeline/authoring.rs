//! What helps an editor to write: schemas for completion, theme files to change, skeletons of new files.

use std::path::Path;

use chrono::Local;

use super::{BuildOptions, Judged, SITE, judge};
use crate::content::schema;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Language;
use crate::error::Error;
use crate::import;
use crate::load::load_table;
use crate::publish;
use crate::render::skeleton;
use crate::source::SourceMap;
use crate::starter;
use crate::theme;

pub use crate::content::schema::SchemaKind;
pub use crate::publish::Creation;
pub use crate::render::EntryKind;

/// The JSON Schema (2020-12) of one kind of file, or of every kind, with descriptions in a language, as a text that
/// people can read as well.
#[must_use]
pub fn schema(kind: Option<SchemaKind>, language: Language) -> String {
    let schema = kind.map_or_else(|| schema::all(language), |kind| kind.schema(language));
    format!("{schema:#}\n")
}

/// The names of the built-in theme's files.
pub fn theme_files() -> impl Iterator<Item = &'static str> + Clone {
    theme::DEFAULT.iter().map(|(name, _)| *name)
}

/// Copies files of the built-in theme, by default all, to `themes/NAME/` below the root, and says what became of each;
/// none is replaced.
///
/// # Errors
/// Where the disk refuses a file.
pub fn eject(root: &Path, name: &str, files: &[String]) -> Result<Vec<(String, Creation)>, Error> {
    let is_chosen = |file: &str| files.is_empty() || files.iter().any(|chosen| chosen == file);
    let chosen = theme::DEFAULT.iter().filter(|(file, _)| is_chosen(file));
    let copied = chosen.map(|(file, text)| {
        let path = format!("themes/{name}/{file}");
        publish::create(root, &path, text).map(|creation| (path, creation))
    });
    copied.collect()
}

/// A content file that was to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its path below the root, with `/`.
    pub path: String,
    /// Where it will stand on the site.
    pub address: String,
    /// Whether it was made.
    pub creation: Creation,
}

/// Writes the skeleton of a content file, with what the site knows filled in; one that is there stays as it is.
///
/// Mistakes in the content do not matter: what they hide is left to be filled in.
///
/// # Errors
/// Where the root has no site, or the disk refuses the file.
pub fn create(options: &BuildOptions, kind: EntryKind, id: &str, language: Language) -> Result<NewEntry, Error> {
    let Judged { sources, assessment, .. } = judge(options)?;
    let has_site = sources.find(SITE).is_some_and(|site| !sources.file(site).text.is_empty());
    if !has_site {
        return Err(Error::read(options.root.join(SITE), std::io::ErrorKind::NotFound.into()));
    }
    let path = format!("content/{}/{id}.md", kind.folder());
    let text = skeleton::skeleton(&assessment, kind, id, language);
    let creation = publish::create(&options.root, &path, &text)?;
    Ok(NewEntry { path, address: skeleton::address(&assessment, kind, id), creation })
}

/// What making a first site came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Each file, and whether it is new; one that was there is as it was.
    Made(Vec<(String, Creation)>),
    /// The folder holds something of that name, which is no part of an empty repository; nothing was written.
    Occupied(String),
}

/// Makes a small complete site in a folder that is empty, or a repository without anything but a README and the like.
///
/// # Errors
/// Where the disk refuses the folder or a file.
pub fn init(folder: &Path, language: Language) -> Result<Start, Error> {
    let present = publish::folder_for_sources(folder)?;
    if let Some(stranger) = present.into_iter().find(|name| !belongs_to_empty_repository(name)) {
        return Ok(Start::Occupied(stranger));
    }
    let mut files = starter::files(language, Local::now().date_naive());
    for kind in [SchemaKind::Site, SchemaKind::SiteTranslation] {
        files.push((format!(".vscode/{}.schema.json", kind.as_str()), schema(Some(kind), language)));
    }
    let snippets = schema::snippets(language);
    files.push((".vscode/tiendo.code-snippets".to_owned(), format!("{snippets:#}\n")));
    files.sort();
    let made =
        files.into_iter().map(|(path, text)| publish::create(folder, &path, &text).map(|creation| (path, creation)));
    made.collect::<Result<_, _>>().map(Start::Made)
}

/// Whether a service that keeps repositories puts such a file into a new one.
fn belongs_to_empty_repository(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(name, ".git" | ".gitignore" | ".gitattributes" | ".DS_Store")
        || matches!(stem.as_str(), "readme" | "license" | "licence" | "copying")
}

/// What an import came to.
#[derive(Debug)]
pub struct Import {
    /// The two tables; diagnostics point into them.
    pub tables: SourceMap,
    /// What is wrong with the tables; with errors among them, nothing was written.
    pub diagnostics: Diagnostics,
    /// Each content file, and whether it is new; one that was there is as it was.
    pub files: Vec<(String, Creation)>,
}

/// Turns a table of indicators and one of observations into content files below `root`, a new site or one that is there.
///
/// # Errors
/// Where a table cannot be read or the disk refuses a file.
pub fn import_csv(indicators: &Path, observations: &Path, root: &Path, language: Language) -> Result<Import, Error> {
    let mut diagnostics = Diagnostics::default();
    let mut tables = SourceMap::default();
    let indicators = load_table(indicators, &mut tables, &mut diagnostics)?;
    let observations = load_table(observations, &mut tables, &mut diagnostics)?;
    let present = publish::folder_for_sources(root)?;
    let site = if present.iter().any(|name| name == "content") {
        let options = BuildOptions { root: root.to_owned(), ..BuildOptions::default() };
        let Judged { assessment, .. } = judge(&options)?;
        let units = assessment.register.units.rows();
        import::Site::Existing { units: units.iter().map(|unit| unit.id.as_str().to_owned()).collect() }
    } else {
        import::Site::New
    };
    let files = import::import(&tables, indicators, observations, &site, language, &mut diagnostics);
    if diagnostics.has_errors() {
        return Ok(Import { tables, diagnostics, files: Vec::new() });
    }
    let written =
        files.into_iter().map(|(path, text)| publish::create(root, &path, &text).map(|creation| (path, creation)));
    let files = written.collect::<Result<_, _>>()?;
    Ok(Import { tables, diagnostics, files })
}
