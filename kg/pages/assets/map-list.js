// The same documents as a table: what the filters and the search let through, the most cited first.
"use strict";
(function (page) {
  const { known, told, say, make } = page;
  const ROWS = 25;
  const order = new Intl.Collator(known.language, { numeric: true });
  const COLUMNS = [
    ["symbol", (number) => told.symbols[number], order.compare],
    ["document_title", (number) => (page.title(number) || { text: "" }).text, order.compare],
    ["organ", (number) => page.organ(number), order.compare],
    ["year", (number) => page.year(number) || 0, (one, other) => one - other],
    ["cites_count", (number) => page.citesOf(number).length, (one, other) => one - other],
    ["cited_count", (number) => page.citedByOf(number).length, (one, other) => one - other],
  ];
  const NUMBERS = new Set(["year", "cites_count", "cited_count"]);
  const state = { column: "cited_count", down: true, start: 0, rows: [] };
  const counted = make("p", { class: "count" });
  const body = make("tbody");
  const heads = new Map(COLUMNS.map(([column]) => [column, head(column)]));
  const [earlier, later] = [turn("earlier", -ROWS), turn("later", ROWS)];

  function head(column) {
    const mark = make("span", { "aria-hidden": "true" });
    const button = make("button", { type: "button", title: say("sort_by", { column: say(column) }) }, say(column), mark);
    button.addEventListener("click", () => {
      // Numbers begin with the greatest.
      state.down = state.column === column ? !state.down : NUMBERS.has(column);
      state.column = column;
      page.list();
    });
    return make("th", { scope: "col", class: NUMBERS.has(column) ? "number" : null }, button);
  }

  function turn(key, by) {
    const button = make("button", { type: "button" }, say(key));
    button.addEventListener("click", () => {
      state.start += by;
      draw();
      if (button.disabled) (by > 0 ? earlier : later).focus();
    });
    return button;
  }

  page.startList = function () {
    const rows = make("table", { class: "answers" }, make("thead", {}, make("tr", {}, ...heads.values(), make("td"))), body);
    const region = { class: "wide", tabindex: "0", role: "region", "aria-label": say("documents_list") };
    document.getElementById("list").append(counted, make("div", region, rows), make("p", { class: "buttons" }, earlier, later));
  };

  // Makes the list anew, after filter, search or order have changed.
  page.list = function () {
    const [, value, compare] = COLUMNS.find(([column]) => column === state.column);
    const found = [];
    for (let number = 0; number < page.count; number += 1) {
      if (page.passes(number) && page.matches(number, page.filter.words)) found.push(number);
    }
    const values = new Map(found.map((number) => [number, value(number)]));
    found.sort((one, other) => (state.down ? -1 : 1) * compare(values.get(one), values.get(other)) || one - other);
    Object.assign(state, { rows: found, start: 0 });
    draw();
  };

  function draw() {
    const part = state.rows.slice(state.start, state.start + ROWS);
    const to = Math.min(state.start + ROWS, state.rows.length);
    body.replaceChildren(...part.map(row));
    counted.textContent = state.rows.length
      ? say("page_of", { from: state.start + 1, to, count: state.rows.length })
      : say("no_match");
    earlier.disabled = state.start === 0;
    later.disabled = to >= state.rows.length;
    for (const [column, element] of heads) {
      const sorted = column === state.column;
      if (sorted) element.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else element.removeAttribute("aria-sort");
      element.querySelector("span").textContent = sorted ? (state.down ? " ▼" : " ▲") : "";
    }
  }

  function row(number) {
    const show = make("button", { type: "button", "aria-label": `${say("show")} ${told.symbols[number]}` }, say("show"));
    show.addEventListener("click", () => page.choose(number, { move: true, tell: true }));
    return make(
      "tr",
      {},
      make("td", {}, page.link(number)),
      make("td", { class: page.title(number) ? "long" : null }, page.titled(number)),
      make("td", {}, page.organ(number)),
      make("td", { class: "number" }, String(page.year(number) || "")),
      make("td", { class: "number" }, String(page.citesOf(number).length)),
      make("td", { class: "number" }, String(page.citedByOf(number).length)),
      make("td", {}, show)
    );
  }

  page.link = (number) => make("a", { href: page.address(number), dir: "ltr" }, told.symbols[number]);
  page.titled = function (number) {
    const title = page.title(number);
    if (!title) return "";
    if (title.language === known.language) return title.text;
    return make("span", { lang: title.language, dir: title.language === "ar" ? "rtl" : "ltr" }, title.text);
  };
})(window.unkgMapPage);
