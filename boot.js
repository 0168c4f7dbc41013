// The first script: sets the theme, shows the text of last time, loads the program, and speaks when it can't run.
// A file of its own, because the content security policy forbids inline scripts. Storage keys are those of src/ui/keys.rs.
(() => {
  const storage = (use) => { try { return use(localStorage); } catch { return null; } };
  const read = (key) => storage((store) => store.getItem(`phaseplan/${key}`));
  const write = (key, value) => storage((store) => { store.setItem(`phaseplan/${key}`, value); return true; });
  const box = () => document.querySelector("textarea.editor-text");
  const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI);

  const theme = read("theme");
  if (theme) document.documentElement.dataset.theme = theme;

  function showStoredText() {
    const key = read("open");
    if (!key || box().value) return;
    try {
      box().value = JSON.parse(read(`document/${key}`)).text;
      box().dataset.key = key;
    } catch { /* The program says what is wrong with it. */ }
  }

  // Keeps the text of the box for the next start, which takes it over.
  const rescue = () => write("rescued", JSON.stringify({ key: box().dataset.key ?? "", text: box().value }));

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
    const starting = document.getElementById("starting");
    if (starting) starting.textContent = "Not started";
  }

  const acts = {
    again() { write("starts", "0"); location.reload(); },
    blank() { storage((store) => { for (const key of ["open", "rescued", "starts"]) store.removeItem(`phaseplan/${key}`); }); location.reload(); },
    download() {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([box().value], { type: "text/markdown" }));
      link.download = "plan.phaseplan.md";
      link.click();
    },
  };

  addEventListener("click", (event) => acts[event.target.dataset?.act]?.());
  addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) stop("phaseplan stopped", "Something in the program went wrong.");
  });

  addEventListener("DOMContentLoaded", async () => {
    showStoredText();
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
