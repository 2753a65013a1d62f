// The page as a whole: language, light and dark, links into the list, and what a print holds.

const MOST_PRINTED = 1500;

const speak = () => {
  document.documentElement.lang = ledger.tongues > 1 ? (tongue() ? "en" : "zh-CN") : document.documentElement.lang;
  fill();
  list();
  if (opened) open(opened, false);
};

const printedEvidence = (one) => make("span", {class: one.supports ? "" : "against"},
  one.supports ? "" : `${say("find.against")}: `, phrase(one.kind),
  one.checked ? ` ${written(one.matched)} / ${written(one.checked)}` : "", phrase(one.detail) ? ` ${phrase(one.detail)}` : "", "; ");

// A line for each type that a column holds; the first names the column.
const printedRows = (column) => (column.tags.length ? column.tags : [null]).map((tag, at) => make("tr", {},
  make("th", {scope: "row"}, at ? "" : column.name, at ? null : make("span", {class: "sub"}, ` ${column.type} ${column.comment}`)),
  make("td", {}, ...(tag ? [typeLabel(tag), ...tag.chips.map((number, first) => chip(number, tag.sensitive && !first))] : [say("find.none")])),
  make("td", {class: "right num"}, tag ? percent(tag.confidence) : ""),
  make("td", {class: "sub"}, ...(tag ? tag.evidence.map(printedEvidence) : []),
    at || !column.examples.length ? null : `${say("find.examples")}: ${column.examples.map(text).join(", ")}`)));

const printedTable = (table, held) => make("section", {class: "printed"},
  ...aboutTable(table),
  make("table", {},
    make("thead", {}, make("tr", {}, heading("find.column"), heading("find.types"), heading("find.confidence", "right"), heading("find.evidence"))),
    make("tbody", {}, ...held.flatMap(printedRows))));

const printed = () => {
  const found = foundColumns().listed;
  const byTable = Map.groupBy ? Map.groupBy(found, (column) => column.table)
    : found.reduce((groups, column) => groups.set(column.table, [...(groups.get(column.table) ?? []), column]), new Map());
  const filtered = query.dataset || narrowed();
  const intro = found.length > MOST_PRINTED ? say("find.print.many", {n: found.length, most: MOST_PRINTED})
    : filtered ? say("find.print.filtered", {n: found.length}) : "";
  const list = found.length > MOST_PRINTED ? [] : [...byTable].map(([table, held]) => printedTable(table, held));
  return [make("p", {class: "intro"}, intro), ...list];
};

addEventListener("beforeprint", () => {
  part("printed").replaceChildren(...printed());
  for (const fold of document.querySelectorAll("details:not([open], .far)")) { fold.open = true; fold.dataset.unfolded = ""; }
});
addEventListener("afterprint", () => {
  part("printed").replaceChildren();
  for (const fold of document.querySelectorAll("details[data-unfolded]")) { fold.open = false; delete fold.dataset.unfolded; }
});

// A link to a line or a rule opens what it leads to.
const unfold = () => {
  const target = location.hash.length > 1 && !location.hash.includes("?") && part(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({block: target.matches("tr") ? "center" : "start"});
};

for (const radio of document.querySelectorAll("input[name=language]")) radio.addEventListener("change", speak);
addEventListener("hashchange", () => { visit(); unfold(); });
part("finder").hidden = false;
speak();
visit();
unfold();
