//! The export of an asynchronous batch: plan text in, requests and remarks out; and its script against a stand-in for the
//! service.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use phaseplan::export::{File, Options, Output as Written, batch};
use phaseplan::schedule::Budget;
use phaseplan::{Report, text};
use serde_json::Value;

fn report(text: &str) -> Report {
    Report::new(text::parse(text).plan, &Budget::default())
}

fn written(text: &str) -> Written {
    (batch::EXPORT.render)(&report(text), &Options::default())
}

fn files(text: &str) -> Vec<File> {
    written(text).into_files("").expect("all stay in the folder")
}

fn requests(text: &str) -> Vec<Value> {
    let files = files(text);
    let list = files.iter().find(|file| file.path == "requests.jsonl").map_or("", |file| file.text.as_str());
    list.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

const LETTERS: &str = "\
- T1 Which language is it? @reads(letters/1.txt) @kind(research) @model(haiku)
- T2 Sum it up @reads(letters/2.txt, letters/names.txt) @kind(research)
  In two sentences.
- T3 Who wrote it? @reads(letters/3.txt) @kind(research) @returns({\"name\": \"\"})
- T4 Is it urgent? @reads(letters/4.txt) @kind(research)
";

#[test]
fn a_request_names_its_model_its_files_and_the_question() {
    let requests = requests(LETTERS);
    assert_eq!(requests.len(), 4);
    let of = |at: usize, pointer: &str| requests[at].pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(of(0, "/custom_id"), "T1");
    assert_eq!(of(0, "/params/model"), "claude-haiku-5-5");
    assert_eq!(of(0, "/params/messages/0/content/0/title"), "letters/1.txt");
    assert_eq!(of(1, "/params/messages/0/content/1/title"), "letters/names.txt");
    assert_eq!(
        of(1, "/params/messages/0/content/2/text"),
        "Sum it up\n\nIn two sentences.\n\nThe documents above are the files that this is about.\n\nAnswer with what was \
         found and where it stands, in at most 400 words."
    );
    let shape = of(2, "/params/messages/0/content/1/text");
    assert!(
        shape.as_str().is_some_and(|text| text.ends_with("JSON of this shape: {\"name\":\"\"}")),
        "{shape}"
    );
}

#[test]
fn each_task_that_cannot_go_is_told_with_its_reason() {
    let mixed = "\
- [x] T0 Measured @kind(research)
- T1 Sum up @reads(a.txt) @kind(research)
- T2 Mend it @owns(src/**) @reads(a.txt)
- T3 Find it @reads(src/**) @kind(research)
- T4 Look round @kind(research)
- T5 Compare @reads(b.txt) @kind(research) @after(T1)
- T6 Weigh @reads(b.txt) @kind(research) @after(T0)
- T7 Test it @kind(verify)
- T8 Go on? @kind(gate)
- T9 Read it @reads(../b.txt) @kind(research)
- T10 Read it @reads(b.txt) @kind(research) @agent(person)
- T11 Read it @reads(b.txt) @kind(research) @model(gpt-5)
- [~] T12 Read it @reads(c.txt) @kind(research)
- Sum up @reads(d.txt) @kind(research) @id(Über.1)
";
    assert_eq!(
        batch::remarks(&report(mixed)),
        [
            "T2: changes files, and a batch only answers.",
            "T3: reads `src/**`, which is no single file, so it would need tools to search.",
            "T4: names no file that it reads, so it would need tools to look for it.",
            "T5: waits for the result of T1, and requests of a batch can't wait.",
            "T6: needs the reports of T0, which no request has.",
            "T7: is of kind verify, which runs commands and needs tools.",
            "T8: is a decision, which you have to make.",
            "T9: reads `../b.txt`, which lies outside the repository.",
            "T10: is for a person.",
            "T11: names the model gpt-5, which the service does not have.",
            "T12: is at work already.",
            "Über.1 is called ber-1 there.",
        ]
    );
}

#[test]
fn without_a_task_that_can_go_there_is_no_list() {
    let why = "No task can go into a batch, so there is no list of requests.\nT1: changes files, and a batch only \
        answers.\n";
    assert_eq!(written("- T1 Mend it @owns(src/**)\n"), Written::Text(why.to_owned()));
}

/// A repository with the files of [`LETTERS`], the export in a folder of it, and the stand-in; `None` without Python.
struct Sending {
    folder: PathBuf,
}

impl Sending {
    fn of(name: &str, plan: &str) -> Option<Sending> {
        if Command::new("python3").arg("--version").output().is_err() {
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("letters")).expect("a folder");
        for file in ["1", "2", "3", "4", "names"] {
            fs::write(folder.join(format!("letters/{file}.txt")), format!("text of {file}")).expect("a file");
        }
        fs::create_dir_all(folder.join("sent")).expect("a folder");
        for File { path, text } in files(plan) {
            fs::write(folder.join("sent").join(path), text).expect("a file");
        }
        fs::create_dir_all(folder.join("service")).expect("a folder");
        let service = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/batch/anthropic.py");
        fs::copy(service, folder.join("service/anthropic.py")).expect("the stand-in");
        Some(Sending { folder })
    }

    fn run(&self) -> Output {
        Command::new("python3")
            .arg("sent/send_batch.py")
            .current_dir(&self.folder)
            .env("PYTHONPATH", self.folder.join("service"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("SENT", self.folder.join("sent.log"))
            .output()
            .expect("Python runs")
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap_or_default()
    }

    /// The ids that were sent, batch by batch.
    fn sent(&self) -> Vec<Vec<String>> {
        let read = |row: &str| -> Vec<Value> { serde_json::from_str(row).expect("JSON") };
        let id = |request: &Value| request["custom_id"].as_str().unwrap_or_default().to_owned();
        self.text("sent.log").lines().map(|row| read(row).iter().map(id).collect()).collect()
    }
}

#[test]
fn answers_are_kept_by_id_and_only_what_may_go_well_is_sent_again() {
    let Some(sending) = Sending::of("batch-answers", LETTERS) else { return };
    let done = sending.run();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(sending.sent(), [vec!["T1", "T2", "T3", "T4"], vec!["T2", "T3"]], "{said}");
    assert_eq!(sending.text("sent/answers/T2.md"), "read: text of 2text of names\n");
    assert_eq!(sending.text("sent/answers/T4.md"), "read: text of 4\n");
    assert_eq!(sending.text("sent/failed.txt"), "T1: error invalid_request_error: max_tokens is wrong\n");
    assert!(said.contains("3 of 4 answers are in sent/answers"), "{said}");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn what_was_sent_is_waited_for_and_not_sent_again() {
    let Some(sending) = Sending::of("batch-again", LETTERS) else { return };
    sending.run();
    // As if it had been stopped while it waited for the second batch.
    fs::remove_file(sending.folder.join("sent/answers/T2.md")).expect("it was answered");
    fs::write(sending.folder.join("sent/sent.json"), "[\"1\"]").expect("a file");
    sending.run();
    assert_eq!(sending.text("sent/answers/T2.md"), "read: text of 2text of names\n");
    assert_eq!(sending.sent()[2..], [vec!["T1"]], "only what has no answer");
}

#[test]
fn a_file_that_cannot_be_read_holds_up_nothing_else() {
    let Some(sending) = Sending::of("batch-missing", &LETTERS.replace("letters/4", "letters/9")) else {
        return;
    };
    sending.run();
    assert_eq!(sending.sent()[0], ["T1", "T2", "T3"]);
    assert!(
        sending.text("sent/failed.txt").contains("T4: error file: "),
        "{}",
        sending.text("sent/failed.txt")
    );
}
