/* Reads the index of the site's search, file by file as it is needed. Its files are scripts, as a page that lies on a
   disk may load nothing else; each calls unkgSearch. kg/publish/postings.py says how numbers are written. */
"use strict";
var unkgSearch = (() => {
  const LETTERS = Array.from({ length: 92 }, (_, at) => String.fromCharCode(0x23 + at)).filter((each) => each !== "\\");
  const VALUE = new Map(LETTERS.map((letter, at) => [letter, at]));
  const HALF = 45;
  const STEPS = 18;
  const MANY_AND_TITLE = 4;
  /* So many files are read for the words that begin alike. */
  const MOST_FILES = 8;

  const script = document.currentScript;
  const folder = script ? new URL("../search/", script.src).href : "";
  const held = new Map();
  const asked = new Map();

  /* What a file holds; files say so themselves when they are read. */
  function take(name, contents) {
    held.set(name, contents);
  }

  function load(name) {
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          if (held.has(name)) return resolve(held.get(name));
          const element = document.createElement("script");
          element.src = `${folder}${name}.js`;
          element.onload = () => (held.has(name) ? resolve(held.get(name)) : reject(new Error(name)));
          element.onerror = () => {
            asked.delete(name);
            reject(new Error(name));
          };
          document.head.append(element);
        }),
      );
    }
    return asked.get(name);
  }

  function reader(letters) {
    let at = 0;
    const letter = () => VALUE.get(letters[at++]);
    const count = () => {
      let value = 0;
      let weight = 1;
      for (;;) {
        const digit = letter();
        if (digit < HALF) return value + digit * weight;
        value += (digit - HALF) * weight;
        weight *= HALF;
      }
    };
    return { letter, count, more: () => at < letters.length };
  }

  /* The documents that hold a stem, by number: `places` are the parts in which it stands, null where these are many. */
  function postings(letters, rare) {
    const found = new Map();
    const read = reader(letters);
    let number = -1;
    while (read.more()) {
      const first = read.letter();
      const kind = Math.floor(first / STEPS);
      let step = first % STEPS;
      if (step === STEPS - 1) step += read.count();
      number += (rare ? step * LETTERS.length + read.letter() : step) + 1;
      if (kind === 0 || kind === MANY_AND_TITLE) {
        found.set(number, { places: null, parts: 5, title: kind === MANY_AND_TITLE });
        continue;
      }
      const places = [];
      for (let place = -1; places.length < kind; places.push(place)) place += read.count() + 1;
      found.set(number, { places, parts: kind, title: places[0] === 0 });
    }
    return found;
  }

  /* The entries of a file: each name, in order, with what stands behind it. */
  function entries(text) {
    const found = [];
    let before = "";
    for (const entry of text.split(" ")) {
      const end = entry.indexOf("!", 1);
      const shared = VALUE.get(entry[0]);
      before = before.slice(0, shared % HALF) + entry.slice(1, end);
      found.push([before, { letters: entry.slice(end + 1), rare: shared >= HALF }]);
    }
    return found;
  }

  const tables = new Map();
  async function table(name) {
    if (!tables.has(name)) tables.set(name, load(name).then(entries));
    return tables.get(name);
  }

  /* Which of the files that begin so holds a name or number. */
  function fileOf(begins, wanted) {
    let file = 0;
    while (file + 1 < begins.length && begins[file + 1] <= wanted) file++;
    return file;
  }

  async function entriesBeginning(name, begins, prefix) {
    const first = fileOf(begins, prefix);
    const last = Math.min(fileOf(begins, `${prefix}\uffff`), first + MOST_FILES - 1);
    if (!begins.length) return [];
    const files = Array.from({ length: last - first + 1 }, (_, at) => table(`${name}-${first + at}`));
    return (await Promise.all(files)).flat().filter(([each]) => each.startsWith(prefix));
  }

  /* The index of one language. */
  class Index {
    constructor(language, contents) {
      this.language = language;
      Object.assign(this, contents);
      this.words = new unkgWords.Words(contents.rules);
      this.parts = [...contents.sizes].map((letter) => 2 ** (VALUE.get(letter) / 8));
      this.averageParts = this.parts.reduce((sum, each) => sum + each, 0) / (this.parts.length || 1);
    }

    async entry(stem) {
      const begins = this.begins.words;
      if (!begins.length) return undefined;
      const found = await table(`${this.language}/words-${fileOf(begins, stem)}`);
      return found.find(([name]) => name === stem)?.[1];
    }

    /* The postings of a stem: its own; or, as it was joined to what is left without a letter written to it, of that; or
       those of words that have such a letter before it. */
    async stem(stem) {
      const attached = this.words.attached;
      for (let rest = stem; ; rest = rest.slice(1)) {
        const entry = await this.entry(rest);
        if (entry) return [postings(entry.letters, entry.rare)];
        if (rest.length <= 2 || !attached.some((each) => rest.startsWith(each))) break;
      }
      const longer = await Promise.all(attached.map((each) => this.entry(each + stem)));
      return longer.filter(Boolean).map(({ letters, rare }) => postings(letters, rare));
    }

    async beginning(prefix) {
      const found = await entriesBeginning(`${this.language}/words`, this.begins.words, prefix);
      return found.map(([, { letters, rare }]) => postings(letters, rare));
    }

    /* What is shown of a document, or of a thing by its number behind the documents. */
    async record(kind, number) {
      const begins = this.begins[kind];
      const file = fileOf(begins, number);
      return (await load(`${this.language}/${kind}-${file}`))[number - begins[file]];
    }

    year(number) {
      return this.years[fileOf(this.years.map(([, first]) => first), number)][0];
    }

    organ(number) {
      return this.organs[VALUE.get(this.organOf[number])] ?? ["", ""];
    }
  }

  const indexes = new Map();
  function index(language) {
    if (!indexes.has(language)) indexes.set(language, load(language).then((contents) => new Index(language, contents)));
    return indexes.get(language);
  }

  /* The symbols that begin so, and the numbers of those whose documents are held. */
  async function symbols(known, prefix) {
    const found = await entriesBeginning("symbols", known.begins.symbols, prefix);
    return found.map(([symbol, { letters }]) => ({ symbol, number: letters ? reader(letters).count() : null }));
  }

  /* OP1>9 stands for OP1, OP2 and so on to OP9; OP3.a>c for OP3.a, OP3.b, OP3.c. */
  function parts(runs) {
    return runs.split(" ").flatMap((run) => {
      const [first, last] = run.split(">");
      if (last === undefined) return [first];
      const counted = /^\d+$/.test(last) ? /\d+$/.exec(first)[0] : first.slice(-1);
      const before = first.slice(0, first.length - counted.length);
      const code = (text) => (/^\d+$/.test(last) ? Number(text) : text.charCodeAt(0));
      const written = (value) => (/^\d+$/.test(last) ? String(value) : String.fromCharCode(value));
      const many = code(last) - code(counted) + 1;
      return Array.from({ length: many }, (_, at) => before + written(code(counted) + at));
    });
  }

  return Object.assign(take, { index, symbols, parts, postings, entries });
})();
