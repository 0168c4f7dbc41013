//! Reactive values on top of Leptos signals, without a signal type for each value type.
//!
//! Leptos compiles every signal and memo separately for each type it holds, about three kB each. Here all of
//! them are one signal of boxed values and one memo of version numbers; only the few instructions that unbox
//! a value depend on its type. See [`super::element`] for why bytes matter.
//!
//! Copies share the same value, which lives as long as its owner. Reading a dropped value is a bug and
//! panics; setting it does nothing, because answers may arrive after the requesting element is gone.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;

/// A value of any type, mutable in place.
type Boxed = Rc<dyn Any>;

/// A settable value; its readers run again when it changes.
pub struct State<T> {
    signal: RwSignal<Boxed, LocalStorage>,
    held: PhantomData<fn() -> T>,
}

/// A computed value. It is computed when it is read after a dependency changed, and its readers run again
/// only if the result differs.
pub struct Derived<T> {
    /// The number of distinct values so far.
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
    /// A state with this value.
    pub fn new(value: T) -> State<T> {
        State { signal: signal_of(Rc::new(RefCell::new(value))), held: PhantomData }
    }

    /// Subscribes the reader to changes.
    pub fn track(self) {
        track(self.signal);
    }

    /// Reads the value and subscribes the reader.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Reads the value without subscribing.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let boxed = boxed(self.signal).expect("what is read is still there");
        read(&cell::<T>(&boxed).borrow())
    }

    /// Whether its owner still lives. For code that runs later, such as timers and answers.
    pub fn is_there(self) -> bool {
        boxed(self.signal).is_some()
    }

    /// Changes the value and runs its readers.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.update_silently(change);
        notify(self.signal);
    }

    /// Changes the value without running its readers.
    pub fn update_silently(self, change: impl FnOnce(&mut T)) {
        if let Some(boxed) = boxed(self.signal) {
            change(&mut cell::<T>(&boxed).borrow_mut());
        }
    }

    /// Sets the value and runs its readers.
    pub fn set(self, value: T) {
        self.put(value);
        notify(self.signal);
    }

    /// Sets the value without running its readers.
    pub fn put(self, value: T) {
        if let Some(boxed) = boxed(self.signal) {
            // Dropping the old value may run code that reads this value.
            let before = cell::<T>(&boxed).replace(value);
            drop(before);
        }
    }
}

impl<T: Clone + 'static> State<T> {
    /// A copy of the value; subscribes the reader.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value, without subscribing.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// A copy of the value without subscribing, if it still exists: for code that runs later, such as timers.
    pub fn get_if_there(self) -> Option<T> {
        self.is_there().then(|| self.get_untracked())
    }
}

impl State<bool> {
    /// Sets it to the other value.
    pub fn toggle(self) {
        self.update(|value| *value = !*value);
    }
}

impl<T: PartialEq + 'static> Derived<T> {
    /// A value computed by `compute`.
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
    /// Reads the value and subscribes the reader.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        follow(self.version);
        self.value.with_untracked(|value| read(value.as_ref().expect("following computes it")))
    }

    /// Reads the value without subscribing.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        untrack(|| follow(self.version));
        self.value.with_untracked(|value| read(value.as_ref().expect("following computes it")))
    }
}

impl<T: Clone + 'static> Derived<T> {
    /// A copy of the value; subscribes the reader.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value, without subscribing.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

fn cell<T: 'static>(boxed: &Boxed) -> &RefCell<T> {
    boxed.downcast_ref().expect("a state holds what it was made with")
}

// The functions below are compiled once for all types, and must not be inlined.

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
    // Memos require values that can be sent between threads. The handle of a stored value can, even if the
    // value itself can't.
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
