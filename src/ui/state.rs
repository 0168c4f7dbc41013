//! Values that the screen follows, on top of Leptos' signals, without a type of signal per type of value.
//!
//! Leptos writes out every signal and memo anew for each type it holds, some three kB each. Here all of them are one signal
//! of boxed values and one memo of version numbers; only the few instructions that unbox a value depend on its type. See
//! [`super::element`] for why bytes matter.
//!
//! Copies share the same value, which lives as long as the owner it was made under. Reading what is gone is a mistake in
//! the program and stops it; setting it does nothing, since answers may arrive after those who asked have left.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;

/// A value of any type, to be changed in place.
type Boxed = Rc<dyn Any>;

/// A value that can be set; whoever read it runs again.
pub struct State<T> {
    signal: RwSignal<Boxed, LocalStorage>,
    held: PhantomData<fn() -> T>,
}

/// A value that follows from others. It is computed when it is read after one of those changed, and whoever read it runs
/// again only if it came out different.
pub struct Derived<T> {
    /// Counts the different values.
    version: Memo<u32>,
    value: State<Option<T>>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> State<T> {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Derived<T> {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: 'static> State<T> {
    /// Holds the value.
    pub fn new(value: T) -> State<T> {
        State { signal: signal_of(Rc::new(RefCell::new(value))), held: PhantomData }
    }

    /// Makes the reader run again when it is set.
    pub fn track(self) {
        track(self.signal);
    }

    /// Reads it for good: the reader runs again when it is set.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Reads it as it is.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let boxed = boxed(self.signal).expect("what is read is still there");
        read(&cell::<T>(&boxed).borrow())
    }

    /// Whether the owner that it was made under still lives. To be asked by what runs later, such as timers and answers.
    pub fn is_there(self) -> bool {
        boxed(self.signal).is_some()
    }

    /// Changes it and tells those who read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.update_silently(change);
        notify(self.signal);
    }

    /// Changes it and tells nobody.
    pub fn update_silently(self, change: impl FnOnce(&mut T)) {
        if let Some(boxed) = boxed(self.signal) {
            change(&mut cell::<T>(&boxed).borrow_mut());
        }
    }

    /// Sets it and tells those who read it.
    pub fn set(self, value: T) {
        self.put(value);
        notify(self.signal);
    }

    /// Sets it and tells nobody.
    pub fn put(self, value: T) {
        if let Some(boxed) = boxed(self.signal) {
            // The one before may run code when it goes, which may read this value.
            let before = cell::<T>(&boxed).replace(value);
            drop(before);
        }
    }
}

impl<T: Clone + 'static> State<T> {
    /// A copy of it, read for good.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it as it is.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// A copy of it as it is, if it is still there: for what runs later, such as timers.
    pub fn get_if_there(self) -> Option<T> {
        self.is_there().then(|| self.get_untracked())
    }
}

impl<T: PartialEq + 'static> Derived<T> {
    /// Follows what `compute` reads.
    pub fn new(compute: impl Fn() -> T + 'static) -> Derived<T> {
        let value = State::new(None);
        let differs = move || {
            let computed = Some(compute());
            let differs = value.with_untracked(|before| *before != computed);
            if differs {
                value.put(computed);
            }
            differs
        };
        Derived { version: memo(Rc::new(differs)), value }
    }
}

impl<T: 'static> Derived<T> {
    /// Reads it for good.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        follow(self.version);
        self.value.with_untracked(|value| read(value.as_ref().expect("following computes it")))
    }

    /// Reads it as it is.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        untrack(|| follow(self.version));
        self.value.with_untracked(|value| read(value.as_ref().expect("following computes it")))
    }
}

impl<T: Clone + 'static> Derived<T> {
    /// A copy of it, read for good.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it as it is.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

fn cell<T: 'static>(boxed: &Boxed) -> &RefCell<T> {
    boxed.downcast_ref().expect("a state holds what it was made with")
}

// What follows is written out once for all types, and must not be copied into its callers.

#[inline(never)]
fn signal_of(value: Boxed) -> RwSignal<Boxed, LocalStorage> {
    RwSignal::new_local(value)
}

#[inline(never)]
fn boxed(signal: RwSignal<Boxed, LocalStorage>) -> Option<Boxed> {
    signal.try_get_untracked()
}

#[inline(never)]
fn track(signal: RwSignal<Boxed, LocalStorage>) {
    signal.track();
}

#[inline(never)]
fn notify(signal: RwSignal<Boxed, LocalStorage>) {
    signal.notify();
}

#[inline(never)]
fn memo(differs: Rc<dyn Fn() -> bool>) -> Memo<u32> {
    // Memos ask for what threads can share; the handle of a stored value is that, wherever the value itself may go.
    let differs = StoredValue::new_local(differs);
    Memo::new(move |before: Option<&u32>| {
        let is_other = differs.try_get_value().is_some_and(|differs| differs());
        before.map_or(0, |version| version + u32::from(is_other))
    })
}

#[inline(never)]
fn follow(version: Memo<u32>) {
    version.track();
    version.get_untracked();
}
