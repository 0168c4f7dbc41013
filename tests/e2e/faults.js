// Breaks storage and the worker for browser tests. Runs in the worker before its program. Tests switch faults by a channel;
// a worker that is started anew has only the first ones.
let faults = [/* faults */];
let writes = 0;
const has = (name) => faults.includes(name);
const refuse = (name, message) => { throw new DOMException(message, name); };

const channel = new BroadcastChannel("faults");
channel.onmessage = ({ data }) => {
  faults = data;
  writes = 0;
  // The worker that searches runs this too, but only the one without a name is asked for documents.
  if (!self.name) channel.postMessage("switched");
};

// "full": no room at all. "full at N": none at the Nth write since the faults were switched.
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  writes += 1;
  if (has("full") || has(`full at ${writes}`)) refuse("QuotaExceededError", "There is no room.");
  return put.call(this, has("mangled") ? String(value).slice(1) : value, key);
};

// "refused": the browser allows no storage. "hangs": it never answers.
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  if (has("refused")) refuse("SecurityError", "Storage is not allowed.");
  if (has("hangs")) return {};
  return open.apply(this, given);
};

// "lost once": the connection dies, and the next one works. "lost": none works any more.
const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  if (has("lost") || has("lost once")) {
    faults = faults.filter((fault) => fault !== "lost once");
    refuse("InvalidStateError", "The connection was closed.");
  }
  return transaction.apply(this, given);
};

// "panic at N" and "silent at N": a request whose kind has this number stops the program, or is not answered.
addEventListener("message", (event) => {
  if (!(event.data instanceof Uint8Array)) return;
  // The number of the request comes first, seven bits a byte.
  const kind = event.data[event.data.findIndex((byte) => byte < 128) + 1];
  if (has(`silent at ${kind}`)) event.stopImmediatePropagation();
  if (has(`panic at ${kind}`)) {
    event.stopImmediatePropagation();
    throw new WebAssembly.RuntimeError("unreachable");
  }
});
