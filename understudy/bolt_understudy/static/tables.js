/** The table and data_table blocks. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./rich_text.js";

function cellNodes(cell) {
  if (!cell) return "";
  return cell.type === "rich_text" ? richText(cell) : cell.text;
}

function row(tag, cells, settings = []) {
  return el("tr", {}, cells.map((cell, index) => {
    const { align, is_wrapped: wrapped } = settings[index] ?? {};
    const numeric = cell?.type === "raw_number";
    const side = align ?? (numeric ? "right" : "left");
    return el(
      `${tag}.${side}${wrapped ? ".wrapped" : ""}`,
      { dir: "auto", scope: tag === "th" ? "col" : null },
      cellNodes(cell),
    );
  }));
}

/** `table`: the first row is its head. */
export function table(block) {
  const [head, ...rest] = block.rows;
  const settings = block.column_settings ?? [];
  return el("div.block.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table" },
    el(
      "table.grid",
      {},
      el("thead", {}, row("th", head, settings)),
      el("tbody", {}, rest.map((cells) => row("td", cells, settings))),
    ));
}

const sortKey = (cell) => (cell?.type === "raw_number" ? cell.value : (cell?.text ?? richTextWords(cell)));
const richTextWords = (cell) => (cell ? el("span", {}, cellNodes(cell)).textContent : "");

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** `data_table`: sorted by a click on a column's head, in pages. */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const pages = Math.ceil(rows.length / size);
  let [page, column, direction] = [0, -1, 1];
  const body = el("tbody");
  const where = el("span", { "aria-live": "polite" });
  const turn = (by) => {
    page += by;
    show();
  };
  const back = el(
    "button.button.compact.icon-only",
    { type: "button", "aria-label": "Previous page", onclick: () => turn(-1) },
    icon("back", 14),
  );
  const on = el(
    "button.button.compact.icon-only",
    { type: "button", "aria-label": "Next page", onclick: () => turn(1) },
    icon("right", 14),
  );
  const heads = head.map((cell, index) => {
    const sort = el("button.sort", { type: "button", dir: "auto" }, cellNodes(cell));
    sort.addEventListener("click", () => {
      direction = column === index ? -direction : 1;
      column = index;
      page = 0;
      show();
    });
    return el("th", { scope: "col" }, sort);
  });
  function show() {
    const sorted = column < 0 ? rows : rows.toSorted((one, other) => direction * compare(
      sortKey(one[column]),
      sortKey(other[column]),
    ));
    body.replaceChildren(...sorted.slice(page * size, (page + 1) * size).map((cells) => row("td", cells)));
    heads.forEach((node, index) => node.setAttribute(
      "aria-sort",
      index === column ? (direction > 0 ? "ascending" : "descending") : "none",
    ));
    where.textContent = `${page * size + 1}–${Math.min((page + 1) * size, rows.length)} of ${rows.length}`;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }
  show();
  return el("div.block.data-table", {},
    el("div.table-scroll", { tabindex: "0", role: "region", "aria-label": block.caption },
      el(
        "table.grid",
        {},
        el("caption", { dir: "auto" }, block.caption),
        el("thead", {}, el("tr", {}, heads)),
        body,
      )),
    pages > 1 && el("div.table-pages", {}, where, back, on));
}
