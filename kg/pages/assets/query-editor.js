// The editor: SPARQL in colours, completion of prefixes, classes, properties and variables, and the place of an error.
// Where the bundle is absent, the plain field stays and everything else works.
"use strict";
(function (page) {
  const { known, say } = page;
  const field = document.getElementById("sparql");
  const mirror = window.unkgCodeMirror;
  let view = null;

  page.text = () => (view ? view.state.doc.toString() : field.value);
  page.setText = function (text) {
    if (!view) field.value = text;
    else view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    page.markError(null);
  };
  page.focusEditor = () => (view || field).focus();

  function offset(line, column) {
    const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    // Columns count characters; the editor counts UTF-16 units.
    return Math.min(found.from + [...found.text].slice(0, column - 1).join("").length, found.to);
  }

  // Shows an error at its place, or none; the place is counted from 1.
  page.markError = function (error) {
    if (!view) return;
    const marks = [];
    if (error && error.line) {
      const from = offset(error.line, error.column || 1);
      const word = /^\S+/.exec(view.state.doc.sliceString(from, from + 80));
      const to = from + (word ? word[0].length : 0);
      marks.push({ from: to > from ? from : Math.max(0, from - 1), to: Math.max(to, from), severity: "error", message: error.message });
    }
    view.dispatch(mirror.setDiagnostics(view.state, marks));
  };

  page.goTo = function (line, column) {
    page.focusEditor();
    if (view) {
      const at = offset(line, column);
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
      return;
    }
    const before = field.value.split("\n").slice(0, line - 1).join("\n").length;
    field.setSelectionRange(before + column, before + column);
  };

  // What can be completed where the cursor stands.
  function completions(context) {
    const header = context.matchBefore(/PREFIX\s+\w*$/i);
    if (header) return prefixesAfter(context, header);
    const variable = context.matchBefore(/[?$]\w*$/);
    if (variable) return variables(context, variable);
    const word = context.matchBefore(/[\p{L}\w]*:?[\p{L}\w-]*$/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const wanted = word.text.toLocaleLowerCase(known.language);
    const fits = (term) => [term.name, term.label].some((each) => each.toLocaleLowerCase(known.language).includes(wanted));
    const options = known.terms.filter(fits).map((term) => ({
      label: term.name,
      detail: term.label,
      type: term.kind === "class" ? "class" : "property",
      info: say(term.kind),
      boost: term.name.toLowerCase().includes(wanted) ? 1 : 0,
      apply: (editor, _, from, to) => insert(editor, term.name, from, to),
    }));
    return options.length ? { from: word.from, options, filter: false } : null;
  }

  function prefixesAfter(context, header) {
    const from = header.from + /^PREFIX\s+/i.exec(header.text)[0].length;
    const options = Object.entries(known.prefixes).map(([prefix, start]) => ({
      label: `${prefix}: <${start}>`,
      type: "namespace",
      info: say("prefix"),
    }));
    return { from, options, validFor: /^\w*$/ };
  }

  function variables(context, word) {
    const text = context.state.doc.toString();
    const found = new Set([...text.matchAll(/[?$]\w+/g)].filter((each) => each.index !== word.from).map((each) => each[0]));
    return { from: word.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
  }

  // Puts a prefixed name in, and its prefix at the top where the query lacks it.
  function insert(editor, name, from, to) {
    const prefix = name.split(":")[0];
    const declared = new RegExp(`PREFIX\\s+${prefix}:`, "i").test(editor.state.doc.toString());
    const changes = [{ from, to, insert: name }];
    if (!declared) changes.unshift({ from: 0, insert: `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n` });
    const set = editor.state.changes(changes);
    editor.dispatch({ changes: set, selection: { anchor: set.mapPos(to, 1) }, userEvent: "input.complete" });
  }

  function colours() {
    const { tags } = mirror;
    const named = (name, ...list) => list.map((tag) => ({ tag, class: `sparql-${name}` }));
    return mirror.HighlightStyle.define([
      ...named("keyword", tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.definitionKeyword),
      ...named("text", tags.string),
      ...named("number", tags.number, tags.bool, tags.null, tags.atom),
      ...named("variable", tags.variableName, tags.special(tags.variableName), tags.local(tags.variableName)),
      ...named("comment", tags.comment),
      ...named("meta", tags.meta, tags.standard(tags.variableName), tags.function(tags.variableName)),
    ]);
  }

  const theme = () =>
    mirror.EditorView.theme({
      "&": { fontSize: "0.92rem" },
      ".cm-gutters": { background: "var(--panel)", color: "var(--soft)", border: "none" },
      ".cm-content": { caretColor: "var(--ink)" },
      "&.cm-focused .cm-cursor, .cm-cursor": { borderLeftColor: "var(--ink)" },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
        background: "var(--mark)",
      },
      "&.cm-focused .cm-matchingBracket": { background: "var(--mark)", color: "var(--mark-ink)" },
      ".cm-tooltip": { background: "var(--panel)", color: "var(--ink)", border: "1px solid var(--soft)" },
      ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
      ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "var(--paper)" },
      // All that is shown is in sight: a list that scrolls would need a tab stop of its own.
      ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none" },
      ".cm-completionDetail": { color: "var(--soft)" },
      ".cm-diagnostic": { color: "var(--ink)" },
    });

  function started(run) {
    const { EditorView, EditorState, keymap } = mirror;
    const keys = [
      { key: "Mod-Enter", run: () => (run(), true), preventDefault: true },
      ...mirror.closeBracketsKeymap,
      ...mirror.defaultKeymap.filter((each) => each.key !== "Mod-Enter"),
      ...mirror.historyKeymap,
      ...mirror.completionKeymap,
    ];
    const spoken = { "aria-labelledby": "sparql-label", "aria-describedby": "editor-hint", spellcheck: "false" };
    return EditorState.create({
      doc: field.value,
      extensions: [
        mirror.lineNumbers(),
        mirror.history(),
        mirror.highlightSpecialChars(),
        mirror.bracketMatching(),
        mirror.closeBrackets(),
        mirror.StreamLanguage.define(mirror.sparql),
        mirror.syntaxHighlighting(colours()),
        mirror.autocompletion({ override: [completions], icons: false, maxRenderedOptions: 12 }),
        EditorState.phrases.of({ Completions: say("completions"), Diagnostics: say("error") }),
        keymap.of(keys),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(spoken),
        theme(),
      ],
    });
  }

  page.startEditor = function (run) {
    document.getElementById("editor-hint").hidden = !mirror;
    if (!mirror) {
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
      });
      return;
    }
    view = new mirror.EditorView({ state: started(run), parent: document.getElementById("editor") });
    document.getElementById("sparql-label").addEventListener("click", () => view.focus());
    field.hidden = true;
    field.disabled = true;
  };
})(window.unkgQuery);
