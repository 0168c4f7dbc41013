//! `cargo xtask serve`: the web app on this computer.

use crate::options::Options;
use crate::process::{Call, find};
use crate::server::Server;
use crate::timing::Stopwatch;
use crate::{Result, site, tools};

const FIRST_PORT: u16 = 8080;
const PORTS_TRIED: u16 = 100;

/// The help text.
pub fn help() -> String {
    "Usage: cargo xtask serve [--port N] [--no-open]\n\n\
     Builds the web app as visitors get it and serves it to this computer only, at 127.0.0.1.\n\
     Installs what is missing first; that needs the network once and takes a few minutes.\n\n\
     \x20 --port N    use this port; without it, 8080 or the next free one\n\
     \x20 --no-open   don't open a browser\n"
        .into()
}

/// Builds, serves and opens the app. Ends with Ctrl+C.
pub fn run(arguments: Vec<String>) -> Result<()> {
    let mut options = Options::new(arguments);
    let open = !options.flag("--no-open");
    let port = options.values("--port")?.pop().map(|port| read_port(&port)).transpose()?;
    options.finish(&help())?;

    let watch = Stopwatch::start();
    // Before the long build, to report at once that a port is in use.
    let server = bind(port)?;
    let built = site::build();
    tools::forget_compiler_output();
    built?;

    let address = format!("http://127.0.0.1:{}/", server.port());
    println!("\nReady after {}. phaseplan is at {address}\nPress Ctrl+C to stop.", watch.shown());
    if open {
        open_in_browser(&address);
    }
    server.run(|_, _| {});
    Ok(())
}

fn read_port(text: &str) -> Result<u16> {
    text.parse().map_err(|_| format!("`{text}` is not a port: give a number from 0 to 65535."))
}

fn bind(wanted: Option<u16>) -> Result<Server> {
    let root = site::folder();
    if let Some(port) = wanted {
        return Server::bind(root, port).map_err(|error| {
            format!("Port {port} can't be used: {error}. Leave --port out to take the next free one.")
        });
    }
    (FIRST_PORT..FIRST_PORT + PORTS_TRIED)
        .find_map(|port| Server::bind(root.clone(), port).ok())
        .ok_or_else(|| format!("Every port from {FIRST_PORT} on is taken. Choose another with --port."))
}

/// Opens the address if there is a desktop. It is printed in any case.
fn open_in_browser(address: &str) {
    let call = if cfg!(target_os = "macos") {
        Call::new("open")
    } else if cfg!(windows) {
        Call::new("cmd").arguments("/C start")
    } else {
        let desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        if !desktop || find("xdg-open").is_none() {
            return;
        }
        Call::new("xdg-open")
    };
    if let Err(message) = call.argument(address).detach() {
        println!("{message} Open the address yourself.");
    }
}
