//! The page of formats is derived from the lists of formats.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write;

use phaseplan::export::EXPORTS;
use phaseplan::import::FORMATS;

fn page() -> String {
    let mut page = String::from(
        "# Formats\n\nWritten by `UPDATE_DOCS=1 cargo test --test formats` from the lists of formats.\n\n## \
         In\n\nA plan is pasted, dropped on the page, chosen there, or named on the command line: as a text, \
         a file, several\nfiles, a folder or a zip archive. Every format says how sure it is that the input \
         is its own, and the surest reads\nit; `phaseplan import FILE --from FORMAT` overrules that. Links, \
         replies to reviews and files of several plans are\ntold apart in the same way.\n\n| `--from` | name \
         | what it looks like |\n|---|---|---|\n",
    );
    for format in FORMATS {
        let _ = writeln!(page, "| `{}` | {} | {} |", format.id, format.name, format.description);
    }
    page.push_str("\n## Out\n\n| `--to` | name | | file | what it is good for |\n|---|---|---|---|---|\n");
    for export in EXPORTS {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | `{}` | {} |",
            export.id,
            export.title,
            export.group.title().to_lowercase(),
            export.extension,
            export.description
        );
    }
    page
}

#[test]
fn the_page_of_formats_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page).expect("docs/formats.md can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/formats.md differs from the lists: run UPDATE_DOCS=1 cargo test --test formats"
    );
}
