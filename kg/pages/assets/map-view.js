// The picture: sigma draws documents and citations; years and bands stand beside it as words.
"use strict";
(function (page) {
  const { told, say, make } = page;
  const holder = document.getElementById("map");
  const axis = document.getElementById("axis");
  // Arabic reads time from right to left.
  const across = page.known.direction === "rtl" ? -1 : 1;
  const colours = { organs: [], acts: [], ink: "#000", line: "#ccc" };
  const seen = { hovered: null, chosen: null, near: null };
  let sigma = null;
  let graph = null;

  // Few documents are drawn large and few lines strong, so that a small collection can be seen as well.
  const large = Math.min(3, Math.max(1, Math.sqrt(4000 / page.count)));
  const lines = told.edges.reduce((sum, each) => sum + (each.length - 1) / 2, 0);
  const strength = Math.min(0.7, Math.max(0.22, 0.22 * Math.sqrt(5000 / Math.max(lines, 1))));

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    colours.organs = told.organs.map((_, organ) => value(`--organ-${organ}`));
    colours.acts = told.acts.map((_, act) => value(`--act-${act}`));
    const paper = value("--paper");
    colours.faint = colours.acts.map((colour) => mixed(colour, paper, strength));
    for (const name of ["ink", "line", "paper", "panel"]) colours[name] = value(`--${name}`);
  }

  // So much of a colour in the paper's: lines that are mixed beforehand look alike wherever they cross.
  function mixed(colour, paper, part) {
    const parts = (text) => [1, 3, 5].map((start) => parseInt(text.slice(start, start + 2), 16));
    const [one, other] = [parts(colour), parts(paper)];
    return `#${one.map((each, place) => Math.round(each * part + other[place] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
  }

  function built() {
    const made = new window.unkgSigma.DirectedGraph({ allowSelfLoops: false });
    for (let number = 0; number < page.count; number += 1) {
      const size = large * Math.min(1.4 + Math.sqrt(page.citedByOf(number).length) * 0.55, 13);
      made.addNode(String(number), { x: across * told.x[number], y: told.y[number], size });
    }
    for (let number = 0; number < page.count; number += 1) {
      for (const [cited, acts] of page.citesOf(number)) made.addEdge(String(number), String(cited), { acts });
    }
    return made;
  }

  // The first of the acts that the legend lets through, null where it lets none.
  function actShown(acts) {
    const shown = acts & page.actsMask();
    return shown ? 31 - Math.clz32(shown & -shown) : null;
  }

  const focus = () => (seen.chosen !== null ? seen.chosen : seen.hovered);

  function node(key, attributes) {
    const number = Number(key);
    const base = { ...attributes, color: colours.organs[page.band(number)], label: null, zIndex: 0 };
    if (!page.passes(number)) return { ...base, hidden: true };
    const middle = focus();
    if (middle === null) return { ...base, label: told.symbols[number] };
    if (number === middle) return { ...base, label: told.symbols[number], highlighted: true, forceLabel: true, zIndex: 2, size: Math.max(attributes.size, 5) };
    if (seen.near.has(number)) return { ...base, label: told.symbols[number], forceLabel: seen.near.size < 25, zIndex: 1 };
    return { ...base, color: colours.line, zIndex: 0 };
  }

  function edge(key, attributes) {
    const act = actShown(attributes.acts);
    if (act === null) return { hidden: true };
    const middle = focus();
    if (middle === null) return { color: colours.faint[act], size: 0.5 * large, zIndex: 0 };
    const ends = [Number(graph.source(key)), Number(graph.target(key))];
    if (!ends.includes(middle)) return { hidden: true };
    return { color: colours.acts[act], size: 1.4, zIndex: 1 };
  }

  function around(number) {
    const mask = page.actsMask();
    const near = [...page.citesOf(number), ...page.citedByOf(number)].filter(([, acts]) => acts & mask);
    return new Set(near.map(([other]) => other));
  }

  // The label of what the mouse is over, in the colours of the page: symbol, and below it the title.
  function label(context, data, settings) {
    const number = Number(data.key);
    const title = page.title(number);
    const lines = [told.symbols[number], ...(title ? [shortened(title.text)] : [])];
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const width = Math.max(...lines.map((line) => context.measureText(line).width)) + 12;
    const height = lines.length * (settings.labelSize + 5) + 6;
    const [x, y] = [Math.min(data.x + data.size + 4, Math.max(holder.clientWidth - width - 4, 0)), data.y - height / 2];
    context.fillStyle = colours.panel;
    context.strokeStyle = colours.line;
    context.fillRect(x, y, width, height);
    context.strokeRect(x, y, width, height);
    context.beginPath();
    context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
    context.stroke();
    context.fillStyle = colours.ink;
    lines.forEach((line, place) => {
      context.direction = place && title.language === "ar" ? "rtl" : "ltr";
      context.textAlign = context.direction === "rtl" ? "right" : "left";
      const start = context.direction === "rtl" ? x + width - 6 : x + 6;
      context.fillText(line, start, y + (place + 1) * (settings.labelSize + 5) - 1);
    });
    context.textAlign = "left";
  }

  // The symbol beside a document that stands out, readable over others.
  function symbol(context, data, settings) {
    if (!data.label) return;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    context.direction = "ltr";
    context.textAlign = "left";
    const width = context.measureText(data.label).width;
    const before = data.x + data.size + 3 + width > holder.clientWidth;
    const [x, y] = [before ? data.x - data.size - 3 - width : data.x + data.size + 3, data.y + settings.labelSize / 3];
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = colours.paper;
    context.strokeText(data.label, x, y);
    context.lineWidth = 1;
    context.fillStyle = colours.ink;
    context.fillText(data.label, x, y);
  }
  const shortened = (text) => ([...text].length > 70 ? [...text].slice(0, 69).join("") + "…" : text);

  function settings() {
    return {
      nodeReducer: node,
      edgeReducer: edge,
      defaultDrawNodeHover: label,
      defaultDrawNodeLabel: symbol,
      labelColor: { color: colours.ink },
      labelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 12,
      labelDensity: 0.5,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 7,
      hideEdgesOnMove: true,
      hideLabelsOnMove: false,
      zIndex: true,
      // A window may be made so small that nothing of the map is left.
      allowInvalidContainer: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      stagePadding: 24,
    };
  }

  // Starts the picture; false where this browser cannot draw it.
  page.startView = function () {
    readColours();
    try {
      graph = built();
      sigma = new window.unkgSigma.Sigma(graph, holder, settings());
    } catch (error) {
      console.warn(error);
      return false;
    }
    sigma.on("afterRender", drawAxis);
    sigma.on("enterNode", ({ node: key }) => hover(Number(key)));
    sigma.on("leaveNode", () => hover(null));
    sigma.on("clickNode", ({ node: key }) => page.clicked(Number(key)));
    sigma.on("clickStage", () => page.choose(null));
    sigma.getCamera().on("updated", () => page.remember());
    holder.addEventListener("keydown", moved);
    // The wheel turns the page until the map is chosen.
    const elsewhere = (event) => !event.ctrlKey && document.activeElement !== holder && event.stopImmediatePropagation();
    holder.addEventListener("wheel", elsewhere, { capture: true });
    holder.addEventListener("pointerdown", () => holder.focus({ preventScroll: true }));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      readColours();
      sigma.setSetting("labelColor", { color: colours.ink });
      page.redraw();
    });
    return true;
  };

  function hover(number) {
    holder.style.cursor = number === null ? "" : "pointer";
    if (seen.chosen !== null) return;
    seen.hovered = number;
    page.redraw();
  }

  // Draws anew, once for all that changes before the next picture.
  let waiting = false;
  page.redraw = function () {
    const middle = focus();
    seen.near = middle === null ? null : around(middle);
    if (!sigma || waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      sigma.refresh({ skipIndexation: true });
    });
  };

  // Puts a document into the middle of attention, or none; `move` brings it into the middle of the picture.
  page.focusOn = function (number, move) {
    Object.assign(seen, { chosen: number, hovered: null });
    page.redraw();
    if (!sigma || number === null || !move) return;
    const { x, y } = sigma.getNodeDisplayData(String(number));
    const camera = sigma.getCamera();
    go({ x, y, ratio: Math.min(camera.ratio, 0.35) });
  };

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  function go(state) {
    if (still.matches) sigma.getCamera().setState(state);
    else sigma.getCamera().animate(state, { duration: 300 });
  }

  page.zoom = (by) => sigma && go({ ratio: sigma.getCamera().ratio * by });
  page.showAll = () => sigma && go({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  page.camera = () => (sigma ? sigma.getCamera().getState() : null);
  page.setCamera = (x, y, ratio) => sigma && sigma.getCamera().setState({ x, y, ratio });

  function moved(event) {
    const camera = sigma.getCamera();
    const step = 0.15 * camera.ratio;
    const moves = {
      ArrowLeft: () => go({ x: camera.x - step }),
      ArrowRight: () => go({ x: camera.x + step }),
      ArrowUp: () => go({ y: camera.y + step }),
      ArrowDown: () => go({ y: camera.y - step }),
      "+": () => page.zoom(1 / 1.6),
      "=": () => page.zoom(1 / 1.6),
      "-": () => page.zoom(1.6),
      0: page.showAll,
      Escape: () => page.choose(null),
    };
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moves[event.key]();
  }

  // Years below, as many as have room, and the names of the bands.
  function drawAxis() {
    const size = sigma.getDimensions();
    const words = [];
    let last = -Infinity;
    const years = across > 0 ? told.years : [...told.years].reverse();
    for (const [year, start, end] of years) {
      const x = sigma.graphToViewport({ x: (across * (start + end)) / 2, y: 0 }).x;
      const name = year === null ? say("undated") : String(year);
      const room = year === null ? 70 : 46;
      if (x < 10 || x > size.width - 10 || x - last < room) continue;
      last = x;
      words.push(make("span", { class: "year", style: `left:${x.toFixed(1)}px` }, name));
    }
    told.bands.forEach(([start, end], band) => {
      const y = sigma.graphToViewport({ x: 0, y: (start + end) / 2 }).y;
      if (y < 12 || y > size.height - 30) return;
      const name = make("span", { class: "band", style: `top:${y.toFixed(1)}px;color:${colours.organs[band]}` }, page.known.organs[band]);
      if (page.filter.organs.has(band)) words.push(name);
    });
    axis.replaceChildren(...words);
  }
})(window.unkgMapPage);
