/* The view as it stands in the address, so that whoever gets the link sees the same. */
(() => {
"use strict";
const here = globalThis.unkgLineage = globalThis.unkgLineage || {};
const DIRECTIONS = ["both", "up", "down"];

function fresh(settings) {
  return {
    root: settings.root, direction: settings.direction || "both", steps: settings.steps || 1, open: [],
    acts: new Set(), organs: new Set(), body: "", from: null, to: null, selected: "", path: null,
    language: settings.page, page: settings.page, titles: null, zoom: 1,
  };
}

/* Only what is not as at the beginning is said. What joins two symbols is > on the page and ~ in the address, which
   browsers leave as it is. */
function written(state, settings) {
  const plain = fresh(settings), parts = [];
  const say = (key, value) => { parts.push(`${key}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%3E/g, "~")}`); };
  if (state.root !== plain.root) say("root", state.root);
  if (state.direction !== plain.direction) say("direction", state.direction);
  if (state.steps !== plain.steps) say("steps", state.steps);
  if (state.open.length) say("open", state.open.map(([symbol, direction]) => `${symbol}>${direction}`).join(","));
  if (state.acts.size) say("without-acts", [...state.acts].sort().join(","));
  if (state.organs.size) say("without-organs", [...state.organs].sort().join(","));
  if (state.body) say("body", state.body);
  if (state.from !== null) say("from", state.from);
  if (state.to !== null) say("to", state.to);
  if (state.selected) say("selected", state.selected);
  if (state.path) say("path", state.path.join(">"));
  if (state.language !== plain.language) say("language", state.language);
  if (state.page !== plain.page) say("page", state.page);
  if (state.titles !== null) say("titles", state.titles ? 1 : 0);
  if (state.zoom !== 1) say("zoom", state.zoom);
  return parts.join("&");
}

function read(fragment, settings, languages) {
  const state = fresh(settings), told = new Map();
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) { try { told.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1)).replace(/~/g, ">")); } catch { /* half a link */ } }
  }
  const list = (key) => (told.get(key) || "").split(",").filter(Boolean);
  const number = (key, least, most) => {
    const value = Number(told.get(key));
    return told.has(key) && value >= least && value <= most ? value : null;
  };
  if (told.get("root")) state.root = told.get("root");
  if (DIRECTIONS.includes(told.get("direction"))) state.direction = told.get("direction");
  state.steps = number("steps", 1, 9) || state.steps;
  state.open = list("open").map((each) => each.split(">")).filter((each) => each[1] === "up" || each[1] === "down");
  state.acts = new Set(list("without-acts"));
  state.organs = new Set(list("without-organs"));
  state.body = told.get("body") || "";
  state.from = number("from", 1000, 3000);
  state.to = number("to", 1000, 3000);
  state.selected = told.get("selected") || "";
  const ends = (told.get("path") || "").split(">");
  state.path = ends.length === 2 && ends[0] && ends[1] ? ends : null;
  for (const key of ["language", "page"]) if (languages.includes(told.get(key))) state[key] = told.get(key);
  state.titles = told.has("titles") ? told.get("titles") === "1" : null;
  state.zoom = number("zoom", 0.05, 8) || 1;
  return state;
}

here.state = { fresh, written, read };
})();
