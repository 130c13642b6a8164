// The theme fetches the index of the search, which is heavier than any page, and starts the search's worker at once, on
// every page, and has no setting against it. Here both wait until the search is opened. The theme asks for them through
// Worker and XMLHttpRequest, so these two, and in this file alone, are changed for the whole page; to be loaded before
// the theme's own script. Without this file the search works as the theme has it.
"use strict";

function deferWorker(opened) {
  const Native = window.Worker;
  window.Worker = function (...address) {
    const standIn = new EventTarget();
    const started = opened.then(() => {
      const worker = new Native(...address);
      worker.onmessage = ({ data }) => standIn.dispatchEvent(new MessageEvent("message", { data }));
      return worker;
    });
    standIn.postMessage = (message) => started.then((worker) => worker.postMessage(message));
    return standIn;
  };
}

function deferIndex(opened) {
  const { open, send } = XMLHttpRequest.prototype;
  Object.assign(XMLHttpRequest.prototype, {
    open(method, url, ...rest) {
      this.waits = String(url).endsWith("search_index.json");
      open.call(this, method, url, ...rest);
    },
    send(...body) {
      if (this.waits) opened.then(() => send.apply(this, body));
      else send.apply(this, body);
    },
  });
}

// The second engine's search is another program, without a list of results in the page, and is left alone.
const search = document.querySelector("[data-md-component=search]");
if (search?.querySelector("[data-md-component=search-result]")) {
  const opened = new Promise((resolve) => search.addEventListener("focusin", resolve, { once: true }));
  deferWorker(opened);
  deferIndex(opened);
}
