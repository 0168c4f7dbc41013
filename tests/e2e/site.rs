//! The finished app on a port of its own, and a record of what was asked for.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::server::Server;

/// A running server.
pub struct Site {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub origin: String,
    requests: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Site {
    /// Serves the folder that `PHASEPLAN_DIST` names, or `dist`, for as long as the tests run.
    pub fn start() -> Site {
        let root = std::env::var_os("PHASEPLAN_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
        assert!(root.join("index.html").is_file(), "there is no finished app in {}", root.display());
        let server = Server::bind(root, 0).expect("a port is free");
        let origin = format!("http://127.0.0.1:{}", server.port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        std::thread::spawn(move || {
            server.run(move |target, status| record.lock().unwrap().push((target.to_owned(), status)));
        });
        Site { origin, requests }
    }

    /// Requests for files that don't exist.
    pub fn missing(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|(_, status)| *status != 200).map(|(target, _)| target.clone()).collect()
    }
}
