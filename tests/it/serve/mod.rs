//! `tiendo serve` as a process, asked over real sockets. The tests of a row of faults are named for it: V1 to V9.
//!
//! Nothing here is timed: a state is waited for, generously, and a test fails only where it never comes.

mod again;
mod follow;
mod guard;
mod site;

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{Site, TODAY};

/// How long a state is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server of a site in a folder of its own; it ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
    stdout: Said,
    stderr: Said,
}

/// What a process has printed so far.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Said {
    fn hear(from: impl Read + Send + 'static) -> Self {
        let said = Self::default();
        let heard = said.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut text = heard.0.lock().expect("no test panics while it holds this");
                text.push_str(&line);
                text.push('\n');
            }
        });
        said
    }

    fn text(&self) -> String {
        self.0.lock().expect("no test panics while it holds this").clone()
    }
}

/// What came back for a request.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_end())
    }
}

fn tiendo() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

impl Server {
    fn of(site: &Site) -> Self {
        Self::in_folder(site.write(), &[])
    }

    /// Serves a folder at any free port, as of the tests' day.
    fn in_folder(folder: TempDir, options: &[&str]) -> Self {
        Self::start(tiendo(), folder, options)
    }

    fn start(mut command: Command, folder: TempDir, options: &[&str]) -> Self {
        command.args(["serve", "--port", "0", "--as-of", TODAY]).args(options).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stdout = Said::hear(child.stdout.take().expect("it is piped"));
        let stderr = Said::hear(child.stderr.take().expect("it is piped"));
        let address = wait_for("the address", || {
            let said = stdout.text();
            let address = said.split("http://").nth(1)?.split('/').next()?;
            address.parse().ok()
        });
        Self { child, address, folder, stdout, stderr }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.path(path), text);
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("the system has timeouts");
        stream.set_write_timeout(Some(PATIENCE)).expect("the system has timeouts");
        stream
    }

    /// Sends these bytes and reads all that comes; a connection that ends early gives what came.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    /// Asks with this method and further header lines, each ended with `\r\n`.
    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = if headers.starts_with("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        self.send(format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Waits until a page answers with this text in it.
    #[track_caller]
    fn until(&self, path: &str, text: &str) -> Answer {
        wait_for(&format!("`{text}` at {path}"), || Some(self.get(path)).filter(|answer| answer.text().contains(text)))
    }

    /// Waits until the address answers with this status.
    #[track_caller]
    fn until_status(&self, path: &str, status: u16) -> Answer {
        wait_for(&format!("{status} at {path}"), || Some(self.get(path)).filter(|answer| answer.status == status))
    }

    /// Listens to what open pages are told.
    fn events(&self) -> Events {
        let mut stream = self.connect();
        // The older version of the protocol sends the lines as they are.
        let request = format!("GET /_tiendo/events HTTP/1.0\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("the server reads");
        Events(BufReader::new(stream))
    }

    #[cfg(unix)]
    fn stop(mut self, signal: rustix::process::Signal) -> (ExitStatus, TempDir) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).expect("it runs");
        let status = wait_for("the end", || self.child.try_wait().expect("it is our child"));
        let other = tempfile::tempdir().expect("a scratch folder");
        (status, std::mem::replace(&mut self.folder, other))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("--- stdout\n{}--- stderr\n{}", self.stdout.text(), self.stderr.text());
        }
    }
}

/// A stream of events.
struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next event that fits.
    #[track_caller]
    fn until(&mut self, what: &str, fits: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            let mut line = String::new();
            let length = self.0.read_line(&mut line).unwrap_or_else(|error| panic!("{what} never came: {error}"));
            assert!(length > 0, "the stream ended before {what}");
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let event = serde_json::from_str(data).expect("an event is an object");
            if fits(&event) {
                return event;
            }
        }
        panic!("{what} never came");
    }
}

fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the disk takes a folder");
    std::fs::write(path, text).expect("the disk takes a file");
}

#[track_caller]
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "{what} never came");
        std::thread::sleep(Duration::from_millis(10));
    }
}
