// The first script: sets the theme, shows the last text, loads the program, and shows a message if it can't
// run. Then it lists the documents on this device, without needing the program. A separate file, because the
// content security policy forbids inline scripts. Storage keys are defined in src/ui/keys.rs, object stores
// in src/bin/worker/store/schema.rs.
(() => {
  // In a frame, another page could trick the user into pressing something: nothing runs and nothing is
  // stored.
  if (self !== top) {
    addEventListener("DOMContentLoaded", () => {
      const card = document.getElementById("stopped");
      const link = Object.assign(document.createElement("a"), { href: location.href, target: "_blank", className: "button primary" });
      link.textContent = "Open phaseplan";
      card.querySelector("h2").textContent = "phaseplan does not run inside another page";
      card.querySelector(".row").replaceChildren(link);
      card.hidden = false;
    });
    return;
  }
  const storage = (use) => { try { return use(localStorage); } catch { return null; } };
  const read = (key) => storage((store) => store.getItem(`phaseplan/${key}`));
  const write = (key, value) => storage((store) => { store.setItem(`phaseplan/${key}`, value); return true; });
  // Only this tab: others that start at the same time are no failure of this one. It stays through crashes.
  const starts = {
    get() { try { return Number(sessionStorage.getItem("phaseplan/starts")) || 0; } catch { return 0; } },
    set(count) { try { sessionStorage.setItem("phaseplan/starts", count); } catch { /* Then no start is counted. */ } },
  };
  const json = (text) => { try { return JSON.parse(text) ?? {}; } catch { return {}; } };
  const box = () => document.querySelector("textarea.editor-text");
  const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);
  const root = document.documentElement;
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("");
  const LOCK = "phaseplan/";
  const drawn = new CSSStyleSheet();

  // Text can become neither markup nor script, and only this URL can become a script.
  globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (url) => url === "./worker_loader.js" ? url : null });

  // What the program calls from here, because it is a tenth of the size in JavaScript; see src/ui/files.rs and src/ui/worker.rs.
  globalThis.phaseplan = {
    // The style sheet of what the worker draws.
    style(text) {
      drawn.replaceSync(text);
      // Extensions have sheets of their own there, and a worker that is started again sends it again.
      if (!document.adoptedStyleSheets.includes(drawn)) document.adoptedStyleSheets.push(drawn);
    },
    dropped({ items, files }) {
      const entries = [...items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      // Scripts and other pages hand over files without entries.
      return entries.length ? entries : [...files];
    },
    async readFiles(chosen, ignored, mostFiles, mostBytes) {
      const files = [];
      const names = ignored.split("/");
      const add = async (item) => {
        if (files.length > 5e4) return;
        if (item instanceof File) { files.push([item.name, item]); return; }
        const path = item.fullPath.slice(1);
        if (path.split("/").some((name) => names.includes(name))) return;
        const ask = (ask) => new Promise(ask).catch(() => { throw path; });
        if (item.isFile) { files.push([path, files.length > mostFiles ? { size: 0 } : await ask((done, fail) => item.file(done, fail))]); return; }
        const reader = item.createReader();
        // The browser lists a folder in parts, the last of which is empty.
        for (let part; (part = await ask((done, fail) => reader.readEntries(done, fail))).length;) for (const entry of part) await add(entry);
      };
      for (const item of chosen) await add(item);
      if (!files.length) throw chosen[0].name;
      const bytes = files.reduce((sum, [, file]) => sum + file.size, 0);
      const isTooMuch = files.length > mostFiles || bytes > mostBytes;
      const content = (path, file) => file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => { throw path; });
      return Promise.all(files.map(async ([path, file]) => [path, isTooMuch ? file.size : await content(path, file)]));
    },
  };

  const theme = read("theme");
  if (theme) root.dataset.theme = theme;

  // A tab holds a lock as long as it lives, which shows other tabs that its journal is still in use.
  async function meetOtherTabs() {
    root.dataset.tab = tab;
    try {
      navigator.locks.request(LOCK + tab, () => new Promise(() => {}));
      const { held } = await navigator.locks.query();
      root.dataset.tabs = held.map(({ name }) => name.replace(LOCK, "")).join(" ");
    } catch { /* Then every journal looks like that of a closed tab, which makes unneeded copies. */ }
  }

  // The result of the request `ask` to the object stores; null if there are none. The second database is the
  // spare one.
  const stored = async (ask) => await storedIn("phaseplan", ask) ?? storedIn("phaseplan-2", ask);
  const storedIn = (name, ask) => new Promise((resolve) => {
    const fail = () => resolve(null);
    try {
      const opening = indexedDB.open(name);
      // The database does not exist and must not be created.
      opening.onupgradeneeded = () => opening.transaction.abort();
      opening.onerror = opening.onblocked = fail;
      opening.onsuccess = () => {
        try {
          const reading = opening.result.transaction(["heads", "records"]);
          const requests = ask((name) => reading.objectStore(name));
          reading.oncomplete = () => { opening.result.close(); resolve(requests.map((request) => request.result)); };
          reading.onabort = fail;
        } catch { opening.result.close(); fail(); }
      };
    } catch { fail(); }
  });

  async function showStoredText() {
    const key = read("open");
    if (!key) return;
    const found = await stored((store) => [store("heads").get(key), store("records").get(key)]);
    const text = json(found?.[1]).text;
    const empty = box();
    if (text === undefined || empty.value || !empty.closest("#shell")) return;
    empty.defaultValue = text;
    empty.dataset.key = key;
    empty.dataset.revision = json(found[0]).revision;
  }

  // Saves the text of the box as the journal of this tab, which the next start recovers.
  function rescue() {
    const { value, defaultValue, dataset, readOnly } = box();
    // Text that is only shown is not the user's work.
    if (value === defaultValue || readOnly) return true;
    const known = json(read(`journal/${tab}`));
    const journal = { key: known.key ?? dataset.key ?? "", revision: known.revision ?? (Number(dataset.revision) || 0), text: value };
    return write(`journal/${tab}`, JSON.stringify(journal));
  }

  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    link.download = name;
    link.click();
  }

  async function listDocuments(list) {
    const [heads = [], keys = [], records = []] = await stored((store) =>
      [store("heads").getAll(), store("records").getAllKeys(), store("records").getAll()]) ?? [];
    const known = heads.map(json);
    for (const [at, key] of keys.entries()) {
      const head = known.find((head) => head.key === key) ?? {};
      const button = document.createElement("button");
      button.className = "button";
      button.textContent = `Download ${head.name ?? "a damaged plan"}`;
      button.dataset.test = "kept-document";
      button.addEventListener("click", () => download("plan.phaseplan.md", json(records[at]).text ?? String(records[at])));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
  }

  function stop(title, message) {
    const card = document.getElementById("stopped");
    if (!card.hidden) return;
    const kept = rescue();
    box().addEventListener("input", rescue);
    card.querySelector("h2").textContent = title;
    card.querySelector("p").textContent = `${message} ${kept
      ? "Your text is kept on this device."
      : "This browser does not let it be kept, so download or copy it before you close the window."}`;
    card.hidden = false;
    listDocuments(card.querySelector("ul"));
    const starting = document.getElementById("starting");
    if (starting) starting.textContent = "Not started";
  }

  const acts = {
    again() { starts.set(0); location.reload(); },
    blank() { storage((store) => store.removeItem("phaseplan/open")); acts.again(); },
    download() { download("plan.phaseplan.md", box().value); },
  };

  addEventListener("click", (event) => acts[event.target.dataset?.act]?.());
  addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) stop("phaseplan stopped", "Something in the program went wrong.");
  });

  addEventListener("DOMContentLoaded", async () => {
    showStoredText();
    await meetOtherTabs();
    if (starts.get() >= 2) {
      stop("phaseplan could not open this plan", "The last two starts with it did not finish.");
      return;
    }
    starts.set(starts.get() + 1);
    // A person who leaves has seen no failure.
    const succeed = () => { if (document.getElementById("stopped").hidden) starts.set(0); };
    addEventListener("pagehide", succeed);
    try {
      const { default: init } = await import(address("app-js"));
      await init({ module_or_path: address("app-wasm") });
      // A start is successful if nothing fails for this long.
      setTimeout(succeed, 1000);
    } catch (error) {
      console.error(error);
      stop("phaseplan could not start", "Its program did not load or this browser can't run it (WebAssembly is needed). Check the connection and try again.");
    }
  });
})();
