// Opened from disk, no host finds index.html in a folder, and none answers the search. No module: from disk none runs.
"use strict";

if (location.protocol === "file:") {
  for (const link of document.links) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
  for (const part of document.querySelectorAll("[data-md-component=search], [for=__search]")) part.remove();
}
