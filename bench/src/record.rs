//! The result for one instance.

use serde::Serialize;

/// One line of output.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// The file, or the name of the instance if a file has several.
    pub file: String,
    /// The objective reached.
    pub value: u64,
    /// The best known value, if it is stored next to the file.
    pub best_known: Option<u64>,
    /// The lower bound.
    pub lower_bound: u64,
    /// `optimal` or `feasible`.
    pub outcome: &'static str,
    /// Processor time in milliseconds.
    pub ms: f64,
    /// The number of moved tasks, if that is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<usize>,
    /// Phase, colour or start of each task.
    pub assign: Vec<usize>,
}

impl Record {
    /// The record as readable text.
    pub fn row(&self) -> String {
        let known = self.best_known.map_or("-".to_owned(), |known| known.to_string());
        let Record { file, value, lower_bound, outcome, ms, .. } = self;
        let name = file.rsplit('/').next().unwrap_or(file);
        let mark = match self.best_known {
            Some(known) if *value < known => "better",
            Some(known) if *value > known => "worse",
            _ => "",
        };
        let moved = self.moved.map_or(String::new(), |moved| format!("{moved} moved "));
        format!("{name:28} {value:8} {known:>8} {lower_bound:8} {outcome:9} {ms:9.1} ms {moved}{mark}")
    }
}

/// Shares and means over all instances.
pub fn summary(records: &[Record]) -> String {
    let known: Vec<(&Record, u64)> =
        records.iter().filter_map(|record| record.best_known.map(|known| (record, known))).collect();
    let reached = known.iter().filter(|(record, known)| record.value <= *known).count();
    let better = known.iter().filter(|(record, known)| record.value < *known).count();
    let proved = records.iter().filter(|record| record.outcome == "optimal").count();
    let over =
        |value: u64, base: u64| if base == 0 { 0.0 } else { 100.0 * (value as f64 / base as f64 - 1.0) };
    let mean = |shares: Vec<f64>| shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    let stability = stability(records).map_or(String::new(), |shown| format!("\n{shown}"));
    format!(
        "{} instances: {reached} of {} at best known ({better} better), {:.3} % over it, {proved} proved \
         optimal, {:.2} % over the lower bound, {:.1} ms{stability}",
        records.len(),
        known.len(),
        mean(known.iter().map(|(record, known)| over(record.value, *known)).collect()),
        mean(records.iter().map(|record| over(record.value, record.lower_bound)).collect()),
        mean(records.iter().map(|record| record.ms).collect()),
    )
}

/// The number of moved tasks, and the cost of stability compared with a new schedule.
fn stability(records: &[Record]) -> Option<String> {
    let mut moved: Vec<usize> = records.iter().filter_map(|record| record.moved).collect();
    moved.sort_unstable();
    let at = |share: f64| moved.get((share * moved.len().saturating_sub(1) as f64).round() as usize);
    let loss =
        |record: &Record| record.value as f64 / record.best_known.unwrap_or(record.value).max(1) as f64 - 1.0;
    let most = records.iter().map(loss).fold(0.0, f64::max);
    Some(format!(
        "moved: median {}, 95 of 100 at most {}; at most {:.2} % longer",
        at(0.5)?,
        at(0.95)?,
        100.0 * most
    ))
}
