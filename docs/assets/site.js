// Loaded before the theme's own script. Helpers for readers, each drawn from what the page already says; without this script the pages lose nothing else.
"use strict";

// The theme fetches the index of the search, heavier than any page, at once. Here it waits until the search is opened.
// Nor does it open the menu for the keyboard, or close menu and search when the keyboard leaves them, and they cover the page.
const opened = new Promise((resolve) => {
  addEventListener("focusin", ({ target }) => {
    if (target.closest("[data-md-component=search]")) resolve();
    for (const [id, place] of [["__search", "[data-md-component=search]"], ["__drawer", ".md-sidebar--primary"]]) {
      const toggle = document.getElementById(id);
      if (toggle?.checked && target !== toggle && !target.closest(place)) toggle.click();
    }
  });
});
// Nor need the worker of the search be there before. The second engine's search is another program, and is left alone.
if (document.querySelector("[data-md-component=search-result]")) {
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
const menu = document.querySelector(".menu");
menu.hidden = false;
menu.addEventListener("click", () => {
  document.getElementById("__drawer").click();
  document.querySelector(".md-sidebar--primary .md-nav__item a").focus();
});
const { open: openRequest, send: sendRequest } = XMLHttpRequest.prototype;
Object.assign(XMLHttpRequest.prototype, {
  open(method, url, ...rest) {
    this.waits = String(url).endsWith("search_index.json");
    openRequest.call(this, method, url, ...rest);
  },
  send(...body) {
    this.waits ? opened.then(() => sendRequest.apply(this, body)) : sendRequest.apply(this, body);
  },
});

const make = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};
const button = (label, action) => {
  const node = make("button", { type: "button", className: "md-button", textContent: label });
  node.addEventListener("click", action);
  return node;
};
// What a node says, without the marks of headings and verdicts.
const text = (node) => {
  const copy = node?.cloneNode(true);
  copy?.querySelectorAll(".headerlink, .mark").forEach((mark) => mark.remove());
  return copy?.textContent.trim() ?? "";
};
// A line that says what was copied, and the action that copies.
const copier = () => {
  const copied = make("p", { className: "message" });
  copied.setAttribute("role", "status");
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
};
const either = (items) => items.join("; or ");

// -- "Is it KPO?": the form that filters the decision table ----------------------------------------------------------

const CRITERIA = { g: "gate", e: "expertise", c: "core", t: "transform" };
const CHOICES = { yes: "Yes", no: "No", unsure: "Not sure" };

function classifier(root) {
  const rows = [...document.querySelectorAll("#decision-table tbody tr")].map((tr) => {
    const cells = [...tr.cells].map(text);
    return { tr, want: cells.slice(0, 4), verdict: cells[4], say: cells[5], marks: [...tr.querySelectorAll(".mark")] };
  });
  const reasons = [...document.querySelectorAll("#verdicts ~ ul li")].map(text);
  const fits = (row, answers) =>
    Object.keys(CRITERIA).every((key, i) => row.want[i] === "any" || !["yes", "no"].includes(answers[key]) || row.want[i] === answers[key]);
  const left = (answers) => rows.filter((row) => fits(row, answers));

  // A question is the first bold text below the heading of its criterion.
  const question = (name) => {
    let node = document.getElementById(name).nextElementSibling;
    while (!node.querySelector("strong")) node = node.nextElementSibling;
    return text(node.querySelector("strong"));
  };
  const form = make("form", { className: "classifier" });
  for (const [key, name] of Object.entries(CRITERIA)) {
    const field = make("fieldset", {}, make("legend", { textContent: `${key.toUpperCase()}. ${question(name)}` }));
    for (const [value, label] of Object.entries(CHOICES)) {
      field.append(make("label", {}, make("input", { type: "radio", name: key, value }), ` ${label}`));
    }
    form.append(field);
  }
  const message = make("p", { className: "message" });
  const result = make("div", { className: "verdict" });
  result.setAttribute("role", "status");
  const more = make("div", { className: "verdict-more" });
  const [copied, copy] = copier();
  root.replaceChildren(form, message, result, more, copied);

  // The address holds the answers: ?g=yes&e=no&c=unsure. Anything else in their place empties the form.
  const read = () => {
    const answers = {};
    for (const [key, value] of new URLSearchParams(location.search)) {
      const name = key.trim().toLowerCase();
      if (!(name in CRITERIA)) continue;
      if (name !== key || key in answers || !Object.hasOwn(CHOICES, value)) return null;
      answers[key] = value;
    }
    return answers;
  };
  const address = (answers) => {
    const url = new URL(location.href);
    url.search = new URLSearchParams(answers);
    url.hash = url.search ? "form" : "";
    return url.href;
  };

  const summary = (answers) =>
    Object.entries(CRITERIA).filter(([key]) => answers[key])
      .map(([key, name]) => `${key.toUpperCase()} (${name}): ${CHOICES[answers[key]].toLowerCase()}`).join(", ");
  const verdictText = (remaining) => either(remaining.map((row) => row.verdict));

  // What an answer still missing, or unsure, would decide.
  const open = (answers, remaining) =>
    remaining.length < 2 ? [] : Object.keys(CRITERIA).filter((key) => !["yes", "no"].includes(answers[key])).map((key) => {
      const [yes, no] = ["yes", "no"].map((value) => verdictText(left({ ...answers, [key]: value })));
      return yes === no ? null : `${key.toUpperCase()} (${CRITERIA[key]}): yes leads to ${yes}; no leads to ${no}.`;
    }).filter(Boolean);

  let cases = null;
  const nearest = async (answers, remaining) => {
    if (!cases) {
      const page = new DOMParser().parseFromString(await (await fetch(root.dataset.cases)).text(), "text/html");
      cases = [...page.querySelectorAll("#matrix ~ figure tbody tr")].map((tr) => ({ link: tr.querySelector("a"), cells: [...tr.cells].map(text) }));
    }
    const distance = (one) => {
      const verdicts = one.cells[1].split("; or ");
      const shared = remaining.filter((row) => verdicts.includes(row.verdict)).length / Math.max(remaining.length, verdicts.length);
      return 5 * (1 - shared) + Object.keys(CRITERIA).reduce((sum, key, i) => {
        const pair = [answers[key], one.cells[2 + i]];
        return sum + (pair[0] === pair[1] ? 0 : pair.includes("disputed") || !["yes", "no"].includes(pair[0]) ? 0.5 : 1);
      }, 0);
    };
    return cases.map((one) => [distance(one), one]).sort((a, b) => a[0] - b[0]).slice(0, 3).map(([, one]) => one);
  };

  const show = async () => {
    const answers = read();
    message.textContent = answers ? "" : "The answers in this address are not valid, so the form is empty. Answer the questions again.";
    const given = answers || {};
    for (const input of form.elements) if (input.type === "radio") input.checked = given[input.name] === input.value;
    const remaining = left(given);
    for (const row of rows) row.tr.hidden = !remaining.includes(row);
    copied.replaceChildren();
    more.replaceChildren();
    result.replaceChildren();
    if (!Object.keys(given).length) return;
    const settled = remaining.length === 1;
    const verdict = verdictText(remaining);
    const says = either([...new Set(remaining.map((row) => row.say))]);
    const missing = open(given, remaining);
    result.replaceChildren(
      make("p", {}, make("strong", { textContent: settled ? `Verdict: ${verdict}.` : `Still possible: ${verdict}.` }),
        make("span", { className: "marks" }, ...(settled ? remaining[0].marks.map((mark) => mark.cloneNode(true)) : []))),
      make("p", { textContent: `Say: ${says}.` }),
    );
    const reason = settled && reasons.find((item) => item.toLowerCase().startsWith(verdict.toLowerCase()));
    more.append(make("p", { textContent: `Because ${summary(given)}.${reason ? ` ${reason.slice(verdict.length).replace(/^[.:\s]+/, "")}` : ""}` }));
    if (missing.length) more.append(make("p", { textContent: "What would decide it:" }), make("ul", {}, ...missing.map((item) => make("li", { textContent: item }))));
    const link = address(given);
    const memo = `${settled ? "Verdict" : "Still possible"}: ${verdict}. Say: ${says}. Answers: ${summary(given)}.${missing.length ? ` Open: ${missing.join(" ")}` : ""} By the test of ${text(document.querySelector(".md-header__topic"))}: ${link}`;
    const near = make("p", { textContent: "Nearest worked cases: " });
    more.append(near, make("p", { className: "actions" },
      button("Copy link", () => copy(link, "Link")), " ", button("Copy as text", () => copy(memo, "Text")), " ",
      button("Start again", () => { history.pushState(null, "", address({})); show(); form.elements[1].focus(); })));
    try {
      const found = await nearest(given, remaining);
      near.append(...found.flatMap((one, i) => [i ? ", " : "", make("a", { href: new URL(one.link.getAttribute("href"), new URL(root.dataset.cases, location.href)).href, textContent: text(one.link) })]), ".");
    } catch {
      near.append(make("a", { href: root.dataset.cases, textContent: "all cases" }), ".");
    }
  };

  form.addEventListener("change", () => {
    history.pushState(null, "", address(Object.fromEntries(new FormData(form))));
    show();
  });
  window.addEventListener("popstate", show);
  show();
}

// -- Comparison: only the columns that the reader chose ---------------------------------------------------------------

function chooser(root) {
  const table = document.querySelector("#three ~ figure table");
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const keys = heads.map((head) => text(head).toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-|-$/g, ""));
  const boxes = heads.map((head, i) => make("input", { type: "checkbox", value: keys[i] }));
  const message = make("span", { className: "message" });
  message.setAttribute("role", "status");
  root.replaceChildren(make("fieldset", {}, make("legend", { textContent: "Show these columns, at least two:" }),
    ...boxes.map((box, i) => make("label", {}, box, ` ${text(heads[i])}`))), message);

  const show = () => {
    const asked = new URLSearchParams(location.search).get("show");
    const wanted = asked === null ? keys : asked.split(",");
    const valid = wanted.length > 1 && new Set(wanted).size === wanted.length && wanted.every((key) => keys.includes(key));
    const chosen = valid ? wanted : keys;
    message.textContent = valid ? "" : "The columns in this address are not valid, so all are shown.";
    boxes.forEach((box) => {
      box.checked = chosen.includes(box.value);
      box.disabled = box.checked && chosen.length === 2;
    });
    for (const row of table.rows) keys.forEach((key, i) => { row.cells[i + 1].hidden = !chosen.includes(key); });
  };
  root.addEventListener("change", () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    const url = new URL(location.href);
    chosen.length === keys.length ? url.searchParams.delete("show") : url.searchParams.set("show", chosen.join(","));
    history.pushState(null, "", url.href.replaceAll("%2C", ","));
    show();
  });
  window.addEventListener("popstate", show);
  show();
}

// -- Published definitions: only the rows that fit -------------------------------------------------------------------

function rows(root) {
  const table = document.querySelector("#table ~ figure table");
  const all = [...table.tBodies[0].rows];
  // The first word of a list decides; "no, next stage" counts as "no".
  const value = (row, column) => text(row.cells[column]).split(", ")[0];
  const said = make("p");
  said.setAttribute("role", "status");
  const choices = [1, 2, 3, 4].map((column) => {
    const values = [...new Set(all.map((row) => value(row, column)))].sort();
    return make("select", {}, ...["any", ...values].map((name) => make("option", { value: name, textContent: name })));
  });
  const labels = choices.map((choice, i) => make("label", {}, `${text(table.tHead.rows[0].cells[i + 1])} `, choice));
  const show = () => {
    for (const row of all) row.hidden = !choices.every((choice, i) => ["any", value(row, i + 1)].includes(choice.value));
    said.textContent = `${all.filter((row) => !row.hidden).length} of ${all.length} rows.`;
  };
  root.replaceChildren(make("fieldset", {}, make("legend", { textContent: "Show only" }), ...labels), said);
  root.addEventListener("change", show);
  show();
}

// -- Ways to cite: a button beside each -------------------------------------------------------------------------------

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

for (const [id, start] of Object.entries({ classifier, chooser, rows })) {
  const root = document.getElementById(id);
  if (root) start(root);
}
