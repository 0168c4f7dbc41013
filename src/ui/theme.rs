//! Light, dark, or as the system says.

use leptos::prelude::*;

use super::keys::storage as key;
use super::storage;

/// Which colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word in storage and in the icon's name.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// What the button says.
    pub fn label(self) -> &'static str {
        match self {
            Theme::Auto => "Colours: as the system",
            Theme::Light => "Colours: light",
            Theme::Dark => "Colours: dark",
        }
    }

    /// The one after it, round and round.
    pub fn next(self) -> Theme {
        match self {
            Theme::Auto => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::Auto,
        }
    }

    /// The one chosen last time.
    pub fn stored() -> Theme {
        match storage::get(key::THEME).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        }
    }

    /// Uses it from here on.
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
