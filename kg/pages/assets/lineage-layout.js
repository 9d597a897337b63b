/* The layout of kg/drawing, to the letter; its rule is written down in kg/drawing/__init__.py. A test compares the two. */
(() => {
"use strict";
const MARGIN = 12, TOP = 30, WAYPOINT = 8, ROW = 24, ROW_WITH_TITLE = 32;
const SYMBOL = 11, TITLE = 9, DOT = 14, WIDEST = 190, TITLED = 150;
const GAP = 26, PER_LINE = 2, MOST = 48, YEARS = 10;
const SWEEPS = 12, IN_VAIN = 4, ROUNDS = 8, MANY = 8000, HEIGHT_SWEEPS = 6;

/* ---- columns: time ---- */
function yearOf(date) { return date && /^\d{4}/.test(date) ? Number(date.slice(0, 4)) : null; }
function later(days, one, other) { return days[one] && days[other] ? days[one] > days[other] : false; }

function inOrder(members, days, cites) {
  const inside = new Set(members), seen = new Set(), order = [];
  const starts = [...members].sort((a, b) => (days[a] < days[b] ? -1 : days[a] > days[b] ? 1 : a - b));
  const rest = (place) => [...(cites.get(place) || [])].sort((a, b) => a - b)[Symbol.iterator]();
  for (const first of starts) {
    if (seen.has(first)) continue;
    seen.add(first);
    const way = [[first, rest(first)]];
    while (way.length) {
      const [place, others] = way[way.length - 1];
      let found = null;
      for (let step = others.next(); !step.done; step = others.next()) {
        const c = step.value;
        if (inside.has(c) && !seen.has(c) && !later(days, c, place)) { found = c; break; }
      }
      if (found === null) { order.push(place); way.pop(); }
      else { seen.add(found); way.push([found, rest(found)]); }
    }
  }
  return order;
}

function ranksOf(members, days, cites) {
  const ranks = new Map(), inside = new Set(members);
  let day = "", before = 0, until = 0;
  for (const place of inOrder(members, days, cites)) {
    let rank = 0;
    for (const c of cites.get(place) || []) {
      if (inside.has(c) && ranks.has(c) && !later(days, c, place)) rank = Math.max(rank, ranks.get(c) + 1);
    }
    if (days[place] >= day && days[place]) {
      if (days[place] > day) { day = days[place]; before = until; }
      rank = Math.max(rank, before);
      until = Math.max(until, rank);
    }
    ranks.set(place, rank);
  }
  return ranks;
}

function columns(dates, pairs) {
  const cites = new Map();
  for (const [citing, cited] of pairs) {
    if (!cites.has(citing)) cites.set(citing, []);
    cites.get(citing).push(cited);
  }
  const own = dates.map(yearOf);
  const undated = new Set(own.flatMap((year, place) => (year === null ? [place] : [])));
  const years = own.map((year, place) => {
    if (year !== null) return year;
    const known = (cites.get(place) || []).map((c) => own[c]).filter((y) => y !== null);
    return known.length ? Math.max(...known) : null;
  });
  const days = dates.map((date) => (date && date.length === 10 ? date : ""));
  const of = new Array(dates.length).fill(0), ofColumns = [], byYear = new Map();
  years.forEach((year, place) => { if (!byYear.has(year)) byYear.set(year, []); byYear.get(year).push(place); });
  const sorted = [...byYear.keys()].sort((a, b) => (a === null ? -1 : a) - (b === null ? -1 : b));
  for (const year of sorted) {
    const ranks = ranksOf(byYear.get(year), days, cites);
    let most = 0;
    for (const [place, rank] of ranks) { of[place] = ofColumns.length + rank; most = Math.max(most, rank); }
    for (let n = 0; n <= most; n += 1) ofColumns.push(year);
  }
  return { of, years: ofColumns, undated };
}

/* ---- tracks: the ways of long lines ---- */
function tracks(columnOf, pairs) {
  const busy = new Array(columnOf.length).fill(0);
  for (const [citing, cited] of pairs) { busy[citing] += 1; busy[cited] += 1; }
  const column = [...columnOf], waypoint = new Map(), short = new Map(), ways = [];
  for (const [citing, cited] of pairs) {
    const left = columnOf[cited], right = columnOf[citing], way = [];
    if (left < right) {
      const hub = busy[citing] > busy[cited] ? citing : cited;
      for (let between = right - 1; between > left; between -= 1) {
        const key = `${hub} ${hub === citing} ${between}`;
        if (!waypoint.has(key)) { waypoint.set(key, column.length); column.push(between); }
        way.push(waypoint.get(key));
      }
      const stations = [citing, ...way, cited];
      for (let n = 1; n < stations.length; n += 1) {
        short.set(`${stations[n]} ${stations[n - 1]}`, [stations[n], stations[n - 1]]);
      }
    }
    ways.push(way);
  }
  return { column, short: [...short.values()], ways };
}

/* ---- crossings: the order in each column ---- */
function neighbours(count, short) {
  const left = Array.from({ length: count }, () => []), right = Array.from({ length: count }, () => []);
  for (const [l, r] of short) { right[l].push(r); left[r].push(l); }
  return { left, right, count: short.length };
}

function asMet(column, joined, first) {
  const order = Array.from({ length: column.reduce((most, c) => Math.max(most, c + 1), 0) }, () => []);
  const seen = new Array(column.length).fill(false);
  for (let n = -1; n < column.length; n += 1) {
    let front = [n < 0 ? first : n];
    while (front.length) {
      const following = [];
      for (const thing of front) {
        if (seen[thing]) continue;
        seen[thing] = true;
        order[column[thing]].push(thing);
        following.push(...joined.left[thing], ...joined.right[thing]);
      }
      front = following;
    }
  }
  return order;
}

function crossings(order, joined) {
  let found = 0;
  for (let n = 0; n + 1 < order.length; n += 1) {
    const place = new Map(order[n + 1].map((thing, index) => [thing, index]));
    const size = order[n + 1].length, tree = new Array(size + 1).fill(0);
    let all = 0;
    for (const thing of order[n]) {
      const ends = joined.right[thing].map((other) => place.get(other));
      for (const end of ends) {
        let upTo = 0;
        for (let i = end + 1; i > 0; i -= i & -i) upTo += tree[i];
        found += all - upTo;
      }
      for (const end of ends) { for (let i = end + 1; i <= size; i += i & -i) tree[i] += 1; }
      all += ends.length;
    }
  }
  return found;
}

function sweep(order, joined, toRight) {
  const sides = toRight ? joined.left : joined.right, place = [];
  for (const each of order) each.forEach((thing, index) => { place[thing] = index; });
  const last = order.length - 1;
  for (let n = 1; n <= last; n += 1) {
    const things = order[toRight ? n : last - n], wanted = new Map();
    for (const thing of things) {
      const others = sides[thing];
      let sum = 0;
      for (const other of others) sum += place[other];
      wanted.set(thing, others.length ? sum / others.length : place[thing]);
    }
    things.sort((a, b) => wanted.get(a) - wanted.get(b));
    things.forEach((thing, at) => { place[thing] = at; });
  }
}

function endsOf(column, sides) {
  const found = new Map();
  column.forEach((thing, place) => {
    for (const other of sides[thing]) {
      if (!found.has(other)) found.set(other, []);
      found.get(other).push(place);
    }
  });
  return found;
}

function between(ends, upper, lower) {
  const below = ends.get(lower), above = ends.get(upper);
  if (!below || !above) return 0;
  let found = 0;
  for (const end of above) { for (const other of below) { if (other < end) found += 1; else break; } }
  return found;
}

function exchange(order, joined) {
  for (let round = 0; round < ROUNDS; round += 1) {
    let changed = false;
    order.forEach((things, index) => {
      const left = endsOf(index ? order[index - 1] : [], joined.right);
      const right = endsOf(index + 1 < order.length ? order[index + 1] : [], joined.left);
      for (let at = 0; at + 1 < things.length; at += 1) {
        const one = things[at], other = things[at + 1];
        const now = between(left, one, other) + between(right, one, other);
        if (now && now > between(left, other, one) + between(right, other, one)) {
          things[at] = other; things[at + 1] = one; changed = true;
        }
      }
    });
    if (!changed) return;
  }
}

function centre(things, side, beyond, documents) {
  let start = 0;
  while (start < things.length) {
    const one = side[things[start]];
    const same = (thing) => side[thing].length === one.length && side[thing].every((each, n) => each === one[n]);
    let end = start;
    while (end < things.length && same(things[end]) && (things[end] >= documents || !beyond[things[end]].length)) end += 1;
    if (one.length === 1 && end - start > 2) {
      const run = things.slice(start, end), hanging = run.filter((thing) => thing < documents);
      const passing = run.filter((thing) => thing >= documents), half = Math.floor(hanging.length / 2);
      things.splice(start, run.length, ...hanging.slice(0, half), ...passing, ...hanging.slice(half));
    }
    start = Math.max(end, start + 1);
  }
}

function ordered(column, joined, first, documents) {
  const order = asMet(column, joined, first), copy = (o) => o.map((each) => [...each]);
  let best = copy(order), fewest = crossings(order, joined), vain = 0;
  const many = joined.count > MANY;
  for (let n = 0; n < (many ? 2 : SWEEPS) && fewest && vain < IN_VAIN; n += 1) {
    sweep(order, joined, n % 2 === 0);
    const found = crossings(order, joined);
    vain = found >= fewest ? vain + 1 : 0;
    if (found < fewest) { best = copy(order); fewest = found; }
  }
  if (!many) exchange(best, joined);
  for (const things of best) {
    centre(things, joined.left, joined.right, documents);
    centre(things, joined.right, joined.left, documents);
  }
  return best;
}

/* ---- heights ---- */
function settle(things, rooms, joined, documents, middle) {
  const pools = [], offsets = [];
  let offset = 0;
  things.forEach((thing, index) => {
    if (index) offset += (rooms[things[index - 1]] + rooms[thing]) / 2;
    offsets.push(offset);
    let total = 0, weights = 0;
    for (const other of [...joined.left[thing], ...joined.right[thing]]) {
      const weight = 1 + (thing >= documents ? 3 : 0) + (other >= documents && thing >= documents ? 3 : 0);
      total += weight * middle[other];
      weights += weight;
    }
    const wish = weights ? total / weights : middle[thing], weight = weights || 0.1;
    pools.push([weight, (wish - offset) * weight, 1]);
    for (let n = pools.length; n > 1 && pools[n - 2][1] / pools[n - 2][0] >= pools[n - 1][1] / pools[n - 1][0]; n -= 1) {
      const last = pools.pop(), kept = pools[n - 2];
      pools[n - 2] = [kept[0] + last[0], kept[1] + last[1], kept[2] + last[2]];
    }
  });
  let at = 0;
  for (const [weight, weighted, count] of pools) {
    for (let n = 0; n < count; n += 1, at += 1) middle[things[at]] = weighted / weight + offsets[at];
  }
}

function heights(order, rooms, joined, documents) {
  const middle = new Array(rooms.length).fill(0);
  for (const things of order) {
    let y = -things.reduce((sum, thing) => sum + rooms[thing], 0) / 2;
    for (const thing of things) { middle[thing] = y + rooms[thing] / 2; y += rooms[thing]; }
  }
  for (let n = 0; n < (joined.count > MANY ? 2 : HEIGHT_SWEEPS); n += 1) {
    for (const things of n % 2 === 0 ? order : [...order].reverse()) settle(things, rooms, joined, documents, middle);
  }
  let top = Infinity;
  for (const things of order) for (const thing of things) top = Math.min(top, middle[thing] - rooms[thing] / 2);
  if (top === Infinity) top = 0;
  return middle.map((y) => Math.trunc(y - top + 0.5));
}

/* ---- labels ---- */
const THIN = new Set(" .,;:'’|!()[]iljtfrIJ/-·"), BROAD = new Set("mMwWЖШЩЮжшщюФфмМ@%—…");
const MARK = /\p{Mn}/u, UPPER = /\p{Lu}/u;
function part(letter) {
  const code = letter.codePointAt(0);
  if (code > 767 && MARK.test(letter)) return 0;
  if (THIN.has(letter)) return 0.33;
  if (BROAD.has(letter)) return 0.95;
  if (code >= 48 && code <= 57) return 0.59;
  if (code >= 0x2e80) return 1.02;
  return UPPER.test(letter) ? 0.7 : 0.58;
}
function width(text, size) { let sum = 0; for (const letter of text) sum += part(letter); return sum * size; }
function cut(text, room, size) {
  if (width(text, size) <= room) return text;
  const letters = [...text];
  let left = room - part("…") * size, end = 0;
  while ((left -= part(letters[end]) * size) >= 0) end += 1;
  while (end && letters[end].codePointAt(0) > 767 && MARK.test(letters[end])) end -= 1;
  return letters.slice(0, end).join("").replace(/[ ,;:-]+$/, "") + "…";
}

/* ---- plan ---- */
function bend(x, y, toX, toY) {
  if (y === toY) return `H${toX}`;
  const half = Math.floor((x + toX) / 2);
  return `C${half} ${y} ${half} ${toY} ${toX} ${toY}`;
}

function pathOf(citing, cited, way, columnOfCited, columnOfCiting) {
  const tip = cited.x + cited.width + 3;
  if (cited.x > citing.x) {
    const x = citing.x + citing.width + 3, there = cited.x - 3;
    return `M${x} ${citing.middle}C${x + 20} ${citing.middle} ${there - 20} ${cited.middle} ${there} ${cited.middle}`;
  }
  if (cited.x === citing.x) {
    const out = columnOfCiting + Math.floor(GAP / 2), x = citing.x + citing.width + 3;
    return `M${x} ${citing.middle}C${out} ${citing.middle} ${out} ${cited.middle} ${tip} ${cited.middle}`;
  }
  let x = citing.x, y = citing.middle, path = `M${x} ${y}`;
  for (const [start, end, middle] of way) { path += `${bend(x, y, end, middle)}H${start}`; x = start; y = middle; }
  path += bend(x, y, columnOfCited + 3, cited.middle);
  return path + (tip < columnOfCited + 3 ? `H${tip}` : "");
}

/* documents: [{symbol, date}], lines: [[citing, cited]]; what comes back is kg.drawing.Plan. */
function plan(documents, lines, root, titles) {
  const dates = new Map(documents.map((each) => [each.symbol, each.date]));
  const symbols = [...dates.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const place = new Map(symbols.map((symbol, index) => [symbol, index])), once = new Map();
  for (const [citing, cited] of lines) {
    if (citing !== cited && place.has(citing) && place.has(cited)) {
      once.set(`${citing}\n${cited}`, [place.get(citing), place.get(cited)]);
    }
  }
  const pairs = [...once.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const time = columns(symbols.map((symbol) => dates.get(symbol)), pairs);
  const ways = tracks(time.of, pairs), joined = neighbours(ways.column.length, ways.short);
  const order = ordered(ways.column, joined, place.has(root) ? place.get(root) : 0, symbols.length);
  const row = titles ? ROW_WITH_TITLE : ROW;
  const rooms = ways.column.map((_, thing) => (thing < symbols.length ? row : WAYPOINT));
  const middles = heights(order, rooms, joined, symbols.length).map((y) => TOP + MARGIN + y);
  const widths = symbols.map((symbol) => {
    const own = DOT + Math.trunc(width(symbol, SYMBOL)) + 1;
    return Math.min(titles ? Math.max(own, DOT + TITLED) : own, WIDEST);
  });
  const widest = new Array(time.years.length).fill(0), through = new Array(time.years.length).fill(0);
  time.of.forEach((column, n) => { widest[column] = Math.max(widest[column], widths[n]); });
  for (const [, right] of ways.short) through[ways.column[right]] += 1;
  const starts = [], ends = [];
  let x = MARGIN;
  widest.forEach((wide, column) => {
    if (column) {
      x += GAP + Math.min(PER_LINE * through[column], MOST) + (time.years[column] !== time.years[column - 1] ? YEARS : 0);
    }
    starts.push(x); x += wide; ends.push(x);
  });
  const boxes = new Map(symbols.map((symbol, n) => [symbol, {
    x: starts[time.of[n]], y: middles[n] - row / 2, middle: middles[n], width: widths[n], height: row,
  }]));
  const paths = new Map();
  pairs.forEach(([citing, cited], n) => {
    paths.set(`${symbols[citing]}\n${symbols[cited]}`, pathOf(
      boxes.get(symbols[citing]), boxes.get(symbols[cited]),
      ways.ways[n].map((way) => [starts[ways.column[way]], ends[ways.column[way]], middles[way]]),
      ends[time.of[cited]], ends[time.of[citing]]));
  });
  let bottom = middles.length ? 0 : TOP;
  middles.forEach((y, thing) => { bottom = Math.max(bottom, y + rooms[thing] / 2); });
  return {
    width: (ends.length ? ends[ends.length - 1] : 0) + GAP + MARGIN, height: bottom + MARGIN, boxes, paths,
    bands: bandsOf(time, starts, ends), undated: new Set([...time.undated].map((n) => symbols[n])),
    together: togetherOf(pairs, ways, symbols, boxes, starts, ends, middles),
  };
}

function togetherOf(pairs, ways, symbols, boxes, starts, ends, middles) {
  const counted = new Map();
  pairs.forEach((pair, n) => {
    const stations = [pair[0], ...ways.ways[n], pair[1]];
    if (stations.length < 3) return;
    for (let i = 1; i < stations.length; i += 1) {
      const key = `${stations[i - 1]} ${stations[i]}`, known = counted.get(key);
      if (known) known[2] += 1; else counted.set(key, [stations[i - 1], stations[i], 1]);
    }
  });
  const steps = [...counted.values()].filter((step) => step[2] > 1).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return steps.map(([here, there]) => {
    const x = here < symbols.length ? boxes.get(symbols[here]).x : starts[ways.column[here]];
    const path = `M${x} ${middles[here]}`;
    if (there < symbols.length) {
      const box = boxes.get(symbols[there]);
      return path + bend(x, middles[here], Math.max(ends[ways.column[there]] + 3, box.x + box.width + 12), box.middle);
    }
    return `${path}${bend(x, middles[here], ends[ways.column[there]], middles[there])}H${starts[ways.column[there]]}`;
  }).join("");
}

function bandsOf(time, starts, ends) {
  const found = [];
  time.years.forEach((year, column) => {
    const last = found[found.length - 1];
    if (last && last.year === year) { last.last = column; return; }
    const gap = Boolean(last) && (last.year === null || year === null || year - last.year > 1);
    found.push({ year, first: column, last: column, gap });
  });
  return found.map(({ year, first, last, gap }) => {
    const x = starts[first] - YEARS;
    return { year, x, width: ends[last] + YEARS - x, gap };
  });
}

const place = globalThis.unkgLineage = globalThis.unkgLineage || {};
place.layout = { plan, cut, width, DOT, SYMBOL, TITLE, TOP, ROW_WITH_TITLE };
})();
