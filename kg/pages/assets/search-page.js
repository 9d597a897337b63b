/* The search page: reads what is asked from the address, shows what was found. A symbol leads to its page at once. */
"use strict";
(() => {
  const AT_ONCE = 20;
  const LISTED = 8;
  const MOST_LISTED = 100;
  const MOST_PLACES = 6;
  const { language, say, dates } = JSON.parse(document.getElementById("say").textContent);
  const part = (id) => document.getElementById(id);

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...children.filter(Boolean));
    return made;
  }

  const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const direction = (code) => (code === "ar" ? "rtl" : "ltr");
  const inLanguage = (code) => (code && code !== language ? { lang: code, dir: direction(code) } : {});
  /* The address of a page: the English one bears no mark. */
  const to = (stem, code = language) =>
    `${encodeURI(stem).replace(/[?#]/g, encodeURIComponent)}${code === "en" ? "" : `@${code}`}.html`;

  function written(day) {
    const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
    if (!found) return day;
    const [, year, month, number] = found;
    const shown = language === "fr" && number === "01" ? "1er" : String(+number);
    return filled(dates.day, { day: shown, month: dates[`month_${month}`], number: String(+month), year });
  }

  /* A text with the words that were asked for marked in it. */
  function marked(text, index, wanted) {
    const made = [];
    let at = 0;
    for (const { stem, start, end } of index.words.tokens(text)) {
      if (!wanted(stem) || end <= at) continue;
      made.push(text.slice(at, Math.max(start, at)), element("mark", {}, text.slice(Math.max(start, at), end)));
      at = end;
    }
    return [...made, text.slice(at)];
  }

  /* Whether a stem is one that was asked for. */
  function stemsOf(groups, index) {
    const terms = groups.filter(({ without }) => !without).flatMap(({ terms }) => terms);
    const stems = new Set(terms.flatMap(({ text }) => index.words.tokens(text).map(({ stem }) => stem)));
    const long = [...stems].filter((stem) => !index.words.isJoined(stem) || [...stem].length > 1);
    const begins = terms.filter((term) => term.begins).map((term) => index.words.form(term.text));
    return (stem) => long.includes(stem) || begins.some((each) => stem.startsWith(each));
  }

  function title(record, index, wanted) {
    const [, , text, code] = record;
    if (!text) return null;
    return element("span", inLanguage(code), ...(code ? [text] : marked(text, index, wanted)));
  }

  async function documentItem(found, index, own, wanted) {
    const record = await own.record("works", found.number);
    const [symbol, day, , , runs] = record;
    const page = to(`doc/${symbol}`, index.language);
    const foreign = index.language === language ? {} : { hreflang: index.language };
    const parts = runs ? unkgSearch.parts(runs) : [];
    const places = found.places.map((place) => parts[place - 1]).filter((name) => name && !/^(?:header|closing)/.test(name));
    const first = places.length ? `#${places[0]}` : "";
    const [slug, organ] = own.organ(found.number);
    const facts = [day && element("time", { datetime: day }, written(day)), day && slug && " · ", slug && organ];
    const shown = places.slice(0, MOST_PLACES).map((name) => element("a", { href: `${page}#${name}`, ...foreign }, element("bdi", {}, decodeURIComponent(name))));
    return element(
      "li",
      {},
      element("a", { href: page + first, ...foreign }, element("bdi", { class: "symbol" }, symbol), " ", title(record, own, wanted)),
      element("p", { class: "kind" }, ...facts),
      shown.length ? element("p", { class: "places" }, say.paragraphs, " ", ...shown) : null,
    );
  }

  async function showDocuments({ documents, index, groups }, own) {
    const section = part("documents");
    const list = section.querySelector("ol");
    const more = part("more");
    const wanted = stemsOf(groups, own);
    let shown = 0;
    const show = async () => {
      const items = await Promise.all(documents.slice(shown, shown + AT_ONCE).map((found) => documentItem(found, index, own, wanted)));
      list.append(...items);
      shown += items.length;
      more.hidden = shown >= documents.length;
      return items[0];
    };
    list.replaceChildren();
    section.hidden = !documents.length;
    more.onclick = async () => (await show())?.querySelector("a").focus();
    if (documents.length) await show();
  }

  /* Puts items into a section: the first at once, the others for those who want more. */
  function list(section, items) {
    const others = part(section).querySelector("details");
    part(section).hidden = !items.length;
    part(section).querySelector(".first").replaceChildren(...items.slice(0, LISTED));
    others.hidden = items.length <= LISTED;
    others.open = false;
    others.querySelector(".others").replaceChildren(...items.slice(LISTED));
  }

  /* Things with their path, kind, name and its language. */
  function showThings(records) {
    const items = records.map(([path, kind, label, code]) => {
      const number = kind === "goal" || kind === "target" ? ` ${path.slice(4)}` : "";
      const link = element("a", { href: to(path), ...inLanguage(code) }, label);
      return element("li", {}, link, " ", element("span", { class: "kind" }, say[`kind_${kind}`] + number));
    });
    list("things", items);
  }

  async function showSymbols(alike, own) {
    const ordered = [...alike].sort((one, other) => one.symbol.localeCompare(other.symbol, "en", { numeric: true }));
    const items = ordered.slice(0, MOST_LISTED).map(async ({ symbol, number }) => {
      const record = number === null ? null : await own.record("works", number);
      const named = record && title(record, own, () => false);
      const link = element("a", { href: to(`doc/${symbol}`) }, element("bdi", {}, symbol), named && " ", named);
      return element("li", {}, link, " ", record ? null : element("span", { class: "kind" }, say.only_cited));
    });
    list("symbols", await Promise.all(items));
  }

  /* What is asked: in the address, behind ? or #. */
  function asked() {
    const given = new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search);
    return Object.fromEntries(["q", "organ", "since", "until"].map((name) => [name, (given.get(name) || "").trim()]));
  }

  function keeps({ organ, since, until }) {
    return (index, number) => {
      const year = index.year(number);
      return (!organ || index.organ(number)[0] === organ) && (!since || year >= +since) && (!until || (year > 0 && year <= +until));
    };
  }

  /* The fields tell what was asked, and another language is asked the same. */
  function fill(wanted) {
    for (const [name, value] of Object.entries(wanted)) part(name).value = value;
    const header = document.querySelector(".find input[name=q]");
    if (header) header.value = wanted.q;
    for (const link of document.querySelectorAll(".tongues a")) link.search = wanted.q ? `?${new URLSearchParams(wanted)}` : "";
    part("examples").hidden = wanted.q !== "";
    part("help").open = wanted.q === "";
  }

  /* Organs by slug and name. */
  function offer(organs, wanted) {
    const choice = part("organ");
    if (choice.options.length === 1) {
      choice.append(...organs.filter(([slug]) => slug).map(([slug, name]) => element("option", { value: slug }, name || slug)));
      choice.value = wanted.organ;
    }
  }

  function prepare(own, wanted) {
    offer(own.organs, wanted);
    const note = part("sentences");
    note.hidden = own.sentences === own.count;
    note.textContent = filled(own.sentences ? say.some_sentences : say.no_sentences, { count: own.sentences, all: own.count });
  }

  /* What is said of all that was found, to those who listen too. */
  function summary({ documents, index, things, some }, symbols, wanted) {
    const counts = [[say.by_symbol, symbols.alike.length], [say.things, things.length]];
    const others = counts.filter(([, count]) => count).map(([name, count]) => `${name}: ${count}`);
    if (documents.length) others.unshift(filled(some ? say.found_some : say.found, { count: documents.length }));
    if (!others.length) {
      const symbol = /^[A-Z]+\/.*\d/i.test(wanted.q) || /^\d+\/\d+$/.test(wanted.q);
      others.push(symbol ? filled(say.unknown_symbol, { symbol: wanted.q }) : say.nothing);
    }
    const made = [element("strong", {}, others.join(" · "))];
    if (documents.length && index.language !== language) {
      const name = document.querySelector(`.tongues [hreflang=${index.language}]`)?.textContent ?? index.language;
      made.push(" ", element("span", {}, filled(say.in_language, { language: name })));
    }
    return made;
  }

  async function inFiles(own, wanted) {
    const symbols = await unkgQuery.bySymbol(wanted.q, language);
    if (symbols.exact && !wanted.organ && !wanted.since && !wanted.until) {
      location.replace(to(`doc/${symbols.exact.symbol}`));
      return [say.searching];
    }
    const found = await unkgQuery.find(wanted.q, language, keeps(wanted));
    await showSymbols([symbols.exact, ...symbols.alike].filter(Boolean), own);
    const things = found.things.slice(0, MOST_LISTED).map(({ number }) => own.record("things", number));
    showThings(await Promise.all(things));
    await showDocuments(found, own);
    return summary(found, symbols, wanted);
  }

  async function search() {
    const wanted = asked();
    const status = part("found");
    fill(wanted);
    status.textContent = wanted.q && say.searching;
    part("results").setAttribute("aria-busy", "true");
    try {
      // A server that answers live has no files of the index.
      const own = await unkgSearch.index(language).catch(() => null);
      if (own) prepare(own, wanted);
      else offer(await unkgLive.organs(language), wanted);
      if (wanted.q) status.replaceChildren(...(own ? await inFiles(own, wanted) : await unkgLive.search(wanted, tools)));
    } catch (error) {
      status.textContent = say.failed;
      console.error(error);
    }
    part("results").setAttribute("aria-busy", "false");
  }

  const tools = { language, say, part, element, filled, inLanguage, to, written, showThings, MOST_LISTED };
  window.addEventListener("hashchange", () => location.hash.startsWith("#q=") && search());
  search();
})();
