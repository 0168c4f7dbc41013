//! The two entry points to one core: the web app when built for the browser, the command line otherwise.

#[cfg(target_arch = "wasm32")]
mod ui;

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(target_arch = "wasm32")]
fn main() {
    ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run(&std::env::args_os().skip(1).collect::<Vec<_>>())
}
