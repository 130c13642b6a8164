// Helpers for readers, each drawn from what the page already says; without this script the pages lose nothing else.
// A module, loaded on every page; the forms, which are loaded where they stand, take their parts from it.

// -- Parts -----------------------------------------------------------------------------------------------------------

export function make(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

export function button(label, action) {
  const node = make("button", { type: "button", className: "md-button", textContent: label });
  node.addEventListener("click", action);
  return node;
}

/** What a node says, without the marks of headings and verdicts; of no node, nothing. */
export function text(node) {
  const copy = node?.cloneNode(true);
  copy?.querySelectorAll(".headerlink, .mark").forEach((mark) => mark.remove());
  return copy?.textContent.trim() ?? "";
}

/** A line that tells something to eye and ear whenever its text changes. */
export function status(name, properties) {
  const line = make(name, properties);
  line.setAttribute("role", "status");
  return line;
}

/** A line that says what was copied, and the action that copies. */
export function copier() {
  const copied = status("p", { className: "message" });
  const copy = async (what, label) => {
    try {
      await navigator.clipboard.writeText(what);
      copied.replaceChildren(`${label} copied.`);
    } catch {
      const area = make("textarea", { readOnly: true, value: what, rows: 4 });
      area.setAttribute("aria-label", `${label}, to be copied by hand`);
      copied.replaceChildren("This browser lets no script copy. Copy it from here: ", area);
      area.select();
    }
  };
  return [copied, copy];
}

// -- Menu and search, for the keyboard -------------------------------------------------------------------------------

// The theme does not close them when the keyboard leaves them, and they cover the page.
const COVERS = { __search: "[data-md-component=search]", __drawer: ".md-sidebar--primary" };
addEventListener("focusin", ({ target }) => {
  for (const [id, place] of Object.entries(COVERS)) {
    const toggle = document.getElementById(id);
    if (toggle?.checked && target !== toggle && !target.closest(place)) toggle.click();
  }
});

// Nor does it open the menu for the keyboard.
const menu = document.querySelector(".menu");
const drawer = document.getElementById("__drawer");
if (menu && drawer) {
  menu.hidden = false;
  menu.addEventListener("click", () => {
    drawer.click();
    document.querySelector(".md-sidebar--primary .md-nav__item a")?.focus();
  });
}

// -- Sources: where nothing hovers, a tap shows one over the foot of the screen ---------------------------------------

for (const link of document.querySelectorAll(".footnote-ref")) {
  link.addEventListener("click", (event) => {
    const source = document.getElementById(link.hash.slice(1));
    if (!source.showPopover || matchMedia("(hover: hover)").matches) return;
    event.preventDefault();
    const ontoggle = ({ newState }) => newState === "closed" && source.removeAttribute("popover");
    Object.assign(source, { autofocus: true, ontoggle, popover: "auto", tabIndex: -1 }).showPopover();
  });
}

// -- Ways to cite: a button beside each ------------------------------------------------------------------------------

for (const list of document.querySelectorAll("dl.cite")) {
  const [copied, copy] = copier();
  for (const name of list.querySelectorAll("dt")) {
    const label = text(name);
    const one = button("Copy", () => copy(text(name.nextElementSibling), label));
    one.setAttribute("aria-label", `Copy: ${label}`);
    name.append(" ", one);
  }
  list.after(copied);
}
