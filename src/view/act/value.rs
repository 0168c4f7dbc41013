//! Values in the attributes of an act.

use crate::TaskId;

/// A value that is encoded in one attribute.
pub(super) trait Value: Sized {
    /// As text; `None` for no attribute.
    fn write(&self) -> Option<String>;
    /// The value of an attribute, which may be missing; `None` if it is invalid.
    fn read(text: Option<String>) -> Option<Self>;
}

impl Value for String {
    fn write(&self) -> Option<String> {
        Some(self.clone())
    }

    fn read(text: Option<String>) -> Option<String> {
        text
    }
}

impl Value for TaskId {
    fn write(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn read(text: Option<String>) -> Option<TaskId> {
        text.map(TaskId)
    }
}

/// One id per line.
impl Value for Vec<TaskId> {
    fn write(&self) -> Option<String> {
        let ids: Vec<&str> = self.iter().map(TaskId::as_str).collect();
        Some(ids.join("\n"))
    }

    fn read(text: Option<String>) -> Option<Vec<TaskId>> {
        Some(text?.lines().map(TaskId::from).collect())
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self) -> Option<String> {
        self.as_ref().and_then(T::write)
    }

    fn read(text: Option<String>) -> Option<Option<T>> {
        if text.is_some() { T::read(text).map(Some) } else { Some(None) }
    }
}

/// Types encoded with `Display` and `FromStr`.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn write(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn read(text: Option<String>) -> Option<$type> {
                text?.parse().ok()
            }
        }
    )*};
}

plain!(usize, u32, u64, bool);

/// Declares an enum with one word for each variant.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $type:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type {
            $($(#[$doc])* $variant,)*
        }

        impl $type {
            /// The number of variants.
            pub const COUNT: usize = [$($word),*].len();

            /// The word of the variant.
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $word,)*
                }
            }

            /// The variant with this word.
            pub fn from_name(name: &str) -> Option<$type> {
                match name {
                    $($word => Some($type::$variant),)*
                    _ => None,
                }
            }
        }

        impl $crate::view::act::value::Value for $type {
            fn write(&self) -> Option<String> {
                Some(self.name().to_owned())
            }

            fn read(text: Option<String>) -> Option<$type> {
                <$type>::from_name(&text?)
            }
        }
    };
}

pub(super) use words;
