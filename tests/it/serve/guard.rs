//! Who is answered, and what is refused: rows V1 to V5.

use std::io::Write as _;
use std::process::Output;

use super::{Server, tiendo};
use crate::harness::Site;

/// A page of the good site that every test can fall back on.
const PAGE: &str = "/units/ben-tre/";

fn lives(server: &Server) {
    let answer = server.get(PAGE);
    assert_eq!(answer.status, 200, "{}", answer.head);
    assert!(answer.text().contains("Bến Tre"));
}

#[test]
fn v1_no_spelling_leads_out_of_the_site() {
    let server = Server::of(&Site::good());
    server.put("secret.txt", "SECRET");
    server.put("content-leak/secret.txt", "SECRET");
    server.put("static-leak/secret.txt", "SECRET");
    lives(&server);
    for path in [
        "/../secret.txt",
        "/../../secret.txt",
        "/units/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/....//secret.txt",
        "//secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/secret.txt%00.html",
        "/./secret.txt",
        "/file:///secret.txt",
        "/../content-leak/secret.txt",
        "/secret.txt",
        "/content/site.yaml",
        "/_tiendo/../secret.txt",
        "/_tiendo/%2e%2e/secret.txt",
        "/%",
        "/%f",
        "/%zz",
    ] {
        let answer = server.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.head);
        assert!(!answer.text().contains("SECRET") && !answer.text().contains("base_url"), "{path}");
    }
    let whole = format!("{}/secret.txt", server.path("").display());
    assert_eq!(server.get(&whole).status, 404);
    lives(&server);
}

#[test]
#[cfg(unix)]
fn v1_a_copied_file_that_becomes_a_link_out_of_the_site_is_not_followed() {
    let outside = tempfile::tempdir().expect("a scratch folder");
    super::put(&outside.path().join("secret.txt"), "SECRET");
    let server = Server::of(&Site::good().bytes("content/static/scan.txt", b"a scan"));
    assert_eq!(server.get("/scan.txt").text(), "a scan");
    std::fs::remove_file(server.path("content/static/scan.txt")).expect("it is there");
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), server.path("content/static/scan.txt"))
        .expect("the disk takes a link");
    // Before the change is noticed and after.
    assert!(!server.get("/scan.txt").text().contains("SECRET"));
    super::wait_for("the mistake", || server.stderr.text().contains("outside-root").then_some(()));
    assert!(!server.get("/scan.txt").text().contains("SECRET"));
    lives(&server);
}

#[test]
fn v2_only_hosts_of_this_machine_are_answered() {
    let server = Server::of(&Site::good());
    let port = server.address.port();
    for host in ["evil.example.com", "evil.example.com:1111", "localhost.evil.example.com", "192.168.0.1", "", "a b"] {
        let answer = server.ask("GET", PAGE, &format!("Host: {host}\r\n"));
        assert!([400, 403, 421].contains(&answer.status), "{host}: {}", answer.head);
        assert!(!answer.text().contains("Bến Tre"));
    }
    for request in [
        format!("GET {PAGE} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET http://evil.example.com{PAGE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"),
    ] {
        let answer = server.send(request.as_bytes());
        assert!([400, 403, 421].contains(&answer.status), "{request}: {}", answer.head);
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), "[::1]".to_owned(), "LocalHost".to_owned()] {
        assert_eq!(server.ask("GET", PAGE, &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

#[test]
fn v3_pages_of_others_cannot_listen() {
    let server = Server::of(&Site::good());
    for origin in ["https://evil.example.com", "http://localhost:1", "null", "http://127.0.0.1"] {
        let answer = server.ask("GET", "/_tiendo/events", &format!("Origin: {origin}\r\n"));
        assert_eq!(answer.status, 403, "{origin}: {}", answer.head);
        assert!(!answer.text().contains("edition"));
    }
    assert_eq!(server.ask("GET", "/_tiendo/events", "Sec-Fetch-Site: cross-site\r\n").status, 403);
    assert_eq!(server.ask("GET", "/_tiendo/events", "Host: evil.example.com\r\n").status, 421);
    let upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    assert_eq!(server.ask("GET", "/_tiendo/ws", upgrade).status, 404);
    // A page of its own may: the stream begins with how the site stands.
    server.events().until("an event", |event| event["edition"].is_string() && event["mistakes"].is_null());
}

fn run(arguments: &[&str]) -> Output {
    let folder = Site::good().write();
    tiendo().arg("serve").args(arguments).current_dir(folder.path()).output().expect("the program starts")
}

#[test]
fn v4_it_listens_on_this_machine_alone_and_says_when_it_does_not() {
    let server = Server::of(&Site::good());
    assert!(server.address.ip().is_loopback());
    assert!(!server.stderr.text().contains("everyone"));
    let open = Server::in_folder(Site::good().write(), &["--bind", "0.0.0.0"]);
    super::wait_for("the warning", || {
        open.stderr.text().contains("warning: everyone who can reach 0.0.0.0:").then_some(())
    });
    assert_eq!(open.get(PAGE).status, 200);
    assert_eq!(open.ask("GET", PAGE, "Host: evil.example.com\r\n").status, 421);
}

#[test]
fn v4_a_port_that_is_taken_is_a_clear_failure() {
    let server = Server::of(&Site::good());
    let port = server.address.port().to_string();
    let output = run(&["--port", &port]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr,
        format!(
            "error: cannot serve at 127.0.0.1:{port}: another program, perhaps another `tiendo serve`, has port {port}. \
             End it, or choose another port with `--port`\n"
        )
    );
    let output = run(&["--port", &port, "--lang", "vi"]);
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("lỗi: không phục vụ được tại 127.0.0.1:"));
    for (arguments, message) in [
        (&["--bind", "example.org"][..], "error: `example.org` is not an address of a machine\n"),
        (&["--bind", "192.0.2.1"], "error: cannot serve at 192.0.2.1:1111: this machine does not have that address\n"),
        (&["--port", "70000"], "error: `70000` is not a value for --port\n"),
        (&["--as-of", "30/06/2021"], "error: `30/06/2021` is not a date"),
    ] {
        let output = run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with(message), "{arguments:?}: {stderr}");
    }
    lives(&server);
}

#[test]
fn v5_only_reading_is_allowed() {
    let server = Server::of(&Site::good());
    for method in ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = server.ask(method, PAGE, "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}: {}", answer.head);
    }
    let answer = server.ask("HEAD", PAGE, "");
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    let length = server.get(PAGE).body.len().to_string();
    assert_eq!(answer.header("content-length"), Some(length.as_str()));
}

#[test]
fn v5_rubbish_and_crowds_do_not_disturb_the_others() {
    let server = Server::of(&Site::good());
    let junk: Vec<u8> = (0..1024_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let answer = server.send(&junk);
    assert!(answer.status == 0 || answer.status == 400, "{}", answer.head);
    let answer = server.ask("GET", PAGE, &format!("X-Long: {}\r\n", "x".repeat(1 << 20)));
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.head);
    let answer = server.get(&format!("/{}", "x".repeat(1 << 20)));
    assert!([0, 400, 414, 431].contains(&answer.status), "{}", answer.head);
    let answer = server.ask("GET", PAGE, &"X-Many: x\r\n".repeat(1000));
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.head);
    lives(&server);

    let idle: Vec<_> = (0..500).map(|_| server.connect()).collect();
    let slow: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").expect("the server reads");
            stream
        })
        .collect();
    // Ones that ask for much and read nothing.
    let deaf: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = server.connect();
            let request = format!("GET {PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let _ = stream.write_all(request.repeat(20).as_bytes());
            stream
        })
        .collect();
    for _ in 0..20 {
        lives(&server);
    }
    server.put("content/units/ben-tre.md", "---\nname: Bến Tre mới\nlevel: province\n---\n");
    server.until(PAGE, "Bến Tre mới");
    drop((idle, slow, deaf));
    lives(&server);
}
