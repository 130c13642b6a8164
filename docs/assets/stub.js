// A short address hands on the question and the anchor that it was called with; without this script it hands on the
// reader alone.
const target = new URL(document.links[0].href);
if (target.protocol === "file:") target.pathname += "index.html";
Object.assign(target, { search: location.search, hash: location.hash });
location.replace(target);
