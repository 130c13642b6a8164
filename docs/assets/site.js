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
  node.addEventListener("click", () => action(node));
  return node;
}

/** What a node says, without the marks of headings, verdicts and columns; of no node, nothing. */
export function text(node) {
  const copy = node?.cloneNode(true);
  copy?.querySelectorAll(".headerlink, .mark, .flow").forEach((mark) => mark.remove());
  return copy?.textContent.trim() ?? "";
}

/** A line that tells something to eye and ear whenever its text changes. */
export function status(name, properties) {
  const line = make(name, properties);
  line.setAttribute("role", "status");
  return line;
}

/** A line that tells the ear what was copied, and the action that copies; the eye is told in the button. */
export function copier() {
  const copied = status("p", { className: "message heard" });
  const copy = async (what, label, pressed) => {
    try {
      await navigator.clipboard.writeText(what);
      copied.replaceChildren(`${label} copied.`);
      const { textContent } = pressed;
      if (textContent !== "Copied") setTimeout(() => Object.assign(pressed, { textContent }), 2000);
      pressed.textContent = "Copied";
    } catch {
      const area = make("textarea", { readOnly: true, value: what, rows: 4 });
      area.setAttribute("aria-label", `${label}, to be copied by hand`);
      copied.replaceChildren("This browser lets no script copy. Copy it from here: ", area);
      area.select();
    }
  };
  return [copied, copy];
}

// -- Keys ------------------------------------------------------------------------------------------------------------

// The theme acts on single letters wherever the focus is, which who dictates or trembles sets off: they no longer reach
// it, but where text is typed. Nor does it close, on Escape, the card that shows a definition or a source.
const TYPED = "[type=text], select, textarea, [data-md-component=search]";
const onKey = (event) => {
  if (event.key === "Escape") for (const card of document.querySelectorAll(".md-tooltip2")) card.hidden = true;
  if (/^\S$/u.test(event.key) && !event.composedPath()[0].closest?.(TYPED)) event.stopPropagation();
};
addEventListener("keydown", onKey, true);

// It says that the link opens a dialog, which has no name. What comes is a note on the link, to be read out with it; the
// role stays, since the theme's style goes by it.
const tie = (changes) => {
  for (const { target } of changes) {
    const card = document.getElementById(target.getAttribute("aria-controls"));
    if (!card?.matches(".md-tooltip2")) continue;
    card.setAttribute("aria-label", `On ${text(target)}`);
    target.setAttribute("aria-describedby", card.id);
    for (const name of ["aria-controls", "aria-haspopup"]) target.removeAttribute(name);
  }
};
new MutationObserver(tie).observe(document.body, { attributeFilter: ["aria-controls"], subtree: true });

addEventListener("load", () => {
  // Of the choices of colours, the theme ticks none, so that the keyboard lands on one that is not shown.
  const shown = document.querySelector("[name=__palette] + label:not([hidden])");
  if (shown) shown.previousElementSibling.checked = true;
  // The word that a search looked for has been read from the address by now; it is no part of what is passed on.
  const url = new URL(location.href);
  if (!url.searchParams.has("h")) return;
  url.searchParams.delete("h");
  history.replaceState(history.state, "", url);
});

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
  drawer.addEventListener("change", () => {
    menu.setAttribute("aria-expanded", drawer.checked);
    // It opens where the reader is.
    document.querySelector(".md-nav--primary .md-nav__link--active:last-of-type")?.scrollIntoView({ block: "center" });
  });
  menu.addEventListener("click", () => {
    drawer.click();
    document.querySelector(".md-sidebar--primary .md-nav__item a")?.focus();
  });
}

// -- Sources: a click or a tap shows one over the foot of the screen --------------------------------------------------

for (const link of document.querySelectorAll(".footnote-ref")) {
  link.addEventListener("click", (event) => {
    const source = document.getElementById(link.hash.slice(1));
    if (!source.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const close = button("Close", () => source.hidePopover());
    const ontoggle = ({ newState }) => {
      if (newState !== "closed") return;
      source.removeAttribute("popover");
      close.remove();
    };
    source.append(close);
    Object.assign(source, { autofocus: true, ontoggle, popover: "auto", tabIndex: -1 }).showPopover();
  });
}

// -- Addresses of entries and rows, as headings have them --------------------------------------------------------------

for (const named of document.querySelectorAll("dt[id], th > a[id]")) {
  const properties = { className: "headerlink", href: `#${named.id}`, textContent: "¶", title: "Link to this entry" };
  const link = make("a", properties);
  link.setAttribute("aria-label", `Link to this entry: ${named.textContent}`);
  named.closest("dt, th").append(link);
}

// -- Ways to cite, addresses to send, words for a contract: a button beside each --------------------------------------

function copyable(places, home) {
  const [copied, copy] = copier();
  for (const [place, label, what] of places) {
    const one = button("Copy", () => copy(text(what), label, one));
    one.setAttribute("aria-label", `Copy: ${label}`);
    place.append(" ", one);
  }
  if (places.length) home.after(copied);
}

for (const list of document.querySelectorAll("dl.cite")) {
  copyable(
    [...list.querySelectorAll("dt")].map((name) => [name, text(name), name.nextElementSibling]),
    list,
  );
}
for (const line of document.querySelectorAll(".send")) {
  const address = line.querySelector("code");
  copyable([[line, `address ${address.textContent}`, address]], address);
  if ("prints" in line.dataset) line.append(button("Print", () => print()));
}
for (const clause of document.querySelectorAll(".md-content blockquote")) {
  const words = clause.cloneNode(true);
  words.querySelector("strong:has(a)")?.remove();
  copyable([[clause, "Clause", words]], clause);
}
