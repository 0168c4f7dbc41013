//! The theme: light, dark, or the system's.

use leptos::prelude::*;

use super::keys::storage as key;
use super::storage;

/// A theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The name in storage and of the icon.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The label of the button.
    pub fn label(self) -> &'static str {
        match self {
            Theme::Auto => "Theme: system",
            Theme::Light => "Colours: light",
            Theme::Dark => "Colours: dark",
        }
    }

    /// The next theme in the cycle.
    pub fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }

    /// The stored choice.
    pub fn stored() -> Theme {
        match storage::get(key::THEME).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        }
    }

    /// Applies and stores this theme.
    pub fn choose(self) {
        let root = document().document_element();
        let Some(root) = root else { return };
        if self == Theme::Auto {
            storage::remove(key::THEME);
            let _ = root.remove_attribute("data-theme");
        } else {
            let _ = storage::set(key::THEME, self.name());
            let _ = root.set_attribute("data-theme", self.name());
        }
    }
}
