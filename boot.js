// Loads the program. A file of its own, because the content security policy forbids inline scripts.
const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);
const { default: init } = await import(address("app-js"));
await init({ module_or_path: address("app-wasm") });
