// A short address hands on the question and the anchor that it was called with; without this script it hands on the reader alone.
"use strict";

const target = new URL(document.querySelector("link[rel=canonical]").href);
target.search = location.search;
target.hash = location.hash;
location.replace(target);
