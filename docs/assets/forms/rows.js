// The published definitions: only the rows of the table that fit.
import { make, status, text } from "../site.js";

const COLUMNS = [1, 2, 3, 4];

/** What decides in a cell is the first word of a list: "no, next stage" counts as "no". */
const value = (row, column) => text(row.cells[column]).split(", ")[0];

function choiceOf(rows, column) {
  const values = [...new Set(rows.map((row) => value(row, column)))].sort();
  return make("select", {}, ...["any", ...values].map((name) => make("option", { value: name, textContent: name })));
}

function start(root, table) {
  const rows = [...table.tBodies[0].rows];
  const choices = COLUMNS.map((column) => choiceOf(rows, column));
  const labels = COLUMNS.map((column, i) =>
    make("label", {}, `${text(table.tHead.rows[0].cells[column])} `, choices[i]),
  );
  const said = status("p");
  const fits = (row) => COLUMNS.every((column, i) => ["any", value(row, column)].includes(choices[i].value));
  const show = () => {
    for (const row of rows) row.hidden = !fits(row);
    said.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows.`;
  };
  root.replaceChildren(make("fieldset", {}, make("legend", { textContent: "Show only" }), ...labels), said);
  root.addEventListener("change", show);
  show();
}

const root = document.getElementById("rows");
const table = document.querySelector("#table ~ figure table");
if (root && table?.tHead && table.tBodies.length) start(root, table);
