// The first script: sets the theme, shows the text of last time, loads the program, and speaks when it can't run. Then it
// lists what is on this device, so that nothing depends on the program. A file of its own, because the content security policy
// forbids inline scripts. Keys are those of src/ui/keys.rs, object stores those of src/bin/worker/store.rs.
(() => {
  // In the frame of another page, what is pressed may be meant for that page: nothing runs and nothing is stored.
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
  const json = (text) => { try { return JSON.parse(text) ?? {}; } catch { return {}; } };
  const box = () => document.querySelector("textarea.editor-text");
  const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);
  const root = document.documentElement;
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("");
  const LOCK = "phaseplan/";

  // Text can become neither markup nor script, and the address of a script only if it is this one.
  globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (url) => url === "./worker_loader.js" ? url : null });

  const theme = read("theme");
  if (theme) root.dataset.theme = theme;

  // A tab holds a lock as long as it lives, so that others can tell whose journal nobody will write any more.
  async function meetOtherTabs() {
    root.dataset.tab = tab;
    try {
      navigator.locks.request(LOCK + tab, () => new Promise(() => {}));
      const { held } = await navigator.locks.query();
      root.dataset.tabs = held.map(({ name }) => name.replace(LOCK, "")).join(" ");
    } catch { /* Then every journal is taken for one of a tab that ended, and a copy too many is made. */ }
  }

  // What `ask` requests from the object stores; null if there are none. The second database is the spare one.
  const stored = async (ask) => await storedIn("phaseplan", ask) ?? storedIn("phaseplan-2", ask);
  const storedIn = (name, ask) => new Promise((resolve) => {
    const fail = () => resolve(null);
    try {
      const opening = indexedDB.open(name);
      // There is no such database, and none is to be made here.
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

  // Keeps the text of the box as the journal of this tab, which the next start brings home.
  function rescue() {
    const { value, defaultValue, dataset, readOnly } = box();
    // What is only shown is nobody's work.
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
    again() { write("starts", "0"); location.reload(); },
    blank() { storage((store) => { for (const key of ["open", "starts"]) store.removeItem(`phaseplan/${key}`); }); location.reload(); },
    download() { download("plan.phaseplan.md", box().value); },
  };

  addEventListener("click", (event) => acts[event.target.dataset?.act]?.());
  addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) stop("phaseplan stopped", "Something in the program went wrong.");
  });

  addEventListener("DOMContentLoaded", async () => {
    showStoredText();
    await meetOtherTabs();
    const starts = Number(read("starts")) || 0;
    if (starts >= 2) {
      stop("phaseplan could not open this plan", "The last two starts with it did not finish.");
      return;
    }
    write("starts", String(starts + 1));
    try {
      const { default: init } = await import(address("app-js"));
      await init({ module_or_path: address("app-wasm") });
    } catch (error) {
      console.error(error);
      stop("phaseplan could not start", "Its program did not load or this browser can't run it (WebAssembly is needed). Check the connection and try again.");
    }
  });
})();
