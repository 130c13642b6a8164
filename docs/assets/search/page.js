// The page's side of the search. The theme starts its worker and fetches its index, which is heavier than any page, on
// every page at once, and has no setting against it. Here a stand-in takes what the theme says to its worker, and
// starts ours once the search is opened. The theme asks for a worker through `Worker` alone, so this one name, and in
// this file alone, is changed for the whole page; to be loaded before the theme's own script. That the theme fetches no
// index is seen to in overrides/main.html.
"use strict";

// Opened from disk, where none answers the search: the one file that only such a page needs takes it out.
if (location.protocol === "file:") {
  const src = new URL("../disk.js", document.currentScript.src);
  document.head.append(Object.assign(document.createElement("script"), { src }));
}

const search = document.querySelector("[data-md-component=search]");
// The second engine's search is another program, without a list of results in the page, and is left alone.
if (search?.querySelector("[data-md-component=search-result]")) {
  const Native = window.Worker;
  const address = new URL("worker.js", document.currentScript.src);
  const opened = new Promise((resolve) => search.addEventListener("focusin", resolve, { once: true }));
  window.Worker = class extends EventTarget {
    started = opened.then(() => {
      const worker = new Native(address, { type: "module" });
      worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
      return worker;
    });
    postMessage(message) {
      this.started.then((worker) => worker.postMessage(message));
    }
  };
}
