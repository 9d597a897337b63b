"""Why an edge of the graph is there: the words in each language, the rules that read them, what else they might mean.

Everything is taken from the graph, so that an explanation needs no source file; the words are read again with the rules
of their language to say which of them took part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg import languages, query, symbols
from kg.answers import PREFIXES
from kg.errors import UnknownDocument
from kg.extract.tokens import tokens
from kg.extract.words import words_of
from kg.languages.openings import spans
from kg.model import Language
from kg.nquads import iri
from kg.query import PROLOGUE, Graph

#: What each rule by which a document is decided means, for a person.
RULES: Mapping[str, str] = {
    "backwards": "the number is printed the other way round; the date or the sessions prove it",
    "citing-organ": "no organ is named, so the number is one of the organ that adopts the text",
    "conference-of-parties": "only decisions of a conference of parties are numbered like this",
    "council-number": "the Security Council numbers its resolutions through, so that the number tells the year",
    "date": "the date in the words fits the sessions of one organ only",
    "emergency-session": "emergency special sessions are held by the General Assembly alone",
    "ibid": "the words point back at the citation before them",
    "its": "“its” before the number means the organ that adopts the text",
    "link": "the words show no citation here; a link of the source file does",
    "named-before": "the paragraph has cited the same number with its organ before",
    "number": "the form of the number fits no organ, or several",
    "number-with-year": "a number with a year in this form is numbered so by one organ",
    "official-records": "session and supplement of the Official Records tell the document",
    "organ-named": "the words name the organ",
    "present-document": "the words mean the document in which they stand",
    "symbol": "the words give the symbol in full",
    "the-council": "“the Council” is the one whose numbers look like this",
    "treaty-series": "the words give volume and number of a treaty series",
    "vague": "the words name no number",
}

_NAME = re.compile(r"(?P<symbol>[^#]+?)(?:#(?P<clause>[^#]+?))?(?:\.cites\.(?P<cited>[^#]+))?")
_CITATIONS = (
    PROLOGUE
    + """\
SELECT DISTINCT ?citation ?clause WHERE {{
  {document} unkg:hasClause ?clause . ?citation cito:hasCitingEntity ?clause .
}} ORDER BY ?clause ?citation"""
)
_FACTS = PROLOGUE + "SELECT DISTINCT ?property ?value WHERE {{ {citation} ?property ?value }} ORDER BY ?property ?value"
_WORDS = (
    f"PREFIX oa: <{PREFIXES['oa']}>\nPREFIX prov: <{PREFIXES['prov']}>\n{PROLOGUE}"
    + """\
SELECT DISTINCT ?language ?file ?start ?end ?exact ?text WHERE {{
  {citation} prov:wasDerivedFrom ?words .
  ?words oa:start ?start ; oa:end ?end ; oa:exact ?exact ; unkg:inVersion ?version .
  ?version dcterms:language ?language ; unkg:sourceFile ?file .
  OPTIONAL {{ {holder} unkg:text ?text FILTER(LANG(?text) = ?language) }}
}} ORDER BY ?language ?start"""
)
_CONTEXT = 90
_NAMED = {"organ.self": "the organ that adopts the text", "vague": "a document without a number"}
_WAYS = {"text": "the words", "link": "a link of the file"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a citation in one language: the file, where they stand in it, what is round them, and `read`: what
    the rules saw in the same part of the sentence, each with what it is and where its rule stands."""

    language: str
    file: str
    start: int
    end: int
    before: str
    exact: str
    after: str
    read: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One citation explained; `considered` are other documents that the number could be, each with why it is not."""

    name: str
    citing: str
    clause: str
    cited: str | None
    facts: Mapping[str, tuple[str, ...]]
    words: tuple[Words, ...]
    considered: tuple[tuple[str, str], ...]

    def lines(self) -> Iterator[str]:
        """The explanation as text that can be put into a message."""
        yield f"{self.citing} {self.clause} cites {self._shown()}"
        yield f"  name      {self.name}"
        for label, fact in (("act", "act"), ("date", "citedDate"), ("place", "locator"), ("note", "via")):
            if values := self.facts.get(fact):
                yield f"  {label:<10}{', '.join(value.rpartition('/')[2].rpartition('#')[2] for value in values)}"
        status = " ".join(value.rpartition("#")[2].lower() for value in self.facts.get("status", ()))
        reasons = "; ".join(self.facts.get("reason", ()))
        yield f"  status    {status}{f': {reasons}' if reasons else ''}"
        for rule in self.facts.get("rule", ()):
            yield f"  rule      {rule}: {RULES[rule]} (kg/resolve.py, kg/numbering.py)"
        if ways := self.facts.get("shownBy"):
            yield f"  shown by  {' and '.join(_WAYS[way] for way in sorted(ways, reverse=True))}"
        for words in self.words:
            yield f"  {words.language}        {words.file}, characters {words.start} to {words.end}"
            yield f"            {words.before}⟦{words.exact}⟧{words.after}"
            for found, what, where in words.read:
                yield f"            “{found}” is {what} ({where})"
        for symbol, why in self.considered:
            yield f"  not       {symbol}: {why}"

    def _shown(self) -> str:
        """What is cited: a document, several that it may be, or one that is not settled."""
        candidates = [value.partition("/doc/")[2] for value in self.facts.get("candidate", ())]
        return self.cited or " or ".join(candidates) or "a document that is not settled"


def explain(graph: Graph, name: str) -> tuple[Explanation, ...]:
    """The citations that a name means: one citation, all of a clause, all from one document to another.

    `name` is a citation's or clause's IRI or the part of it from the symbol on, A/RES/76/213#PP4.cites.A/RES/74/229;
    without a clause, A/RES/76/213.cites.A/RES/74/229 is every citation of the one by the other. Raises UnknownDocument
    where the graph holds none.
    """
    wanted = _NAME.fullmatch(name.strip().removeprefix(f"{graph.names.base}doc/"))
    citing = symbols.find(wanted["symbol"]) if wanted else None
    if wanted is None or citing is None:
        raise UnknownDocument(
            name, "is no name of a citation; expected A/RES/76/213#PP4.cites.A/RES/74/229, or its start"
        )
    text = _CITATIONS.format(document=iri(graph.names.document(citing.text)))
    named = [(str(row["citation"]), str(row["clause"]).partition("#")[2]) for row in query.rows(graph, text)]
    cited = symbols.find(wanted["cited"] or "")
    found = [
        _explained(graph, citation, citing.text, clause)
        for citation, clause in named
        if _meant(citation, clause, wanted, cited.text if cited else wanted["cited"])
    ]
    if not found:
        known = ", ".join(dict.fromkeys(clause for _, clause in named)) or "none; is the document held?"
        raise UnknownDocument(name, f"is no citation in {graph.where}; clauses of {citing} that cite are {known}")
    return tuple(found)


def _meant(citation: str, clause: str, wanted: re.Match[str], cited: str | None) -> bool:
    end = citation.partition(".cites.")[2]
    return wanted["clause"] in (None, clause) and (cited is None or end == cited or end.startswith(f"{cited}."))


def _explained(graph: Graph, citation: str, citing: str, clause: str) -> Explanation:
    facts: dict[str, tuple[str, ...]] = {}
    for row in query.rows(graph, _FACTS.format(citation=iri(citation))):
        key = re.split(r"[/#]", str(row["property"]))[-1]
        facts[key] = (*facts.get(key, ()), str(row["value"]))
    cited = next((graph.names.symbol(value) for value in facts.get("hasCitedEntity", ())), None)
    holder = next(iter(facts.get("via", ())), graph.names.part(citing, clause))
    words = tuple(
        _words(row, str(row["language"]))
        for row in query.rows(graph, _WORDS.format(citation=iri(citation), holder=iri(holder)))
    )
    date = next(iter(facts.get("citedDate", ())), None)
    return Explanation(citation, citing, clause, cited, facts, words, tuple(_others(cited, date)))


def _words(row: Mapping[str, object], language: str) -> Words:
    text, exact = str(row["text"] or ""), str(row["exact"])
    at = text.find(exact)
    before = text[max(at - _CONTEXT, 0) : at] if at >= 0 else ""
    after = text[at + len(exact) : at + len(exact) + _CONTEXT] if at >= 0 else ""
    read = tuple(_read(text, at, at + len(exact), language)) if at >= 0 and language in languages.available() else ()
    cut = "…" if at > _CONTEXT else ""
    start, end = int(str(row["start"])), int(str(row["end"]))
    return Words(language, str(row["file"]), start, end, f"{cut}{before}", exact, after, read)


def _read(text: str, start: int, end: int, language: str) -> Iterator[tuple[str, str, str]]:
    """What the rules of the language see in the same part of the sentence as the citation."""
    code: Language = next(each for each in languages.available() if each == language)
    rules = languages.rules(code)
    words = words_of(text, rules)
    stops = [stop for _, stop in spans(rules.stop, words.folded)]
    first = max((stop for stop in stops if stop <= start), default=0)
    last = min((stop for stop in stops if stop >= end), default=len(text))
    for token in tokens(words, rules, everywhere=True):
        if first <= token.start and token.end <= last:
            what, where = _rule(token.kind, code, common=text[token.start : token.end].isascii())
            yield text[token.start : token.end].strip(), what, where


def _rule(kind: str, code: Language, *, common: bool) -> tuple[str, str]:
    table, _, name = kind.partition(".")
    file = f"kg/languages/{code}.toml"
    if table in ("number", "symbol", "part"):
        return f"a {table} of a document", "kg/languages/common.toml [[number]]" if common else f"{file} [[number]]"
    if table == "date":
        return "a date", f"{file} [patterns] date"
    if kind in _NAMED:
        return _NAMED[
            kind
        ], f"{file} [{'organs' if kind.startswith('organ') else 'citation'}] {kind.rpartition('.')[2]}"
    places = {"noun": "nouns", "organ": "organs", "locator": "locator"}
    if table in places:
        return f"{'an' if table == 'organ' else 'a'} {table} ({name})", f"{file} [{places[table]}] {name}"
    return kind.replace("_", " "), f"{file} [{'treaty' if '-' in kind or kind == 'volume' else 'citation'}] {kind}"


def _others(cited: str | None, date: str | None) -> Iterator[tuple[str, str]]:
    """The documents of other organs that bear the same number, each with what speaks against it."""
    meant = symbols.find(cited or "")
    prefixes = [prefix for pair in symbols.NUMBERINGS.values() for prefix in pair]
    own = next((prefix for prefix in prefixes if meant and meant.text.startswith(prefix)), None)
    if meant is None or own is None:
        return
    number = meant.text.removeprefix(own)
    for prefix in dict.fromkeys(prefixes):
        other = symbols.find(prefix + number)
        if other is None or other == meant:
            continue
        if other.organ == meant.organ:
            yield other.text, f"the words call it a {meant.kind}"
        elif date and other.years and int(date[:4]) not in other.years:
            yield other.text, f"its number says {' or '.join(map(str, other.years))}, the words say {date[:4]}"
        else:
            yield other.text, "it is the number of another organ; see the rule"
