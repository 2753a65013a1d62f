// The list of columns and tables: search, filters, three views, and the evidence of one column.

const part = (id) => document.getElementById(id);
const query = {q: "", dataset: "", table: "", type: "", sensitive: "", clear: "", view: "columns", open: ""};
const rows = new Rows(part("find-rows"));

const matches = (column, words) =>
  (!query.dataset || column.table.dataset.name === query.dataset) &&
  (!query.table || path(column.table) === query.table) &&
  (!query.type || column.tags.some((tag) => !tag.rejected && ledger.types[tag.type][0] === query.type)) &&
  (!query.sensitive || column.tags.some((tag) => tag.sensitive && !tag.rejected)) &&
  words.every((word) => haystack(column).includes(word));
const words = () => query.q.toLowerCase().split(/\s+/).filter(Boolean);
const narrowed = () => ["q", "table", "type", "sensitive"].some((name) => query[name]);

const foundColumns = () => {
  const sought = words();
  const all = columns.filter((column) => matches(column, sought));
  return {all, listed: query.clear ? all : all.filter((column) => column.tags.length)};
};

// Tables that hold a column that is found, or are found themselves: people may be known by a key alone.
const foundTables = () => {
  const sought = words();
  const holding = new Set(foundColumns().listed.map((column) => column.table));
  const named = (table) => !query.type && !query.sensitive && (query.clear || table.found || table.persons?.[2]) &&
    (!query.dataset || table.dataset.name === query.dataset) && (!query.table || path(table) === query.table) &&
    sought.every((word) => haystack(table).includes(word));
  return tables.filter((table) => holding.has(table) || named(table));
};

// ---------------------------------------------------------------- cells
const heading = (key, name = "") => make("th", {scope: "col", class: name}, say(key));
const under = (above, ...below) => [above, make("span", {class: "sub"}, ...below)];
const opener = (thing, open) => make("button", {type: "button", title: thing.name, onclick: open}, thing.name);
const mark = () => make("span", {class: "mark", "aria-hidden": "true"}, " ◆");

const typeLabel = (tag) => make(tag.rejected ? "s" : "span", {class: "type"}, typeName(tag.type),
  tag.sensitive ? mark() : null, tag.sensitive ? make("span", {class: "sr"}, say("find.is_sensitive")) : null);

const personsLabel = (persons) => {
  if (!persons) return make("span", {class: "muted"}, say("find.not_counted"));
  const [lower, estimate, upper, bound] = persons;
  const range = lower === upper ? written(upper) : `${written(lower)} – ${written(upper)}`;
  const more = bound ? say("find.unidentified") : lower === upper ? "" : say("find.estimate", {n: estimate});
  return make("span", {}, make("span", {class: "num"}, range), " ", make("span", {class: bound ? "sub warn" : "sub"}, more));
};

const rowsLabel = (table) => table.rows == null ? say("find.rows.unknown")
  : say(table.exact ? "find.rows" : "find.rows.about", {n: table.rows});

const statusLabel = (table) => (table.status == null ? null : make("span", {class: "badge unsure"}, phrase(table.status)));

// What there is to say of a table, apart from its columns.
const aboutTable = (table) => [
  make("p", {}, make("b", {}, `${table.dataset.name} · ${table.name} `), statusLabel(table), table.comment ? ` ${table.comment}` : ""),
  make("p", {class: "sub"}, personsLabel(table.persons), ` · ${rowsLabel(table)}`),
  ...table.notes.map((number) => make("p", {class: "note"}, phrase(number))),
  ...table.indications.map((number) => make("p", {class: "note"}, phrase(number))),
];

const views = {
  columns: {
    height: 56,
    items: () => foundColumns().listed,
    heading: () => [heading("find.column"), heading("find.types"), heading("find.confidence", "right least")],
    draw: (column) => [
      make("th", {scope: "row"}, ...under(opener(column, () => open(column)), `${column.table.dataset.name} · ${column.table.name}`)),
      make("td", {}, make("div", {class: "types"}, ...(column.tags.length ? column.tags.map(typeLabel) : [make("span", {class: "muted"}, say("find.none"))]))),
      make("td", {class: "right num least"}, column.tags.length ? percent(Math.max(...column.tags.map((tag) => tag.confidence))) : "–"),
    ],
  },
  tables: {
    height: 56,
    items: foundTables,
    heading: () => [heading("find.table"), heading("find.persons"), heading("find.found", "right few"), heading("find.rows.heading", "right least")],
    draw: (table) => [
      make("th", {scope: "row"}, ...under(opener(table, () => only(table)), statusLabel(table), ` ${table.dataset.name}`, table.comment ? ` · ${table.comment}` : "")),
      make("td", {}, personsLabel(table.persons)),
      make("td", {class: "right num"}, `${table.found} / ${table.columns.length}`),
      make("td", {class: "right num least"}, table.rows == null ? "–" : `${table.exact ? "" : "≈ "}${written(table.rows)}`),
    ],
  },
  map: {
    height: 34,
    items: foundTables,
    heading: () => [heading("find.table"), ...typeOrder.map((number) => make("th", {scope: "col"}, make("div", {}, typeName(number))))],
    draw: (table) => {
      const counts = typeCounts(table.columns);
      const cells = typeOrder.map((type) => make("td", {class: counts[type] ? `heat-${Math.min(5, counts[type])}` : ""}, counts[type] ? String(counts[type]) : ""));
      return [make("th", {scope: "row"}, opener(table, () => only(table))), ...cells];
    },
  },
};

// ---------------------------------------------------------------- evidence of a column
const chip = (number, sensitive) => make("span", {class: sensitive ? "chip sensitive" : "chip"}, phrase(number));

const evidenceItem = (one) => make("li", {class: one.supports ? "" : "against"},
  make("b", {}, one.supports ? phrase(one.kind) : `${say("find.against")} · ${phrase(one.kind)}`),
  one.checked ? make("span", {class: "num"}, ` ${written(one.matched)} / ${written(one.checked)}`) : null,
  phrase(one.detail) ? make("span", {class: "detail"}, phrase(one.detail)) : null);

const meter = (thousandths) => {
  const filled = make("span");
  filled.style.width = `${thousandths / 10}%`;
  return make("span", {class: "meter", "aria-hidden": "true"}, filled);
};

const tagBlock = (tag) => make("div", {class: "tag"},
  make("h4", {}, make(tag.rejected ? "s" : "span", {}, typeName(tag.type)), ...tag.chips.map((number, at) => chip(number, tag.sensitive && !at))),
  make("p", {class: "sure"}, meter(tag.confidence), make("b", {class: "num"}, percent(tag.confidence)), ` ${say("find.confidence")}`,
    tag.share == null ? null : make("span", {class: "sub"}, ` · ${say("find.share", {n: percent(tag.share)})}`)),
  make("ul", {class: "plain evidence"}, ...tag.evidence.map(evidenceItem)));

const gradeBlock = (column) => [
  ...(column.grade ? [make("p", {}, make("span", {class: "badge grade-important"}, phrase(column.grade[0]))),
    ...column.grade[1].map((number) => make("p", {class: "note"}, phrase(number)))] : []),
  ...(column.levels.length ? [make("ul", {class: "plain levels"}, ...column.levels.map(([scheme, level, highest]) =>
    make("li", {}, make("b", {class: "num"}, `${level} / ${highest}`), ` ${phrase(scheme)}`)))] : []),
];

const evidenceOf = (column) => [
  make("p", {class: "kicker"}, `${column.table.dataset.name} · `, make("a", {href: `#columns?table=${encodeURIComponent(path(column.table))}`}, column.table.name)),
  make("h3", {id: "evidence-name", tabindex: "-1"}, column.name),
  make("p", {class: "sub"}, make("span", {class: "mono"}, column.type), column.comment ? ` · ${column.comment}` : ""),
  ...(column.tags.length ? column.tags.map(tagBlock) : [make("p", {class: "muted"}, say("find.none.long"))]),
  ...(column.examples.length ? [make("h4", {class: "examples"}, say("find.examples")),
    make("ul", {class: "plain mono"}, ...column.examples.map((number) => make("li", {}, text(number))))] : []),
  ...gradeBlock(column),
  make("p", {class: "note"}, say("find.explain"), " ", make("code", {}, `pandian explain '${column.table.dataset.name}/${column.table.name}.${column.name}'`)),
];

// ---------------------------------------------------------------- what the reader does
const closer = part("find-close");
let opened = null;

const open = (column, focus = true) => {
  opened = column;
  query.open = path(column);
  part("evidence-body").replaceChildren(...evidenceOf(column));
  part("evidence").hidden = false;
  for (const row of rows.shown.values()) row.classList.toggle("open", row.item === column);
  remember();
  if (focus) {
    part("evidence-name").focus({preventScroll: true});
    const beside = getComputedStyle(part("evidence")).position === "sticky";
    part("evidence").scrollIntoView({block: beside ? "nearest" : "start"});
  }
};

const close = () => {
  const row = [...rows.shown.values()].find((one) => one.item === opened);
  opened = null;
  query.open = "";
  part("evidence").hidden = true;
  for (const one of rows.shown.values()) one.classList.remove("open");
  remember();
  (row?.querySelector("button") ?? part("find-text")).focus({preventScroll: true});
};

const only = (table) => {
  Object.assign(query, {table: path(table), view: "columns", q: ""});
  update();
  part("find-rows").focus({preventScroll: true});
};

const remember = () => {
  const said = Object.entries(query).filter(([name, value]) => value && !(name === "view" && value === "columns"));
  const hash = said.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&");
  try { history.replaceState(null, "", hash ? `#columns?${hash}` : "#columns"); } catch { /* a page without address */ }
};

const options = (select, first, pairs) => {
  select.replaceChildren(make("option", {value: ""}, first), ...pairs.map(([value, label]) => make("option", {value}, label)));
};

// Fills the controls from the query, in the language of the page.
const fill = () => {
  options(part("find-dataset"), say("find.all_datasets"), datasets.map((dataset) => [dataset.name, dataset.name]));
  options(part("find-type"), say("find.all_types"), typeOrder.map((number) => [ledger.types[number][0], typeName(number)]));
  part("find-text").value = query.q;
  part("find-dataset").value = query.dataset;
  part("find-type").value = query.type;
  part("find-sensitive").checked = Boolean(query.sensitive);
  part("find-clear").checked = Boolean(query.clear);
  part("find-table").hidden = !query.table;
  const table = query.table && tables.find((one) => path(one) === query.table);
  part("find-table-name").textContent = table ? table.name : query.table;
  part("find-about").hidden = !table;
  part("find-about").replaceChildren(...(table ? aboutTable(table) : []));
  for (const button of document.querySelectorAll("#finder button[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === query.view));
  }
};

const report = (items) => {
  const [shown, all] = query.view === "columns" ? ["find.shown", columns.length] : ["find.shown.tables", tables.length];
  const hidden = query.view === "columns" && !query.clear && narrowed() ? foundColumns().all.length - items.length : 0;
  part("find-status").textContent = say(shown, {n: items.length, all}) + (hidden ? ` ${say("find.more_clear", {n: hidden})}` : "");
  part("find-nothing").hidden = items.length > 0;
};

const list = () => {
  const view = views[query.view];
  const items = view.items();
  part("find-rows").dataset.view = query.view;
  part("find-rows").hidden = !items.length;
  rows.show(items, {height: view.height, heading: view.heading(), draw: view.draw});
  report(items);
};

const update = () => { fill(); list(); remember(); };

const listen = (id, event, change) => part(id).addEventListener(event, () => { change(part(id)); list(); remember(); });
listen("find-text", "input", (field) => { query.q = field.value; });
listen("find-dataset", "change", (field) => { query.dataset = field.value; query.table = ""; fill(); });
listen("find-type", "change", (field) => { query.type = field.value; });
listen("find-sensitive", "change", (field) => { query.sensitive = field.checked ? "1" : ""; });
listen("find-clear", "change", (field) => { query.clear = field.checked ? "1" : ""; });
part("find-table").addEventListener("click", () => { query.table = ""; update(); part("find-text").focus(); });
for (const button of document.querySelectorAll("#finder button[data-view]")) {
  button.addEventListener("click", () => { query.view = button.dataset.view; update(); });
}
closer.addEventListener("click", close);
part("finder").addEventListener("keydown", (event) => { if (event.key === "Escape" && opened) close(); });

// An address such as #columns?dataset=crm&q=mobile&open=crm/customer/mobile.
const visit = () => {
  if (!location.hash.startsWith("#columns?")) return;
  const asked = new URLSearchParams(location.hash.slice("#columns?".length));
  for (const name of Object.keys(query)) query[name] = asked.get(name) ?? "";
  if (!(query.view in views)) query.view = "columns";
  const column = query.open && columns.find((one) => path(one) === query.open);
  if (column && !column.tags.length) query.clear = "1";
  fill();
  list();
  if (column) open(column, false);
  else part("evidence").hidden = true;
  part("columns").scrollIntoView();
  const at = column ? rows.items.indexOf(column) : -1;
  if (at >= 0) { rows.box.scrollTop = Math.max(0, at - 3) * rows.height; rows.paint(); open(column, false); }
};
