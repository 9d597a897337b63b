/* The same as tables, for those who read instead of look; and as files. */
(() => {
"use strict";
const here = globalThis.unkgLineage, { data } = here, { actName, clauseName, title } = here.draw, { make, titled } = here.panel;

function sortable(table, columns, rows, page, name) {
  const order = page.order[name];
  if (order) {
    const value = columns.find((each) => each.key === order.key).value;
    rows = [...rows].sort((a, b) => {
      const one = value(a), two = value(b);
      const sign = typeof one === "number" ? one - two : String(one).localeCompare(String(two), page.state.page, { numeric: true });
      return order.down ? -sign : sign;
    });
  }
  const head = make("tr", {}, ...columns.map(({ key }) => {
    const sorted = order && order.key === key ? (order.down ? "descending" : "ascending") : null;
    return make("th", { scope: "col", "aria-sort": sorted }, make("button", { type: "button", class: "sort", "data-key": key, onclick: () => {
      page.order[name] = { key, down: Boolean(order && order.key === key && !order.down) };
      page.tables(`${name} ${key}`);
    } }, page.say[key], make("span", { "aria-hidden": "true" }, sorted ? (order.down ? " ▼" : " ▲") : "")));
  }));
  const body = make("tbody");
  for (const row of rows) {
    body.append(make("tr", {}, ...columns.map(({ shown, value }, n) => make(n ? "td" : "th", n ? {} : { scope: "row" }, ...[shown ? shown(row) : String(value(row))].flat()))));
  }
  table.replaceChildren(make("caption", { id: `lineage-${name}` }, page.say[name]), make("thead", {}, head), body);
}

function tables(page, root) {
  const { say, state } = page, chosen = (label, key) => make("button", { type: "button", class: "link", onclick: () => page.select(key, { focus: "panel" }) }, make("bdi", {}, label));
  sortable(root.querySelector("table.documents"), [
    { key: "symbol", value: (each) => each.symbol, shown: (each) => chosen(each.symbol, each.symbol) },
    { key: "date", value: (each) => each.date || "", shown: (each) => (each.date ? make("span", { class: "ltr" }, each.date) : say.undated) },
    { key: "title", value: (each) => (title(each, state.page) || [""])[0], shown: (each) => titled(each, state.page) },
    { key: "organ", value: (each) => page.organ(each) },
    { key: "cites", value: (each) => each.cites },
    { key: "cited_by", value: (each) => each.citedBy },
  ], page.seen.documents, page, "documents");
  sortable(root.querySelector("table.citations"), [
    { key: "citing", value: (each) => each.citing, shown: (each) => chosen(each.citing, each.citing) },
    { key: "clause", value: (each) => each.clause, shown: (each) => chosen(clauseName(each.clause, say), `${each.citing}>${each.cited}`) },
    { key: "act", value: (each) => (each.act ? actName(each.act, state.page) : "") },
    { key: "cited", value: (each) => each.cited, shown: (each) => chosen(each.cited, each.cited) },
    { key: "place", value: (each) => data.placed(each.place, state.page) },
  ], page.seen.visible, page, "citations");
}

function csv(page) {
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
  const date = (symbol) => (data.documents.get(symbol) || {}).date || "";
  const rows = page.seen.visible.map((each) => [each.citing, each.cited, each.clause, each.act, each.place, date(each.citing), date(each.cited)]);
  return [["citing", "cited", "clause", "act", "place", "citing_date", "cited_date"], ...rows].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function json(page) {
  const documents = page.seen.documents.map(({ symbol, date, organ, held, titles }) => ({ symbol, date, organ, held, titles }));
  const citations = page.seen.visible.map(({ citing, cited, clause, act, place }) => ({ citing, cited, clause, act: act || null, place: place || null }));
  return JSON.stringify({ root: page.state.root, documents, citations }, null, 1);
}

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* The picture as pixels, twice as fine as it is shown. */
function png(text, done) {
  const image = new Image();
  image.onload = () => {
    const scale = Math.min(2, 16000 / Math.max(image.width, image.height));
    const canvas = make("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

function download(kind, page) {
  const name = `${page.state.root.replace(/[^A-Za-z0-9]+/g, "-")}-lineage.${kind}`;
  if (kind === "csv") save(new Blob(["\ufeff", csv(page)], { type: "text/csv;charset=utf-8" }), name);
  else if (kind === "json") save(new Blob([json(page)], { type: "application/json" }), name);
  else if (kind === "svg") save(new Blob([page.still()], { type: "image/svg+xml" }), name);
  else png(page.still(), (blob) => save(blob, name));
}

here.tables = { tables, csv, json, download };
})();
