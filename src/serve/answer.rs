//! Answers a request: from the site, from the server's own few files, or with a refusal.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::{mpsc, watch};

use super::body::Body;
use super::snapshot::{Answer, Kind};
use super::state::State;
use super::{ServeOptions, guard, mistakes};

/// The folder of the server's own files; no address of a site begins so.
const OWN: &str = "_tiendo/";
const SCRIPT: &str = include_str!("page/follow.js");
const STYLE: &str = include_str!("page/mistakes.css");
/// How often a silent stream of events says that it is there, so that a connection that is none is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// In what pieces a file is read.
const PIECE: usize = 64 << 10;

type HttpResponse = Response<Body>;

/// What all requests share.
pub(super) struct Answering {
    options: ServeOptions,
    state: watch::Receiver<Option<Arc<State>>>,
}

impl Answering {
    pub(super) fn new(options: &ServeOptions, state: watch::Receiver<Option<Arc<State>>>) -> Self {
        Self { options: options.clone(), state }
    }

    pub(super) async fn answer(&self, request: Request<Incoming>) -> HttpResponse {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refusal;
        }
        if !guard::is_host_ours(&request, self.options.bind) {
            return plain(StatusCode::MISDIRECTED_REQUEST, "this host is not served here\n");
        }
        let path = request.uri().path();
        let Some(path) = path.strip_prefix('/').and_then(decoded) else {
            return plain(StatusCode::BAD_REQUEST, "not an address\n");
        };
        if let Some(own) = path.strip_prefix(OWN) {
            return match own {
                "follow.js" => sent("text/javascript; charset=utf-8", SCRIPT),
                "mistakes.css" => sent("text/css; charset=utf-8", STYLE),
                "events" if !guard::is_origin_ours(request.headers()) => {
                    plain(StatusCode::FORBIDDEN, "only pages of this server may listen\n")
                }
                "events" => self.events(),
                _ => plain(StatusCode::NOT_FOUND, "no such file\n"),
            };
        }
        // The first site may still be in the making.
        let mut state = self.state.clone();
        let state = match state.wait_for(Option::is_some).await {
            Ok(state) => state.clone().expect("it was waited for"),
            Err(_) => return plain(StatusCode::SERVICE_UNAVAILABLE, "the server is ending\n"),
        };
        self.on_site(&state, path).await
    }

    /// What the site has at an address.
    async fn on_site(&self, state: &State, path: String) -> HttpResponse {
        let broken = |html: &str| {
            let page = mistakes::page(html, self.options.language);
            html_page(StatusCode::INTERNAL_SERVER_ERROR, page.into_bytes(), &state.edition)
        };
        let Some(site) = &state.site else { return broken(state.mistakes.as_deref().unwrap_or_default()) };
        match site.ask(path).await {
            Some(Answer::Made { path, bytes, kind: Kind::File }) => sent(content_type(&path), bytes),
            Some(Answer::Made { bytes, kind: Kind::Page, .. }) => html_page(StatusCode::OK, bytes, &state.edition),
            Some(Answer::Copy(source)) => self.copy(source).await,
            Some(Answer::Moved(address)) => moved(&address),
            Some(Answer::Missing(bytes)) => html_page(StatusCode::NOT_FOUND, bytes, &state.edition),
            Some(Answer::Failed(html)) => broken(&html),
            None => plain(StatusCode::INTERNAL_SERVER_ERROR, "this page failed; the terminal says why\n"),
        }
    }

    /// A stream that says how the site stands now, and again whenever that changes.
    fn events(&self) -> HttpResponse {
        let (sender, parts) = mpsc::channel(4);
        let mut state = self.state.clone();
        tokio::spawn(async move {
            loop {
                let event = state.borrow_and_update().as_ref().map(|state| state.event());
                if let Some(event) = event
                    && sender.send(Bytes::from(event)).await.is_err()
                {
                    return;
                }
                loop {
                    let changed = tokio::time::timeout(HEARTBEAT, state.changed()).await;
                    match changed {
                        Ok(Ok(())) => break,
                        Ok(Err(_)) => return,
                        Err(_) if sender.send(Bytes::from_static(b": here\n\n")).await.is_err() => return,
                        Err(_) => {}
                    }
                }
            }
        });
        response(StatusCode::OK, "text/event-stream; charset=utf-8", Body::Parts(parts, None))
    }

    /// A file that an editor put beside the content; the name comes from the site's own list.
    async fn copy(&self, source: String) -> HttpResponse {
        let root = self.options.build.root.clone();
        let kind = content_type(&source);
        let is_picture_with_scripts = kind.starts_with("image/svg");
        let opened = tokio::task::spawn_blocking(move || open(root, &source)).await;
        let Ok(Some((mut file, size))) = opened else {
            return plain(StatusCode::NOT_FOUND, "the file is gone\n");
        };
        let (sender, parts) = mpsc::channel(2);
        tokio::spawn(async move {
            // Where the file is cut while it is read, the answer ends short and the browser asks again.
            let mut left = size;
            while left > 0 {
                let read = tokio::task::spawn_blocking(move || (piece(&mut file, left), file)).await;
                let Ok((Some(bytes), again)) = read else { return };
                left -= bytes.len() as u64;
                file = again;
                if sender.send(bytes).await.is_err() {
                    return;
                }
            }
        });
        let mut response = response(StatusCode::OK, kind, Body::Parts(parts, Some(size)));
        if is_picture_with_scripts {
            let policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response
    }
}

/// Opens a plain file that lies below the root, wherever links lead since it was listed.
fn open(root: PathBuf, source: &str) -> Option<(File, u64)> {
    let root = root.canonicalize().ok()?;
    let path = root.join(source).canonicalize().ok()?;
    let is_plain = path.starts_with(&root) && path.metadata().ok()?.is_file();
    if !is_plain {
        return None;
    }
    let file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    Some((file, size))
}

/// The next bytes of a file, at most so many.
fn piece(file: &mut File, most: u64) -> Option<Bytes> {
    let mut piece = vec![0; PIECE.min(usize::try_from(most).unwrap_or(PIECE))];
    let length = file.read(&mut piece).ok().filter(|length| *length > 0)?;
    piece.truncate(length);
    Some(Bytes::from(piece))
}

/// The path of an address, its percent signs read; `None` where it is no text or leads anywhere but down.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(if byte == b'%' { digit(rest.next())? * 16 + digit(rest.next())? } else { byte });
    }
    let path = String::from_utf8(bytes).ok()?;
    let leads_down = path.split('/').all(|part| part != "." && part != "..");
    (leads_down && !path.contains(|letter: char| letter == '\\' || letter.is_control())).then_some(path)
}

/// A page, with what lets it follow the site.
fn html_page(status: StatusCode, html: Vec<u8>, edition: &str) -> HttpResponse {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"/{OWN}mistakes.css\">\
         <script type=\"module\" src=\"/{OWN}follow.js?edition={edition}\"></script>\n"
    );
    let mut html = String::from_utf8_lossy(&html).into_owned();
    let place = html.find("</head>").unwrap_or(html.len());
    html.insert_str(place, &tags);
    response(status, "text/html; charset=utf-8", Body::Whole(html.into()))
}

fn moved(address: &str) -> HttpResponse {
    let mut location = String::from("/");
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                location.push(char::from(byte))
            }
            _ => location += &format!("%{byte:02X}"),
        }
    }
    let mut response = plain(StatusCode::FOUND, "");
    let location = HeaderValue::from_str(&location).expect("every other letter was written as a number");
    response.headers_mut().insert(header::LOCATION, location);
    response
}

fn sent(kind: &'static str, content: impl Into<Bytes>) -> HttpResponse {
    response(StatusCode::OK, kind, Body::Whole(content.into()))
}

fn plain(status: StatusCode, text: &'static str) -> HttpResponse {
    response(status, "text/plain; charset=utf-8", Body::Whole(Bytes::from_static(text.as_bytes())))
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> HttpResponse {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The media type of a file by its ending, as servers of plain files send it.
fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "yaml" | "yml" => "text/plain; charset=utf-8",
        "xml" if name == "atom.xml" => "application/atom+xml",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
