/* Finds documents and things for what a person typed: all words, "words in quotation marks" in one paragraph, one OR
   another, -without, begin*. The most telling documents come first; of equals the latest. */
"use strict";
var unkgQuery = (() => {
  const MOST_WORDS = 32;
  /* Texts of another language than the page's have to hold the words so many times more often to be shown instead. */
  const STRAY = 10;
  /* With fewer documents, other languages of the same script are tried too. */
  const FEW = 10;
  /* What stands beside the number of a resolution of the Security Council. */
  const RESOLUTION = /^\s*(?:(?:UN)?SC(?:R| )|res|r[eé]sol|резол|القرار|قرار|第?\s*号?决议)?\S*\s*$/i;
  /* How telling a title is, and how much more documents are with all words in one paragraph. */
  const TITLE = 3;
  const TOGETHER = 1.3;

  /* Groups, all of which are wanted; each is one of several terms, or a term that is not. */
  function parse(text) {
    const groups = [];
    let before = "";
    const pieces = text.matchAll(/(-?)(?:"([^"]*)"?|“([^”]*)”?|„([^”]*)”?|«([^»]*)»?|([^\s"“„«»]+))/g);
    for (const [whole, minus, ...choices] of [...pieces].slice(0, MOST_WORDS)) {
      const words = choices.find((each) => each !== undefined).trim();
      if (/^(?:OR|AND|NOT)$/.test(whole)) {
        before = whole;
        continue;
      }
      const without = minus !== "" || before === "NOT";
      const term = { text: words.replace(/\*$/, ""), begins: words.endsWith("*") };
      if (before === "OR" && groups.length && !without) groups.at(-1).terms.push(term);
      else groups.push({ terms: [term], without });
      before = "";
    }
    return groups.filter(({ terms }) => terms.some((term) => /[\p{L}\p{N}]/u.test(term.text)));
  }

  /* The one who has both, with the places that both have; where one is in many places, those of the other. */
  function both(one, other, near) {
    const found = new Map();
    for (const [number, here] of one) {
      const there = other.get(number);
      if (!there) continue;
      const places = here.places && there.places ? here.places.filter((place) => there.places.includes(place)) : here.places || there.places;
      if (near && places && !places.length) continue;
      found.set(number, { places, parts: Math.min(here.parts, there.parts), title: here.title && there.title });
    }
    return found;
  }

  function either(many) {
    const found = new Map();
    for (const [number, here] of many.flatMap((each) => [...each])) {
      const there = found.get(number);
      if (!there) {
        found.set(number, here);
        continue;
      }
      const places = here.places && there.places ? [...new Set([...here.places, ...there.places])].sort((a, b) => a - b) : null;
      found.set(number, { places, parts: Math.max(here.parts, there.parts), title: here.title || there.title });
    }
    return found;
  }

  /* The postings of one word; in small letters it may stand for initials too. */
  async function word(index, text, begins) {
    const words = index.words;
    const stem = words.stem(text);
    const wanted = [index.stem(stem)];
    const form = words.form(text);
    if (begins) wanted.push(index.beginning(form));
    else if (!words.isInitials(text) && form !== stem && [...text].length <= words.rules.longestInitials) wanted.push(index.stem(form));
    return either((await Promise.all(wanted)).flat());
  }

  function run(index, text) {
    const pairs = unkgWords.pairs(text);
    if (pairs.length === 1) return [index.beginning(text).then(either)];
    return pairs.slice(0, -1).map((pair) => index.stem(pair).then(either));
  }

  async function term(index, { text, begins }) {
    const words = text.match(index.words.pattern) || [];
    const wanted = words.flatMap((each, at) =>
      index.words.isJoined(each) ? run(index, each) : [word(index, each, begins && at === words.length - 1)],
    );
    const found = await Promise.all(wanted);
    return found.length ? found.reduce((one, other) => both(one, other, true)) : new Map();
  }

  function weight(index, found) {
    const documents = [...found.keys()].filter((number) => number < index.count).length;
    return Math.log(1 + (index.count - documents + 0.5) / (documents + 0.5));
  }

  function telling(index, number, { parts, title }, rarity) {
    const length = 0.7 + (0.3 * index.parts[number]) / index.averageParts;
    return rarity * ((2.2 * parts) / (parts + 1.2 * length) + (title ? TITLE : 0));
  }

  /* What one language has: documents and things with all that is wanted, or documents with some of it, and nothing that is
     not. */
  async function inLanguage(index, groups, some = false) {
    const terms = groups.map(async ({ terms, without }) => ({
      without,
      found: either(await Promise.all(terms.map((each) => term(index, each)))),
    }));
    const known = await Promise.all(terms);
    const wanted = known.filter(({ without }) => !without).map(({ found }) => found);
    const unwanted = known.filter(({ without }) => without).map(({ found }) => found);
    const documents = [];
    const things = [];
    if (!wanted.length) return { index, documents, things };
    const rarity = wanted.map((found) => weight(index, found));
    const rarest = rarity.indexOf(Math.max(...rarity));
    const candidates = some ? either(wanted) : wanted.reduce((one, other) => both(one, other, false));
    for (const [number, { places }] of candidates) {
      if (unwanted.some((found) => found.has(number))) continue;
      const own = wanted.map((found) => found.get(number));
      if (number >= index.count) {
        // The place of a thing is the length of its shortest name that has the word.
        if (!some) things.push({ number: number - index.count, score: own.reduce((sum, each) => sum + 1 / (each.places?.[0] || 1), 0) });
        continue;
      }
      const score = own.reduce((sum, each, at) => sum + (each ? telling(index, number, each, rarity[at]) : 0), 0);
      // Words that are each in many paragraphs are together in some.
      const together = !some && (!places || places.length) ? TOGETHER : 1;
      const shown = (places?.length ? places : own[rarest]?.places) || [];
      documents.push({ number, score: score * together, places: shown.filter((place) => place > 0) });
    }
    const order = (one, other) => other.score - one.score || one.number - other.number;
    return { index, documents: documents.sort(order), things: things.sort(order) };
  }

  const SCRIPTS = [
    [/[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]/u, ["ar"]],
    [/\p{Script=Cyrillic}/u, ["ru"]],
    [/\p{Script=Han}/u, ["zh"]],
    [/\p{Script=Latin}/u, ["en", "fr", "es"]],
  ];

  /* The languages in which words of that script are looked for, the page's first. */
  function languages(text, own) {
    const written = SCRIPTS.find(([letter]) => letter.test(text))?.[1] || [];
    return [own, ...written.filter((language) => language !== own)];
  }

  /* What there is: documents in the page's language or, where it has none or hardly any, in another one; and things. */
  async function find(text, own, keep) {
    const groups = parse(text);
    const best = { groups, documents: [], index: null, things: [], some: false };
    for (const some of groups.filter(({ without }) => !without).length > 1 ? [false, true] : [false]) {
      for (const language of groups.length ? languages(text, own) : []) {
        const index = await unkgSearch.index(language);
        const found = await inLanguage(index, groups, some);
        const documents = found.documents.filter(({ number }) => keep(index, number));
        if (!best.things.length) best.things = found.things;
        if (documents.length > best.documents.length * STRAY) Object.assign(best, { documents, index, some });
        if (best.documents.length >= FEW && languages(text, "").includes(language)) return best;
      }
      // Those with some of the words are shown where none has all.
      if (best.documents.length) return best;
    }
    return best;
  }

  /* Documents by symbol: the one that is meant, or those whose symbols begin so. */
  async function bySymbol(text, own) {
    if (!/\d|^\s*charter\s*$/i.test(text)) return { exact: null, alike: [] };
    const index = await unkgSearch.index(own);
    const written = unkgWords.canonical(text);
    for (const symbol of new Set([written, unkgWords.canonical(written.toUpperCase()), written.toUpperCase(), written.toLowerCase()])) {
      const found = symbol ? await unkgSearch.symbols(index, symbol) : [];
      const exact = found.find((each) => each.symbol === symbol);
      if (exact) return { exact, alike: found.filter((each) => each !== exact && /^[/A-Z(]/.test(each.symbol.slice(symbol.length))) };
      if (found.length && symbol.includes("/")) return { exact: null, alike: found };
    }
    if (/^\d{2,3}\/\d*$/.test(written)) return { exact: null, alike: await unkgSearch.symbols(index, `A/RES/${written}`) };
    return { exact: null, alike: await among(index, text) };
  }

  /* The documents whose symbols stand among other words: resolution 1325, 第70/1号决议. */
  async function among(index, text) {
    const pieces = text.match(/[A-Za-z0-9][A-Za-z0-9./()-]*/g) || [];
    const alone = RESOLUTION.test(text.replace(/\d+/g, ""));
    const found = pieces.slice(0, MOST_WORDS).map(async (piece) => {
      if (alone && /^\d{3,4}$/.test(piece)) return unkgSearch.symbols(index, `S/RES/${piece}(`);
      if (!/\d.*\/|\/.*\d|\d\(/.test(piece)) return [];
      const symbol = unkgWords.canonical(piece);
      return (await unkgSearch.symbols(index, symbol)).filter((each) => each.symbol === symbol);
    });
    return (await Promise.all(found)).flat();
  }

  return { parse, find, bySymbol };
})();
