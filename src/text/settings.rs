//! Lines of settings: `> agents: claude, codex · at most 5`.

use super::line::Line;
use super::minutes::read_number;
use super::parser::{Parser, keep_unknown, read_json_fields};
use super::price::read_price;
use super::problems;
use super::tag::{Piece, TaskLine};
use super::value::{read_amount, read_value, split, trimmed};
use crate::plan::field::is_plan_name;
use crate::plan::minutes::read_minutes;
use crate::plan::price::Decimal;
use crate::plan::{Efficiency, Estimate, Minutes, Resource};

impl Parser {
    /// Reads a line that begins with `>`.
    pub(super) fn read_settings(&mut self, line: &Line) {
        let whole = trimmed(line.text, line.content..line.text.len());
        let (content, offset) = without_backticks(&line.text[whole.clone()], whole.start);
        let mut known = 0;
        let mut unknown = Vec::new();
        for range in split(content, &['·', ';']) {
            let (item, at) = without_backticks(&content[range.clone()], offset + range.start);
            if item.starts_with('@') {
                known += self.read_plan_tags(&line.text[at..offset + content.len()]);
                break;
            }
            if item.is_empty() {
            } else if self.read_setting(line, item, at) {
                known += 1;
            } else {
                unknown.push((item, at));
            }
        }
        let is_quotation = known == 0 && !unknown.is_empty();
        for (item, at) in unknown {
            let is_goal = self.parsed.task_lines.is_empty();
            let quotation = is_quotation.then_some(is_goal);
            self.report(line, problems::unknown_setting(item, at..at + item.len(), quotation));
        }
        if is_quotation && self.parsed.task_lines.is_empty() {
            self.read_goal(line.text);
        }
    }

    fn read_setting(&mut self, line: &Line, item: &str, at: usize) -> bool {
        let settings = &mut self.parsed.plan.settings;
        let values =
            |list| split(list, &[',']).map(move |range| &list[range]).filter(|raw: &&str| !raw.is_empty());
        if let Some(list) = item.strip_prefix("agents:") {
            settings.agents.extend(values(list).map(read_value));
        } else if let Some(list) = item.strip_prefix("capacity:") {
            let resources = values(list).map(read_amount);
            self.parsed.plan.resources.extend(resources.map(|(name, capacity)| Resource { name, capacity }));
        } else if let Some(number) = item.strip_prefix("at most ") {
            let Some(number) = read_number(number.trim()).filter(|number| *number > 0) else {
                self.report(line, problems::unreadable_number(item, at..at + item.len()));
                return true;
            };
            settings.max_parallel = number;
        } else if let Some(minutes) = item.strip_prefix("default ") {
            if let Some(minutes) = self.read_setting_minutes(line, item, at, minutes) {
                self.parsed.plan.settings.default_minutes = minutes;
            }
        } else if let Some(minutes) = item.strip_prefix("overhead ") {
            if let Some(minutes) = self.read_setting_minutes(line, item, at, minutes) {
                self.parsed.plan.settings.phase_overhead = minutes;
            }
        } else if item == "groups in order" {
            settings.groups_in_order = true;
        } else if let Some(number) = item.strip_prefix("efficiency ") {
            let Some(efficiency) = number.trim().parse().ok().and_then(Efficiency::of_number) else {
                self.report(line, problems::unreadable_efficiency(item, at..at + item.len()));
                return true;
            };
            settings.efficiency = efficiency;
        } else if let Some(list) = item.strip_prefix("price:") {
            let prices: Vec<_> = values(list).map(read_price).collect();
            if prices.is_empty() || prices.iter().any(Option::is_none) {
                self.report(line, problems::unreadable_price(item, at..at + item.len()));
            }
            prices.into_iter().flatten().for_each(|price| self.parsed.plan.settings.prices.set(price));
        } else if let Some((name, number)) = factor(item) {
            let Some(number) = Decimal::read(number) else {
                self.report(line, problems::unreadable_price(item, at..at + item.len()));
                return true;
            };
            let prices = &mut settings.prices;
            *(if name == "cache" { &mut prices.cache } else { &mut prices.batch }) = Some(number);
        } else if item == "unknown beside" {
            settings.unknown_beside = true;
        } else if item == "unknown alone" {
            // Written by older versions, in which it was not the default.
            settings.unknown_beside = false;
        } else {
            return false;
        }
        true
    }

    fn read_setting_minutes(&mut self, line: &Line, item: &str, at: usize, minutes: &str) -> Option<Minutes> {
        let minutes =
            minutes.trim().strip_prefix('~').and_then(read_minutes).map(|minutes| minutes.min(Estimate::MAX));
        if minutes.is_none() {
            self.report(line, problems::unreadable_duration(item, at..at + item.len()));
        }
        minutes
    }

    /// Reads `@id(…)`, and fields from another version of the program. Returns their number.
    fn read_plan_tags(&mut self, tags: &str) -> usize {
        let read = TaskLine::read(tags, 0);
        let plan = &mut self.parsed.plan;
        let mut count = 0;
        for piece in &read.pieces {
            let Piece::Tag(tag) = piece else { continue };
            let (name, body) = (&tags[tag.name.clone()], &tags[tag.body.clone()]);
            count += 1;
            match name {
                "id" => plan.id = read_value(body),
                "json" => read_json_fields(body, is_plan_name, &mut plan.unknown),
                _ => keep_unknown(name, body, is_plan_name, &mut plan.unknown),
            }
        }
        count
    }
}

/// The name and the number of `cache 0.05` and `batch 0.5`. Words such as `batch of ten` are no such setting.
fn factor(item: &str) -> Option<(&str, &str)> {
    let (name, number) = item.split_once(' ')?;
    let is_number = number.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
    (matches!(name, "cache" | "batch") && is_number).then_some((name, number.trim()))
}

/// The content of a code span and its offset, if there is nothing else.
fn without_backticks(content: &str, offset: usize) -> (&str, usize) {
    match content.strip_prefix('`').and_then(|inner| inner.strip_suffix('`')) {
        Some(inner) if !inner.contains('`') => {
            (inner.trim(), offset + 1 + (inner.len() - inner.trim_start().len()))
        }
        _ => (content, offset),
    }
}
