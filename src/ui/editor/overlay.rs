//! Draws the coloured lines behind the text box, with plain DOM calls: a keystroke changes one line of
//! hundreds, and comparing lines is cheaper than comparing views.

use std::ops::Range;

use leptos::prelude::document;
use phaseplan::diagnostic::Severity;
use phaseplan::document::lines::{Line, Piece};
use phaseplan::text::TokenKind;
use web_sys::Element;

use super::underlined;

/// Updates the children of `container` from the lines `old` to `new`.
pub fn paint(container: &Element, old: &[Line], new: &[Line]) {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.len() - end, &new[..new.len() - end]);
    // From sibling to sibling: after each removal, browsers count children from the first one again.
    let mut next = container.children().item(start as u32);
    for _ in 0..old {
        let Some(line) = next else { break };
        next = line.next_element_sibling();
        line.remove();
    }
    for line in new {
        if let Some(element) = line_element(line) {
            let _ = container.insert_before(&element, next.as_deref());
        }
    }
}

/// Sets a class on the children in the range, and removes it from all others.
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
            if let Some((_, diagnostic)) = piece.underline {
                let _ = span.set_attribute(underlined::NUMBER, &diagnostic.to_string());
            }
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
    let underline = match piece.underline.map(|(severity, _)| severity) {
        Some(Severity::Error | Severity::Conflict) => " underlined",
        Some(Severity::Warning) => " underlined warning",
        Some(Severity::Unknown) => " underlined unknown",
        Some(Severity::Hint) | None => "",
    };
    [colour, underline].concat()
}
