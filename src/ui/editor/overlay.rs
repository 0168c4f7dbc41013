//! Draws the coloured lines behind the text box. Plain DOM calls: a keystroke changes one line of hundreds, and comparing
//! lines is cheaper than comparing views.

use std::ops::Range;

use leptos::prelude::document;
use phaseplan::analysis::Severity;
use phaseplan::document::lines::{Line, Piece};
use phaseplan::text::TokenKind;
use web_sys::Element;

/// Makes the children of `container`, which show `old`, show `new`.
pub fn paint(container: &Element, old: &[Line], new: &[Line]) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.len() - end, &new[..new.len() - end]);
    let children = container.children();
    for at in (start..start + old).rev() {
        if let Some(line) = children.item(at as u32) {
            line.remove();
        }
    }
    let next = children.item(start as u32);
    for line in new {
        if let Some(element) = line_element(line) {
            let _ = container.insert_before(&element, next.as_deref());
        }
    }
}

/// Puts a class on the children in the range, and takes it off all others.
pub fn mark(container: &Element, class: &str, lines: &Range<usize>) {
    let marked = container.get_elements_by_class_name(class);
    for at in (0..marked.length()).rev() {
        if let Some(line) = marked.item(at) {
            let _ = line.class_list().remove_1(class);
        }
    }
    let children = container.children();
    for at in lines.clone() {
        let Some(line) = children.item(at as u32) else { break };
        let _ = line.class_list().add_1(class);
    }
}

fn line_element(line: &Line) -> Option<Element> {
    let element = document().create_element("div").ok()?;
    element.set_class_name("text-line");
    for piece in &line.pieces {
        let class = class_of(piece);
        if class.is_empty() {
            let text = document().create_text_node(&piece.text);
            let _ = element.append_child(&text);
        } else {
            let span = document().create_element("span").ok()?;
            span.set_class_name(&class);
            span.set_text_content(Some(&piece.text));
            let _ = element.append_child(&span);
        }
    }
    Some(element)
}

fn class_of(piece: &Piece) -> String {
    let colour = match piece.kind {
        Some(TokenKind::Heading) => "t-heading",
        Some(TokenKind::Settings) => "t-settings",
        Some(TokenKind::Checkbox) => "t-box",
        Some(TokenKind::Id) => "t-id",
        Some(TokenKind::TagName) => "t-tag",
        Some(TokenKind::Pattern) => "t-pattern",
        Some(TokenKind::Reference) => "t-reference",
        Some(TokenKind::Minutes) => "t-minutes",
        Some(TokenKind::Value) => "t-value",
        Some(TokenKind::Instructions) => "t-instructions",
        Some(TokenKind::Error) => "t-wrong",
        Some(TokenKind::Bullet | TokenKind::Title) | None => "",
    };
    let wave = match piece.wave {
        Some(Severity::Error | Severity::Conflict) => " wave",
        Some(Severity::Warning) => " wave warning",
        Some(Severity::Unknown) => " wave unknown",
        Some(Severity::Hint) | None => "",
    };
    [colour, wave].concat()
}
