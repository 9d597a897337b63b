// An answer as a graph: statements, or two columns of things, drawn where forces let them rest. The same answer gives
// the same picture.
"use strict";
(function (page) {
  const { make, say } = page;
  // Things that are drawn in a picture of full size; in a smaller one fewer, so that names can be read.
  const MOST = 80;
  const [WIDEST, HIGHEST] = [1000, 640];
  const ROUNDS = 250;

  // The columns that hold things.
  const thingColumns = (answer) =>
    answer.columns.filter((column) => {
      const filled = answer.rows.filter((row) => row[column]);
      return filled.length && filled.every((row) => page.thingIn(row[column], column));
    });

  // The document that a question is about stands in none of its columns, but is one end of what it tells.
  const ASKED = "@asked";
  const ends = (answer) => [...thingColumns(answer), ...(page.askedDocument ? [ASKED] : [])];
  const endName = (column) => (column === ASKED ? page.askedDocument : page.heading(column));
  const thingAt = (row, column) =>
    column === ASKED ? `${page.known.base}doc/${page.quote(page.askedDocument)}` : page.thingIn(row[column], column);

  page.canGraph = (answer) =>
    answer.rows.length > 0 &&
    (answer.kind === "graph" || (answer.kind === "rows" && thingColumns(answer).length > 0 && ends(answer).length > 1));

  page.graph = function (answer, holder) {
    if (!page.canGraph(answer)) {
      holder.replaceChildren(make("p", {}, say("graph_none")));
      return;
    }
    const picture = make("div");
    if (answer.kind === "graph") {
      holder.replaceChildren(picture);
      draw(picture, statements(answer.rows));
      return;
    }
    const columns = ends(answer);
    const own = columns.filter((column) => column !== ASKED);
    const first = own.length === 1 && own[0] !== "citing" ? ASKED : own[0];
    const from = page.select("graph_from", columns, first, endName);
    const to = page.select("graph_to", columns, own.length === 1 && first !== ASKED ? ASKED : own[own.length - 1], endName);
    holder.replaceChildren(make("div", { class: "choices" }, from.whole, to.whole), picture);
    const redraw = () => draw(picture, pairs(answer.rows, from.control.value, to.control.value));
    for (const each of [from, to]) each.control.addEventListener("change", redraw);
    redraw();
  };

  // Links between things; a statement about a literal says something of its subject and is no link.
  const statements = (rows) =>
    rows
      .filter((row) => row.object.type !== "literal")
      .map((row) => ({ from: row.subject.value, to: row.object.value, name: page.nameOf(row.predicate.value) }));

  const pairs = (rows, from, to) =>
    rows
      .filter((row) => thingAt(row, from) && thingAt(row, to))
      .map((row) => ({
        from: thingAt(row, from),
        to: thingAt(row, to),
        name: row.act ? page.words(row.act, "act") : "",
      }));

  // The things with the most links, and the links between them, each once with all its names.
  function chosen(links, most) {
    const degrees = new Map();
    for (const { from, to } of links) for (const each of [from, to]) degrees.set(each, (degrees.get(each) || 0) + 1);
    const kept = [...degrees].sort((one, other) => other[1] - one[1]).slice(0, most).map(([name]) => name);
    const nodes = new Map(kept.map((name, place) => [name, { name, place, degree: degrees.get(name) }]));
    const edges = new Map();
    for (const { from, to, name } of links) {
      if (!nodes.has(from) || !nodes.has(to) || from === to) continue;
      const key = `${from} ${to}`;
      if (!edges.has(key)) edges.set(key, { from: nodes.get(from), to: nodes.get(to), names: new Set() });
      if (name) edges.get(key).names.add(name);
    }
    return { nodes: [...nodes.values()], edges: [...edges.values()], all: degrees.size };
  }

  // Places by forces, from a spiral on: things repel each other, links pull, the middle holds all.
  function placed({ nodes, edges }, [width, height]) {
    const ideal = Math.sqrt((width * height) / Math.max(nodes.length, 1)) * 0.75;
    nodes.forEach((node, place) => {
      const [turn, away] = [place * 2.399963, ideal * 0.6 * Math.sqrt(place + 0.5)];
      Object.assign(node, { x: width / 2 + away * Math.cos(turn) * 1.4, y: height / 2 + away * Math.sin(turn), dx: 0, dy: 0 });
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      pushApart(nodes, ideal);
      for (const { from, to } of edges) pull(from, to, ideal);
      const warm = ideal * 0.4 * (1 - round / ROUNDS) + 0.5;
      for (const node of nodes) {
        node.dx += (width / 2 - node.x) * 0.03;
        node.dy += (height / 2 - node.y) * 0.05;
        const length = Math.hypot(node.dx, node.dy) || 1;
        node.x += (node.dx / length) * Math.min(length, warm);
        node.y += (node.dy / length) * Math.min(length, warm);
        node.dx = node.dy = 0;
      }
    }
    framed(nodes, [width, height]);
  }

  function pushApart(nodes, ideal) {
    for (let one = 0; one < nodes.length; one += 1) {
      for (let other = one + 1; other < nodes.length; other += 1) {
        const [a, b] = [nodes[one], nodes[other]];
        const [x, y] = [a.x - b.x || 0.1, a.y - b.y || 0.1];
        const force = (ideal * ideal) / (x * x + y * y);
        a.dx += x * force;
        a.dy += y * force;
        b.dx -= x * force;
        b.dy -= y * force;
      }
    }
  }

  function pull(from, to, ideal) {
    const [x, y] = [from.x - to.x, from.y - to.y];
    const force = Math.hypot(x, y) / ideal;
    from.dx -= x * force;
    from.dy -= y * force;
    to.dx += x * force;
    to.dy += y * force;
  }

  // Moved and stretched so that all stand within the picture, with room for names.
  function framed(nodes, [width, height]) {
    const [xs, ys] = [nodes.map((node) => node.x), nodes.map((node) => node.y)];
    const fit = (value, values, from, to) => {
      const [least, most] = [Math.min(...values), Math.max(...values)];
      return most - least < 1 ? (from + to) / 2 : from + ((value - least) * (to - from)) / (most - least);
    };
    for (const node of nodes) Object.assign(node, { x: fit(node.x, xs, 90, width - 90), y: fit(node.y, ys, 30, height - 40) });
  }

  // A picture as a file of its own: what the page's style says of its parts stands in them, links lead nowhere.
  const STYLES = ["fill", "stroke", "stroke-width", "opacity", "font-size", "font-family", "paint-order", "stroke-linejoin"];
  page.picture = function (svg) {
    const copy = svg.cloneNode(true);
    const parts = [...copy.querySelectorAll("*")];
    [...svg.querySelectorAll("*")].forEach((each, place) => {
      const style = getComputedStyle(each);
      for (const name of STYLES) parts[place].setAttribute(name, style.getPropertyValue(name));
      parts[place].removeAttribute("href");
    });
    const [, , width, height] = svg.getAttribute("viewBox").split(" ");
    const paper = make("rect", { width, height, fill: getComputedStyle(svg).backgroundColor });
    copy.prepend(paper);
    for (const [name, value] of [["width", width], ["height", height]]) copy.setAttribute(name, value);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
  };

  function draw(holder, links) {
    const width = Math.max(320, Math.min(WIDEST, holder.clientWidth));
    const size = [width, Math.max(420, (HIGHEST * width) / WIDEST)];
    const found = chosen(links, Math.round((MOST * width) / WIDEST));
    placed(found, size);
    const title = say("graph_of", { nodes: found.nodes.length, edges: found.edges.length });
    const svg = make("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, class: "drawn", role: "group", "aria-label": title });
    const named = found.edges.length <= 40;
    for (const edge of found.edges) svg.append(...arrow(edge, named));
    for (const node of found.nodes) svg.append(point(node));
    const note = say("chart_first", { shown: found.nodes.length, count: found.all });
    holder.replaceChildren(svg, ...(found.all > found.nodes.length ? [make("p", { class: "note" }, note)] : []));
  }

  function arrow({ from, to, names }, named) {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length];
    const [endX, endY] = [to.x - x * 9, to.y - y * 9];
    const side = (turn) => `L${(endX - x * 7 - y * turn).toFixed(1)} ${(endY - y * 7 + x * turn).toFixed(1)}`;
    const tip = `M${endX.toFixed(1)} ${endY.toFixed(1)}${side(3.5)}M${endX.toFixed(1)} ${endY.toFixed(1)}${side(-3.5)}`;
    const words = [...names].join(", ");
    const path = make("path", { class: "edge", d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${endX.toFixed(1)} ${endY.toFixed(1)}${tip}` });
    if (words) path.append(make("title", {}, words));
    if (!named || !words) return [path];
    const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 3, class: "edge-name halo", "text-anchor": "middle" };
    return [path, make("text", at, page.cut(words, 24))];
  }

  function point(node) {
    const name = node.name.startsWith("_:") ? node.name : page.nameOf(node.name);
    const own = page.pageOf(node.name);
    const drawn = [
      make("title", {}, name),
      make("circle", { class: own ? "node" : "node plain", cx: node.x, cy: node.y, r: Math.min(5 + node.degree * 0.4, 11) }),
      make("text", { x: node.x, y: node.y - 12, "text-anchor": "middle", class: "halo" }, page.cut(name, 28)),
    ];
    if (!own) return make("g", {}, ...drawn);
    const link = document.createElementNS("http://www.w3.org/2000/svg", "a");
    link.setAttribute("href", own);
    link.append(...drawn);
    return link;
  }
})(window.unkgQuery);
