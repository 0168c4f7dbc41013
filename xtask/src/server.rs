//! A static file server for this computer: small, strict, and with the headers that a careful host sends.
//!
//! Deliberately absent: directory listings, ranges, compression, keep-alive, anything but GET and HEAD.
//! `cargo xtask serve` and the browser tests run the same code, so tests see the same as users.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The most bytes of a request's head.
const HEAD_LIMIT: u64 = 16 * 1024;
/// How long to wait for a request: a browser opens connections in advance and may never use them.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sent with every answer.
const PLAIN_HEADERS: &str = "Cache-Control: no-store\r\nConnection: close\r\n";
/// The file that hosts read headers from; it is part of the site.
const HEADERS_FILE: &str = include_str!("../../_headers");

/// The additional headers of a host that lets people set headers.
fn careful_headers() -> String {
    let headers = HEADERS_FILE.lines().filter(|line| line.starts_with(' '));
    headers.map(|header| format!("{}\r\n", header.trim())).collect()
}

/// A folder to be served.
pub struct Server {
    listener: TcpListener,
    root: PathBuf,
    headers: String,
}

impl Server {
    /// Binds a port of 127.0.0.1; 0 means any free one. The folder need not exist yet.
    pub fn bind(root: PathBuf, port: u16) -> io::Result<Server> {
        let headers = [PLAIN_HEADERS, &careful_headers()].concat();
        Ok(Server { listener: TcpListener::bind((Ipv4Addr::LOCALHOST, port))?, root, headers })
    }

    /// Behaves like a host where nobody can set headers.
    #[allow(dead_code, reason = "only the browser tests, which share this file, call it")]
    pub fn without_careful_headers(self) -> Server {
        Server { headers: PLAIN_HEADERS.to_owned(), ..self }
    }

    /// The bound port.
    pub fn port(&self) -> u16 {
        self.listener.local_addr().map(|address| address.port()).unwrap_or_default()
    }

    /// Answers requests until the program ends. Calls `seen` with the target and status of each.
    pub fn run(self, seen: impl Fn(&str, u16) + Send + Sync + 'static) {
        let shared = Arc::new((self.root, self.headers, seen));
        for stream in self.listener.incoming().flatten() {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || {
                let (root, headers, seen) = &*shared;
                // A client that disconnects during an answer is not an error.
                let _ = answer(stream, root, headers, seen);
            });
        }
    }
}

fn answer(stream: TcpStream, root: &Path, headers: &str, seen: &impl Fn(&str, u16)) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = BufReader::new((&stream).take(HEAD_LIMIT));
    let mut request = String::new();
    head.read_line(&mut request)?;
    let mut line = String::new();
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = request.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(()) };
    let (status, reason, kind, body) = respond(method, target, root);
    seen(target, status);
    let mut out = &stream;
    write!(
        out,
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        out.write_all(&body)?;
    }
    out.flush()
}

fn respond(method: &str, target: &str, root: &Path) -> (u16, &'static str, &'static str, Vec<u8>) {
    const TEXT: &str = "text/plain; charset=utf-8";
    if method != "GET" && method != "HEAD" {
        return (405, "Method Not Allowed", TEXT, b"Only GET and HEAD are answered here.\n".to_vec());
    }
    let found = file_of(target, root).and_then(|path| Some((std::fs::read(&path).ok()?, media_type(&path))));
    match found {
        Some((body, kind)) => (200, "OK", kind, body),
        None => (404, "Not Found", TEXT, b"There is no such file.\n".to_vec()),
    }
}

/// The file for a request's target, if it is below `root`. Doesn't follow links that lead out of it.
fn file_of(target: &str, root: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let name = percent_decoded(path.strip_prefix('/')?)?;
    if name.contains(['\\', '\0', ':']) {
        return None;
    }
    let relative = Path::new(&name);
    if relative.components().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut file = root.join(relative);
    if name.is_empty() || name.ends_with('/') {
        file.push("index.html");
    }
    let file = file.canonicalize().ok()?;
    (file.starts_with(root.canonicalize().ok()?) && file.is_file()).then_some(file)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a page, a file below it, and a secret outside it.
    fn site(name: &str) -> PathBuf {
        let base = std::env::temp_dir().join(format!("phaseplan-server-{name}-{}", std::process::id()));
        let root = base.join("dist");
        std::fs::create_dir_all(root.join("below")).unwrap();
        std::fs::write(root.join("index.html"), "page").unwrap();
        std::fs::write(root.join("below/a b.wasm"), "wasm").unwrap();
        std::fs::write(base.join("secret"), "secret").unwrap();
        root
    }

    #[test]
    fn files_below_the_root_are_found_and_nothing_else() {
        let root = site("paths");
        let status = |target| respond("GET", target, &root).0;
        for target in ["/", "/?query", "/index.html", "/below/a%20b.wasm"] {
            assert_eq!(status(target), 200, "{target}");
        }
        for target in [
            "",
            "*",
            "/./index.html",
            "//secret",
            "/below",
            "/below/",
            "/../secret",
            "/below/../../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/%00",
            "/%zz",
            "/%f",
            "/C:/secret",
            "http://elsewhere/",
        ] {
            assert_eq!(status(target), 404, "{target}");
        }
        assert_eq!(respond("POST", "/", &root).0, 405);
    }

    /// A policy of its own in the header would be a second one, and both hold.
    #[test]
    fn the_headers_repeat_the_policy_of_the_page_and_forbid_frames() {
        let page = include_str!("../../index.html");
        let policy = |text: &str, before: &str, end: char| {
            let policy = text.split_once(before).and_then(|(_, behind)| behind.split(end).next());
            let rules = policy.expect("there is a policy").split(';').map(|rule| rule.trim().to_owned());
            rules.collect::<std::collections::BTreeSet<String>>()
        };
        let of_page = policy(page, "http-equiv=\"Content-Security-Policy\" content=\"", '"');
        let mut of_headers = policy(&careful_headers(), "Content-Security-Policy: ", '\r');
        assert!(of_headers.remove("frame-ancestors 'none'"), "a page can say this in a header only");
        assert_eq!(of_headers, of_page);
        assert!(careful_headers().contains("X-Content-Type-Options: nosniff\r\n"));
    }

    #[test]
    fn answers_carry_type_length_and_body() {
        let server = Server::bind(site("answers"), 0).unwrap();
        let port = server.port();
        std::thread::spawn(move || server.run(|_, _| {}));
        let ask = |method: &str, target: &str| {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
            write!(stream, "{method} {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let page = ask("GET", "/");
        assert!(page.starts_with(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n"
        ));
        assert!(page.contains("Cache-Control: no-store\r\n") && page.ends_with("\r\n\r\npage"));
        assert!(page.contains("\r\nCross-Origin-Opener-Policy: same-origin\r\n"));
        assert!(ask("HEAD", "/").ends_with("\r\n\r\n"));
        assert!(ask("GET", "/below/a%20b.wasm").contains("Content-Type: application/wasm\r\n"));
    }
}
