// Reads answers of an endpoint, and shows their terms: by name and with a link, not as IRIs.
"use strict";
window.unkgQuery = {};
(function (page) {
  const known = JSON.parse(document.getElementById("known").textContent);
  page.known = known;
  page.say = (key, values) =>
    known.say[key].replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));

  // An element with attributes and children; children that are strings become text, never markup.
  page.make = function (name, attributes, ...children) {
    const space = page.drawn.has(name) ? "http://www.w3.org/2000/svg" : null;
    const element = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  page.drawn = new Set(["svg", "g", "rect", "line", "path", "circle", "text", "title"]);

  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const NUMBERS = new Set(
    ["integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long"].map((name) => XSD + name)
  );
  const SYMBOL = /^(?=.*\/)[A-Z][\w.()\u2013-]*(\/[\w.()+&-]+)+$/;
  const DOCUMENT_COLUMNS = new Set(
    ["citing", "cited", "document", "relative", "from", "to", "candidate", "contradicts", "shared", "source"]
  );

  page.isNumber = (term) => term && term.type === "literal" && NUMBERS.has(term.datatype);
  page.direction = (language) => (/^(ar|he|fa|ur)\b/.test(language) ? "rtl" : "ltr");

  // The address of a path of the site, seen from this page, which lies at its top.
  const SAFE = /%(2F|2C|3B|3D|40|2B|26|24)/g;
  const quote = (text) => encodeURIComponent(text).replace(SAFE, decodeURIComponent);
  page.quote = (text) => quote(text).replace(/%3A/g, ":");
  page.path = (stem, fragment) =>
    quote(stem + known.mark + ".html") + (fragment ? "#" + quote(decoded(fragment)).replace(/%3A/g, ":") : "");

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // Where the page of a thing lies, null where it has none here.
  page.pageOf = function (iri) {
    if (iri.startsWith(known.sdg) && !iri.startsWith(known.sdg + "ontology")) {
      return page.path("sdg/" + iri.slice(known.sdg.length));
    }
    if (iri.startsWith(known.ontology)) return page.path("ontology/" + iri.slice(known.ontology.length));
    const stem = decoded(iri.slice(known.base.length).split("#")[0].replace(/@(ar|en|es|fr|ru|zh)$/, ""));
    if (!iri.startsWith(known.base) || !/^(doc|body|instrument|event|act|qualifier|group)\/./.test(stem)) return null;
    return page.path(stem, iri.split("#")[1]);
  };

  const labels = new Map(known.terms.filter((term) => term.label).map((term) => [term.name, term.label]));

  // What a thing is called: a document by its symbol, others by their names, the rest by prefix and name.
  page.nameOf = function (iri) {
    if (iri.startsWith(known.base + "doc/")) {
      const [symbol, part] = decoded(iri.slice(known.base.length + 4)).split("#");
      return part ? `${symbol} § ${part}` : symbol;
    }
    const target = iri.startsWith(known.sdg) ? "sdg/" + iri.slice(known.sdg.length) : iri.slice(known.base.length);
    if (known.names[target]) return target.startsWith("sdg/") ? `${target.slice(4)} ${known.names[target]}` : known.names[target];
    const short = page.shorten(iri);
    return labels.get(short) || short;
  };

  page.shorten = function (iri) {
    let best = "";
    for (const [prefix, start] of Object.entries(known.prefixes)) {
      if (iri.startsWith(start) && start.length > (known.prefixes[best] || "").length) best = prefix;
    }
    const rest = best ? iri.slice(known.prefixes[best].length) : "";
    return best && /^[\w.-]+$/.test(rest) ? `${best}:${rest}` : iri;
  };

  // What stands in a cell, as words: to sort by, to draw, to read.
  page.words = function (term, column) {
    if (!term) return "";
    if (term.type === "uri") return page.nameOf(term.value);
    if (term.type === "triple") return ["subject", "predicate", "object"].map((part) => page.words(term.value[part])).join(" ");
    const named = page.plain(term) && known.names[`${column === "act" ? "act" : "body"}/${term.value}`];
    if (named && (column === "act" || column === "body")) return named;
    if (term.datatype === XSD + "boolean") return page.say(term.value === "true" || term.value === "1" ? "true" : "false");
    return term.value;
  };
  page.plain = (term) => term.type === "literal" && !term["xml:lang"] && (!term.datatype || term.datatype === XSD + "string");

  // The symbol of a document that a cell holds as plain words, as the shipped questions give it; null for all else.
  page.symbolIn = (term, column) =>
    page.plain(term) && DOCUMENT_COLUMNS.has(column) && (SYMBOL.test(term.value) || term.value === "charter") ? term.value : null;

  // A name for a thing in a cell, alike whether it is given as IRI or as symbol; null for what is no thing.
  page.thingIn = function (term, column) {
    if (!term) return null;
    if (term.type === "uri" || term.type === "bnode") return term.value;
    const symbol = page.symbolIn(term, column);
    return symbol ? known.base + "doc/" + page.quote(symbol) : null;
  };

  // What a cell shows: words, with a link where the site, or another one, has a page; row tells in which document a clause is.
  page.cell = function (term, column, row) {
    if (!term) return "";
    const words = page.words(term, column);
    if (term.type === "uri") return linked(term.value, words);
    const symbol = page.symbolIn(term, column);
    if (symbol) return page.make("a", { href: page.path("doc/" + symbol), dir: "ltr" }, symbol);
    if (column === "clause" && page.plain(term)) return clause(term.value, row);
    if (column === "link" && /^https?:\/\//.test(term.value)) return linked(term.value, words);
    const language = term["xml:lang"];
    if (language) return page.make("span", { lang: language, dir: page.direction(language) }, words);
    return page.make("bdi", {}, words);
  };

  function linked(iri, words) {
    const own = page.pageOf(iri);
    if (own) return page.make("a", { href: own, title: page.shorten(iri) }, page.make("bdi", {}, words));
    return /^https?:/.test(iri)
      ? page.make("a", { href: iri, rel: "external noreferrer" }, page.make("bdi", {}, words))
      : page.make("bdi", {}, words);
  }

  function clause(name, row) {
    const column = ["citing", "document"].find((each) => row[each] && page.symbolIn(row[each], each));
    const asked = column ? row[column].value : page.askedDocument;
    return asked ? page.make("a", { href: page.path("doc/" + asked, name), dir: "ltr" }, name) : name;
  }

  // Statements of N-Triples as rows, so that they are shown like any others.
  const TERM = /<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/y;
  const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
  const unescaped = (text) =>
    text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, one) =>
      one ? ESCAPES[one] || one : String.fromCodePoint(parseInt(short || long, 16))
    );

  function term(line, reading) {
    while (line[reading.at] === " " || line[reading.at] === "\t") reading.at += 1;
    TERM.lastIndex = reading.at;
    const found = TERM.exec(line);
    if (!found) return null;
    reading.at = TERM.lastIndex;
    if (found[1] !== undefined) return { type: "uri", value: unescaped(found[1]) };
    if (found[2]) return { type: "bnode", value: found[2] };
    const literal = { type: "literal", value: unescaped(found[3]) };
    if (found[4]) literal["xml:lang"] = found[4];
    if (found[5]) literal.datatype = found[5];
    return literal;
  }

  page.statements = function (text) {
    const rows = [];
    for (const line of text.split("\n")) {
      const reading = { at: 0 };
      const [subject, predicate, object] = [term(line, reading), term(line, reading), term(line, reading)];
      if (object) rows.push({ subject, predicate, object });
    }
    return { kind: "graph", columns: ["subject", "predicate", "object"], rows, cut: false };
  };

  page.solutions = function (told) {
    if (typeof told.boolean === "boolean") return { kind: "truth", truth: told.boolean, columns: [], rows: [] };
    return {
      kind: "rows",
      columns: told.head.vars,
      rows: told.results.bindings,
      cut: (told.head.link || []).includes("#cut"),
    };
  };
})(window.unkgQuery);
