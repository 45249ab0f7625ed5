//! One judged site, and the pages that are asked of it.
//!
//! A site borrows what it was judged from, so it lives on a thread of its own that owns both; requests come to it
//! through a channel, and it ends when nobody holds the other end. Invariant: only addresses of the site's own table
//! lead anywhere.

use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};

use tokio::sync::oneshot;

use super::{ServeOptions, mistakes};
use crate::diagnostic::Diagnostics;
use crate::pipeline::{Judged, name_files};
use crate::render::{SEARCH_PREFIX, Site, card, render};
use crate::route::{Route, Target};

/// A site that can be asked for its pages.
#[derive(Debug)]
pub(super) struct Snapshot {
    requests: mpsc::Sender<Request>,
    /// The path of every file.
    paths: Arc<[String]>,
    /// How many HTML pages it has.
    pub(super) pages: usize,
}

#[derive(Debug)]
struct Request {
    path: String,
    reply: oneshot::Sender<Answer>,
}

/// What stands at an address.
#[derive(Debug)]
pub(super) enum Answer {
    /// A file of the site, with its path: `don-vi/index.html`.
    Made { path: String, bytes: Vec<u8>, kind: Kind },
    /// A file that an editor put beside the content, by its path below the root.
    Copy(String),
    /// A page, at this address.
    Moved(String),
    /// Nothing: the site's own page for that.
    Missing(Vec<u8>),
    /// A page that cannot be made, with what is wrong, as HTML: a mistake in a template of the site.
    Failed(String),
}

/// Whether a file is a page that follows the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page that is told of changes.
    Page,
    /// Any other file; so is a page that only leads on.
    File,
}

/// What a path of the site's table leads to.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// A file of the route at that place in the list.
    Route(usize),
    /// A style sheet, a script or an icon.
    Asset,
    /// The copied file at that place.
    Copy(usize),
}

/// What judging a site came to: all mistakes, and the site where none of them is an error.
pub(super) struct Outcome {
    pub(super) diagnostics: Diagnostics,
    pub(super) snapshot: Option<Snapshot>,
}

impl Snapshot {
    /// Starts a site, unless errors forbid it; `former` is the last one that was started.
    pub(super) fn start(judged: Arc<Judged>, former: Option<&Self>, options: &ServeOptions) -> Outcome {
        let options = options.clone();
        let former = former.map(|former| Arc::clone(&former.paths));
        let (ready, started) = mpsc::channel();
        let (requests, asked) = mpsc::channel();
        std::thread::spawn(move || {
            let mut diagnostics = judged.diagnostics.clone();
            let site = Site::new(&judged.sources, &judged.assessment, &judged.findings, &mut diagnostics);
            let shop = Shop::new(&site, &judged, &options);
            let paths: Arc<[String]> = shop.table.iter().map(|(path, _)| path.clone()).collect();
            // The same paths as those of a site without an error are without an error again.
            if former.is_none_or(|former| former != paths) {
                name_files(&site, &judged.sources, &judged.assessment, &mut diagnostics);
            }
            let has_errors = diagnostics.has_errors();
            let pages = site.routes().iter().filter(|route| route.is_page()).count();
            if ready.send((diagnostics, pages, paths)).is_ok() && !has_errors {
                shop.run(&asked);
            }
        });
        // A thread that ends without a word has panicked, and said so.
        let (diagnostics, pages, paths) = started.recv().expect("a site can be set up from what was judged");
        let snapshot = (!diagnostics.has_errors()).then_some(Self { requests, paths, pages });
        Outcome { diagnostics, snapshot }
    }

    /// What stands at a path, decoded and without its leading `/`; `None` where making it failed by a bug of ours.
    pub(super) async fn ask(&self, path: String) -> Option<Answer> {
        let (reply, answer) = oneshot::channel();
        self.requests.send(Request { path, reply }).ok()?;
        answer.await.ok()
    }
}

/// A site with the table of its paths.
struct Shop<'a> {
    site: &'a Site<'a>,
    judged: &'a Judged,
    options: &'a ServeOptions,
    /// Every path in the order of the routes, but for what search loads: that takes long to make, and most pages do
    /// not ask for it.
    table: Vec<(String, Place)>,
    assets: BTreeMap<&'a str, &'a [u8]>,
}

impl<'a> Shop<'a> {
    fn new(site: &'a Site<'a>, judged: &'a Judged, options: &'a ServeOptions) -> Self {
        let register = &judged.assessment.register;
        let assets = site.theme_files();
        let routes = site.routes().iter().enumerate();
        let routes = routes
            .flat_map(|(place, route)| route.files(register).into_iter().map(move |path| (path, Place::Route(place))));
        let ours = assets.keys().map(|path| ((*path).to_owned(), Place::Asset));
        let copied = register.files.iter().enumerate().map(|(place, file)| (file.output.clone(), Place::Copy(place)));
        let table = routes.chain(ours).chain(copied).collect();
        Self { site, judged, options, table, assets }
    }

    fn run(&self, asked: &mpsc::Receiver<Request>) {
        let places: BTreeMap<&str, Place> = self.table.iter().map(|(path, place)| (path.as_str(), *place)).collect();
        for request in asked {
            // Who asked may have gone.
            let _ = request.reply.send(self.answer(&request.path, &places));
        }
    }

    fn answer(&self, path: &str, places: &BTreeMap<&str, Place>) -> Answer {
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = if is_folder { format!("{path}index.html") } else { path.to_owned() };
        match places.get(file.as_str()) {
            Some(Place::Route(place)) => self.made(&self.site.routes()[*place], file),
            Some(Place::Asset) => shared(self.assets[file.as_str()], file),
            Some(Place::Copy(place)) => Answer::Copy(self.judged.assessment.register.files[*place].source.clone()),
            None if file.starts_with(SEARCH_PREFIX) => {
                match self.site.search_files(&self.site.languages()).get(file.as_str()) {
                    Some(bytes) => shared(bytes, file),
                    None => self.missing(),
                }
            }
            None if !is_folder && places.contains_key(format!("{path}/index.html").as_str()) => {
                Answer::Moved(format!("{path}/"))
            }
            None => self.missing(),
        }
    }

    fn made(&self, route: &Route, path: String) -> Answer {
        if let Some((path, card)) = card(self.site, route).filter(|(card, _)| *card == path) {
            return Answer::Made { path, bytes: card.draw(), kind: Kind::File };
        }
        let (files, diagnostics) = render(self.site, route);
        let kind = match route.target {
            // A page that leads on allows no script.
            Target::Alias(..) => Kind::File,
            _ if path.ends_with(".html") => Kind::Page,
            _ => Kind::File,
        };
        match files.into_iter().find(|(file, _)| *file == path) {
            Some((path, bytes)) => Answer::Made { path, bytes, kind },
            None => self.failed(&diagnostics),
        }
    }

    fn failed(&self, diagnostics: &Diagnostics) -> Answer {
        Answer::Failed(mistakes::list(diagnostics, &self.judged.sources, self.options))
    }

    /// The page for unknown addresses. It names whole addresses, for it can be shown anywhere: here they lead to the
    /// site that is served.
    fn missing(&self) -> Answer {
        let is_not_found = |route: &&Route| matches!(route.target, Target::NotFound);
        let route =
            self.site.routes().iter().find(is_not_found).expect("every site has its page for unknown addresses");
        let (files, diagnostics) = render(self.site, route);
        let Some((_, bytes)) = files.into_iter().next() else { return self.failed(&diagnostics) };
        let html = String::from_utf8(bytes).expect("pages are text");
        Answer::Missing(html.replace(&self.judged.assessment.register.site.base_url, "/").into_bytes())
    }
}

/// A file that pages share.
fn shared(bytes: &[u8], path: String) -> Answer {
    Answer::Made { path, bytes: bytes.to_vec(), kind: Kind::File }
}
