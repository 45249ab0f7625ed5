//! Who may ask: pages of this machine, by an address of this machine.
//!
//! A page of the internet can make a browser ask any address, and a name of its own can be made to lead here (DNS
//! rebinding). Such a request names that page's host, so only hosts that cannot be somebody else's are answered.

use std::net::IpAddr;

use hyper::Request;
use hyper::header::{HOST, HeaderMap, ORIGIN};

/// Whether a request names a host that this server answers for; `bound` is the address it listens at.
pub(super) fn is_host_ours<B>(request: &Request<B>, bound: IpAddr) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let named = host.to_str().is_ok_and(|host| is_ours(host, bound));
    // A whole address in the first line takes the place of the header.
    named && request.uri().authority().is_none_or(|authority| is_ours(authority.as_str(), bound))
}

/// Whether a request comes from a page of this server, or from no page at all.
pub(super) fn is_origin_ours(headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    let is_same = match (origins.next(), origins.next(), headers.get(HOST)) {
        (None, ..) => true,
        (Some(origin), None, Some(host)) => origin
            .as_bytes()
            .strip_prefix(b"http://")
            .is_some_and(|origin| origin.eq_ignore_ascii_case(host.as_bytes())),
        _ => false,
    };
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    is_same && site.is_none_or(|site| site == b"same-origin" || site == b"none")
}

/// Whether a host, with or without a port, is this machine: its own name, a loopback address or the bound one. A server
/// that is bound to every address may be reached by any; by a number, so that no name can lead astray.
fn is_ours(host: &str, bound: IpAddr) -> bool {
    let Some(name) = without_port(host) else { return false };
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip == bound || bound.is_unspecified())
}

/// A host without its port; `None` where what follows the host is no port.
fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, port) = host.split_at(end);
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    is_port.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_that_cannot_be_somebody_elses_are_ours() {
        let loopback = IpAddr::from([127, 0, 0, 1]);
        for host in ["localhost", "LOCALHOST:1111", "localhost.", "127.0.0.1:1111", "127.9.9.9", "[::1]:80", "[::1]"] {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in [
            "evil.example.com",
            "localhost.evil.example.com",
            "evil-localhost",
            "127.0.0.1.nip.io",
            "192.168.0.7",
            "localhost:1111@evil.example.com",
            "localhost:",
            "[::1]evil",
            "[::1",
            "",
            "0x7f.1",
        ] {
            assert!(!is_ours(host, loopback), "{host}");
        }
        let (here, any) = (IpAddr::from([192, 168, 0, 7]), IpAddr::from([0, 0, 0, 0]));
        assert!(is_ours("192.168.0.7:1111", here) && is_ours("localhost:1111", here) && is_ours("192.168.0.9", any));
        assert!(!is_ours("192.168.0.8:1111", here) && !is_ours("evil.example.com", any));
    }
}
