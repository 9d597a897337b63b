// The page: what is asked, of whom, and how the answer is shown. What was asked stands in the address.
"use strict";
(function (page) {
  const { known, make, say } = page;
  const at = (id) => document.getElementById(id);
  const JSON_ROWS = "application/sparql-results+json";
  const FORMS = {
    rows: [
      ["JSON", JSON_ROWS, "json"],
      ["CSV", "text/csv", "csv"],
      ["TSV", "text/tab-separated-values", "tsv"],
      ["XML", "application/sparql-results+xml", "xml"],
    ],
    graph: [
      ["Turtle", "text/turtle", "ttl"],
      ["N-Triples", "application/n-triples", "nt"],
      ["JSON-LD", "application/ld+json", "jsonld"],
    ],
  };
  const state = { endpoint: at("ask").dataset.endpoint, asked: null, answer: null, view: "table", running: null, name: "query" };
  page.askedDocument = null;

  // What is refused is told with its place where the server can, and in plain words where it cannot.
  const REFUSALS = "application/problem+json;q=0.2, text/plain;q=0.1";

  // One request to the endpoint; what it refuses becomes an error with the place that it names.
  async function request(query, accept, signal) {
    const headers = { Accept: `${accept}, ${REFUSALS}`, "Content-Type": "application/x-www-form-urlencoded" };
    // Our server cuts a long answer only for those who can tell that it did; others do not know the word.
    const body = new URLSearchParams({ query, partial: "true" }).toString();
    let reply;
    try {
      reply = await fetch(state.endpoint, { method: "POST", headers, body, signal });
    } catch (error) {
      throw error.name === "AbortError" ? error : new Error(say("no_answer"));
    }
    if (!reply.ok) throw refusal(await reply.text(), reply.status);
    return reply;
  }

  function refusal(text, status) {
    let told = {};
    try {
      told = JSON.parse(text) || {};
    } catch {
      told = { detail: text.startsWith("<") ? "" : text };
    }
    const message = String(told.detail || told.title || told.message || status);
    const place = /(?:line |error at |query:)(\d+)(?:, ?column |:)(\d+)/i.exec(message) || [];
    const [line, column] = [Number(told.line || place[1]) || null, Number(told.column || place[2]) || null];
    return Object.assign(new Error(message), { title: told.title && told.detail ? told.title : "", line, column });
  }

  async function answered(query, signal) {
    const reply = await request(query, `${JSON_ROWS}, application/n-triples;q=0.9`, signal);
    const text = await reply.text();
    const isJson = (reply.headers.get("Content-Type") || "").includes("json");
    const answer = isJson ? page.solutions(JSON.parse(text)) : page.statements(text);
    answer.cut = answer.cut || reply.headers.has("X-SPARQL-MaxRows");
    return answer;
  }

  // Asks, and shows what comes.
  async function ask(query, asked) {
    if (state.running) state.running.abort();
    const running = new AbortController();
    state.running = running;
    state.asked = { query, ...asked };
    state.name = asked.question ? asked.question.name : "query";
    page.askedDocument = asked.values && asked.values.document ? page.symbol(asked.values.document) : null;
    remember();
    at("result").hidden = false;
    at("answer").hidden = true;
    at("problem").replaceChildren();
    at("stop").hidden = false;
    at("said").textContent = say("running");
    page.markError(null);
    try {
      const answer = await answered(query, running.signal);
      if (state.running === running) show(answer);
    } catch (error) {
      if (state.running === running) fail(error);
    }
    if (state.running === running) {
      state.running = null;
      at("stop").hidden = true;
    }
  }

  function show(answer) {
    state.answer = answer;
    if (answer.kind === "truth") {
      at("said").textContent = say(answer.truth ? "true" : "false");
    } else {
      const key = answer.rows.length ? (answer.kind === "graph" ? "statements_found" : "rows_found") : "nothing";
      at("said").textContent = say(key, { count: answer.rows.length }) + (answer.cut ? ` ${say("cut")}` : "");
    }
    if (!answer.rows.length && state.asked.values) missing(state.asked);
    at("answer").hidden = !answer.rows.length;
    downloads(answer);
    choose(fitting(answer) ? state.view : "table");
    at("result-title").focus({ preventScroll: true });
    at("result").scrollIntoView({ block: "start" });
  }

  const fitting = (answer) => ({ table: true, chart: page.canChart(answer), graph: page.canGraph(answer) })[state.view];

  // Of a question about a document without an answer: whether the graph knows that document at all.
  async function missing({ question, values }) {
    for (const parameter of question.parameters.filter((each) => each.kind === "document" && values[each.name])) {
      const symbol = page.symbol(values[parameter.name]);
      const told = await answered(`ASK { <${known.base}doc/${page.quote(symbol)}> ?p ?o }`).catch(() => null);
      if (told && told.truth === false) {
        page.markUnknown(parameter, symbol);
        at("said").textContent = say("unknown_document", { symbol });
      }
    }
  }

  function fail(error) {
    at("said").textContent = error.name === "AbortError" ? say("stopped") : "";
    if (error.name === "AbortError") return;
    const box = make("div", { class: "problem" }, make("h3", {}, say("error")));
    if (error.line) box.append(make("p", {}, say("error_at", { line: error.line, column: error.column || 1 })));
    if (error.title) box.append(make("p", { lang: "en", dir: "ltr" }, error.title));
    // What the server says of it is in English, and says by spaces where the place is.
    box.append(make("pre", error.line || error.title ? { lang: "en", dir: "ltr" } : { dir: "auto" }, error.message));
    if (error.line && !state.asked.values) {
      const button = make("button", { type: "button" }, say("go_there"));
      button.addEventListener("click", () => page.goTo(error.line, error.column || 1));
      box.append(button);
      page.markError(error);
    }
    at("problem").replaceChildren(box);
  }

  // Table, chart or graph.
  function choose(view) {
    state.view = view;
    for (const button of at("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    if (state.answer && state.answer.rows.length) {
      page[view](state.answer, at("view"));
      at("picture").hidden = !at("view").querySelector("svg");
    }
    remember();
  }

  function downloads(answer) {
    const forms = (FORMS[answer.kind] || []).map(([name, media, ending]) => {
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => save(media, `${state.name}.${ending}`));
      return button;
    });
    at("downloads").replaceChildren(make("span", { "aria-hidden": "true" }, say("download") + ":"), ...forms);
    const picture = make("button", { type: "button", id: "picture", hidden: true }, "SVG");
    picture.addEventListener("click", () => {
      const drawn = page.picture(at("view").querySelector("svg"));
      offer(new Blob([drawn], { type: "image/svg+xml" }), `${state.name}.svg`);
    });
    at("downloads").append(picture);
  }

  async function save(media, name) {
    try {
      const reply = await request(state.asked.query, media);
      offer(await reply.blob(), name);
    } catch (error) {
      fail(error);
    }
  }

  function offer(content, name) {
    const address = URL.createObjectURL(content);
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  // What was asked, in the part of the address that is sent to nobody.
  function remember() {
    if (!state.asked) return;
    const { question, values, query } = state.asked;
    const kept = new URLSearchParams(question ? { question: question.name, ...values } : { query });
    if (state.view !== "table") kept.set("view", state.view);
    history.replaceState(null, "", `#${kept}`);
  }

  function recalled() {
    const kept = new URLSearchParams(location.hash.slice(1));
    const question = page.question(kept.get("question"));
    state.view = ["chart", "graph"].includes(kept.get("view")) ? kept.get("view") : "table";
    if (question) {
      at("question").value = question.name;
      page.fields(question, Object.fromEntries(kept));
      return () => askQuestion();
    }
    if (!kept.get("query")) return null;
    page.setText(kept.get("query"));
    return () => askOwn();
  }

  const chosenQuestion = () => page.question(at("question").value);

  function askQuestion() {
    const question = chosenQuestion();
    const values = page.values(question);
    const query = page.bound(question, values);
    if (query) ask(query, { question, values });
  }

  const askOwn = () => ask(page.text(), {});

  // Whether anybody answers at the address; a page opened as a file has nobody beside it.
  async function alive() {
    if (location.protocol === "file:" && !/^https?:/.test(state.endpoint)) return false;
    const told = await answered("ASK {}").catch(() => null);
    return Boolean(told && told.kind === "truth");
  }

  function serve(lives) {
    at("no-server").hidden = lives;
    at("ready").hidden = !lives;
    at("own").hidden = !lives;
    at("stored").open = !lives;
    if (!lives) at("result").hidden = true;
  }

  async function begin() {
    const lives = await alive();
    serve(lives);
    const asked = recalled();
    if (lives && asked) asked();
  }

  page.startEditor(askOwn);
  page.setText(known.start);
  page.fields(chosenQuestion());
  at("question").addEventListener("change", () => page.fields(chosenQuestion()));
  at("question-form").addEventListener("submit", (event) => {
    event.preventDefault();
    state.view = "table";
    askQuestion();
  });
  at("edit").addEventListener("click", () => {
    const query = page.bound(chosenQuestion(), page.values(chosenQuestion()));
    if (!query) return;
    page.setText(query);
    page.focusEditor();
  });
  at("query-form").addEventListener("submit", (event) => {
    event.preventDefault();
    state.view = "table";
    askOwn();
  });
  at("stop").addEventListener("click", () => state.running && state.running.abort());
  for (const button of at("views").children) button.addEventListener("click", () => choose(button.dataset.view));
  at("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href).catch(() => null);
    at("said").textContent = say("copied");
  });
  at("other-endpoint").addEventListener("submit", (event) => {
    event.preventDefault();
    state.endpoint = at("endpoint").value;
    begin();
  });
  window.addEventListener("hashchange", () => {
    const asked = recalled();
    if (asked && !at("own").hidden) asked();
  });
  document.documentElement.dataset.ready = "";
  page.ready = begin();
})(window.unkgQuery);
