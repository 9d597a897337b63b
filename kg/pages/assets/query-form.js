// The shipped questions as forms: fields for their parameters, and SPARQL with the values that stand in them.
"use strict";
(function (page) {
  const { known, make, say } = page;
  const NAMED = { body: ["body", "group"], instrument: ["instrument"], act: ["act"], goal: ["sdg"] };
  const literal = (text) => `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;

  page.question = (name) => known.questions.find((each) => each.name === name) || null;

  // What one may choose from, with the words that stand in the field: names, Goals with their numbers.
  const choices = new Map();
  function choicesOf(kind) {
    if (!choices.has(kind)) {
      const found = Object.entries(known.names).filter(([target]) => NAMED[kind].includes(target.split("/")[0]));
      choices.set(kind, found.map(([target, name]) => [target, kind === "goal" ? `${target.slice(4)} ${name}` : name]));
    }
    return choices.get(kind);
  }

  function listOf(kind) {
    const id = `known-${kind}`;
    if (!document.getElementById(id)) {
      document.body.append(make("datalist", { id }, ...choicesOf(kind).map(([, words]) => make("option", { value: words }))));
    }
    return id;
  }

  // The fields of a question, filled with the values given, or with those of its sample.
  page.fields = function (question, values) {
    const holder = document.getElementById("parameters");
    holder.replaceChildren(...question.parameters.map((parameter) => field(parameter, values)));
  };

  function field(parameter, values) {
    const id = `parameter-${parameter.name}`;
    // What may be left out is left out, but for the language; the sample then shows in the empty field.
    const begin = parameter.optional && parameter.name !== "language" ? "" : parameter.sample;
    const value = values ? values[parameter.name] || "" : begin;
    const label = parameter.optional ? `${parameter.label} (${say("optional")})` : parameter.label;
    const described = `${id}-wrong`;
    const common = { id, name: parameter.name, "aria-describedby": described, required: !parameter.optional };
    const control = parameter.name === "language" ? tongues(common, value || parameter.sample) : input(parameter, common, value);
    return make("p", { class: "field" }, make("label", { for: id }, label), control, make("span", { class: "wrong", id: described }));
  }

  function input(parameter, common, value) {
    const element = make("input", {
      ...common,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      dir: parameter.kind in NAMED || parameter.kind === "text" ? "auto" : "ltr",
      inputmode: parameter.kind === "integer" ? "numeric" : null,
      list: parameter.kind in NAMED ? listOf(parameter.kind) : null,
      placeholder: parameter.optional ? parameter.sample : null,
    });
    element.value = parameter.kind in NAMED ? wordsOf(parameter.kind, value) : value;
    return element;
  }

  function tongues(common, value) {
    const own = [...document.querySelectorAll(".tongues a")];
    const options = own.map((each) => make("option", { value: each.lang, lang: each.lang }, each.textContent.trim()));
    const element = make("select", common, ...options);
    element.value = value;
    return element;
  }

  const slugOf = (kind, target) => (["body", "goal", "instrument", "act"].includes(kind) ? target.replace(/^(body|sdg|instrument|act)\//, "") : target);
  function wordsOf(kind, value) {
    const found = choicesOf(kind).find(([target]) => slugOf(kind, target) === value || target === value);
    return found ? found[1] : value;
  }

  // The values of the form, by parameter, in the short form that a link holds: cstd, A/RES/70/1, 17.6.
  page.values = function (question) {
    const values = {};
    for (const parameter of question.parameters) {
      const text = document.getElementById(`parameter-${parameter.name}`).value.trim();
      if (text) values[parameter.name] = parameter.kind in NAMED ? shortOf(parameter.kind, text) : text;
    }
    return values;
  };

  function shortOf(kind, text) {
    const wanted = text.toLocaleLowerCase(known.language);
    const found = choicesOf(kind).find(([target, words]) => words.toLocaleLowerCase(known.language) === wanted || slugOf(kind, target) === text.toLowerCase());
    return found ? slugOf(kind, found[0]) : text;
  }

  // The canonical symbol for what people write: 70/1, s/res/1325 (2000).
  page.symbol = function (text) {
    const bare = text.replace(/\s+/g, "").toUpperCase();
    if (/^\d{2,3}\/\d+[A-Z]?$/.test(bare)) return `A/RES/${bare}`;
    if (/^\d+\(\d{4}\)$/.test(bare)) return `S/RES/${bare}`;
    return bare.replace(/^ASSEMBLY\//, "Assembly/");
  };

  const TERMS = {
    document: (value) => `<${known.base}doc/${page.quote(page.symbol(value))}>`,
    body: (value) => named("body", value),
    instrument: (value) => named("instrument", value),
    act: (value) => named("act", value),
    goal: (value) => named("goal", value),
    text: literal,
    date: (value) => `${literal(value)}^^<http://www.w3.org/2001/XMLSchema#date>`,
    integer(value) {
      if (!/^[+-]?\d+$/.test(value)) throw new Error(say("bad_number"));
      return String(BigInt(value));
    },
  };

  function named(kind, value) {
    const found = choicesOf(kind).find(([target]) => slugOf(kind, target) === value || target === value);
    if (!found) throw new Error(say("unknown_name"));
    return found[0].startsWith("sdg/") ? `<${known.sdg}${found[0].slice(4)}>` : `<${known.base}${page.quote(found[0])}>`;
  }

  // The question as SPARQL with these values; null where one cannot be read, and then its field says why.
  page.bound = function (question, values) {
    let sparql = question.sparql.replace(/^BASE <[^>]*>/m, `BASE <${known.base}>`);
    let first = null;
    for (const parameter of question.parameters) {
      const wrong = problem(parameter, values[parameter.name]);
      mark(parameter, wrong);
      if (wrong) {
        first = first || document.getElementById(`parameter-${parameter.name}`);
      } else if (values[parameter.name]) {
        const term = TERMS[parameter.kind](values[parameter.name]);
        sparql = sparql.replace(new RegExp(`(VALUES \\?${parameter.name} \\{)[^}]*\\}`), (_, start) => `${start} ${term} }`);
      }
    }
    if (first) first.focus();
    return first ? null : sparql;
  };

  function problem(parameter, value) {
    if (!value) return parameter.optional ? "" : say("required");
    try {
      TERMS[parameter.kind](value);
      return "";
    } catch (error) {
      return error.message;
    }
  }

  function mark(parameter, wrong) {
    const control = document.getElementById(`parameter-${parameter.name}`);
    document.getElementById(`${control.id}-wrong`).textContent = wrong;
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  page.markUnknown = (parameter, symbol) => mark(parameter, say("unknown_document", { symbol }));
})(window.unkgQuery);
