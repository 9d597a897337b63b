// What the map holds: documents by number, what each cites and is cited by, and which of them the legend lets through.
"use strict";
window.unkgMapPage = {};
(function (page) {
  const known = JSON.parse(document.getElementById("known").textContent);
  const told = window.unkgMap;
  const titles = window.unkgMapTitles;
  const count = told.symbols.length;
  Object.assign(page, { known, told, count });

  page.say = (key, values) =>
    known.say[key].replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  page.make = function (name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  // What each cites, as pairs of number and acts; and the other way round.
  page.cites = new Array(count);
  page.citedBy = new Array(count);
  for (const [citing, ...pairs] of told.edges) {
    page.cites[citing] = [];
    for (let place = 0; place < pairs.length; place += 2) {
      page.cites[citing].push([pairs[place], pairs[place + 1]]);
      (page.citedBy[pairs[place]] = page.citedBy[pairs[place]] || []).push([citing, pairs[place + 1]]);
    }
  }
  page.citesOf = (number) => page.cites[number] || [];
  page.citedByOf = (number) => page.citedBy[number] || [];

  const numbers = new Map(told.symbols.map((symbol, number) => [symbol, number]));
  page.find = (symbol) => (numbers.has(symbol) ? numbers.get(symbol) : null);
  page.band = (number) => Number(told.band[number]);
  page.organ = (number) => known.organs[page.band(number)];
  page.held = (number) => told.held[number] === "1";

  // The title, with its language where that is not the page's; null where none is known.
  page.title = function (number) {
    const title = titles[number];
    if (!title) return null;
    return typeof title === "string" ? { text: title, language: known.language } : { text: title[0], language: title[1] };
  };

  // The year in which a document stands, null where it has none.
  page.year = function (number) {
    const span = told.years.find(([, start, end]) => told.x[number] >= start && told.x[number] <= end);
    return span ? span[0] : null;
  };

  const SAFE = /%(2F|2C|3B|3D|40|2B|26|24)/g;
  page.address = (number) =>
    encodeURIComponent(`doc/${told.symbols[number]}${known.mark}.html`).replace(SAFE, decodeURIComponent);

  // What is let through: organs and acts by their numbers, all documents or those that are held, and words sought.
  page.filter = {
    organs: new Set(told.organs.keys()),
    acts: new Set(told.acts.keys()),
    held: false,
    words: "",
  };
  page.actsMask = () => [...page.filter.acts].reduce((mask, act) => mask | (1 << act), 0);
  page.passes = (number) => page.filter.organs.has(page.band(number)) && (!page.filter.held || page.held(number));

  const plain = (text) => text.toLocaleLowerCase(known.language).normalize("NFD").replace(/\p{M}/gu, "");
  let sought = null;
  page.matches = function (number, words) {
    if (!words) return true;
    if (!sought) {
      sought = told.symbols.map((symbol, each) => plain(`${symbol} ${titles[each] ? page.title(each).text : ""}`));
    }
    return plain(words)
      .split(/\s+/)
      .every((word) => sought[number].includes(word));
  };

  // The document that words mean best: its symbol, the end of its symbol, else the most cited that has the words.
  page.best = function (words) {
    const bare = words.replace(/\s+/g, "").toUpperCase();
    const exact = [bare, `A/RES/${bare}`, `S/RES/${bare}`].map(page.find).find((number) => number !== null);
    if (exact !== undefined) return exact;
    let best = null;
    for (let number = 0; number < count; number += 1) {
      if (page.matches(number, words) && (best === null || page.citedByOf(number).length > page.citedByOf(best).length)) best = number;
    }
    return best;
  };
})(window.unkgMapPage);
