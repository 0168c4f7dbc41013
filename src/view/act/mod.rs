//! The actions of elements on the screen.
//!
//! A view gives an element its act with [`Markup::act`](super::Markup::act), and the page reads it when the
//! element is pressed. In between it is encoded in attributes: `data-act` has its name, and each field has an
//! attribute of its own.

mod list;
mod option;
mod review;
mod run;
mod value;

pub use list::List;
pub use option::ViewOption;
pub use review::ReviewAct;
pub use run::RunAct;

use crate::TaskId;
use value::Value;

/// Declares [`Act`]: each act with its word in `data-act`, and its fields with the types of their attributes.
macro_rules! acts {
    ($(
        $(#[$doc:meta])*
        $act:ident $({ $($(#[$about:meta])* $field:ident: $type:ty),* $(,)? })? = $name:literal,
    )*) => {
        /// The action of an element when it is pressed.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Act {
            $($(#[$doc])* $act $({ $($(#[$about])* $field: $type),* })?,)*
        }

        impl Act {
            /// The word in `data-act`.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Act::$act { .. } => $name,)*
                }
            }

            /// The attributes of its fields, without those that have no value.
            pub(super) fn fields(&self) -> Vec<(&'static str, Option<String>)> {
                match self {
                    $(Act::$act $({ $($field),* })? => {
                        vec![$($((concat!("data-", stringify!($field)), $field.write())),*)?]
                    })*
                }
            }

            /// The act in the attributes of an element; `None` if it has none.
            pub fn read(attribute: &dyn Fn(&str) -> Option<String>) -> Option<Act> {
                Some(match attribute("data-act")?.as_str() {
                    $($name => Act::$act $({
                        $($field: Value::read(attribute(concat!("data-", stringify!($field))))?),*
                    })?,)*
                    _ => return None,
                })
            }

            #[cfg(test)]
            const NAMES: &[&str] = &[$($name),*];
        }
    };
}

// These names must differ from those that `boot.js` gives to the buttons of the static page: `again`,
// `blank`, `download`.
acts! {
    // The plan.
    /// Appends a task.
    AddTask = "add",
    /// Selects a task.
    Select {
        /// The task.
        task: TaskId,
    } = "select",
    /// Swaps a task with the one above.
    MoveUp {
        /// The task.
        task: TaskId,
    } = "up",
    /// Swaps a task with the one below.
    MoveDown {
        /// The task.
        task: TaskId,
    } = "down",
    /// Removes a task.
    Remove {
        /// The task.
        task: TaskId,
    } = "remove",
    /// Jumps to a problem.
    ShowProblem {
        /// Its index.
        number: usize,
    } = "show",
    /// Applies a fix of a problem, or an improvement of the whole plan.
    Repair {
        /// Index of the problem; `None` for the whole plan.
        number: Option<usize>,
        /// Index of the fix or improvement.
        fix: usize,
    } = "fix",
    /// Sets the number of tasks that may run at the same time.
    SetAgents {
        /// The number.
        agents: u32,
    } = "agents",
    /// Forgets what is known of the repository.
    Forget = "forget",
    /// Switches an option of a view on or off.
    Toggle {
        /// The option.
        option: ViewOption,
    } = "toggle",
    /// Draws more of a list.
    More {
        /// The list.
        list: List,
    } = "more",

    // Imports.
    /// Opens the imported plan as a document of its own.
    OpenImport {
        /// What that does, in a sentence.
        said: String,
    } = "open-import",
    /// Puts the imported plan, or its text as it is, in the place of the open one.
    ReplaceByImport {
        /// Whether the text stays as it is.
        unread: bool,
    } = "replace-by-import",
    /// Reads what was imported as another format.
    ReadAs {
        /// Its id.
        format: String,
    } = "read-as",
    /// Confirms guessed files, or removes them.
    Guesses {
        /// The task they belong to; `None` for all tasks.
        task: Option<TaskId>,
        /// Whether to confirm them.
        keep: bool,
    } = "guesses",
    /// Shows what was guessed and skipped.
    ShowImported = "show-imported",

    // The drawing.
    /// Shows or hides what limits the plan.
    ToggleLimit {
        /// The tasks that determine the lower bound.
        tasks: Vec<TaskId>,
    } = "limit",
    /// Searches longer for a better schedule.
    SearchLonger = "search",
    /// Ends the search.
    EndSearch = "end-search",
    /// Shows the better schedule that was found.
    ShowFound = "show-found",
    /// Shows the phases as an outline.
    ShowOutline = "outline",
    /// Zooms in.
    ZoomIn = "larger",
    /// Zooms out.
    ZoomOut = "smaller",
    /// Zooms to 100 %.
    FullSize = "full-size",
    /// Zooms to show the whole drawing.
    Fit = "fit",
    /// Draws the phases of a run side by side, or puts them into one column again.
    Fold {
        /// The first task of the run.
        task: TaskId,
    } = "fold",
    /// Starts the presentation.
    Present = "present",
    /// Goes to the next step of the presentation.
    NextStep = "next",
    /// Goes to the previous step of the presentation.
    PreviousStep = "previous",

    // Comparing.
    /// Opens the choice of plans to compare with.
    ChooseComparison = "compare-plan",
    /// Opens the choice of plans and branches to put beside the open plan.
    ChooseBeside = "beside",
    /// Removes what runs beside the open plan.
    RemoveBeside {
        /// Which one, counted from 0.
        number: usize,
    } = "remove-beside",
    /// Compares with a version of a document.
    CompareVersion {
        /// Key of the document.
        key: String,
        /// The time when the version was saved.
        number: u64,
    } = "compare",
    /// Compares with another document, or puts it beside the open plan if the dialog is about that.
    CompareDocument {
        /// Its key.
        key: String,
    } = "compare-document",
    /// Does so with a file that the user chooses.
    CompareFile = "compare-file",
    /// Does so with the pasted text.
    ComparePasted = "compare-pasted",
    /// Compares with a reviewed revision.
    CompareRevision {
        /// Its name.
        key: String,
    } = "compare-revision",
    /// Jumps to a change.
    ShowChange {
        /// Its index.
        number: usize,
    } = "show-change",
    /// Jumps to the next change.
    NextChange = "next-change",
    /// Jumps to the previous change.
    PreviousChange = "previous-change",
    /// Swaps before and after.
    SwapPlans = "swap",
    /// Ends the comparison.
    EndComparison = "end-comparison",

    // The documents on this device.
    /// Lists all documents.
    ListDocuments = "list-documents",
    /// Lists the versions of a document.
    ListVersions {
        /// Its key.
        key: String,
    } = "versions",
    /// Opens a document.
    OpenDocument {
        /// Its key.
        key: String,
    } = "open-document",
    /// Copies a version to a new document and opens it.
    OpenVersion {
        /// Key of the document.
        key: String,
        /// The time when the version was saved.
        number: u64,
    } = "open-version",
    /// Saves the open document as a version, with the name in the field.
    NameVersion = "name-version",
    /// Copies a document.
    Duplicate {
        /// Its key.
        key: String,
    } = "duplicate",
    /// Downloads a document.
    DownloadDocument {
        /// Its key.
        key: String,
    } = "download-document",
    /// Moves a document to the bin.
    RemoveDocument {
        /// Its key.
        key: String,
    } = "remove-document",
    /// Restores a document from the bin.
    RestoreDocument {
        /// Its key.
        key: String,
    } = "put-back",
    /// Opens a field to paste a link into.
    ChooseLink = "open-link",
    /// Opens the link in that field.
    OpenPastedLink = "open-pasted-link",

    // Sharing.
    /// Includes instructions in the link.
    ShareFull = "full",
    /// Excludes instructions from the link.
    ShareStructure = "structure",
    /// Downloads the plan as text.
    DownloadPlan = "file",
    /// Copies the link of the plan, and makes it the address of the page.
    CopyLink {
        /// The link, or a text that contains it.
        copy: String,
    } = "copy-link",
    /// Copies a text.
    Copy {
        /// The text.
        copy: String,
    } = "copy",

    // A run.
    /// Notes something about a run: submits a form, or what stands around the button.
    Run {
        /// The word of a [`RunAct`].
        run: String,
    } = "run",

    // The review.
    /// Shows the review.
    ShowReview = "review",
    /// Copies the reply, then records that it was sent.
    CopyReply {
        /// The link.
        copy: String,
        /// The highest logical clock in it.
        about: u32,
    } = "copy-reply",
    /// Submits a form, or performs an action on the thread or comment that contains the button.
    Say {
        /// The action.
        say: ReviewAct,
    } = "say",
    /// Downloads the review.
    DownloadReview {
        /// Markdown if set, else the events.
        markdown: bool,
    } = "review-file",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_view_writes_the_page_reads() {
        let acts = [
            Act::AddTask,
            Act::Select { task: "T 1".into() },
            Act::Repair { number: None, fix: 2 },
            Act::Repair { number: Some(3), fix: 0 },
            Act::ToggleLimit { tasks: Vec::new() },
            Act::ToggleLimit { tasks: vec!["T1".into(), "T 2".into()] },
            Act::More { list: List::Threads },
            Act::CompareVersion { key: "a b".to_owned(), number: 1_700_000_000_000 },
            Act::CopyReply { copy: "https://…".to_owned(), about: 7 },
            Act::Say { say: ReviewAct::RequestChanges },
            Act::DownloadReview { markdown: true },
            Act::Run { run: RunAct::PutAway.name().to_owned() },
            Act::DownloadReview { markdown: false },
        ];
        for act in acts {
            let fields = act.fields();
            let attribute = |name: &str| match name {
                "data-act" => Some(act.name().to_owned()),
                _ => fields.iter().find(|(known, _)| *known == name)?.1.clone(),
            };
            assert_eq!(Act::read(&attribute), Some(act.clone()));
        }
        assert_eq!(Act::read(&|_| Some("dance".to_owned())), None);
        assert_eq!(Act::read(&|name| (name == "data-act").then(|| "select".to_owned())), None);
    }

    #[test]
    fn no_two_acts_have_the_same_name_and_none_has_one_of_the_static_page() {
        let mut names = [Act::NAMES, &["again", "blank", "download"]].concat();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
