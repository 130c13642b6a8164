// "Is it KPO?": the form that lights the rows of the decision table. The address holds the answers: ?g=yes&e=no&c=unsure.
import { button, copier, make, status, text } from "../site.js";

const NAMES = { g: "Supplier?", e: "Expertise?", c: "Core?", t: "Change?" };
const KEYS = Object.keys(NAMES);
const CHOICES = { yes: "Yes", no: "No", unsure: "Not sure" };
const decided = (answer) => answer === "yes" || answer === "no";
const either = (items) => items.join("; or ");

// -- What the page says: the table, the reasons, the questions -------------------------------------------------------

const root = document.getElementById("classifier");
const rows = [...document.querySelectorAll("#decision-table tbody tr")].map((tr) => {
  const cells = [...tr.cells].map(text);
  const marks = [...tr.cells[4].querySelectorAll(".mark")];
  return { tr, want: cells.slice(0, 4), verdict: cells[4], say: cells[5], marks };
});
// The places on the map of cases: a cell begins with the name of its verdict, and so does the yard below.
const places = [...document.querySelectorAll(".map td, .map > p > strong")].map((node) => {
  const own = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.data);
  return { node, verdict: own.join("").trim().replace(/:$/, "").toLowerCase() };
});
const reasons = [...document.querySelectorAll("#verdicts ~ ul li")].map(text);

/** A question is the first bold text below the heading of its name. */
function question(key) {
  let node = document.getElementById(NAMES[key].slice(0, -1).toLowerCase())?.nextElementSibling;
  while (node && !node.querySelector("strong")) node = node.nextElementSibling;
  return text(node?.querySelector("strong"));
}

/** The rows that the answers leave. */
function left(answers) {
  const fits = (row) =>
    KEYS.every((key, i) => row.want[i] === "any" || !decided(answers[key]) || row.want[i] === answers[key]);
  return rows.filter(fits);
}

const verdicts = (remaining) => either(remaining.map((row) => row.verdict));

/** What an answer still missing, or unsure, would decide. */
function undecided(answers, remaining) {
  if (remaining.length < 2) return [];
  return KEYS.filter((key) => !decided(answers[key])).flatMap((key) => {
    const [yes, no] = ["yes", "no"].map((value) => verdicts(left({ ...answers, [key]: value })));
    return yes === no ? [] : `${NAMES[key]} Yes leads to ${yes}; no leads to ${no}.`;
  });
}

function summary(answers) {
  const given = KEYS.filter((key) => answers[key]);
  return given.map((key) => `${NAMES[key]} ${CHOICES[answers[key]]}.`).join(" ");
}

// -- The address -----------------------------------------------------------------------------------------------------

/** The answers in the address; null where anything else stands in their place. */
function answersInAddress() {
  const answers = {};
  for (const [key, value] of new URLSearchParams(location.search)) {
    const name = key.trim().toLowerCase();
    if (!(name in NAMES)) continue;
    if (name !== key || key in answers || !Object.hasOwn(CHOICES, value)) return null;
    answers[key] = value;
  }
  return answers;
}

function address(answers) {
  const url = new URL(location.href);
  url.search = new URLSearchParams(answers);
  url.hash = url.search ? "form" : "";
  return url.href;
}

// -- The nearest worked cases ----------------------------------------------------------------------------------------

let cases = [];

async function readCases() {
  const html = await (await fetch(root.dataset.cases)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("#matrix ~ figure tbody tr")].map((tr) => {
    const [, verdict, ...answers] = [...tr.cells].map(text);
    const link = tr.querySelector("a");
    const { href } = new URL(link.getAttribute("href"), new URL(root.dataset.cases, location.href));
    return { name: text(link), href, verdicts: verdict.split(/; or +/), answers };
  });
}

/** How far a case is from the answers: the verdict counts most; an answer counts half where one side is open. */
function distance(one, answers, remaining) {
  const shared = remaining.filter((row) => one.verdicts.includes(row.verdict)).length;
  const apart = KEYS.map((key, i) => {
    if (answers[key] === one.answers[i]) return 0;
    return decided(answers[key]) && one.answers[i] !== "disputed" ? 1 : 0.5;
  });
  const differ = 1 - shared / Math.max(remaining.length, one.verdicts.length);
  return 5 * differ + apart.reduce((sum, part) => sum + part);
}

/** Writes the nearest cases onto a line; where they cannot be read, the way to all. */
async function nearest(line, answers, remaining) {
  if (!cases.length) cases = await readCases().catch(() => []);
  const sorted = cases.map((one) => [distance(one, answers, remaining), one]).sort((a, b) => a[0] - b[0]);
  const found = sorted.length ? sorted.slice(0, 3) : [[0, { name: "all cases", href: root.dataset.cases }]];
  const links = found.map(([, { name, href }]) => make("a", { href, textContent: name }));
  line.append(...links.flatMap((link, i) => (i ? [", ", link] : [link])), ".");
}

// -- The form --------------------------------------------------------------------------------------------------------

const form = make("form", { className: "classifier" });
const message = make("p", { className: "message" });
const result = status("div", { className: "verdict" });
const more = make("div", { className: "verdict-more" });
const [copied, copy] = copier();

function fieldset(key, asks) {
  const labels = Object.entries(CHOICES).map(([value, label]) =>
    make("label", {}, make("input", { type: "radio", name: key, value }), ` ${label}`),
  );
  return make("fieldset", {}, make("legend", { textContent: `${NAMES[key]} ${asks}` }), ...labels);
}

function go(answers) {
  history.pushState(null, "", address(answers));
  show();
}

/** Buttons: one copies the verdict's address, one what the form says, one empties it. */
function actions(answers, says) {
  const link = address(answers);
  const memo = `${says} By the test of ${text(document.querySelector(".md-header__topic"))}: ${link}`;
  const again = () => {
    go({});
    form.elements[1].focus();
  };
  return [
    button("Copy link", (self) => copy(link, "Link", self)),
    button("Copy as text", (self) => copy(memo, "Text", self)),
    button("Start again", again),
  ];
}

function conclude(answers, remaining) {
  const settled = remaining.length === 1;
  const verdict = verdicts(remaining);
  const headline = `${settled ? "Verdict" : "Still possible"}: ${verdict}.`;
  const say = `Say: ${either([...new Set(remaining.map((row) => row.say))])}.`;
  const marks = make("span", { className: "marks" });
  if (settled) marks.append(...remaining[0].marks.map((mark) => mark.cloneNode(true)));
  const where = places.map(({ node }) => make("i", { className: node.className }));
  marks.append(make("span", { className: "where", ariaHidden: "true" }, ...where));
  result.classList.toggle("settled", settled);
  result.append(make("p", {}, make("strong", { textContent: headline }), marks), make("p", { textContent: say }));

  const reason = settled && reasons.find((item) => item.toLowerCase().startsWith(`${verdict}.`.toLowerCase()));
  const because = reason ? ` ${reason.slice(verdict.length).replace(/^[.:\s]+/, "")}` : "";
  more.append(make("p", { textContent: `${summary(answers)}${because}` }));
  const open = undecided(answers, remaining);
  const items = open.map((item) => make("li", { textContent: item }));
  if (open.length) more.append(make("p", { textContent: "What would decide it:" }), make("ul", {}, ...items));

  const near = make("p", { textContent: "Nearest worked cases: " });
  const says = [headline, say, `Answers: ${summary(answers)}`, ...(open.length ? ["Open:", ...open] : [])].join(" ");
  const buttons = actions(answers, says);
  // Beside the verdict, as soon as it stands, is the way to send it.
  if (settled) result.lastChild.append(" ", buttons.shift());
  more.append(near, make("p", { className: "actions" }, ...buttons.flatMap((one) => [one, " "])));
  nearest(near, answers, remaining);
}

function show() {
  const read = answersInAddress();
  const answers = read ?? {};
  const bad = "The answers in this address are not valid, so the form is empty. Answer the questions again.";
  message.textContent = read ? "" : bad;
  for (const input of form.elements) if (input.type === "radio") input.checked = answers[input.name] === input.value;
  const remaining = left(answers);
  const lit = remaining.length < rows.length ? remaining : [];
  for (const row of rows) row.tr.ariaCurrent = lit.includes(row) ? "true" : null;
  const named = Object.keys(answers).length ? remaining.map((row) => row.verdict.toLowerCase()) : [];
  for (const { node, verdict } of places) node.classList.toggle("lit", named.includes(verdict));
  // Questions that no longer matter recede.
  for (const [i, set] of [...form.children].entries()) {
    set.classList.toggle("moot", remaining.length === 1 && !answers[KEYS[i]]);
  }
  for (const part of [copied, more, result]) part.replaceChildren();
  if (Object.keys(answers).length) conclude(answers, remaining);
}

const questions = KEYS.map(question);
if (root && rows.length && questions.every(Boolean)) {
  form.append(...KEYS.map((key, i) => fieldset(key, questions[i])));
  root.replaceChildren(form, message, result, more, copied);
  form.addEventListener("change", () => go(Object.fromEntries(new FormData(form))));
  addEventListener("popstate", show);
  show();
}
