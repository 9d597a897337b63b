// An answer as bars or a line: a column of numbers over a column of labels.
"use strict";
(function (page) {
  const { known, make, say } = page;
  const MOST = 40;
  const WIDEST = 900;
  const number = new Intl.NumberFormat(known.language);
  const YEARS = new Set(["year", "founded", "dissolved", "session"]);

  // The columns that hold numbers and nothing else; a year is rather a label.
  function numeric(answer) {
    const filled = (column) => answer.rows.map((row) => row[column]).filter(Boolean);
    return answer.columns.filter((column) => {
      const terms = filled(column);
      return terms.length && terms.every(page.isNumber);
    });
  }

  const charted = (answer) => numeric(answer).filter((column) => !YEARS.has(column));
  page.canChart = (answer) => answer.kind === "rows" && answer.rows.length > 0 && charted(answer).length > 0 && answer.columns.length > 1;

  // Sums by label, in the order of the rows; labels that are years in their own order.
  function sums(answer, label, value) {
    const found = new Map();
    for (const row of answer.rows) {
      const words = page.words(row[label], label) || "–";
      found.set(words, (found.get(words) || 0) + Number((row[value] || { value: 0 }).value));
    }
    const pairs = [...found];
    return YEARS.has(label) ? pairs.sort(([one], [other]) => Number(one) - Number(other)) : pairs;
  }

  page.chart = function (answer, holder) {
    if (!page.canChart(answer)) {
      holder.replaceChildren(make("p", {}, say("chart_none")));
      return;
    }
    const numbers = numeric(answer);
    const labels = answer.columns.filter((column) => column !== charted(answer)[0]);
    const label = select("chart_label", labels, labels.find((each) => YEARS.has(each)) || labels[0]);
    const value = select("chart_number", numbers, charted(answer)[0]);
    const form = select("chart_kind", ["bars", "line"], YEARS.has(label.control.value) ? "line" : "bars", say);
    const picture = make("div");
    holder.replaceChildren(make("div", { class: "choices" }, label.whole, value.whole, form.whole), picture);

    function draw() {
      const pairs = sums(answer, label.control.value, value.control.value);
      const shown = form.control.value === "line" ? pairs : pairs.slice(0, MOST);
      const title = say("chart_of", { number: page.heading(value.control.value), label: page.heading(label.control.value) });
      // As wide as there is room, so that words are of one size on every screen.
      const width = Math.max(300, Math.min(WIDEST, holder.clientWidth));
      const drawn = form.control.value === "line" ? line(shown, title, width) : bars(shown, title, width);
      const note = shown.length < pairs.length ? make("p", { class: "note" }, say("chart_first", { shown: shown.length, count: pairs.length })) : null;
      picture.replaceChildren(drawn, ...(note ? [note] : []));
    }
    for (const each of [label, value, form]) each.control.addEventListener("change", draw);
    draw();
  };

  function select(key, options, chosen, name = page.heading) {
    const control = make("select", {}, ...options.map((each) => make("option", { value: each }, name(each))));
    control.value = chosen;
    return { control, whole: make("label", {}, say(key), control) };
  }
  page.select = select;

  function canvas(width, height, title) {
    return make("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawn", role: "img", "aria-label": title, direction: known.direction }, make("title", {}, title));
  }

  const cut = (text, length) => ([...text].length > length ? [...text].slice(0, length - 1).join("") + "…" : text);
  page.cut = cut;

  function bars(pairs, title, wide) {
    const [row, space, right] = [24, Math.min(300, wide * 0.42), 60];
    const most = Math.max(...pairs.map(([, count]) => count), 1);
    const svg = canvas(wide, pairs.length * row + 16, title);
    const mirrored = known.direction === "rtl";
    pairs.forEach(([words, count], place) => {
      const y = 8 + place * row;
      const width = Math.max(1, ((wide - space - right) * count) / most);
      const at = (x) => (mirrored ? wide - x : x);
      svg.append(
        make("text", { x: at(space - 8), y: y + 16, "text-anchor": "end" }, cut(words, Math.floor(space / 7.5))),
        make("rect", { class: "bar", x: mirrored ? wide - space - width : space, y: y + 3, width, height: row - 7 }),
        make("text", { x: at(space + width + 6), y: y + 16, "text-anchor": "start" }, number.format(count))
      );
    });
    return svg;
  }

  // Round steps for an axis: 1, 2 or 5 times a power of ten.
  function steps(most) {
    const rough = Math.max(most, 1) / 5;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = Math.max(1, [1, 2, 5, 10].find((each) => each * power >= rough) * power);
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, place) => place * step);
  }

  function line(pairs, title, wide) {
    const [height, left, bottom, top] = [360, 60, 40, 16];
    const most = Math.max(...pairs.map(([, count]) => count), 1);
    const svg = canvas(wide, height, title);
    // Time runs from left to right in pictures of all languages here but those that run the other way.
    const across = (place) => left + ((wide - left - 20) * place) / Math.max(pairs.length - 1, 1);
    const x = (place) => (known.direction === "rtl" ? wide - across(place) : across(place));
    const y = (count) => height - bottom - ((height - bottom - top) * count) / most;
    const edge = known.direction === "rtl" ? wide - left : left;
    const outside = known.direction === "rtl" ? wide - left + 8 : left - 8;
    for (const step of steps(most)) {
      svg.append(make("line", { class: "axis", x1: edge, x2: wide - edge + (known.direction === "rtl" ? -40 : 40), y1: y(step), y2: y(step) }));
      svg.append(make("text", { class: "tick", x: outside, y: y(step) + 4, "text-anchor": "end" }, number.format(step)));
    }
    const every = Math.ceil((pairs.length * 60) / wide);
    pairs.forEach(([words], place) => {
      if (place % every === 0) svg.append(make("text", { class: "tick", x: x(place), y: height - 16, "text-anchor": "middle" }, cut(words, 12)));
    });
    const path = pairs.map(([, count], place) => `${place ? "L" : "M"}${x(place).toFixed(1)} ${y(count).toFixed(1)}`).join("");
    svg.append(make("path", { class: "curve", d: path }));
    pairs.forEach(([words, count], place) => {
      const told = make("title", {}, `${words}: ${number.format(count)}`);
      svg.append(make("circle", { class: "point", cx: x(place), cy: y(count), r: 4 }, told));
    });
    return svg;
  }
})(window.unkgQuery);
