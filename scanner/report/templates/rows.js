// A table of any length: only the rows in sight are in the document, all of one height.

class Rows {
  constructor(box) {
    this.box = box;
    this.table = box.querySelector("table");
    this.head = this.table.tHead;
    this.body = this.table.tBodies[0];
    this.shown = new Map();
    this.above = make("tr", {class: "gap", "aria-hidden": "true"}, make("td"));
    this.below = make("tr", {class: "gap", "aria-hidden": "true"}, make("td"));
    this.active = 0;
    box.addEventListener("scroll", () => requestAnimationFrame(() => this.paint()), {passive: true});
    this.body.addEventListener("keydown", (event) => this.move(event));
    new ResizeObserver(() => this.paint()).observe(box);
  }

  // Shows items; draw(item) returns the cells of a row, the first with a button.
  show(items, {height, heading, draw}) {
    Object.assign(this, {items, height, draw, active: 0});
    this.table.setAttribute("aria-rowcount", items.length + 1);
    this.head.replaceChildren(make("tr", {"aria-rowindex": 1}, ...heading));
    this.shown.clear();
    this.body.replaceChildren(this.above, this.below);
    this.box.style.setProperty("--row", `${height}px`);
    this.box.scrollTop = 0;
    this.paint();
  }

  paint() {
    if (!this.items) return;
    const spare = 6;
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.height) - spare);
    const last = Math.min(this.items.length, first + Math.ceil(this.box.clientHeight / this.height) + 2 * spare);
    for (const [at, row] of this.shown) {
      if (at < first || at >= last) { row.remove(); this.shown.delete(at); }
    }
    for (let at = first; at < last; at++) {
      if (!this.shown.has(at)) this.insert(at);
    }
    this.above.firstChild.style.height = `${first * this.height}px`;
    this.below.firstChild.style.height = `${(this.items.length - last) * this.height}px`;
    this.rove();
  }

  insert(at) {
    const row = make("tr", {"aria-rowindex": at + 2}, ...this.draw(this.items[at]));
    row.item = this.items[at];
    row.at = at;
    const next = [...this.shown.keys()].filter((other) => other > at);
    this.body.insertBefore(row, next.length ? this.shown.get(Math.min(...next)) : this.below);
    this.shown.set(at, row);
  }

  // One row at a time is in the order of the Tab key; the arrows move it.
  rove() {
    const at = this.shown.has(this.active) ? this.active : Math.min(...this.shown.keys());
    for (const [other, row] of this.shown) row.querySelector("button").tabIndex = other === at ? 0 : -1;
  }

  move(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.height) - 1);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity};
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.reach(event.target.closest("tr").at + steps[event.key]);
  }

  reach(at) {
    this.active = Math.max(0, Math.min(this.items.length - 1, at));
    const top = this.active * this.height;
    const room = this.box.clientHeight - this.head.offsetHeight - this.height;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    if (top > this.box.scrollTop + room) this.box.scrollTop = top - room;
    this.paint();
    this.shown.get(this.active)?.querySelector("button").focus({preventScroll: true});
  }
}
