/* How words are made alike, and symbols read: the same as kg/search/words.py and kg/symbols.py do, which say why.
   The rules of a language come with the index; tests hold both against each other. */
"use strict";
var unkgWords = (() => {
  const MARKS = "\\u0300-\\u036f\\u0640\\u064b-\\u065f\\u0670\\u00ad";
  const LETTER = "\\p{L}\\p{N}";
  const NOT_WRITTEN = new RegExp(`(?:[^${LETTER}]|[${MARKS}])+`, "gu");
  const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/g;
  const DIGIT = /\p{Nd}/u;
  const length = (text) => [...text].length;

  /* The value of a digit of any script: ten of them stand one behind the other, from …0 or …6 on. */
  function digit(character) {
    const code = character.codePointAt(0);
    const low = code & 15;
    return String(DIGIT.test(String.fromCodePoint(code - low)) ? low : low - 6);
  }

  class Words {
    constructor(rules) {
      this.rules = rules;
      // In JavaScript, \w is of ASCII only.
      const skip = rules.skip ? `(?!${rules.skip.replaceAll("\\w", `[${LETTER}_]`)})` : "";
      const word = rules.joined ? `(?:(?!${rules.joined})[${LETTER}])+` : `[${LETTER}][${LETTER}_${MARKS}]*`;
      const before = rules.joined ? "" : `(?<![${LETTER}_])`;
      this.pattern = new RegExp(`${before}${skip}(?:${rules.joined ? `${rules.joined}+|` : ""}${word})`, "giu");
      this.joined = rules.joined ? new RegExp(`^${rules.joined}`, "u") : null;
      this.attached = rules.attached || [];
      this.alike = new Map(Object.entries(rules.alike || {}).flatMap(([many, to]) => [...many].map((one) => [one, to])));
      this.irregular = new Map(Object.entries(rules.irregular || {}));
      this.prefixes = [...(rules.prefixes || [])].sort((one, other) => length(other) - length(one));
      this.endings = (rules.endings || []).map((step) => new Map(step.map((each) => [...each.split("="), ""].slice(0, 2))));
    }

    /* The stems of a text, each with its place in it. */
    tokens(text) {
      const found = [];
      for (const { 0: word, index } of text.matchAll(this.pattern)) {
        if (this.isJoined(word)) {
          let at = index;
          for (const pair of pairs(word)) {
            found.push({ stem: pair, start: at, end: at + pair.length });
            at += [...pair][0].length;
          }
        } else {
          const stem = this.stem(word);
          if (stem) found.push({ stem, start: index, end: index + word.length });
        }
      }
      return found;
    }

    isJoined(word) {
      return this.joined !== null && this.joined.test(word);
    }

    isInitials(word) {
      const letters = length(word);
      return letters > 1 && letters <= this.rules.longestInitials && word !== word.toLowerCase() && word === word.toUpperCase();
    }

    stem(word) {
      const form = this.form(word);
      return this.isInitials(word) ? form : this.cut(form);
    }

    form(word) {
      if (/[^\0-\x7f]/.test(word)) {
        word = word.normalize("NFC").replace(NOT_WRITTEN, "").normalize("NFKC").replace(NOT_WRITTEN, "");
        word = word.replace(/\p{Nd}/gu, digit).replace(ACCENTED, (letter) => letter.normalize("NFD")[0]);
      }
      return [...word.toLowerCase()].map((letter) => this.alike.get(letter) ?? letter).join("");
    }

    cut(word) {
      const least = this.rules.leastAfterPrefix;
      const prefix = this.prefixes.find((each) => word.startsWith(each) && length(word) - length(each) >= least);
      if (prefix) word = word.slice(prefix.length);
      if (this.irregular.has(word)) return this.irregular.get(word);
      for (const step of this.endings) {
        // The longest ending is the first that fits.
        const letters = [...word];
        for (let at = this.rules.least || 0; at < letters.length; at++) {
          const end = letters.slice(at).join("");
          if (step.has(end)) {
            word = letters.slice(0, at).join("") + step.get(end);
            break;
          }
        }
      }
      return word;
    }
  }

  /* A run of characters without spaces as pairs, and its last character alone. */
  function pairs(run) {
    const letters = [...run];
    return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
  }

  const ROMAN = "[IVXLC]+";
  const LINK = /^(?:https?:\/\/)?(?:www\.)?(?:undocs\.org|docs\.un\.org)\/(?:(?:ar|ch|en|es|fr|ru|sp|zh)\/)?(.+)$/i;
  const AKN = /\/akn\/un\/statement\/deliberation\/([a-z-]+)\/[\d-]+\/([\w().-]+?)\/?$/;
  const SERIES = /^(?:[ase]\/)(?:hrc\/)?(?:res|dec|prst)\//i;
  const PARTS = /\/(?:add|corr|rev)(?=\.\d)|(?<=\()(?:part|vol|sect)(?=s?\.?[IVX\d])|(?<=\()(?:PART|VOL|SECT)(?=\.?[IVX\d])/g;
  const AGENCIES = [
    ["IAEA", /^GC\(\d+\)\/RES\/\d+$/],
    ["WHO", /^WHA\d+\.\d+$/],
    ["AU", new RegExp(`^(?:(?:E[Xx][Tt]/)?(?:Assembly|ASSEMBLY)/AU/(?:Dec|DEC|Decl)|CM/Res)\\.\\d+\\(${ROMAN}\\)$`)],
  ];
  const BARE = new RegExp(
    `^(?:(?:3[1-9]|[4-9]\\d|1\\d\\d|(?:19|20)\\d\\d)/\\d+[A-Z]?|E?S-\\d+/\\d+|\\d+\\((?:E?S-)?${ROMAN}\\)[A-Z]?)$`,
  );
  const capital = (text) => text.replace(/[A-Za-z]/, (letter) => letter.toUpperCase());

  /* The one spelling of a symbol, whichever way it was written; whether there is such a document is another question. */
  function canonical(text) {
    text = text.trim();
    try {
      text = decodeURIComponent(text);
    } catch {
      // A lone per cent sign is one.
    }
    const link = LINK.exec(text) || /^https?:\/\/[^ ]*\/doc\/([^@#]+)/.exec(text);
    const name = AKN.exec(text);
    if (link) text = link[1];
    else if (name) text = fromAkn(name[1], name[2]);
    text = text.replace(/\s+/g, "").replace(/[‐‑–]/g, "-");
    text = text.replace(SERIES, (series) => series.toUpperCase());
    text = text.replace(/^((?:UNEP\/EA|HSP\/HA)\.\d+)\/RES\./, "$1/Res.");
    text = text.replace(PARTS, (found) => capital(found.toLowerCase()));
    text = text.replace(/\(Parts?([IVX]+)(?:and|et|y|&)([IVX]+)\)/, "(Parts$1and$2)");
    // Editions of one publication in several languages are one document.
    text = text.replace(/^UN-SALES\/[ACFRS](?=\.\d)/, "UN-SALES/E");
    const agency = AGENCIES.find(([, pattern]) => pattern.test(text));
    if (agency) text = `${agency[0]}/${text.replace("EXT", "Ext").replace("ASSEMBLY", "Assembly").replace("DEC", "Dec")}`;
    text = text.replace(/(\d+)([A-Z])(\([IVXLCES-]+\))/g, "$1$3$2");
    const meeting = /^CBD\/(?:COP\/)?DEC\/(\d{1,2})\/(\d+)$/.exec(text);
    if (meeting && +meeting[1] <= 13) text = `CBD/DEC/${roman(+meeting[1])}/${meeting[2]}`;
    if (BARE.test(text)) return (/^\d{4}\//.test(text) ? "E/RES/" : "A/RES/") + text;
    // The Security Council's numbers bear their year.
    return /^\d{1,4}\((?:19|20)\d\d\)$/.test(text) ? `S/RES/${text}` : text;
  }

  function fromAkn(organ, number) {
    if (organ.replace(/^un-/, "").replace(/^un/, "") === "sc") {
      const found = /^(\d+)-\(?(\d{4})\)?$/.exec(number);
      return found ? `S/RES/${found[1]}(${found[2]})` : number;
    }
    const series = organ.includes("ecosoc") ? "E/RES" : organ.includes("hrc") ? "A/HRC/RES" : "A/RES";
    const at = number.lastIndexOf("-");
    return `${series}/${number.slice(0, Math.max(at, 0))}/${number.slice(at + 1)}`;
  }

  function roman(number) {
    const steps = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
    let written = "";
    for (const [value, letters] of steps) {
      while (number >= value) {
        written += letters;
        number -= value;
      }
    }
    return written;
  }

  return { Words, pairs, canonical };
})();
