// Breaks storage and the worker for browser tests. Runs in the worker before its program. Tests switch faults
// through a channel; a restarted worker has only the first ones.
let faults = [/* faults */];
let [writes, calls] = [0, 0];
let last = null;
const has = (name) => faults.includes(name);
const refuse = (name, message) => { throw new DOMException(message, name); };

const channel = new BroadcastChannel("faults");
channel.onmessage = ({ data }) => {
  faults = data;
  [writes, calls] = [0, 0];
  if (has("closed") && last) {
    last.close();
    last.dispatchEvent(new Event("close"));
  }
  // The search worker runs this too, but only the worker without a name receives document requests.
  if (!self.name) channel.postMessage("switched");
};

// "full": the disk is full. "full at N": it is full at the Nth write since the faults were switched.
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  writes += 1;
  if (has("full") || has(`full at ${writes}`)) refuse("QuotaExceededError", "There is no room.");
  return put.call(this, has("mangled") ? String(value).slice(1) : value, key);
};

// "refused": the browser allows no storage. "hangs": it never answers. "blocked": an older program in another tab holds it.
// "newer": this program is the newer one. "damaged": the first database can't be opened.
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  if (has("refused")) refuse("SecurityError", "Storage is not allowed.");
  if (has("hangs")) return {};
  if (has("blocked")) {
    const request = {};
    setTimeout(() => request.onblocked(new IDBVersionChangeEvent("blocked")));
    return request;
  }
  if (has("newer")) given[1] += 1;
  if (has("damaged") && given[0] === "phaseplan") {
    const request = open.call(this, "damaged");
    request.addEventListener("upgradeneeded", () => request.transaction.abort());
    return request;
  }
  const request = open.apply(this, given);
  request.addEventListener("success", () => { last = request.result; });
  return request;
};

// "lost once": the connection dies, and the next one works. "lost": none works any more. "closed": the browser closes it.
const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  if (has("lost") || has("lost once")) {
    faults = faults.filter((fault) => fault !== "lost once");
    refuse("InvalidStateError", "The connection was closed.");
  }
  return transaction.apply(this, given);
};

// "clock N": the time in milliseconds since 1970.
const now = Date.now;
Date.now = () => Number(faults.find((fault) => fault.startsWith("clock "))?.slice(6) ?? now());

// "panic at K" and "silent at K": a request of this kind stops the program, or is not answered; `faults.rs`
// defines the kinds.
// "panic at call N": the Nth request since the faults were switched stops the program.
addEventListener("message", (event) => {
  if (!(event.data instanceof Uint8Array)) return;
  // The number of the request comes first, seven bits a byte.
  const start = event.data.findIndex((byte) => byte < 128) + 1;
  const kind = event.data.slice(start, start + 2).join(".");
  if (has(`silent at ${kind}`)) event.stopImmediatePropagation();
  calls += 1;
  if (has(`panic at ${kind}`) || has(`panic at call ${calls}`)) {
    event.stopImmediatePropagation();
    throw new WebAssembly.RuntimeError("unreachable");
  }
});
