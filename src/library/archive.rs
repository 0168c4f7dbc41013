//! Many documents in one file.

use serde::{Deserialize, Serialize};

/// The format name in the file.
const FORMAT: &str = "phaseplan-plans/1";

#[derive(Serialize, Deserialize)]
struct Archive {
    format: String,
    plans: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    /// As stored; may be damaged.
    record: String,
}

/// Writes documents, given as name and record, to one JSON file.
pub fn write(records: &[(String, String)]) -> String {
    let entry = |(name, record): &(String, String)| Entry { name: name.clone(), record: record.clone() };
    let archive = Archive { format: FORMAT.to_owned(), plans: records.iter().map(entry).collect() };
    serde_json::to_string_pretty(&archive).unwrap_or_default()
}

/// The names and records in such a file; `None` for any other file.
pub fn read(file: &[u8]) -> Option<Vec<(String, String)>> {
    let archive: Archive = serde_json::from_slice(file).ok()?;
    let entries = archive.plans.into_iter().map(|entry| (entry.name, entry.record));
    (archive.format == FORMAT).then(|| entries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_and_other_files_are_told() {
        let records =
            vec![("One".to_owned(), "{\"text\":\"- One\"}".to_owned()), (String::new(), "\u{1}".to_owned())];
        assert_eq!(read(write(&records).as_bytes()), Some(records));
        for other in ["", "{}", r#"{"format":"phaseplan/1","plans":[]}"#, r#"{"format":"phaseplan-plans/1"}"#]
        {
            assert_eq!(read(other.as_bytes()), None, "{other}");
        }
    }
}
