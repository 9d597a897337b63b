/* What is known of documents and citations, and how more is loaded. Made by kg/pages/lineage_data.py:
   known      {up, down}: documents whose citations, or whose citing documents, are all here
   documents  symbol → [date, organ, held, cites, cited by, titles by language, address elsewhere?]
   citations  [citing, cited, clause, act, place, footnote that holds the words?]
   bodies     citing#clause → bodies that the clause names;  names: body → names by language
   places     place → how each language says it
   texts      document#clause → language → parts of the text: words, or [cited, words] */
(() => {
"use strict";
const here = globalThis.unkgLineage = globalThis.unkgLineage || {};
const documents = new Map(), up = new Map(), down = new Map(), bodies = new Map(), names = new Map(), places = new Map(), texts = new Map();
const known = { up: new Set(), down: new Set() }, seen = new Set(), loading = new Map();

function put(map, key, value) { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); }

function add(found) {
  for (const direction of ["up", "down"]) for (const symbol of found.known[direction]) known[direction].add(symbol);
  for (const [symbol, about] of Object.entries(found.documents)) {
    const [date, organ, held, cites, citedBy, titles, address] = about;
    if (!documents.has(symbol)) documents.set(symbol, { symbol, date, organ, held: Boolean(held), cites, citedBy, titles, address });
  }
  for (const [citing, cited, clause, act, place, part] of found.citations) {
    const key = `${citing}#${clause}>${cited} ${act || ""} ${place || ""}`;
    const told = seen.has(key) ? (up.get(citing) || []).find((each) => each.key === key) : null;
    if (told) { if (part) told.part = part; continue; }
    seen.add(key);
    if (citing === cited) continue;
    const citation = { key, citing, cited, clause, act: act || "", place: place || "", part: part || clause };
    put(up, citing, citation);
    put(down, cited, citation);
  }
  for (const [clause, named] of Object.entries(found.bodies)) bodies.set(clause, named);
  for (const [body, labels] of Object.entries(found.names)) names.set(body, labels);
  for (const [place, words] of Object.entries(found.places)) places.set(place, words);
  for (const [part, words] of Object.entries(found.texts)) texts.set(part, words);
}

/* Whether all is known of a document in a direction, after what had to be loaded was. */
function load(symbol, direction, settings) {
  if (known[direction].has(symbol)) return Promise.resolve(true);
  if (settings.mode !== "site") return Promise.resolve(false);
  if (!loading.has(symbol)) {
    loading.set(symbol, new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${settings.top}/doc/${escaped(symbol)}.lineage.js`;
      script.onload = () => { script.remove(); done(known[direction].has(symbol)); };
      script.onerror = () => { script.remove(); done(false); };
      document.head.append(script);
    }));
  }
  return loading.get(symbol);
}

function escaped(symbol) { return encodeURI(symbol).replace(/[?#:]/g, encodeURIComponent); }

/* What a place is called in a language: as the citation has it, in English, where it cannot be said. */
function placed(place, language) { return (places.get(place) || {})[language] || place; }

/* The address of a document's page, or of a paragraph in it, in a language. */
function address(symbol, settings, clause = "", language = settings.page) {
  if (settings.mode !== "site") return (documents.get(symbol) || {}).address || "";
  const mark = language === "en" ? "" : `@${language}`;
  return `${settings.top}/doc/${escaped(symbol)}${mark}.html${clause ? `#${encodeURI(clause)}` : ""}`;
}

for (const found of globalThis.unkgLineageData || []) add(found);
globalThis.unkgLineageData = { push: add };
here.data = { documents, up, down, bodies, names, texts, known, load, placed, address };
})();
