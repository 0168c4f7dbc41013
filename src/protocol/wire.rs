//! Encodes values as bytes, written and read in the same order, with nothing in between.
//!
//! Both ends are the same build of the same program, so there are no versions, no field names and no skipping
//! of unknown parts. A general format needs several times the code, and the page pays for every byte of code.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// A value that can be sent.
pub trait Wire: Sized {
    /// Appends the value.
    fn write(&self, bytes: &mut Vec<u8>);
    /// Removes a value from the front; `None` if the bytes are invalid.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

/// The value as bytes.
pub fn to_bytes(value: &impl Wire) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    bytes
}

/// The value of these bytes; `None` if they are invalid or any are left over.
pub fn from_bytes<T: Wire>(mut bytes: &[u8]) -> Option<T> {
    let value = T::read(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

/// Seven bits per byte, lowest first; the highest bit means that more follow (LEB128).
impl Wire for u64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }

    fn read(bytes: &mut &[u8]) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = bytes.split_off_first()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// Zigzag: small numbers of either sign are short.
impl Wire for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<i64> {
        let value = u64::read(bytes)?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

impl Wire for i32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        i64::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<i32> {
        i32::try_from(i64::read(bytes)?).ok()
    }
}

/// Types that are encoded as a number.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                (*self as u64).write(bytes);
            }

            fn read(bytes: &mut &[u8]) -> Option<$type> {
                <$type>::try_from(u64::read(bytes)?).ok()
            }
        }
    )*};
}

numbers!(u8, u32, usize);

impl Wire for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        u8::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<bool> {
        Some(u8::read(bytes)? != 0)
    }
}

impl Wire for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<String> {
        let length = usize::read(bytes)?;
        let text = bytes.split_off(..length)?;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }
}

/// Codes and names of fields. There are few different ones, so the reading side allocates each once and never
/// frees it.
impl Wire for &'static str {
    fn write(&self, bytes: &mut Vec<u8>) {
        (*self).to_owned().write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<&'static str> {
        static WORDS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
        let word = String::read(bytes)?;
        let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = words.iter().find(|known| **known == word) {
            return Some(known);
        }
        let word: &'static str = word.leak();
        words.push(word);
        Some(word)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Option<T>> {
        if bool::read(bytes)? { T::read(bytes).map(Some) } else { Some(None) }
    }
}

impl<T: Wire, E: Wire> Wire for Result<T, E> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_ok().write(bytes);
        match self {
            Ok(value) => value.write(bytes),
            Err(error) => error.write(bytes),
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Result<T, E>> {
        if bool::read(bytes)? { T::read(bytes).map(Ok) } else { E::read(bytes).map(Err) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        for value in self {
            value.write(bytes);
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Vec<T>> {
        // The length is not trusted before the values are read.
        let mut values = Vec::new();
        for _ in 0..usize::read(bytes)? {
            values.push(T::read(bytes)?);
        }
        Some(values)
    }
}

impl<T: Wire> Wire for Box<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        (**self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Box<T>> {
        T::read(bytes).map(Box::new)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<(A, B)> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

impl Wire for Range<usize> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.start.write(bytes);
        self.end.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Range<usize>> {
        Some(usize::read(bytes)?..usize::read(bytes)?)
    }
}

/// Structs encoded as their fields, in this order. A missing field does not compile.
macro_rules! structs {
    ($($type:ident { $($field:ident),* $(,)? })*) => {$(
        impl Wire for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                $(self.$field.write(bytes);)*
            }

            fn read(bytes: &mut &[u8]) -> Option<$type> {
                Some($type { $($field: Wire::read(bytes)?),* })
            }
        }
    )*};
}

/// Enums encoded as the index of the variant and its content. A missing variant does not compile.
macro_rules! enums {
    ($($type:ident {
        $($variant:ident $(($($item:ident),*))? $({ $($field:ident),* })?),* $(,)?
    })*) => {$(
        const _: () = {
            #[repr(u8)]
            enum Position { $($variant),* }

            impl Wire for $type {
                fn write(&self, bytes: &mut Vec<u8>) {
                    match self {
                        $($type::$variant $(($($item),*))? $({ $($field),* })? => {
                            bytes.push(Position::$variant as u8);
                            $($($item.write(bytes);)*)?
                            $($($field.write(bytes);)*)?
                        })*
                    }
                }

                fn read(bytes: &mut &[u8]) -> Option<$type> {
                    Some(match u8::read(bytes)? {
                        $(position if position == Position::$variant as u8 => $type::$variant
                            $(($({
                                let $item = Wire::read(bytes)?;
                                $item
                            }),*))?
                            $({ $($field: Wire::read(bytes)?),* })?,)*
                        _ => return None,
                    })
                }
            }
        };
    )*};
}

pub(super) use {enums, structs};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_lists_come_back(
            large: u64, signed: i64, words: Vec<String>, pair: (bool, Option<u32>),
        ) {
            prop_assert_eq!(from_bytes(&to_bytes(&large)), Some(large));
            prop_assert_eq!(from_bytes(&to_bytes(&signed)), Some(signed));
            prop_assert_eq!(from_bytes(&to_bytes(&words)), Some(words));
            prop_assert_eq!(from_bytes(&to_bytes(&pair.1)), Some(pair.1));
        }

        #[test]
        fn any_bytes_can_be_read_or_refused(bytes: Vec<u8>) {
            let _ = from_bytes::<Vec<Vec<String>>>(&bytes);
            let _ = from_bytes::<Option<&'static str>>(&bytes);
        }
    }

    #[test]
    fn what_is_cut_short_or_too_long_is_refused() {
        let whole = to_bytes(&vec!["one".to_owned(), "two".to_owned()]);
        assert_eq!(from_bytes::<Vec<String>>(&whole[..whole.len() - 1]), None);
        assert_eq!(from_bytes::<Vec<String>>(&[whole, vec![0]].concat()), None);
    }
}
