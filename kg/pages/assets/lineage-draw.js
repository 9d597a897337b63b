/* The picture as the page shows it: what kg/drawing/svg.py draws, with places to stand on for fingers and keys. */
(() => {
"use strict";
const here = globalThis.unkgLineage, words = globalThis.unkgLineageWords;
const { cut, width, DOT, SYMBOL, TITLE, TOP, ROW_WITH_TITLE } = here.layout;
const FONTS = "'Noto Sans','Noto Sans Arabic','Noto Sans CJK SC','Segoe UI','DejaVu Sans',Arial,sans-serif";
const familyOf = new Map(words.families.flatMap((each) => each.acts.map((act) => [act, each])));
const NONE = words.families[words.families.length - 1];

function esc(text) { return String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]); }
function family(act) { return familyOf.get(act) || NONE; }
function actName(act, language) { return (words.acts[act] || {})[language] || act; }

/* A paragraph by its name, which is alike in all languages; the heading in words. */
function clauseName(clause, say) { return clause === "header" ? say.header : clause; }

/* The act of most citations of a line, the first of equals. */
function mainAct(line) {
  const counted = new Map();
  for (const { act } of line.citations) if (act) counted.set(act, (counted.get(act) || 0) + 1);
  let best = "";
  for (const [act, count] of counted) if (!best || count > counted.get(best)) best = act;
  return best;
}

function told(line, say, language) {
  const acts = [...new Set(line.citations.map((each) => each.act).filter(Boolean))].map((act) => actName(act, language));
  const clauses = [...new Set(line.citations.map((each) => clauseName(each.clause, say)))];
  const cites = say.cites_line.replace("{citing}", line.citing).replace("{cited}", line.cited);
  return `${cites}${acts.length ? `${say.colon}${acts.join(say.comma)}` : ""} (${clauses.join(say.comma)})`;
}

function title(about, language) {
  const titles = about.titles || {};
  const code = [language, "en", ...Object.keys(titles).sort()].find((each) => titles[each]);
  return code ? [titles[code], code] : null;
}

function stripes(plan) {
  return plan.bands.map((band, n) => (n % 2 ? "" : `<rect class="band" x="${band.x}" y="0" width="${band.width}" height="${plan.height}"/>`)).join("");
}

function years(plan, say) {
  return plan.bands.map((band) => {
    const name = band.year === null ? cut(say.undated, band.width - 4, SYMBOL) : band.year;
    const x = band.x + Math.floor(band.width / 2);
    return `<text class="year" x="${x}" y="${TOP - 12}" text-anchor="middle">${band.gap ? "⋯ " : ""}${esc(name)}</text>`;
  }).join("");
}

function lineOf(line, plan, view) {
  const main = family(mainAct(line)), key = `${line.citing}>${line.cited}`;
  const path = plan.paths.get(`${line.citing}\n${line.cited}`);
  if (!path) return "";
  const head = main.head === "none" ? "" : ` marker-end="url(#h-${main.name})"`;
  const marks = ["edge", view.onPath.has(key) ? "on-path" : "", view.selected === key ? "selected" : ""].filter(Boolean).join(" ");
  const name = esc(told(line, view.say, view.language));
  const drawn = `<path class="line f-${main.name}" d="${path}"${head}/>`;
  if (view.still) return `<g class="${marks}">${drawn}<title>${name}</title></g>`;
  return `<g class="${marks}" role="button" tabindex="-1" data-line="${esc(key)}" aria-label="${name}"><title>${name}</title><path class="hit" d="${path}"/>${drawn}</g>`;
}

function documentOf(about, plan, view) {
  const box = plan.boxes.get(about.symbol), x = box.x + DOT, symbol = about.symbol;
  const kinds = ["document"];
  if (symbol === view.root) kinds.push("root");
  if (!about.held) kinds.push("cited");
  if (plan.undated.has(symbol)) kinds.push("undated");
  if (view.onPath.has(symbol)) kinds.push("on-path");
  if (view.selected === symbol) kinds.push("selected");
  const named = title(about, view.language);
  const titled = box.height === ROW_WITH_TITLE && named;
  const name = [symbol, about.date || view.say.undated, named ? named[0] : ""].filter(Boolean).join("  ");
  let body = `<title${named ? ` lang="${named[1]}"` : ""}>${esc(name)}</title><rect class="hit" x="${box.x - 2}" y="${box.y}" width="${box.width + 4}" height="${box.height}"/>`;
  body += symbol === view.root
    ? `<rect class="dot" x="${box.x + 1}" y="${box.middle - 5}" width="10" height="10"/>`
    : `<circle class="dot" cx="${box.x + 6}" cy="${box.middle}" r="4"/>`;
  body += `<text class="name" x="${x}" y="${titled ? box.middle - 2 : box.middle + 4}">${esc(cut(symbol, box.width - DOT, SYMBOL))}</text>`;
  if (titled) {
    const way = named[1] === "ar" ? ' direction="rtl" text-anchor="end"' : "";
    body += `<text class="told" x="${x}" y="${box.middle + 10}" font-size="${TITLE}" lang="${named[1]}"${way}>${esc(cut(named[0], box.width - DOT, TITLE))}</text>`;
  }
  const address = view.address(symbol);
  const keys = view.still ? "" : ` tabindex="-1" data-symbol="${esc(symbol)}" aria-label="${esc(name)}"`;
  const within = address || !view.still ? `<a${address ? ` href="${esc(address)}"` : ' role="button"'}${keys}>${body}</a>` : body;
  return `<g class="${kinds.join(" ")}">${within}</g>`;
}

function legend(view, top, wide) {
  const counted = new Map();
  for (const line of view.lines) { const { name } = family(mainAct(line)); counted.set(name, (counted.get(name) || 0) + 1); }
  const dot = (mark) => (x, y) => `<g class="${mark}"><circle class="dot" cx="${x + 20}" cy="${y}" r="4"/></g>`;
  const entries = words.families.filter((each) => counted.has(each.name)).map((each) => [
    (x, y) => `<path class="line f-${each.name}" d="M${x} ${y}h26"${each.head === "none" ? "" : ` marker-end="url(#h-${each.name})"`}/>`,
    `${each.labels[view.language]} (${counted.get(each.name)})`,
  ]);
  entries.push([(x, y) => `<path class="together" d="M${x} ${y}h26"/>`, view.say.together]);
  entries.push([dot(""), view.say.held], [dot("cited"), view.say.cited_only], [dot("undated cited"), view.say.undated]);
  const way = view.language === "ar" ? ' direction="rtl" text-anchor="end"' : "";
  let x = 12, y = top + 18, out = "";
  for (const [sample, text] of entries) {
    const room = 34 + Math.trunc(width(text, SYMBOL)) + 18;
    if (x > 12 && x + room > wide) { x = 12; y += 18; }
    out += `${sample(x, y - 4)}<text class="word" x="${x + 34}" y="${y}"${way}>${esc(text)}</text>`;
    x += room;
  }
  return [`${out}<text class="told" x="12" y="${y + 18}"${way}>${esc(view.say.unofficial)}</text>`, y + 30];
}

/* view: {root, documents, lines, plan, say, language, selected, onPath, address, still}; a still picture has a legend. */
function draw(view) {
  const { plan } = view, wide = view.still ? Math.max(plan.width, 640) : plan.width;
  const [told_, high] = view.still ? legend(view, plan.height, wide) : ["", plan.height];
  const heading = esc(view.say.heading.replace("{symbol}", view.root));
  const size = `viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lineage" ${size} role="${view.still ? "img" : "group"}" aria-label="${heading}" lang="${view.language}" font-family="${FONTS}" font-size="${SYMBOL}">`
    + `<style>${words.style}</style><defs>${words.markers}</defs><rect class="paper" width="${wide}" height="${high}"/>`
    + `<g class="bands">${stripes(plan)}</g><g class="lines">${view.lines.map((line) => lineOf(line, plan, view)).join("")}`
    + `${plan.together ? `<path class="together" d="${plan.together}"/>` : ""}</g>`
    + `<g class="documents">${view.documents.map((each) => documentOf(each, plan, view)).join("")}</g>`
    + `<g class="years"><rect class="paper over" width="${wide}" height="${TOP - 4}"/>${years(plan, view.say)}</g>${told_}</svg>`;
}

here.draw = { draw, esc, family, actName, clauseName, mainAct, told, title };
})();
