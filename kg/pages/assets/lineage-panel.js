/* What is behind a document or a line of the picture: numbers and ways on, or the paragraphs in six languages. */
(() => {
"use strict";
const here = globalThis.unkgLineage, words = globalThis.unkgLineageWords, { data } = here;
const { actName, clauseName, title } = here.draw;
const LANGUAGES = Object.keys(words.languages);
const way = (language) => (language === "ar" ? "rtl" : "ltr");

/* An element with attributes and children; a text child is text and never markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function button(label, act, attributes = {}) { return make("button", { type: "button", onclick: act, ...attributes }, label); }
function fill(phrase, values) { return phrase.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole)); }

function titled(about, language) {
  const named = title(about, language);
  return named ? make("span", { lang: named[1], dir: way(named[1]) }, named[0]) : "";
}

function ofDocument(symbol, page) {
  const { state, say } = page, about = data.documents.get(symbol);
  if (!about) return [];
  const facts = [about.date ? `\u2066${about.date}\u2069` : say.undated, page.organ(about), about.held ? say.held : say.cited_only].filter(Boolean);
  const open = (direction) => state.open.some(([each, to]) => each === symbol && to === direction);
  const counts = { up: about.cites, down: about.citedBy }, expands = [];
  for (const direction of ["up", "down"]) {
    const nearRoot = symbol === state.root && (state.direction === "both" || state.direction === direction);
    if (!counts[direction] || nearRoot) continue;
    const label = open(direction) ? say[`fold_${direction}`] : fill(say[`expand_${direction}`], { count: counts[direction] });
    expands.push(button(label, () => page.toggle(symbol, direction), { "data-expand": direction, "aria-expanded": String(open(direction)) }));
  }
  const address = data.address(symbol, page.settings, "", state.page);
  return [
    make("h3", { tabindex: "-1" }, make("bdi", {}, symbol)),
    make("p", {}, titled(about, state.page)),
    make("p", { class: "count" }, facts.join(" · ")),
    make("div", { class: "buttons" }, ...expands,
      symbol === state.root ? null : button(say.begin_here, () => page.begin(symbol), { "data-begin": true }),
      symbol === state.root ? null : button(fill(say.path_from_here, { root: state.root }), () => page.findPath(state.root, symbol))),
    address ? make("p", {}, make("a", { href: address }, say.open_page)) : null,
    lineList(say.cites, page.seen.lines.filter((line) => line.citing === symbol), "cited", page),
    lineList(say.cited_by, page.seen.lines.filter((line) => line.cited === symbol), "citing", page),
  ];
}

function lineList(heading, lines, end, page) {
  if (!lines.length) return null;
  return make("div", {}, make("h4", {}, `${heading} (${lines.length})`), make("ul", { class: "plain lines" }, ...lines.map((line) => {
    const acts = [...new Set(line.citations.map((each) => each.act).filter(Boolean))].map((act) => actName(act, page.state.page));
    return make("li", {}, button(line[end], () => page.select(line.key, { focus: "panel" }), { class: "link", "data-line": line.key }),
      acts.length ? ` ${acts.join(page.say.comma)}` : "");
  })));
}

/* The paragraphs of a line; they stand with the citing document, which is loaded first. */
async function ofLine(line, page) {
  const { state, say } = page;
  await data.load(line.citing, "up", page.settings);
  const clauses = new Map();
  for (const citation of line.citations) {
    if (!clauses.has(citation.clause)) clauses.set(citation.clause, []);
    clauses.get(citation.clause).push(citation);
  }
  const held = new Set([...clauses.keys()].flatMap((clause) => Object.keys(data.texts.get(`${line.citing}#${clause}`) || {})));
  const tongue = held.has(state.language) ? state.language : LANGUAGES.find((each) => held.has(each));
  const choice = held.size < 2 ? null : make("div", { class: "tongues-of-text", role: "group", "aria-label": say.text_language },
    ...LANGUAGES.filter((each) => held.has(each)).map((each) => button(words.languages[each], () => page.read(each), {
      lang: each, dir: way(each), "aria-pressed": String(each === tongue), "data-language": each })));
  const [before, rest] = say.cites_line.split("{citing}"), [middle, after] = rest.split("{cited}");
  const end = (symbol) => button(symbol, () => page.select(symbol, { focus: "panel" }), { class: "link" });
  return [
    make("h3", { tabindex: "-1" }, before, end(line.citing), middle, end(line.cited), after),
    choice,
    ...[...clauses].map(([clause, citations]) => paragraph(line, clause, citations, tongue, page)),
  ];
}

function paragraph(line, clause, citations, tongue, page) {
  const { say, state } = page;
  const acts = [...new Set(citations.map((each) => (each.act ? actName(each.act, state.page) : say.no_act)))];
  const places = [...new Set(citations.map((each) => data.placed(each.place, state.page)).filter(Boolean))];
  const address = data.address(line.citing, page.settings, clause, tongue || state.page);
  const parts = [clause, ...new Set(citations.map((each) => each.part).filter((part) => part !== clause))];
  const texts = parts.flatMap((part) => {
    const text = (data.texts.get(`${line.citing}#${part}`) || {})[tongue];
    if (!text) return [];
    const note = part === clause ? null : make("span", { class: "count", lang: state.page, dir: way(state.page) }, `${say.footnote} ${part.replace("fn", "")} `);
    return [make("blockquote", { lang: tongue, dir: way(tongue) }, note, ...text.map((piece) => (
      typeof piece === "string" ? piece : piece[0] === line.cited ? make("mark", {}, piece[1]) : piece[1])))];
  });
  return make("div", { class: "paragraph-of-line", "data-clause": clause },
    make("h4", {}, make("bdi", {}, clauseName(clause, say)), ` · ${acts.join(say.comma)}${places.length ? ` · ${places.join(say.semicolon)}` : ""}`),
    ...(texts.length ? texts : [make("p", { class: "count" }, say.no_text)]),
    address ? make("p", {}, make("a", { href: address }, say.paragraph_page)) : null);
}

here.panel = { make, button, fill, ofDocument, ofLine, titled, way };
})();
