/* What is to be seen of what is known: how far from the root, what the filter leaves, what is too much, which way leads
   from one document to another. */
(() => {
"use strict";
const here = globalThis.unkgLineage, { data } = here;
/* Documents in one picture; files that one step may load; documents that a search for a path may load. */
const MOST = 1000, LOADS = 250, SEARCHED = 300;

function neighbours(symbol, direction) { return data[direction].get(symbol) || []; }
function other(citation, direction) { return direction === "up" ? citation.cited : citation.citing; }

async function loaded(symbols, direction, settings, beyond) {
  for (let at = 0; at < symbols.length; at += 20) {
    const some = symbols.slice(at, at + 20);
    const found = await Promise.all(some.map((symbol) => data.load(symbol, direction, settings)));
    found.forEach((known, n) => { if (!known && worth(some[n], direction)) beyond.add(some[n]); });
  }
}

/* Whether there is anything in that direction, as far as is known. */
function worth(symbol, direction) {
  const about = data.documents.get(symbol);
  return Boolean(about && (direction === "up" ? about.cites : about.citedBy));
}

/* Every citation within reach of the state, by key, and the documents beyond which nothing is known. */
async function reach(state, settings) {
  const found = new Map(), beyond = new Set();
  const expand = async (front, direction) => {
    const next = front.filter((symbol) => worth(symbol, direction)).slice(0, LOADS);
    await loaded(next, direction, settings, beyond);
    const met = [];
    for (const symbol of next) {
      for (const citation of neighbours(symbol, direction)) { found.set(citation.key, citation); met.push(other(citation, direction)); }
    }
    return met;
  };
  await data.load(state.root, "up", settings);
  for (const direction of state.direction === "both" ? ["up", "down"] : [state.direction]) {
    const seen = new Set([state.root]);
    let front = [state.root];
    for (let step = 0; step < state.steps && front.length; step += 1) {
      const met = await expand(front, direction);
      front = [...new Set(met)].filter((symbol) => !seen.has(symbol));
      for (const symbol of front) seen.add(symbol);
    }
  }
  for (const [symbol, direction] of state.open) {
    if (!data.documents.has(symbol)) await data.load(symbol, direction, settings);
    await expand([symbol], direction);
  }
  return { citations: [...found.values()], beyond };
}

function year(about) { return about && about.date && /^\d{4}/.test(about.date) ? Number(about.date.slice(0, 4)) : null; }
function familyKey(act) { return `${here.draw.family(act).name}*`; }

function passes(citation, state) {
  if (state.acts.has(citation.act || "-") || state.acts.has(familyKey(citation.act))) return false;
  if (state.body && !(data.bodies.get(`${citation.citing}#${citation.clause}`) || []).includes(state.body)) return false;
  return [citation.citing, citation.cited].every((symbol) => symbol === state.root || allowed(data.documents.get(symbol), state));
}

function allowed(about, state) {
  if (!about) return true;
  if (state.organs.has(about.organ || "-")) return false;
  const when = year(about);
  return when === null || ((state.from === null || when >= state.from) && (state.to === null || when <= state.to));
}

function citedBy(symbol) { return (data.documents.get(symbol) || {}).citedBy || 0; }

/* The nearest to the root first, then what has most lines, then what is cited most; as kg/drawing/nearest.py. */
function nearest(symbols, citations, root, most) {
  if (symbols.size <= most) return symbols;
  const beside = new Map([...symbols].map((symbol) => [symbol, new Set()]));
  for (const { citing, cited } of citations) { beside.get(citing).add(cited); beside.get(cited).add(citing); }
  const away = new Map([[root, 0]]);
  let front = [root];
  for (let steps = 1; front.length; steps += 1) {
    const met = new Set(front.flatMap((symbol) => [...(beside.get(symbol) || [])]).filter((symbol) => !away.has(symbol)));
    front = [...met];
    for (const symbol of front) away.set(symbol, steps);
  }
  const far = symbols.size + 1;
  return new Set([...symbols].sort((a, b) => (away.has(a) ? away.get(a) : far) - (away.has(b) ? away.get(b) : far)
    || beside.get(b).size - beside.get(a).size || citedBy(b) - citedBy(a) || (a < b ? -1 : 1)).slice(0, most));
}

function linesOf(citations) {
  const lines = new Map();
  for (const citation of citations) {
    const key = `${citation.citing}>${citation.cited}`;
    if (!lines.has(key)) lines.set(key, { key, citing: citation.citing, cited: citation.cited, citations: [] });
    lines.get(key).citations.push(citation);
  }
  return [...lines.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/* The shortest way along citations, from the one to the other or back; what is needed is loaded. */
async function way(from, to, settings) {
  for (const [start, end] of [[from, to], [to, from]]) {
    const came = new Map([[start, null]]), least = year(data.documents.get(end));
    let front = [start], searched = 0;
    while (front.length && !came.has(end) && searched < SEARCHED) {
      const next = front.filter((symbol) => worth(symbol, "up") && (least === null || (year(data.documents.get(symbol)) || 9999) >= least));
      searched += next.length;
      await loaded(next, "up", settings, new Set());
      front = [];
      for (const symbol of next) {
        for (const citation of neighbours(symbol, "up")) {
          if (!came.has(citation.cited)) { came.set(citation.cited, citation); front.push(citation.cited); }
        }
      }
    }
    if (came.has(end)) {
      const steps = [];
      for (let citation = came.get(end); citation; citation = came.get(citation.citing)) steps.unshift(citation);
      return steps.map((step) => ({ ...step, all: neighbours(step.citing, "up").filter((each) => each.cited === step.cited) }));
    }
  }
  return null;
}

/* Everything that the page shows. */
async function seen(state, settings) {
  const { citations, beyond } = await reach(state, settings);
  const path = state.path ? await way(state.path[0], state.path[1], settings) : null;
  const onPath = new Set();
  const steps = new Map();
  for (const step of path || []) {
    onPath.add(step.citing).add(step.cited).add(`${step.citing}>${step.cited}`);
    for (const each of step.all) steps.set(each.key, each);
  }
  const within = [...new Map([...citations.map((each) => [each.key, each]), ...steps]).values()];
  const kept = within.filter((citation) => steps.has(citation.key) || passes(citation, state));
  const symbols = new Set([state.root, ...kept.flatMap((each) => [each.citing, each.cited])]);
  const shown = nearest(symbols, kept, state.root, MOST);
  const visible = kept.filter((each) => shown.has(each.citing) && shown.has(each.cited));
  const about = (symbol) => data.documents.get(symbol) || { symbol, date: null, organ: null, held: false, cites: 0, citedBy: 0, titles: {} };
  return {
    within, visible, beyond, path, onPath, lines: linesOf(visible), all: symbols.size,
    documents: [...shown].sort((a, b) => (a < b ? -1 : 1)).map(about), hidden: within.length - kept.length,
  };
}

here.view = { seen, year, worth, familyKey };
})();
