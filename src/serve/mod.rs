//! Serves a site while somebody writes it: reads again what changed, judges it, and tells open pages to follow.
//!
//! Nothing is written to the disk. The site is held judged, not rendered: a page is made when it is asked for, so that an
//! edit costs reading and judging, and every page and list that names it follows at once.
//!
//! - `watch` notices changes, judges, and replaces the `state` that requests are answered from.
//! - `snapshot` holds one judged site and makes its pages.
//! - `connection` and `answer` speak HTTP; `guard` says who may ask.
//! - `mistakes` shows over the page what is wrong, while the last good site stays.
//!
//! Invariants: an address of a request is looked up in the table of the site's own addresses, never joined to a path;
//! only this machine is answered unless the author asks for another address; no step waits for ever.

mod answer;
mod body;
mod browser;
mod connection;
mod guard;
mod mistakes;
mod snapshot;
mod state;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Language;
use crate::error::Error;
use crate::pipeline::{BuildOptions, Judged};

pub use browser::{open_browser, url};

/// What a server is asked to do.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// What is built; the output folder plays no part.
    pub build: BuildOptions,
    /// The address at which it answers.
    pub bind: IpAddr,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The language of what is shown over pages.
    pub language: Language,
    /// Stands in front of each path in messages: empty, or ending in `/`.
    pub path_prefix: String,
    /// Says a failure of the world as a sentence.
    pub say_failure: fn(&Error, Language) -> String,
}

/// What happens while a site is served.
#[derive(Debug)]
pub enum Event {
    /// Requests are answered at this address.
    Listening(SocketAddr),
    /// The site was judged, for the first time or because files changed.
    Judged(Rebuilt),
    /// The world did not let the sources be read; it is tried again.
    Failed(Error),
    /// Changes cannot be watched for, for this reason: the files are looked at every second instead.
    Unwatched(String),
}

/// What came of judging a site again.
#[derive(Debug)]
pub struct Rebuilt {
    /// The paths below the root of what is new, changed or gone; empty the first time.
    pub changed: Vec<String>,
    /// The site.
    pub judged: Arc<Judged>,
    /// All mistakes; with errors among them the former site stays.
    pub diagnostics: Diagnostics,
    /// How many HTML pages the site has; 0 with errors.
    pub pages: usize,
    /// How long it took.
    pub duration: Duration,
}

/// What the threads of a server tell the one that started them.
enum Notice {
    Event(Event),
    /// Somebody asks the program to end.
    Stop,
}

/// Serves a site until the process is asked to end; `tell` hears what happens.
///
/// # Errors
/// Where the address or port cannot be had.
pub fn serve(options: &ServeOptions, tell: &mut dyn FnMut(Event)) -> Result<(), Error> {
    let address = SocketAddr::new(options.bind, options.port);
    let unheard = |source| Error::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(unheard)?;
    let address = listener.local_addr().map_err(unheard)?;
    let (notices, noticed) = mpsc::channel();
    let (publish, state) = tokio::sync::watch::channel(None);
    let server = connection::Server::new(listener, options, state).map_err(unheard)?;
    tell(Event::Listening(address));

    // Neither thread is waited for at the end: a site that is just being read would delay it.
    let stop = notices.clone();
    std::thread::spawn(move || {
        server.run();
        let _ = stop.send(Notice::Stop);
    });
    let rebuilder = watch::Rebuilder::new(options, publish, notices);
    std::thread::spawn(move || rebuilder.run());
    for notice in noticed {
        match notice {
            Notice::Event(event) => tell(event),
            Notice::Stop => break,
        }
    }
    Ok(())
}
