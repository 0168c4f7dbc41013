//! Loads and calls the coder of links, a separate program (`codec/src/main.rs`).

use std::rc::Rc;

use codec::{Codec, Damage, Engine, Kind, Number, Stream};
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use phaseplan::protocol::BUILD;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, JsCast, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, DedicatedWorkerGlobalScope, RequestCache, RequestInit, Response};

/// Next to the worker. The name is fixed, because the build does not hash it.
const ADDRESS: &str = "./worker-coder_bg.wasm";

/// How long to wait for the program before reporting a failure, in milliseconds.
const PATIENCE: u32 = 10_000;

/// The module that the program imports functions from: the script next to it. The script is not loaded,
/// because it only sets up a table of JavaScript values, which the program does not use.
const SCRIPT: &str = "./worker-coder_bg.js";
const FILL_TABLE: &str = "__wbindgen_init_externref_table";

#[wasm_bindgen]
extern "C" {
    /// The exports of the program; see `codec/src/main.rs`.
    #[derive(Clone)]
    type Program;
    #[wasm_bindgen(method, getter)]
    fn memory(this: &Program) -> WebAssembly::Memory;
    #[wasm_bindgen(method, catch)]
    fn build(this: &Program) -> Result<usize, JsValue>;
    #[wasm_bindgen(method)]
    fn transfer(this: &Program, length: usize) -> usize;
    #[wasm_bindgen(method)]
    fn place(this: &Program) -> usize;
    #[wasm_bindgen(method)]
    fn write(this: &Program);
    #[wasm_bindgen(method)]
    fn read(this: &Program);
    #[wasm_bindgen(method)]
    fn number(this: &Program, what: usize, value: u32) -> f64;
    #[wasm_bindgen(method)]
    fn text(this: &Program, kind: usize) -> f64;
    #[wasm_bindgen(method)]
    fn take_room(this: &Program, count: usize) -> f64;
    #[wasm_bindgen(method)]
    fn limit(this: &Program, size: usize);
    #[wasm_bindgen(method)]
    fn size(this: &Program) -> usize;
    #[wasm_bindgen(method)]
    fn finish(this: &Program) -> usize;
}

/// Loads the program and prepares it for calls. Never uses a program of another build: the site may have been
/// updated, or the browser may have cached an old file, so it fetches the program again.
pub async fn load(scope: &DedicatedWorkerGlobalScope) -> Result<Rc<dyn Codec>, JsValue> {
    for cache in [RequestCache::Default, RequestCache::Reload] {
        let program = fetch(scope, cache).await?;
        if is_of_this_build(&program) {
            return Ok(Rc::new(Loaded { program }));
        }
    }
    Err("It belongs to another build.".into())
}

async fn fetch(scope: &DedicatedWorkerGlobalScope, cache: RequestCache) -> Result<Program, JsValue> {
    let how = RequestInit::new();
    how.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    how.set_cache(cache);
    let response = JsFuture::from(scope.fetch_with_str_and_init(ADDRESS, &how)).await?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(response.status_text().into());
    }
    let bytes = Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?).to_vec();
    let imports = imports()?;
    let loaded = JsFuture::from(WebAssembly::instantiate_buffer(&bytes, &imports)).await?;
    let instance: WebAssembly::Instance = Reflect::get(&loaded, &"instance".into())?.unchecked_into();
    Ok(instance.exports().unchecked_into())
}

fn is_of_this_build(program: &Program) -> bool {
    // A program without a build name is from another build.
    let Ok(place) = program.build() else { return false };
    let memory = Uint8Array::new(&program.memory().buffer());
    memory.subarray(place as u32, (place + BUILD.len()) as u32).to_vec() == BUILD.as_bytes()
}

fn imports() -> Result<Object, JsValue> {
    let (imports, script) = (Object::new(), Object::new());
    let nothing = Closure::<dyn Fn()>::new(|| ()).into_js_value();
    Reflect::set(&script, &FILL_TABLE.into(), &nothing)?;
    Reflect::set(&imports, &SCRIPT.into(), &script)?;
    Ok(imports)
}

struct Loaded {
    program: Program,
}

impl Codec for Loaded {
    fn writer(&self) -> Stream {
        self.program.write();
        Stream::writer(Link { program: self.program.clone(), is_reader: false })
    }

    fn reader(&self, bytes: &[u8]) -> Stream {
        let link = Link { program: self.program.clone(), is_reader: true };
        link.give(bytes);
        self.program.read();
        Stream::reader(link)
    }
}

/// The link that the program is working on.
struct Link {
    program: Program,
    is_reader: bool,
}

impl Link {
    fn give(&self, bytes: &[u8]) {
        // Allocating the buffer may move the memory of the program.
        let place = self.program.transfer(bytes.len());
        self.view(place, bytes.len()).copy_from(bytes);
    }

    fn take(&self, length: usize) -> Vec<u8> {
        self.view(self.program.place(), length).to_vec()
    }

    fn view(&self, place: usize, length: usize) -> Uint8Array {
        let memory = self.program.memory().buffer();
        Uint8Array::new_with_byte_offset_and_length(&memory, place as u32, length as u32)
    }
}

/// Checks a returned number; a negative one means damage.
fn whole(given: f64) -> Result<f64, Damage> {
    if given < 0.0 { Err(Damage) } else { Ok(given) }
}

impl Engine for Link {
    fn number(&mut self, what: Number, value: u32) -> Result<u32, Damage> {
        whole(self.program.number(what as usize, value)).map(|number| number as u32)
    }

    fn text(&mut self, kind: Kind, text: &mut String) -> Result<(), Damage> {
        if !self.is_reader {
            self.give(text.as_bytes());
        }
        let length = whole(self.program.text(kind as usize))? as usize;
        if self.is_reader {
            *text = String::from_utf8(self.take(length)).map_err(|_| Damage)?;
        }
        Ok(())
    }

    fn take_room(&mut self, count: usize) -> Result<(), Damage> {
        whole(self.program.take_room(count)).map(|_| ())
    }

    fn limit(&mut self, size: usize) {
        self.program.limit(size);
    }

    fn size(&self) -> usize {
        self.program.size()
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        let length = self.program.finish();
        self.take(length)
    }
}
