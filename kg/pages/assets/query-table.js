// An answer as a table: sorted by any column, a page of rows at a time.
"use strict";
(function (page) {
  const { known, make, say } = page;
  const ROWS = 50;
  const LONG = 60;
  const SHORT = 12;
  const order = new Intl.Collator(known.language, { numeric: true });

  page.heading = (column) => known.columns[column] || column;

  function compared(column) {
    return function (one, other) {
      const [a, b] = [one[column], other[column]];
      // What is not there comes last.
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      if (page.isNumber(a) && page.isNumber(b)) return Number(a.value) - Number(b.value);
      return order.compare(page.words(a, column), page.words(b, column));
    };
  }

  page.table = function (answer, holder) {
    const shown = { rows: answer.rows, column: null, down: false, start: 0 };
    const counted = make("p", { class: "count", role: "status" });
    const body = make("tbody");
    const heads = answer.columns.map((column) => head(column, shown, draw));
    const label = { class: "wide", tabindex: "0", role: "region", "aria-label": say("table") };
    const table = make("table", { class: "answers" }, make("thead", {}, make("tr", {}, ...heads)), body);
    const [earlier, later] = [turn("earlier", -ROWS), turn("later", ROWS)];
    const pager = make("p", { class: "buttons" }, earlier, later);
    holder.replaceChildren(counted, make("div", label, table), pager);

    function turn(key, by) {
      const button = make("button", { type: "button" }, say(key));
      button.addEventListener("click", () => {
        shown.start += by;
        draw();
        if (button.disabled) (by > 0 ? earlier : later).focus();
      });
      return button;
    }

    function draw() {
      const part = shown.rows.slice(shown.start, shown.start + ROWS);
      body.replaceChildren(...part.map((row) => make("tr", {}, ...answer.columns.map((column) => cell(row, column)))));
      const to = Math.min(shown.start + ROWS, shown.rows.length);
      counted.textContent = say("page_of", { from: shown.start + 1, to, count: shown.rows.length });
      pager.hidden = shown.rows.length <= ROWS;
      earlier.disabled = shown.start === 0;
      later.disabled = to >= shown.rows.length;
      heads.forEach((each, place) => {
        const sorted = shown.column === answer.columns[place];
        if (sorted) each.setAttribute("aria-sort", shown.down ? "descending" : "ascending");
        else each.removeAttribute("aria-sort");
        each.querySelector("span").textContent = sorted ? (shown.down ? " ▼" : " ▲") : "";
      });
    }

    function head(column, state, redraw) {
      const name = page.heading(column);
      const mark = make("span", { "aria-hidden": "true" });
      const button = make("button", { type: "button", title: say("sort_by", { column: name }) }, make("bdi", {}, name), mark);
      button.addEventListener("click", () => {
        state.down = state.column === column && !state.down;
        state.column = column;
        const sorted = [...answer.rows].sort(compared(column));
        state.rows = state.down ? sorted.reverse() : sorted;
        state.start = 0;
        redraw();
      });
      return make("th", { scope: "col" }, button);
    }

    draw();
  };

  function cell(row, column) {
    const term = row[column];
    const kinds = [];
    if (page.isNumber(term)) kinds.push("number");
    const length = page.words(term, column).length;
    if (length) kinds.push(length > LONG ? "long" : length < SHORT ? "short" : "");
    return make("td", { class: kinds.join(" ").trim() || null }, page.cell(term, column, row));
  }
})(window.unkgQuery);
