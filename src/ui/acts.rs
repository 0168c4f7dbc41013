//! Handles all events on elements that the worker drew, with one listener at the root of the page. The worker
//! encodes the action of an element in its attributes ([`Act`]), and this file performs it.

use phaseplan::TaskId;
use phaseplan::incoming::Input;
use phaseplan::protocol::{
    BesideChange, Change, Comparison, DocumentList, DocumentRequest, LibraryRequest, StoredPlan,
};
use phaseplan::view::{Act, List, ViewOption};
use web_sys::{Element, Event, KeyboardEvent};

use super::element::El;
use super::notices::Notice;
use super::shortcuts::is_phone;
use super::workspace::{Side, View, Workspace, Writing};
use super::{address, clipboard, compare, documents, files, forms, incoming, page, problems, review, search};

/// Listens at the root of the page.
pub fn listen(workspace: Workspace, root: El) -> El {
    let press = move |event: Event| {
        let Some(element) = page::closest(&event, "[data-act]") else { return };
        if let Some(act) = Act::read(&|name| element.get_attribute(name)) {
            perform(workspace, act, &element);
        }
    };
    root.on("click", press)
        .on("change", move |event: Event| forms::write_field(workspace, &event))
        .on("input", move |event: Event| review::save_draft(workspace, &event))
        .on("keydown", |event: KeyboardEvent| review::press_key(&event))
}

/// Performs the action of an element.
fn perform(workspace: Workspace, act: Act, element: &Element) {
    let views = workspace.views;
    match act {
        Act::AddTask => add_task(workspace),
        Act::Select { task } => workspace.select(Some(task)),
        Act::MoveUp { task: id } => workspace.apply(Change::Move { id, down: false }),
        Act::MoveDown { task: id } => workspace.apply(Change::Move { id, down: true }),
        Act::Remove { task } => remove(workspace, task),
        Act::ShowProblem { number } => {
            workspace.side.set(Side::Problems);
            problems::show(workspace, number);
            problems::go_to_text(workspace, number);
        }
        Act::Repair { number, fix } => {
            workspace.problem.set(None);
            let repair = |problem| Change::Repair { problem, fix };
            workspace.apply_with_notice(number.map_or(Change::Improve(fix), repair));
        }
        Act::SetAgents { agents } => workspace.apply_with_notice(Change::Agents(agents)),
        Act::Forget => workspace.apply_with_notice(Change::Know(false)),
        Act::Toggle { option } => views.option(option).toggle(),
        Act::More { list } => views.rows(list).update(|rows| *rows += list.page()),

        Act::OpenImport { said } => incoming::open_plan(workspace, said),
        Act::ReplaceByImport { unread } => incoming::replace(workspace, unread),
        Act::ReadAs { format } => {
            documents::change_import(workspace, DocumentRequest::ReadImportAs(format));
        }
        Act::Guesses { task, keep } => workspace.apply(Change::Guesses { task, keep }),
        Act::ShowImported => documents::show(workspace, DocumentList::Imported),

        Act::ToggleLimit { tasks } => {
            let is_open = views.option(ViewOption::Limit);
            is_open.toggle();
            workspace.highlight.set(if is_open.get_untracked() { tasks } else { Vec::new() });
        }
        Act::SearchLonger => search::search(workspace, true),
        Act::EndSearch => search::cancel(workspace),
        Act::ShowFound => search::show_found(workspace),
        Act::ShowOutline => workspace.view.set(View::Outline),
        Act::ZoomIn => views.window.step(true),
        Act::ZoomOut => views.window.step(false),
        Act::FullSize => views.window.set(100, None),
        Act::Fit => views.window.fit(),
        Act::Fold { task } => views.window.unfolded.update(|unfolded| {
            let before = unfolded.len();
            unfolded.retain(|other| *other != task);
            if unfolded.len() == before {
                unfolded.push(task);
            }
        }),
        Act::Present => {
            page::hide("open-menu");
            workspace.is_presenting.set(true);
        }
        Act::NextStep => views.step.update(|step| *step += 1),
        Act::PreviousStep => views.step.update(|step| *step = step.saturating_sub(1)),

        Act::ChooseComparison => compare::choose(workspace, false, String::new()),
        Act::ChooseBeside => compare::choose(workspace, true, String::new()),
        Act::RemoveBeside { number } => compare::change_beside(workspace, BesideChange::Remove(number)),
        Act::CompareVersion { key, number } => compare::compare_version(workspace, key, number),
        Act::CompareDocument { key } => compare::take_document(workspace, key),
        Act::CompareRevision { key } => compare::compare_stored(workspace, StoredPlan::Revision(key)),
        Act::CompareFile => page::choose_file(),
        Act::ComparePasted => compare::take(workspace, Input::paste(documents::pasted())),
        Act::ShowChange { number } => compare::show(workspace, number),
        Act::NextChange => compare::step(workspace, true),
        Act::PreviousChange => compare::step(workspace, false),
        Act::SwapPlans => compare::compare(workspace, Comparison::Swap),
        Act::EndComparison => compare::compare(workspace, Comparison::End),

        Act::ListDocuments => workspace.document_list.set(Some(DocumentList::All)),
        Act::ListVersions { key } => workspace.document_list.set(Some(DocumentList::Versions(key))),
        Act::OpenDocument { key } => {
            documents::close(workspace);
            workspace.open_stored(&key);
        }
        Act::OpenVersion { key, number } => documents::open_version(workspace, key, number),
        Act::NameVersion => documents::name_version(workspace),
        Act::Duplicate { key } => documents::ask(workspace, LibraryRequest::Duplicate(key)),
        Act::DownloadDocument { key } => documents::ask(workspace, LibraryRequest::File(key)),
        Act::RemoveDocument { key } => documents::ask(workspace, LibraryRequest::Remove(key)),
        Act::RestoreDocument { key } => documents::ask(workspace, LibraryRequest::Restore(key)),
        Act::ChooseLink => documents::show(workspace, DocumentList::Link { problem: String::new() }),
        Act::OpenPastedLink => incoming::open_pasted(workspace),

        Act::ShareFull => views.option(ViewOption::StructureOnly).set(false),
        Act::ShareStructure => views.option(ViewOption::StructureOnly).set(true),
        Act::DownloadPlan => files::download_text(workspace),
        Act::CopyLink { copy } => copy_link(workspace, copy),
        Act::Copy { copy } => clipboard::copy(&copy, move |went| review::announce_copied(workspace, went)),

        Act::Run { run } => review::note(workspace, run, element),

        Act::ShowReview => review::show(workspace),
        Act::CopyReply { copy, about } => review::copy_reply(workspace, &copy, about),
        Act::Say { say } => review::press(workspace, say, element),
        Act::DownloadReview { markdown } => {
            documents::ask(workspace, DocumentRequest::ExportReview { markdown });
        }
    }
}

/// Appends a task, and moves the focus to where its title is written: in its row, or else in its form.
pub fn add_task(workspace: Workspace) {
    workspace.apply_then(Change::Add, move |outcome| match outcome {
        Ok(added) => {
            let tasks = added.tasks.len();
            workspace.views.rows(List::Rows).update(|rows| *rows = tasks.max(*rows));
            let is_in_table = workspace.writing.get_untracked() == Writing::Table && !is_phone();
            let place = if is_in_table { ".rows" } else { ".task" };
            if let Some(id) = &added.selected {
                let task = page::quoted(id.as_str());
                page::focus_when_there([place, " [data-field=title][data-task=", &task, "]"].concat());
            }
        }
        Err(message) => workspace.notices.show(Notice::plain(message)),
    });
}

fn remove(workspace: Workspace, id: TaskId) {
    if workspace.selection.with_untracked(|selected| selected.as_ref() == Some(&id)) {
        workspace.select(None);
        workspace.side.set(Side::Problems);
    }
    workspace.apply(Change::Remove(id));
}

/// Copies the link of the plan, and makes it the address of the page.
fn copy_link(workspace: Workspace, link: String) {
    let text = link.clone();
    clipboard::copy(&text, move |went| {
        let words = match went {
            true => "Copied.",
            false => "This browser doesn't let pages copy. Select the link and press Ctrl+C.",
        };
        if went {
            address::show(&link);
        }
        workspace.views.share_status.set(words);
        workspace.announce(words);
    });
}
