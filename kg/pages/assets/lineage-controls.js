/* Direction, steps, zoom and downloads; the legend, which is the filter; the way between two documents. */
(() => {
"use strict";
const here = globalThis.unkgLineage, words = globalThis.unkgLineageWords, { data } = here;
const { make, button, fill } = here.panel, { actName, clauseName } = here.draw, { year } = here.view;

function controls(page) {
  const { say, state } = page, root = page.find("controls");
  const directions = make("fieldset", {}, make("legend", {}, say.direction), ...["both", "up", "down"].map((each) => make("label", {},
    make("input", { type: "radio", name: "lineage-direction", value: each, checked: state.direction === each,
      onchange: () => page.change({ direction: each }, `direction ${each}`) }), ` ${say[each]}`)));
  const steps = make("fieldset", {}, make("legend", {}, `${say.steps}: ${state.steps}`),
    button(say.nearer, () => page.change({ steps: Math.max(1, state.steps - 1) }), { "data-do": "nearer", disabled: state.steps <= 1 }),
    button(say.further, () => page.change({ steps: state.steps + 1 }), { "data-do": "further", disabled: state.steps >= 9 }));
  const view = make("fieldset", {}, make("legend", {}, say.view),
    button("+", () => page.zoom(state.zoom * 1.25), { "aria-label": say.zoom_in, title: say.zoom_in }),
    button("−", () => page.zoom(state.zoom * 0.8), { "aria-label": say.zoom_out, title: say.zoom_out }),
    button(say.fit, () => page.fit(), { "data-do": "fit" }), button(say.real_size, () => page.zoom(1), { "data-do": "real" }),
    make("label", {}, make("input", { type: "checkbox", checked: page.titles(), onchange: (event) => page.change({ titles: event.target.checked }) }), ` ${say.titles}`));
  const files = make("fieldset", {}, make("legend", {}, say.download), ...[["svg", "SVG"], ["png", "PNG"], ["csv", say.network_csv], ["json", say.network_json]]
    .map(([kind, label]) => button(label, () => here.tables.download(kind, page), { "data-download": kind })),
  button(say.print, () => globalThis.print(), { "data-do": "print" }), button(say.start_over, () => page.over(), { "data-do": "over" }));
  const tongue = page.settings.mode === "site" ? null : make("fieldset", {}, make("legend", {}, say.language),
    ...Object.entries(words.languages).map(([code, name]) => button(name, () => page.change({ page: code }), { lang: code, dir: here.panel.way(code), "aria-pressed": String(code === state.page), "data-page": code })));
  root.replaceChildren(...[directions, steps, view, files, tongue].filter(Boolean));
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

/* Which entries of the legend stand unfolded is the reader's; it is not part of the view. */
const unfolded = new Set();

function tick(label, on, change, attributes) {
  return make("label", {}, make("input", { type: "checkbox", checked: on, onchange: (event) => change(event.target.checked), ...attributes }), " ", ...label);
}

function without(set, key, on) {
  const next = new Set(set);
  if (on) next.delete(key); else next.add(key);
  return next;
}

function sample(each) {
  const box = make("span", { class: "sample", "aria-hidden": "true" });
  box.innerHTML = `<svg class="lineage" width="40" height="12" viewBox="0 0 40 12"><path class="line f-${each.name}" d="M2 6H36"${each.head === "none" ? "" : ` marker-end="url(#h-${each.name})"`}/></svg>`;
  return box;
}

function acts(page) {
  const { state, say } = page, counts = counted(page.seen.within.map((each) => each.act));
  const rows = words.families.map((each) => {
    const mine = [...counts].filter(([act]) => here.draw.family(act) === each);
    const all = mine.reduce((sum, [, count]) => sum + count, 0), key = `${each.name}*`;
    if (!all) return null;
    const row = make("div", { class: "family" }, tick([sample(each), `${each.labels[state.page]} `, make("span", { class: "count" }, `(${all})`)],
      !state.acts.has(key), (on) => page.change({ acts: without(state.acts, key, on) }), { "data-filter": key }));
    if (mine.length > 1) {
      row.append(make("details", { open: unfolded.has(key), ontoggle: (event) => { if (event.target.open) unfolded.add(key); else unfolded.delete(key); } },
        make("summary", {}, `${say.single_acts} (${mine.length})`), ...mine.sort((a, b) => b[1] - a[1]).map(([act, count]) => make("div", {},
          tick([`${act ? actName(act, state.page) : say.no_act} `, make("span", { class: "count" }, `(${count})`)], !state.acts.has(act || "-"),
            (on) => page.change({ acts: without(state.acts, act || "-", on) }), { "data-filter": act || "-" })))));
    }
    return row;
  });
  return make("fieldset", {}, make("legend", {}, say.acts), ...rows.filter(Boolean));
}

function organs(page) {
  const { state, say } = page;
  const symbols = new Set(page.seen.within.flatMap((each) => [each.citing, each.cited]));
  const counts = [...counted([...symbols].map((symbol) => (data.documents.get(symbol) || {}).organ || "-"))].sort((a, b) => b[1] - a[1]);
  return make("fieldset", {}, make("legend", {}, say.organs), ...counts.map(([organ, count]) => make("div", {},
    tick([`${page.organ({ organ }) || say.other_organ} `, make("span", { class: "count" }, `(${count})`)], !state.organs.has(organ),
      (on) => page.change({ organs: without(state.organs, organ, on) }), { "data-filter": organ }))));
}

function bodies(page) {
  const { state, say } = page;
  const counts = counted(page.seen.within.flatMap((each) => data.bodies.get(`${each.citing}#${each.clause}`) || []));
  const options = [...counts].map(([body, count]) => [body, count, page.named(body)]).sort((a, b) => b[1] - a[1] || a[2].localeCompare(b[2], state.page));
  if (state.body && !counts.has(state.body)) options.unshift([state.body, 0, page.named(state.body)]);
  return make("label", { class: "stacked" }, say.body, make("select", { "data-filter": "body", onchange: (event) => page.change({ body: event.target.value }) },
    make("option", { value: "" }, say.any_body), ...options.map(([body, count, name]) => make("option", { value: body, selected: body === state.body }, `${name} (${count})`))));
}

function years(page) {
  const { state, say } = page;
  const all = page.seen.within.flatMap((each) => [each.citing, each.cited]).map((symbol) => year(data.documents.get(symbol))).filter(Boolean);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const field = (key, label, value) => make("label", {}, `${label} `, make("input", { type: "number", min: least, max: most, step: 1, placeholder: value, value: state[key] === null ? "" : state[key],
    "data-filter": key, onchange: (event) => page.change({ [key]: event.target.value === "" ? null : Number(event.target.value) }) }));
  return make("fieldset", {}, make("legend", {}, say.years), all.length ? field("from", say.from_year, least) : "", " ", all.length ? field("to", say.to_year, most) : "");
}

function legend(page) {
  const { say, state } = page, filtered = state.acts.size || state.organs.size || state.body || state.from !== null || state.to !== null;
  page.find("legend").replaceChildren(acts(page), organs(page), make("div", {}, years(page), bodies(page)),
    make("p", { class: "count" }, page.seen.hidden ? `${fill(say.hidden, { count: page.seen.hidden })} ` : "",
      filtered ? button(say.show_all, () => page.change({ acts: new Set(), organs: new Set(), body: "", from: null, to: null }), { "data-do": "show-all" }) : ""));
}

function path(page) {
  const { say, state } = page, ends = state.path || [state.root, ""];
  const field = (name, label, value) => make("label", {}, `${label} `, make("input", { name, list: "lineage-symbols", value, required: true, dir: "ltr", autocomplete: "off" }));
  const form = make("form", { class: "buttons", onsubmit: (event) => {
    event.preventDefault();
    page.findPath(...["from", "to"].map((name) => form.elements[name].value.trim().toUpperCase()));
  } }, field("from", say.path_from, ends[0]), field("to", say.path_to, ends[1]), make("button", {}, say.find_path),
  state.path ? button(say.clear_path, () => page.change({ path: null })) : "",
  make("datalist", { id: "lineage-symbols" }, ...page.seen.documents.map(({ symbol }) => make("option", { value: symbol }))));
  page.find("way").replaceChildren(form, ...steps(page));
}

/* The path in words. */
function steps(page) {
  const { say, state, seen } = page;
  if (!state.path) return [];
  if (!seen.path) return [make("p", { class: "count" }, fill(say.no_path, { from: state.path[0], to: state.path[1] }))];
  return [make("h3", {}, fill(say.path_found, { count: seen.path.length })), make("ol", { class: "list" }, ...seen.path.map((step) => {
    const clauses = step.all.map((each) => `${each.act ? actName(each.act, state.page) : say.no_act} (${clauseName(each.clause, say)})`);
    return make("li", {}, button(fill(say.cites_line, step), () => page.select(`${step.citing}>${step.cited}`, { focus: "panel" }), { class: "link" }), `${say.colon}${[...new Set(clauses)].join(say.comma)}`);
  }))];
}

here.controls = { controls, legend, path };
})();
