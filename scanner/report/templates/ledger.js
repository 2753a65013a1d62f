// The data of the page: what scanner/report/_ledger.py puts into arrays, read back.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null && child !== ""));
  return element;
};

const ledger = JSON.parse(document.getElementById("ledger").textContent);
const english = document.getElementById("language-en");
const tongue = () => (ledger.tongues > 1 && english.checked ? 1 : 0);
const phrase = (number) => ledger.phrases[number][tongue()];
const text = (number) => ledger.texts[number];
const written = (number) => (number < 1e10 ? number.toLocaleString("en-US") : "∞");
const percent = (thousandths) => {
  const rounded = Math.round(thousandths / 10);
  const plain = thousandths % 1000 === 0 || (rounded >= 1 && rounded <= 99);
  return plain ? `${rounded} %` : `${(thousandths / 10).toFixed(1)} %`;
};

// A text with its places filled: say("find.shown", {n: 3}).
const say = (key, values = {}) =>
  ledger.words[key][tongue()].replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? written(values[name]) : values[name]);

const readTag = ([type, confidence, flags, share, chips, evidence]) => ({
  type, confidence, share, chips, sensitive: (flags & 1) > 0, rejected: (flags & 2) > 0,
  evidence: evidence.map(([kind, detail, matched, checked, supports]) => ({kind, detail, matched, checked, supports})),
});
const readColumn = (table) => ([name, type, comment, tags = [], grade = null, levels = [], examples = []]) => ({
  table, name: text(name), type: text(type), comment: text(comment), tags: tags.map(readTag), grade, levels, examples,
});
const readTable = (dataset) => ([name, comment, rows, exact, status, persons, notes, indications, columns]) => {
  const table = {dataset, name: text(name), comment: text(comment), rows, exact, status, persons, notes, indications};
  table.columns = columns.map(readColumn(table));
  table.found = table.columns.filter((column) => column.tags.some((tag) => !tag.rejected)).length;
  return table;
};
const datasets = ledger.datasets.map(([name, place, tables]) => ({name: text(name), place: text(place), raw: tables}));
const tables = datasets.flatMap((dataset) => dataset.raw.map(readTable(dataset)));
const columns = tables.flatMap((table) => table.columns);
// Types by the number of columns that hold them, most first.
const typeCounts = (held) => {
  const counts = ledger.types.map(() => 0);
  for (const column of held) for (const tag of column.tags) if (!tag.rejected) counts[tag.type] += 1;
  return counts;
};
const typeOrder = [...typeCounts(columns).entries()].sort((a, b) => b[1] - a[1]).map(([number]) => number);
const typeName = (number) => ledger.types[number][1 + tongue()];

// What a search looks through, in lower case; made when first asked for.
const haystack = (thing) => (thing.haystack ??= [
  thing.name, thing.comment, thing.table?.name, thing.table?.comment, (thing.table ?? thing).dataset.name,
  ...(thing.tags ?? []).flatMap((tag) => ledger.types[tag.type]),
].join("\n").toLowerCase());

// An address inside the page for a table or column; parts are joined by /, so a / inside a part is escaped.
const escapePart = (part) => part.replace(/[%/]/g, encodeURIComponent);
const path = (thing) => (thing.table ? [thing.table.dataset.name, thing.table.name, thing.name]
  : [thing.dataset.name, thing.name]).map(escapePart).join("/");
