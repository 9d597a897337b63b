// The page of the map: legend, search, the chosen document, and the address that holds the view.
"use strict";
(function (page) {
  const { known, told, say, make, filter } = page;
  const at = (id) => document.getElementById(id);
  const LISTED = 60;
  const PAUSE = 300;
  const number = new Intl.NumberFormat(known.language);
  let chosen = null;
  let waiting = null;

  // The legend is the filter: a box for each organ and each act.
  function legend(id, names, kept, swatch) {
    const boxes = names.map((name, place) => {
      const box = make("input", { type: "checkbox", value: String(place) });
      box.checked = kept.has(place);
      box.addEventListener("change", () => {
        if (box.checked) kept.add(place);
        else kept.delete(place);
        filtered();
      });
      const mark = make("span", { class: swatch, style: `background:var(--${id.slice(0, -1)}-${place})`, "aria-hidden": "true" });
      return make("label", {}, box, mark, name);
    });
    at(id).append(...boxes);
  }

  function checked() {
    for (const [id, kept] of [["organs", filter.organs], ["acts", filter.acts]]) {
      for (const box of at(id).querySelectorAll("input")) box.checked = kept.has(Number(box.value));
    }
    at("held").checked = filter.held;
    at("words").value = filter.words;
  }

  function filtered() {
    page.redraw();
    page.list();
    count();
    if (chosen !== null) about(chosen);
    page.remember();
  }

  function count() {
    const mask = page.actsMask();
    let [documents, citations] = [0, 0];
    for (let each = 0; each < page.count; each += 1) {
      if (!page.passes(each)) continue;
      documents += 1;
      for (const [cited, acts] of page.citesOf(each)) if (acts & mask && page.passes(cited)) citations += 1;
    }
    at("counted").textContent = say("shown", { documents: number.format(documents), citations: number.format(citations) });
  }

  // Chooses a document, or none; `move` brings it into the middle, `tell` moves the focus to what is said of it.
  page.choose = function (which, { move = false, tell = false } = {}) {
    chosen = which;
    at("chosen").hidden = which === null;
    if (which !== null) about(which);
    page.focusOn(which, move);
    page.remember();
    if (tell && which !== null) at("chosen-title").focus();
  };

  // A second click on what is chosen opens its page.
  page.clicked = function (which) {
    if (which === chosen) location.href = page.address(which);
    else page.choose(which);
  };

  function about(which) {
    const mask = page.actsMask();
    const shown = (pairs) => pairs.filter(([other, acts]) => acts & mask && page.passes(other)).map(([other]) => other);
    const release = make("button", { type: "button" }, say("release"));
    release.addEventListener("click", () => {
      page.choose(null);
      at("map").focus();
    });
    const open = make("a", { href: page.address(which) }, say("open"));
    at("about").replaceChildren(
      make("p", {}, make("strong", { dir: "ltr" }, told.symbols[which]), " ", page.titled(which)),
      make("p", {}, [page.organ(which), page.year(which)].filter(Boolean).join(" · ")),
      make("p", { class: "buttons" }, open, release),
      make("div", { class: "pair" }, listed("cites", shown(page.citesOf(which))), listed("cited_by", shown(page.citedByOf(which))))
    );
  }

  function listed(key, numbers) {
    const latest = [...numbers].sort((one, other) => told.x[other] - told.x[one]);
    const items = latest.slice(0, LISTED).map((each) => make("li", {}, page.link(each)));
    const more = numbers.length > LISTED ? make("p", { class: "note" }, say("more", { count: numbers.length - LISTED })) : null;
    return make("div", {}, make("h3", {}, say(key, { count: numbers.length })), make("ul", {}, ...items), more);
  }

  // The view in the part of the address that is sent to nobody.
  page.remember = function () {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(null, "", address()), PAUSE);
  };

  function address() {
    const kept = new URLSearchParams();
    if (chosen !== null) kept.set("document", told.symbols[chosen]);
    if (filter.organs.size < told.organs.length) kept.set("organs", [...filter.organs].sort().map((each) => told.organs[each] || "other").join(" "));
    if (filter.acts.size < told.acts.length) kept.set("acts", [...filter.acts].sort().map((each) => told.acts[each] || "other").join(" "));
    if (filter.held) kept.set("held", "1");
    if (filter.words) kept.set("words", filter.words);
    const camera = page.camera();
    if (camera && Math.abs(camera.ratio - 1) + Math.abs(camera.x - 0.5) + Math.abs(camera.y - 0.5) > 0.01) {
      kept.set("at", [camera.x, camera.y, camera.ratio].map((each) => each.toFixed(3)).join(" "));
    }
    return `#${kept}`;
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    const chosenOf = (key, names) => {
      const wanted = kept.has(key) ? kept.get(key).split(" ") : null;
      return new Set([...names.keys()].filter((each) => !wanted || wanted.includes(names[each] || "other")));
    };
    filter.organs = replaced(filter.organs, chosenOf("organs", told.organs));
    filter.acts = replaced(filter.acts, chosenOf("acts", told.acts));
    filter.held = kept.get("held") === "1";
    filter.words = kept.get("words") || "";
    const place = (kept.get("at") || "").split(" ").map(Number);
    checked();
    filtered();
    page.choose(kept.has("document") ? page.find(kept.get("document")) : null, { move: !kept.has("at") });
    if (place.length === 3 && place.every(Number.isFinite)) page.setCamera(...place);
  }

  // The boxes of the legend hold on to the sets.
  function replaced(held, wanted) {
    held.clear();
    for (const each of wanted) held.add(each);
    return held;
  }

  at("whole").hidden = false;
  legend("organs", known.organs, filter.organs, "swatch");
  legend("acts", known.acts, filter.acts, "swatch line");
  page.startList();
  if (!page.startView()) {
    at("no-picture").hidden = false;
    document.querySelector(".stage").hidden = true;
  }
  at("held").addEventListener("change", () => {
    filter.held = at("held").checked;
    filtered();
  });
  at("words").addEventListener("input", () => {
    filter.words = at("words").value.trim();
    page.list();
    page.remember();
  });
  at("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const best = filter.words ? page.best(filter.words) : null;
    if (best === null) at("counted").textContent = say("no_match");
    else page.choose(best, { move: true, tell: true });
  });
  at("in").addEventListener("click", () => page.zoom(1 / 1.6));
  at("out").addEventListener("click", () => page.zoom(1.6));
  at("all").addEventListener("click", () => page.showAll());
  recall();
  window.addEventListener("hashchange", recall);
  document.documentElement.dataset.ready = "";
})(window.unkgMapPage);
