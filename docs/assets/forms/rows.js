// The published definitions: only the rows of the table that fit.
import { make, status, text } from "../site.js";

const COLUMNS = [1, 2, 3, 4];

/** What decides in a cell is the first word of a list: "no, next stage" counts as "no". */
const value = (row, column) => text(row.cells[column]).split(", ")[0];

function choiceOf(values) {
  const names = ["any", ...[...new Set(values)].sort()];
  return make("select", {}, ...names.map((name) => make("option", { value: name, textContent: name })));
}

function start(root, table) {
  const rows = [...table.tBodies[0].rows];
  // Read once, as the page came: a browser that translates it changes the cells, and not the values of the choices.
  const values = COLUMNS.map((column) => rows.map((row) => value(row, column)));
  const choices = values.map(choiceOf);
  const labels = COLUMNS.map((column, i) =>
    make("label", {}, `${text(table.tHead.rows[0].cells[column])} `, choices[i]),
  );
  const said = status("p");
  const fits = (n) => choices.every((choice, i) => ["any", values[i][n]].includes(choice.value));
  const show = () => {
    for (const [n, row] of rows.entries()) row.hidden = !fits(n);
    said.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows.`;
  };
  root.replaceChildren(make("fieldset", {}, make("legend", { textContent: "Show only" }), ...labels), said);
  root.addEventListener("change", show);
  show();
}

const root = document.getElementById("rows");
const table = document.querySelector("#table ~ figure table");
if (root && table?.tHead && table.tBodies.length) start(root, table);
