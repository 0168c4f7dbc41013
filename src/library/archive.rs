//! Many documents in one file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The format name in the file.
const FORMAT: &str = "phaseplan-plans/1";

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    plans: Vec<Entry>,
}

#[derive(Deserialize)]
struct Read {
    format: String,
    /// Each by itself, so that one which is damaged costs no other.
    plans: Vec<Value>,
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
    let archive = Written { format: FORMAT, plans: records.iter().map(entry).collect() };
    serde_json::to_string(&archive).unwrap_or_default()
}

/// The names and records in such a file; `None` for any other file. An entry that is none becomes a damaged
/// record.
pub fn read(file: &[u8]) -> Option<Vec<(String, String)>> {
    let archive: Read = serde_json::from_slice(file).ok()?;
    (archive.format == FORMAT).then(|| archive.plans.into_iter().map(read_entry).collect())
}

fn read_entry(entry: Value) -> (String, String) {
    let name = entry["name"].as_str().unwrap_or("Damaged plan").to_owned();
    let record = entry["record"].as_str().map_or_else(|| entry.to_string(), str::to_owned);
    (name, record)
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

    #[test]
    fn a_damaged_entry_costs_no_other() {
        let file = r#"{"format":"phaseplan-plans/1","plans":[{"name":"A"},7,{"name":"B","record":"{}"}]}"#;
        let names_and_records = [("A", r#"{"name":"A"}"#), ("Damaged plan", "7"), ("B", "{}")];
        let expected = names_and_records.map(|(name, record)| (name.to_owned(), record.to_owned()));
        assert_eq!(read(file.as_bytes()), Some(expected.into()));
    }
}
