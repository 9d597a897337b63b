/* Asks the server that shows the page, where it answers live and has no files of the index: paragraphs with the words
   in them, things by their names, a symbol by its page. */
"use strict";
var unkgLive = (() => {
  const AT_ONCE = 20;

  async function asked(path, values) {
    const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null);
    const response = await fetch(`api/${path}?${new URLSearchParams(given)}`);
    if (!response.ok && response.status !== 400) throw new Error(response.statusText);
    return response.json();
  }

  /* The page of a symbol, in whatever spelling, where there is one. */
  async function pageOf(words, { to }) {
    if (!/\d/.test(words)) return null;
    const page = to(`doc/${unkgWords.canonical(words)}`);
    return (await fetch(page, { method: "HEAD" })).ok ? page : null;
  }

  /* A stretch of a paragraph with the words marked in it; places count characters. */
  function excerpt({ words, marks }, element) {
    const characters = [...words];
    const made = [];
    let at = 0;
    for (const [start, end] of marks) {
      made.push(characters.slice(at, start).join(""), element("mark", {}, characters.slice(start, end).join("")));
      at = end;
    }
    return [...made, characters.slice(at).join("")];
  }

  function item(hit, { element, to, written, inLanguage, language }) {
    const page = to(`doc/${hit.symbol}`, hit.language);
    const foreign = hit.language === language ? {} : { hreflang: hit.language };
    const place = hit.clause === "title" ? "" : `#${hit.iri.split("#")[1]}`;
    const title = hit.title && element("span", inLanguage(hit.language), hit.title);
    return element(
      "li",
      {},
      element("a", { href: page + place, ...foreign }, element("bdi", { class: "symbol" }, hit.symbol), title && " ", title),
      element("p", { class: "kind" }, hit.clause === "title" ? "" : element("bdi", {}, hit.clause), " ", hit.adopted && element("time", { datetime: hit.adopted }, written(hit.adopted))),
      element("p", inLanguage(hit.language), ...excerpt(hit, element)),
    );
  }

  /* A thing with its name in the page's language, or one that it has. */
  function record({ id, kind, names }, language) {
    const code = [language, "en", ...Object.keys(names)].find((each) => each in names);
    return [id, kind, names[code] ?? id, code];
  }

  async function search(wanted, tools) {
    const { part, element, filled, say, language } = tools;
    const page = await pageOf(wanted.q, tools);
    if (page && !wanted.organ && !wanted.since && !wanted.until) {
      location.replace(page);
      return [say.searching];
    }
    const narrowed = { q: wanted.q, organ: wanted.organ, since: wanted.since, until: wanted.until, limit: AT_ONCE };
    const names = await asked("names", { q: wanted.q, language, limit: tools.MOST_LISTED });
    tools.showThings(names.things.map((each) => record(each, language)));
    let own = { ...narrowed, language };
    let found = await asked("search", own);
    if (found.total === 0) found = await asked("search", (own = narrowed));
    // The server says what it cannot read.
    if (found.detail) return [element("strong", { lang: "en", dir: "ltr" }, found.detail)];
    const section = part("documents");
    const list = section.querySelector("ol");
    const more = part("more");
    const show = (hits) => list.append(...hits.map((hit) => item(hit, tools)));
    list.replaceChildren();
    show(found.hits);
    section.hidden = !found.total;
    more.hidden = list.children.length >= found.total;
    more.onclick = async () => {
      const before = list.children.length;
      show((await asked("search", { ...own, offset: before })).hits);
      more.hidden = list.children.length >= found.total;
      list.children[before]?.querySelector("a").focus();
    };
    const counts = [found.total && filled(say.found_paragraphs, { count: found.total }), names.total && `${say.things}: ${names.total}`];
    return [element("strong", {}, counts.filter(Boolean).join(" · ") || say.nothing)];
  }

  /* The organs that have documents there, with their names in a language, those with most first. */
  async function organs(language) {
    const found = await asked("filters", {});
    return found.organs.map(({ id, names }) => [id, names[language] ?? names.en ?? id]);
  }

  return { organs, search };
})();
