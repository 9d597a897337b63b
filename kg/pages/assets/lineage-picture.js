/* Moving in the picture: by mouse, touch and keys. The box scrolls as any box does, so that what is found in the page is
   brought into view; zooming changes the size of the picture in it. */
(() => {
"use strict";
const here = globalThis.unkgLineage;

/* What can be stood on: documents by place, and the lines of each. */
function stations(box) {
  return [...box.querySelectorAll("[data-symbol],[data-line]")];
}

function stand(page, element, { focus = true } = {}) {
  if (!element) return;
  for (const each of stations(page.box)) each.setAttribute("tabindex", each === element ? "0" : "-1");
  page.standing = element.dataset.symbol || element.dataset.line;
  if (!focus) return;
  element.focus({ preventScroll: true });
  show(page.box, element);
}

/* Scrolls the box, and only it, so far that the element can be seen. */
function show(box, element) {
  const one = element.getBoundingClientRect(), all = box.getBoundingClientRect(), margin = 24;
  const aim = element.dataset.line ? { left: one.left, right: Math.min(one.right, one.left + all.width / 2), top: one.top, bottom: one.bottom } : one;
  if (aim.left < all.left + margin) box.scrollLeft -= all.left + margin - aim.left;
  else if (aim.right > all.right - margin) box.scrollLeft += aim.right - all.right + margin;
  if (aim.top < all.top + margin) box.scrollTop -= all.top + margin - aim.top;
  else if (aim.bottom > all.bottom - margin) box.scrollTop += aim.bottom - all.bottom + margin;
}

function find(page, key) {
  return stations(page.box).find((each) => (each.dataset.symbol || each.dataset.line) === key);
}

/* The lines of a document to its left (what it cites) or right (what cites it), from top to bottom of their far ends. */
function linesOf(page, symbol, side) {
  const { boxes } = page.plan, near = side === "left" ? "citing" : "cited", far = side === "left" ? "cited" : "citing";
  return page.seen.lines.filter((line) => line[near] === symbol && boxes.has(line[far]))
    .sort((a, b) => boxes.get(a[far]).middle - boxes.get(b[far]).middle || boxes.get(b[far]).x - boxes.get(a[far]).x);
}

function fromDocument(page, symbol, key) {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const side = key === "ArrowLeft" ? "left" : "right", [line] = linesOf(page, symbol, side);
    page.came = { symbol, side };
    return line && line.key;
  }
  const order = [...page.plan.boxes].sort(([, a], [, b]) => a.x - b.x || a.middle - b.middle).map(([each]) => each);
  return order[order.indexOf(symbol) + (key === "ArrowDown" ? 1 : -1)];
}

function fromLine(page, key_, key) {
  const line = page.seen.lines.find((each) => each.key === key_);
  if (!line) return null;
  if (key === "ArrowLeft") return line.cited;
  if (key === "ArrowRight") return line.citing;
  const came = page.came && [line.citing, line.cited].includes(page.came.symbol) ? page.came : { symbol: line.citing, side: "left" };
  const lines = linesOf(page, came.symbol, came.side), at = lines.findIndex((each) => each.key === key_);
  return (lines[at + (key === "ArrowDown" ? 1 : -1)] || line).key;
}

function keys(page, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const element = event.target.closest("[data-symbol],[data-line]");
  const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
  if (zooms[event.key]) { page.zoom(page.state.zoom * zooms[event.key]); event.preventDefault(); return; }
  if (event.key === "0") { page.zoom(1); event.preventDefault(); return; }
  if (!element) return;
  const key = element.dataset.symbol || element.dataset.line;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); page.select(key, { focus: "panel" }); return; }
  const next = event.key === "Home" ? page.state.root
    : event.key.startsWith("Arrow") ? (element.dataset.symbol ? fromDocument : fromLine)(page, key, event.key) : undefined;
  if (next === undefined) return;
  event.preventDefault();
  if (next) stand(page, find(page, next));
}

/* A picture dragged by the mouse follows it; fingers scroll by themselves, and two of them zoom. */
function drag(page) {
  const { box } = page, fingers = new Map();
  let grip = null, apart = null, moved = false;
  box.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.pointerType === "touch") fingers.set(event.pointerId, event);
    else if (event.button === 0) grip = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (grip) {
      const [x, y] = [event.clientX - grip.x, event.clientY - grip.y];
      if (Math.abs(x) + Math.abs(y) > 5) moved = true;
      if (moved) { box.scrollLeft = grip.left - x; box.scrollTop = grip.top - y; box.classList.add("held"); }
    } else if (fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, event);
      if (fingers.size !== 2) return;
      const [one, two] = [...fingers.values()], now = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (apart) page.zoom(page.state.zoom * (now / apart), { quiet: true });
      apart = now;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => {
    grip = null; apart = null; fingers.delete(event.pointerId); box.classList.remove("held");
  });
  box.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    page.zoom(page.state.zoom * (event.deltaY < 0 ? 1.12 : 0.89), { at: event });
  }, { passive: false });
}

function sized(page, factor, at) {
  const svg = page.box.querySelector("svg"), { width, height } = svg.viewBox.baseVal;
  const before = svg.getBoundingClientRect().width || 1, bounds = page.box.getBoundingClientRect();
  const x = at ? at.clientX - bounds.left : bounds.width / 2, y = at ? at.clientY - bounds.top : bounds.height / 2;
  const ratio = (width * factor) / before, left = (page.box.scrollLeft + x) * ratio - x, top = (page.box.scrollTop + y) * ratio - y;
  svg.setAttribute("width", width * factor);
  svg.setAttribute("height", height * factor);
  page.box.scrollLeft = left;
  page.box.scrollTop = top;
  keepYears(page);
}

/* The years stay in view where the picture is higher than its box. */
function keepYears(page) {
  const years = page.box.querySelector(".years"), svg = page.box.querySelector("svg");
  if (years && svg) years.setAttribute("transform", `translate(0 ${(page.box.scrollTop * svg.viewBox.baseVal.width) / (svg.getBoundingClientRect().width || 1)})`);
}

/* On paper a picture that is too large for a sheet stands in pieces of a sheet each, which overlap a little. */
const SHEET = { width: 1000, height: 620, overlap: 40 };

function pieces(page) {
  whole(page);
  const svg = page.box.querySelector("svg"), { width, height } = svg.viewBox.baseVal;
  if (width <= SHEET.width * 1.2 && height <= SHEET.height * 1.2) return;
  const all = document.createElement("div");
  all.className = "pieces";
  for (let y = 0; y < height; y += SHEET.height - SHEET.overlap) {
    for (let x = 0; x < width; x += SHEET.width - SHEET.overlap) {
      const piece = svg.cloneNode(true), wide = Math.min(SHEET.width, width - x), high = Math.min(SHEET.height, height - y);
      piece.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
      piece.setAttribute("width", wide);
      piece.setAttribute("height", high);
      all.append(piece);
      if (x + wide >= width) break;
    }
    if (y + SHEET.height >= height) break;
  }
  page.box.append(all);
}

function whole(page) { for (const each of page.box.querySelectorAll(".pieces")) each.remove(); }

function start(page) {
  addEventListener("beforeprint", () => pieces(page));
  addEventListener("afterprint", () => whole(page));
  matchMedia("print").addEventListener("change", (event) => (event.matches ? pieces : whole)(page));
  page.box.addEventListener("scroll", () => keepYears(page), { passive: true });
  page.box.addEventListener("keydown", (event) => keys(page, event));
  page.box.addEventListener("focusin", (event) => {
    const element = event.target.closest("[data-symbol],[data-line]");
    if (element) stand(page, element, { focus: false });
  });
  page.box.addEventListener("click", (event) => {
    const element = event.target.closest("[data-symbol],[data-line]");
    // With a key held, a link opens where the reader wants it.
    if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stand(page, element);
    page.select(element.dataset.symbol || element.dataset.line);
  });
  drag(page);
}

here.picture = { start, stand, show, find, sized };
})();
