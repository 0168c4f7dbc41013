//! The finished app on its own port, with a record of requests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::server::Server;

/// Breaks storage and the worker for a test.
const FAULTS: &str = include_str!("faults.js");

/// The folder that `PHASEPLAN_DIST` names, or `dist`.
fn finished() -> PathBuf {
    let root = std::env::var_os("PHASEPLAN_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    assert!(root.join("index.html").is_file(), "there is no finished app in {}", root.display());
    root
}

/// Copies the finished app into this folder.
fn copy(folder: &Path) {
    std::fs::create_dir_all(folder).expect("the temporary folder can be written");
    for file in std::fs::read_dir(finished()).expect("the app is there").flatten() {
        if file.path().is_file() {
            std::fs::copy(file.path(), folder.join(file.file_name())).expect("it can be copied");
        }
    }
}

/// A running server.
pub struct Site {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub origin: String,
    requests: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Site {
    /// Serves the finished app as long as the tests run.
    pub fn start() -> Site {
        Site::serve(finished())
    }

    /// Serves a copy of the app whose worker begins with [`FAULTS`] and has these faults from the start.
    pub fn start_with(faults: &[&str], folder: &Path) -> Site {
        let names: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
        copy(folder);
        let loader = folder.join("worker_loader.js");
        let script = std::fs::read_to_string(&loader).expect("it is text");
        std::fs::write(loader, format!("import './faults.js';{script}")).expect("it can be written");
        let script = FAULTS.replace("[/* faults */]", &format!("[{}]", names.join(",")));
        std::fs::write(folder.join("faults.js"), script).expect("it can be written");
        Site::serve(folder.to_owned())
    }

    /// Serves a copy of the app with only the necessary headers.
    pub fn start_without_headers(folder: &Path) -> Site {
        copy(folder);
        Site::serve_by(Server::bind(folder.to_owned(), 0).expect("a port is free").without_careful_headers())
    }

    fn serve(root: PathBuf) -> Site {
        Site::serve_by(Server::bind(root, 0).expect("a port is free"))
    }

    fn serve_by(server: Server) -> Site {
        let origin = format!("http://127.0.0.1:{}", server.port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        std::thread::spawn(move || {
            server.run(move |target, status| record.lock().unwrap().push((target.to_owned(), status)));
        });
        Site { origin, requests }
    }

    /// The number of requests for the file of this name.
    pub fn requests(&self, file: &str) -> usize {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|(target, _)| target.strip_prefix('/') == Some(file)).count()
    }

    /// Requests for files that don't exist.
    pub fn missing(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|(_, status)| *status != 200).map(|(target, _)| target.clone()).collect()
    }
}
