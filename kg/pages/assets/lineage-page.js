/* The lineage page: the address says what is to be seen, and every change goes through the address. */
(() => {
"use strict";
const here = globalThis.unkgLineage, words = globalThis.unkgLineageWords, { data } = here;
const WITH_TITLES = 60;
const element = document.getElementById("lineage");
if (!element) return;
const settings = {
  root: element.dataset.root, page: element.dataset.language, top: element.dataset.top, mode: element.dataset.mode,
  direction: element.dataset.direction || "both", steps: Number(element.dataset.steps) || 1,
};

const page = {
  settings, order: {}, seen: null, plan: null, standing: "", came: null,
  state: null, box: document.getElementById("lineage-picture"),
  get say() { return words.say[this.state.page]; },
  find: (name) => document.getElementById(`lineage-${name}`),
  organ: (about) => (about.organ && about.organ !== "-" ? page.named(about.organ) : ""),
  named(thing) {
    const labels = data.names.get(thing) || {};
    return labels[this.state.page] || labels.en || thing.replace(/^body\//, "");
  },
  titles() {
    if (this.state.titles !== null) return this.state.titles;
    const { documents } = this.seen, known = documents.filter((each) => Object.keys(each.titles).length).length;
    return documents.length <= WITH_TITLES && 3 * known >= documents.length;
  },

  /* Changes the view; the browser's back goes to the one before. */
  change(changes, why = "") {
    Object.assign(this.state, changes);
    this.why = why;
    go(this.state, true);
  },
  begin(symbol) { this.change({ root: symbol, open: [], selected: symbol, path: null, steps: 1, direction: "both" }); },
  over() { this.change(here.state.fresh(settings)); },
  toggle(symbol, direction) {
    const { open } = this.state, without = open.filter(([each, to]) => each !== symbol || to !== direction);
    this.change({ open: without.length === open.length ? [...open, [symbol, direction]] : without });
  },
  findPath(from, to) { this.say_(this.say.searching); this.change({ path: [from, to] }); },
  select(key, { focus = "" } = {}) { this.focus = focus; this.change({ selected: key }); },
  read(language) { this.focus = `[data-language="${language}"]`; this.change({ language }); },
  zoom(factor, { at = null, quiet = false } = {}) {
    this.state.zoom = Math.round(Math.min(8, Math.max(0.05, factor)) * 1000) / 1000;
    here.picture.sized(this, this.state.zoom, at);
    if (!quiet) go(this.state, false);
  },
  fit() {
    const { width, height } = this.plan;
    this.zoom(Math.min(1, (this.box.clientWidth - 4) / width, Math.max(300, innerHeight * 0.7) / height));
  },
  say_(text) { this.find("said").textContent = text; },
  tables() { here.tables.tables(this, this.find("tables")); },
  still() { return here.draw.draw({ ...this.shown(), still: true }); },
  shown() {
    return {
      root: this.state.root, documents: this.seen.documents, lines: this.seen.lines, plan: this.plan, say: this.say,
      language: this.state.page, selected: this.state.selected, onPath: this.seen.onPath,
      address: (symbol) => data.address(symbol, settings, "", this.state.page),
    };
  },
};

/* Writes the view into the address: as a new step, or in place of the one that is there. */
let own = null;
function go(state, step) {
  const fragment = here.state.written(state, settings), now = location.hash.replace(/^#/, "");
  if (fragment === now) { if (step) update(); return; }
  own = fragment;
  if (step) location.hash = fragment; else location.replace(`#${fragment}`);
  for (const link of document.querySelectorAll(".tongues a[hreflang]")) link.hash = fragment;
  if (step) update();
}

let turn = 0;
async function update() {
  const mine = ++turn, { state } = page;
  page.say_(page.say.loading);
  const seen = await here.view.seen(state, settings);
  if (mine !== turn) return;
  page.seen = seen;
  const lines = seen.lines.map((line) => [line.citing, line.cited]);
  page.plan = here.layout.plan(seen.documents, lines, state.root, page.titles());
  const inPicture = page.box.contains(document.activeElement);
  const kept = inPicture ? null : again(document.activeElement);
  const [left, top] = [page.box.scrollLeft, page.box.scrollTop];
  page.box.innerHTML = here.draw.draw(page.shown());
  here.picture.sized(page, state.zoom);
  translated();
  here.controls.controls(page);
  here.controls.legend(page);
  here.controls.path(page);
  page.tables();
  const told = await panel();
  if (mine !== turn) return;
  standAgain(inPicture, left, top);
  refocus(kept);
  page.say_([page.find("count").textContent, told].filter(Boolean).join(" "));
}

/* How to find a control again after it has been drawn anew. */
function again(control) {
  if (!control || !element.contains(control)) return null;
  if (control.name === "lineage-direction") return `input[name="lineage-direction"][value="${control.value}"]`;
  for (const key of ["filter", "do", "expand", "page", "language", "line", "key"]) {
    if (control.dataset[key]) return `[data-${key}="${CSS.escape(control.dataset[key])}"]`;
  }
  return control.id ? `#${control.id}` : null;
}

function refocus(kept) {
  const wanted = page.focus;
  page.focus = "";
  if (wanted === "panel") {
    const head = page.find("panel").querySelector("h3");
    if (head) { head.focus({ preventScroll: true }); head.scrollIntoView({ block: "nearest" }); }
  } else if (wanted || kept) {
    const found = [...element.querySelectorAll(wanted || kept)].find((each) => !page.box.contains(each) && !each.disabled);
    if (found) found.focus({ preventScroll: true });
  }
}

let first = true;
function standAgain(inPicture, left, top) {
  const { picture } = here, { state } = page;
  const station = picture.find(page, page.standing) || picture.find(page, state.selected) || picture.find(page, state.root);
  page.box.scrollLeft = left;
  page.box.scrollTop = top;
  if (!station) return;
  picture.stand(page, station, { focus: inPicture });
  if (first || page.rooted !== state.root) center(picture.find(page, state.root));
  first = false;
  page.rooted = state.root;
}

function center(station) {
  if (!station) return;
  const one = station.getBoundingClientRect(), all = page.box.getBoundingClientRect();
  page.box.scrollLeft += one.left - all.left - (all.width - one.width) / 2;
  page.box.scrollTop += one.top - all.top - (all.height - one.height) / 2;
}

async function panel() {
  const { state, say, seen } = page, root = page.find("panel");
  const line = seen.lines.find((each) => each.key === state.selected);
  let parts;
  if (line) parts = await here.panel.ofLine(line, page);
  else parts = [
    state.selected ? "" : here.panel.make("p", { class: "count" }, say.nothing_selected),
    ...here.panel.ofDocument(data.documents.has(state.selected) ? state.selected : state.root, page),
  ];
  root.replaceChildren(...parts.filter(Boolean));
  return line ? here.draw.told(line, say, state.page) : data.documents.has(state.selected) ? state.selected : "";
}

/* What the page itself says, in the language of the view. */
function translated() {
  const { say, seen, state } = page, { fill } = here.panel;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = fill(say[each.dataset.say], { symbol: settings.root });
  if (settings.mode !== "site") {
    document.documentElement.lang = state.page;
    document.documentElement.dir = here.panel.way(state.page);
  }
  const shown = seen.documents.length < seen.all
    ? fill(say.left_out, { shown: seen.documents.length, all: seen.all })
    : fill(say.shown, { documents: seen.documents.length, citations: seen.visible.length });
  const beyond = seen.beyond.size ? fill(say.not_here, { symbol: [...seen.beyond].slice(0, 3).join(", ") + (seen.beyond.size > 3 ? "…" : "") }) : "";
  page.find("count").textContent = [shown, beyond].filter(Boolean).join(" ");
}

function follow() {
  const fragment = location.hash.replace(/^#/, "");
  if (fragment === own) { own = null; return; }
  own = null;
  page.state = here.state.read(fragment, settings, Object.keys(words.languages));
  update();
}

for (const name of ["controls", "side", "filters", "path", "help"]) page.find(name).hidden = false;
page.state = here.state.read(location.hash, settings, Object.keys(words.languages));
for (const link of document.querySelectorAll(".tongues a[hreflang]")) link.hash = location.hash;
here.picture.start(page);
addEventListener("hashchange", follow);
update();
here.page = page;
})();
