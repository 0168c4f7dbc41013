//! Values of `data-test`, which identify elements in browser tests. Each value is unique on the page, unless
//! its comment says "each".

/// What is known about the safety of running the plan.
pub const HEADLINE: &str = "headline";
/// Button that shows a better schedule that was found.
pub const SHOW_FOUND: &str = "show-found";
/// The folded list of tasks that are done or dropped.
pub const FINISHED: &str = "finished";
/// The bar of a run under way.
pub const NOW: &str = "now";
/// Button in it that copies the prompt for what to launch now.
pub const COPY_NOW: &str = "copy-now";
/// Button in it that notes that they are at work.
pub const START_NOW: &str = "start-now";
/// What is folded in its place before a run has begun.
pub const FOLLOW: &str = "follow";
/// How far the run is, and when it ends.
pub const OUTLOOK: &str = "outlook";
/// The box for a text about the run.
pub const HAPPENED: &str = "happened";
/// The same box below a task.
pub const HAPPENED_TO_TASK: &str = "happened-to-task";
/// What that text was taken for, with what follows from it.
pub const PASTED: &str = "pasted";
/// Each thing that follows from it.
pub const PROPOSAL: &str = "proposal";
/// Each thing that goes wrong according to it.
pub const TROUBLE: &str = "trouble";
/// Each file that a task needs and does not own, with repairs.
pub const FOREIGN: &str = "foreign";
/// Button that downloads the log of the run.
pub const RUN_FILE: &str = "run-file";
/// Button that takes new estimates.
pub const NEW_ESTIMATES: &str = "new-estimates";
/// Each form that notes that a task failed.
pub const FAILED_FORM: &str = "failed-form";
/// What can be noted about the selected task.
pub const TASK_RUN: &str = "task-run";
/// What is known of the repository, below the problems.
pub const KNOWN_FILES: &str = "known-files";
/// Input with the title of the plan.
pub const TITLE: &str = "title";
/// The state of saving, in words.
pub const SAVED: &str = "saved";
/// Header button that opens the menu with New, Open file and the recent plans.
pub const OPEN: &str = "open";
/// Item of that menu: an empty plan.
pub const NEW_PLAN: &str = "new-plan";
/// Item of that menu: choose a file.
pub const OPEN_FILE: &str = "open-file";
/// Item of that menu: a field to paste a link into.
pub const OPEN_LINK: &str = "open-link";
/// That field, in the dialog of plans.
pub const LINK_BOX: &str = "link-box";
/// Button that opens the link in it.
pub const OPEN_PASTED_LINK: &str = "open-pasted-link";
/// The reason why it was not opened.
pub const LINK_PROBLEM: &str = "link-problem";
/// The page of a link that can't be opened.
pub const BROKEN_LINK: &str = "broken-link";
/// The text on it that asks the sender for a file.
pub const ASK_FOR_FILE: &str = "ask-for-file";
/// The hidden file input behind [`OPEN_FILE`].
pub const FILE_INPUT: &str = "file-input";
/// Each recent plan in that menu.
pub const RECENT: &str = "recent";
/// Item of that menu: the list of all plans.
pub const ALL_PLANS: &str = "all-plans";
/// The dialog with that list.
pub const SHELF: &str = "shelf";
/// Each plan in it; pressing opens it.
pub const DOCUMENT: &str = "document";
/// Each button that copies a plan.
pub const DUPLICATE: &str = "duplicate";
/// Each button that downloads a plan.
pub const DOWNLOAD_DOCUMENT: &str = "download-document";
/// Button that downloads all plans.
pub const DOWNLOAD_ALL: &str = "download-all";
/// Each button that moves a plan to the bin.
pub const REMOVE_DOCUMENT: &str = "remove-document";
/// Each button that restores a plan from the bin.
pub const PUT_BACK: &str = "put-back";
/// Each button that lists the versions of a plan.
pub const VERSIONS: &str = "versions";
/// Field for the name of a version.
pub const VERSION_NAME: &str = "version-name";
/// Button that saves the current plan under that name.
pub const NAME_VERSION: &str = "name-version";
/// Each button that compares a version with the current plan.
pub const COMPARE: &str = "compare";
/// The plans to compare the open one with, in the dialog of plans.
pub const COMPARE_WITH: &str = "compare-with";
/// Button that chooses a file to compare with.
pub const COMPARE_FILE: &str = "compare-file";
/// Text box for a link or a plan to compare with.
pub const COMPARE_PASTE: &str = "compare-paste";
/// Button that compares with what is in it.
pub const COMPARE_PASTED: &str = "compare-pasted";
/// Item of the open menu: compare the open plan.
pub const COMPARE_PLAN: &str = "compare-plan";
/// Other work beside the open plan, in the list of problems.
pub const BESIDE: &str = "beside";
/// Each conflict with it.
pub const CROSSING: &str = "crossing";
/// Each plan or branch in the order of landing.
pub const LANDING: &str = "landing";
/// Each button that removes other work.
pub const REMOVE_BESIDE: &str = "remove-beside";
/// Button that adds other work.
pub const ADD_BESIDE: &str = "add-beside";
/// The banner of a comparison.
pub const COMPARING: &str = "comparing";
/// Its button that ends the comparison.
pub const END_COMPARISON: &str = "end-comparison";
/// Tab of the right pane: the list of changes.
pub const TAB_CHANGES: &str = "tab-changes";
/// Each task in that list; `data-number` is its number, from 0.
pub const CHANGE: &str = "change";
/// Totals of both plans in that list.
pub const CHANGE_TOTALS: &str = "change-totals";
/// Button that swaps the earlier and the later plan.
pub const SWAP: &str = "swap";
/// Button that shows the comparison as text.
pub const AS_TEXT: &str = "as-text";
/// That text.
pub const COMPARISON_TEXT: &str = "comparison-text";
/// Button that copies it.
pub const COPY_COMPARISON: &str = "copy-comparison";
/// The plan of another tool before it is opened, or what was guessed in the open one; see
/// [`super::import::import`].
pub const IMPORT: &str = "import";
/// What it was taken for, in numbers.
pub const IMPORT_HEAD: &str = "import-head";
/// Each task in it.
pub const IMPORT_ROW: &str = "import-row";
/// Each guess, skipped line and doubt in it.
pub const IMPORT_NOTE: &str = "import-note";
/// Button that confirms every guess.
pub const CONFIRM_ALL: &str = "confirm-all";
/// Each button that confirms the files of a task.
pub const CONFIRM: &str = "confirm";
/// Each button that removes the guessed files of a task.
pub const REJECT: &str = "reject";
/// Each button that reads it as another format.
pub const READ_AS: &str = "read-as";
/// Button that opens it as a new plan.
pub const OPEN_IMPORT: &str = "open-import";
/// Button that replaces the open plan by it.
pub const REPLACE_PLAN: &str = "replace-plan";
/// Button that pastes its text as it is.
pub const PASTE_UNREAD: &str = "paste-unread";
/// Button that closes it and changes nothing.
pub const CANCEL_IMPORT: &str = "cancel-import";
/// Button above the problems that shows it again.
pub const SHOW_IMPORTED: &str = "show-imported";
/// Item of the open menu: present the plan.
pub const PRESENT: &str = "present";
/// The full-screen dialog of the presentation.
pub const PRESENTATION: &str = "presentation";
/// The step it shows; `data-number` is its number, from 0.
pub const PRESENT_STEP: &str = "present-step";
/// Its button for the next step.
pub const PRESENT_NEXT: &str = "present-next";
/// Its button for the previous step.
pub const PRESENT_PREVIOUS: &str = "present-previous";
/// Button next to an old verdict: compare with the plan it refers to.
pub const COMPARE_REVISION: &str = "compare-revision";
/// Each outline of a task at its place in the other plan.
pub const GHOST: &str = "ghost";
/// Each button that copies a version to a new plan and opens it.
pub const OPEN_VERSION: &str = "open-version";
/// Header button that opens the menu of examples.
pub const EXAMPLES: &str = "examples";
/// Each example in that menu.
pub const EXAMPLE: &str = "example";
/// Header button that switches between automatic, light and dark.
pub const THEME: &str = "theme";
/// Header button that opens the export dialog.
pub const EXPORT: &str = "export";
/// Undo button.
pub const UNDO: &str = "undo";
/// Redo button.
pub const REDO: &str = "redo";
/// Tab of the left pane: plan text.
pub const TAB_TEXT: &str = "tab-text";
/// Tab of the left pane: table.
pub const TAB_TABLE: &str = "tab-table";
/// Tab of the middle.
pub const TAB_PHASES: &str = "tab-phases";
/// Tab of the middle.
pub const TAB_TIMELINE: &str = "tab-timeline";
/// Tab of the middle.
pub const TAB_OUTLINE: &str = "tab-outline";
/// Tab of the right pane: problems.
pub const TAB_PROBLEMS: &str = "tab-problems";
/// Tab of the right pane: advice.
pub const TAB_ADVICE: &str = "tab-advice";
/// The answer of the advice.
pub const ADVICE_ANSWER: &str = "advice-answer";
/// Button in the advice: it is needed by tomorrow.
pub const ADVICE_BY_TOMORROW: &str = "advice-by-tomorrow";
/// Button in the advice: the user wants to steer.
pub const ADVICE_STEERING: &str = "advice-steering";
/// Tab of the right pane: the selected task.
pub const TAB_TASK: &str = "tab-task";
/// Tabs of a phone.
pub const PANE_TASKS: &str = "pane-tasks";
/// Tabs of a phone.
pub const PANE_PHASES: &str = "pane-phases";
/// Tabs of a phone.
pub const PANE_PROBLEMS: &str = "pane-problems";
/// Text box with the plan text; also in the page before the program is loaded.
pub const TEXT: &str = "text";
/// The message of the underline at the caret.
pub const TEXT_SAYS: &str = "text-says";
/// The coloured lines behind the text box.
pub const LINES: &str = "lines";
/// Table of tasks. Fields have `data-field` with the name of the field, rows `data-task` with the id.
pub const TABLE: &str = "table";
/// Each row of the table.
pub const ROW: &str = "row";
/// Each button that moves a row up.
pub const MOVE_UP: &str = "move-up";
/// Each button that moves a row down.
pub const MOVE_DOWN: &str = "move-down";
/// Each button that removes a row.
pub const REMOVE: &str = "remove";
/// Button that adds a task; one in the table, one at the bottom of a phone's screen.
pub const ADD_TASK: &str = "add-task";
/// The schedule, in any view.
pub const SCHEDULE: &str = "schedule";
/// The content below the tabs of the middle pane: totals and the view.
pub const CANVAS: &str = "canvas";
/// Makespan of the phases, and the number of phases.
pub const TOTAL_PHASED: &str = "total-phased";
/// Makespan without barriers.
pub const TOTAL_ROLLING: &str = "total-rolling";
/// Total duration of all tasks in sequence.
pub const TOTAL_SERIAL: &str = "total-serial";
/// The speed-up, and the utilisation of agents.
pub const TOTAL_SPEED_UP: &str = "total-speed-up";
/// Button that shows how good the schedule is and opens the details of its limits.
pub const OUTCOME: &str = "outcome";
/// The details of its limits.
pub const LIMIT: &str = "limit";
/// The progress of the search for shorter phases, while it runs.
pub const SEARCHING: &str = "searching";
/// Button that ends the search.
pub const CANCEL_SEARCH: &str = "cancel-search";
/// Button that continues the search.
pub const SEARCH_LONGER: &str = "search-longer";
/// Shortest phases so far, lower bound and gap.
pub const BOUNDS: &str = "bounds";
/// The same for the schedule without barriers.
pub const ROLLING_BOUNDS: &str = "rolling-bounds";
/// The makespan with other numbers of agents.
pub const AGENTS: &str = "agents";
/// Each bar of it; `data-agents` is the number of agents.
pub const AGENTS_BAR: &str = "agents-bar";
/// Each column; `data-phase` is its number, from 1.
pub const PHASE_COLUMN: &str = "phase-column";
/// Each card; `data-task` is the id.
pub const TASK_CARD: &str = "task-card";
/// Button that shows the zoom in percent.
pub const ZOOM: &str = "zoom";
/// Button that shows every line.
pub const ALL_LINES: &str = "all-lines";
/// Button that fades tasks unrelated to the selected one.
pub const FOCUS_MODE: &str = "focus-mode";
/// The view on a time axis.
pub const TIMELINE: &str = "timeline";
/// Each bar in it; `data-task` is the id.
pub const TIMELINE_BAR: &str = "timeline-bar";
/// The cost of the barriers.
pub const BARRIER_COST: &str = "barrier-cost";
/// The view as nested lists; on a phone also the view of the phases.
pub const OUTLINE: &str = "outline";
/// Each phase in it; `data-phase` is its number, from 1.
pub const OUTLINE_PHASE: &str = "outline-phase";
/// Each task in it; `data-task` is the id.
pub const OUTLINE_TASK: &str = "outline-task";
/// The page that an empty plan shows instead of the schedule.
pub const START: &str = "start";
/// Buttons on it.
pub const START_EXAMPLE: &str = "start-example";
/// Buttons on it.
pub const START_PASTE: &str = "start-paste";
/// Buttons on it.
pub const START_OPEN: &str = "start-open";
/// Each card of a problem; `data-code` is the code of the diagnostic.
pub const PROBLEM: &str = "problem";
/// Each button that applies a fix.
pub const FIX: &str = "fix";
/// Each button that improves the whole plan.
pub const IMPROVEMENT: &str = "improvement";
/// The audit of marks and dependencies in the list of problems.
pub const AUDIT: &str = "audit";
/// The form of the selected task; fields have `data-field`.
pub const TASK: &str = "task";
/// The sentence that explains the phase of the task.
pub const WHY: &str = "why";
/// Its start without barriers, and the reason for it.
pub const WHY_THEN: &str = "why-then";
/// Button that closes the task on a phone.
pub const CLOSE_TASK: &str = "close-task";
/// The export dialog.
pub const EXPORT_DIALOG: &str = "export-dialog";
/// Each format in it; `data-format` is the id of the export.
pub const FORMAT: &str = "format";
/// Each caution about running the plan in it.
pub const CAUTION: &str = "caution";
/// List of the parts of the plan that an export can be about.
pub const EXPORT_PART: &str = "export-part";
/// What to do when a run goes wrong, which opens when pressed.
pub const EXPORT_HELP: &str = "export-help";
/// The size of an export.
pub const EXPORT_SIZE: &str = "export-size";
/// Text box with the preview.
pub const PREVIEW: &str = "preview";
/// Button that copies the export.
pub const COPY: &str = "copy";
/// Button that downloads the export.
pub const DOWNLOAD: &str = "download";
/// Button that closes the dialog.
pub const CLOSE_DIALOG: &str = "close-dialog";
/// The notice at the edge of the screen.
pub const NOTICE: &str = "notice";
/// Its action button, such as Undo.
pub const NOTICE_ACTION: &str = "notice-action";
/// Its close button.
pub const NOTICE_CLOSE: &str = "notice-close";
/// The announcements for screen readers.
pub const SPOKEN: &str = "spoken";
/// The plans on this device on the page of an empty plan.
pub const NEWEST: &str = "newest";
/// The banner while storage is in doubt.
pub const DOUBT: &str = "doubt";
/// The status bar.
pub const STATUS: &str = "status";
/// Button that opens the list of keys.
pub const KEYS: &str = "keys";
/// Header button that opens the dialog with the link.
pub const SHARE: &str = "share";
/// That dialog.
pub const SHARE_DIALOG: &str = "share-dialog";
/// The link in it.
pub const SHARE_LINK: &str = "share-link";
/// Its button that downloads the plan instead.
pub const SHARE_FILE: &str = "share-file";
/// Its button that copies the link.
pub const COPY_LINK: &str = "copy-link";
/// The banner of a plan from a link.
pub const BANNER: &str = "banner";
/// Its button that saves the plan as the user's own.
pub const EDIT_COPY: &str = "edit-copy";
/// Its button that returns to the previous plan.
pub const LEAVE_LINK: &str = "leave-link";
/// Tab of the right pane, and of a phone.
pub const TAB_REVIEW: &str = "tab-review";
/// Tab of a phone that shows the review.
pub const PANE_REVIEW: &str = "pane-review";
/// The review of the plan.
pub const REVIEW: &str = "review";
/// The review of the selected task, among its fields.
pub const TASK_REVIEW: &str = "task-review";
/// Each thread; `data-about` is the event that started it.
pub const THREAD: &str = "thread";
/// Each comment in it.
pub const COMMENT: &str = "said";
/// What became of the subject of a thread.
pub const STANDING: &str = "standing";
/// The suggestion of a thread.
pub const SUGGESTION: &str = "suggestion";
/// The threads that are resolved.
pub const SETTLED: &str = "settled";
/// Each verdict.
pub const VERDICT: &str = "verdict";
/// The sentence about the revision.
pub const REVISION: &str = "revision";
/// The list of what is ignored on this device.
pub const IGNORED: &str = "ignored";
/// Each group of names that look alike.
pub const LOOK_ALIKE: &str = "look-alike";
/// The form of the name.
pub const WHO: &str = "who";
/// Field for the name.
pub const REVIEWER: &str = "reviewer";
/// Its button.
pub const KEEP_NAME: &str = "keep-name";
/// The form for a comment on the selected task.
pub const COMMENT_ON_TASK: &str = "comment-on-task";
/// The form next to each field; `data-on` is the field.
pub const ON_FIELD: &str = "on-field";
/// The form for replies of others.
pub const ADD_REPLIES: &str = "add-replies";
/// The received statements.
pub const ARRIVED: &str = "arrived";
/// Button that copies the reply link.
pub const COPY_REPLY: &str = "copy-reply";
/// Button that copies the review for a pull request.
pub const COPY_MARKDOWN: &str = "copy-markdown";
/// Button that downloads the review for a pull request.
pub const REVIEW_MARKDOWN: &str = "review-markdown";
/// Button that downloads its events.
pub const REVIEW_EVENTS: &str = "review-events";
/// Each mark with the number of open threads.
pub const TALK: &str = "talk";
