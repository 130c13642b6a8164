// The comparison: only the columns that the reader chose. The address holds the choice: ?show=bpo,core-kpo.
import { make, status, text } from "../site.js";

/** The name of a column as the address has it: "Core KPO" is core-kpo; it once was core-kpo-a. */
const keyOf = (name) => (name.toLowerCase().match(/[a-z]+/g) ?? []).join("-");

/** The columns that an address asks for, or null where it asks for what is not there, or for fewer than two. */
function asked(keys) {
  const show = new URLSearchParams(location.search).get("show");
  if (show === null) return keys;
  const wanted = show.split(",").map((key) => key.replace(/-[ab]$/, ""));
  const known = new Set(wanted).size === wanted.length && wanted.every((key) => keys.includes(key));
  return known && wanted.length > 1 ? wanted : null;
}

/** Puts a choice into the address; null is all columns. */
function ask(chosen) {
  const url = new URL(location.href);
  if (chosen) url.searchParams.set("show", chosen.join(","));
  else url.searchParams.delete("show");
  history.pushState(null, "", url.href.replaceAll("%2C", ","));
}

function start(root, table) {
  const names = [...table.tHead.rows[0].cells].slice(1).map(text);
  const keys = names.map(keyOf);
  const boxes = keys.map((value) => make("input", { type: "checkbox", value }));
  const labels = boxes.map((box, i) => make("label", {}, box, ` ${names[i]}`));
  const message = status("span", { className: "message" });
  const legend = make("legend", { textContent: "Show these columns, at least two:" });
  const show = () => {
    const valid = asked(keys);
    const chosen = valid ?? keys;
    message.textContent = valid ? "" : "The columns in this address are not valid, so all are shown.";
    for (const box of boxes) {
      box.checked = chosen.includes(box.value);
      box.disabled = box.checked && chosen.length === 2;
    }
    for (const row of table.rows) {
      for (const [i, cell] of [...row.cells].slice(1).entries()) cell.hidden = !chosen.includes(keys[i]);
    }
  };
  root.replaceChildren(make("fieldset", {}, legend, ...labels), message);
  root.addEventListener("change", () => {
    const ticked = boxes.filter((box) => box.checked);
    ask(ticked.length < keys.length ? ticked.map((box) => box.value) : null);
    show();
  });
  addEventListener("popstate", show);
  show();
}

const root = document.getElementById("chooser");
const table = document.querySelector("#three ~ figure table");
if (root && table?.tHead) start(root, table);
