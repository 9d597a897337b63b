"""Work → N-Quads: one named graph a work, no blank nodes, every name made by kg.uris.

The citation node carries the evidence, the direct edges between documents carry the speed; both are written here, from
the same citation, so that they agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from kg import registry, security_council, symbols, uris
from kg.model import (
    Citation,
    Clause,
    Finding,
    JoinedCitation,
    Language,
    Mention,
    Published,
    Record,
    ReportRequest,
    Role,
    Span,
    Vote,
    Work,
)
from kg.nquads import TYPE, Lines, iri, text, typed
from kg.symbols import Symbol
from kg.uris import Names, term

_CITO = "http://purl.org/spar/cito/"
_DCTERMS = "http://purl.org/dc/terms/"
_OA = "http://www.w3.org/ns/oa#"
_PROV = "http://www.w3.org/ns/prov#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"

_CLASSES = {
    "resolution": "Resolution",
    "decision": "Decision",
    "presidential-statement": "PresidentialStatement",
    "report": "Report",
    "meeting-record": "MeetingRecord",
    "document": "Document",
    "treaty": "Treaty",
    "sales": "SalesPublication",
}
#: The steps on a document's way that are documents, by the publisher's name for them.
_STEPS = {
    "draftResolution": "draft",
    "draftDecision": "draft",
    "recommendedForAdoption": "onReport",
    "adopted": "meetingRecord",
}
_ROLES = get_args(Role)
_COUNTS = {"inFavour": "votesInFavour", "against": "votesAgainst", "abstaining": "abstentions"}
#: What is a number in a list and no name of a subject.
_CODE = re.compile(r"sdg_\d+|[\d.]+[a-z]?")
_SUBJECT = re.compile(r"https?://(?:metadata\.un\.org|eurovoc\.europa\.eu)/[^\s<>\"{}|\\^`]+")
_CLAUSES = {
    "heading": "Heading",
    "preambular": "PreambularParagraph",
    "operative": "OperativeParagraph",
    "annex": "AnnexParagraph",
}


def graph(work: Work, names: Names) -> str:
    """The work's statements as N-Quads."""
    return str(_Writer(work, names).write())


def known(out: Lines, symbol: Symbol, names: Names) -> str:
    """Adds what a symbol alone says of its document, held or not; gives the document's name."""
    name = names.document(symbol.text)
    organ = f"body/{symbol.organ}" if symbol.organ else registry.body_of_symbol(symbol.text)
    out.add(name, TYPE, iri(term(_CLASSES[symbol.kind])))
    out.add(name, term("symbol"), text(symbol.text))
    out.add(name, term("organ"), iri(names.named(organ)) if organ and registry.find(organ) else None)
    out.add(name, term("session"), text(symbol.session) if symbol.session else None)
    # A misprinted year is part of the name, but no year.
    year = symbol.year if symbol.year and not security_council.misdated(symbol.text) else None
    out.add(name, term("year"), typed(year, "integer") if year else None)
    out.add(name, f"{_RDFS}seeAlso", *(iri(link) for link in symbols.links(symbol)[:1]))
    if symbol.whole:
        out.add(name, term("partOf"), iri(known(out, symbols.parse(symbol.whole), names)))
    return name


class _Writer:
    """Writes one work; each method adds what is said of one kind of thing."""

    def __init__(self, work: Work, names: Names) -> None:
        self.work = work
        self.names = names
        self.symbol = symbols.parse(work.symbol)
        self.document = names.document(work.symbol)
        self.out = Lines(names.graph(work.symbol))

    def write(self) -> Lines:
        self._known(self.symbol)
        self._heading()
        for record in self.work.records:
            self._version(record)
        for place, versions in enumerate(self._clauses(), start=1):
            self._clause(versions, place)
        for citation in self.work.citations:
            self._citation(citation)
        for mentions in self._named_things().values():
            self._mention(mentions)
        for number, request in enumerate(self._requests(), start=1):
            self._request(request, number)
        seen: Counter[tuple[str, str]] = Counter()
        for finding in self.work.findings:
            seen[finding.code, finding.at] += 1
            self._finding(finding, seen[finding.code, finding.at])
        return self.out

    def _known(self, symbol: Symbol) -> str:
        return known(self.out, symbol, self.names)

    def _heading(self) -> None:
        """What the headings say, each fact from the first version that has it."""
        headings = [record.reading.outline.heading for record in self.work.records]
        adopted = next((heading.adopted for heading in headings if heading.adopted), None)
        if adopted:
            self.out.add(self.document, term("adopted"), typed(adopted, "date"))
            # A session may begin in the year before the one that its symbols carry.
            year = None if self.symbol.year else typed(int(adopted[:4]), "integer")
            self.out.add(self.document, term("year"), year)
        self.out.add(self.document, term("alias"), *map(text, symbols.aliases(self.symbol, adopted)))
        meeting = next((heading.meeting for heading in headings if heading.meeting), None)
        self.out.add(self.document, term("meeting"), typed(meeting, "integer") if meeting else None)
        item = next((heading.agenda_item for heading in headings if heading.agenda_item), None)
        self.out.add(self.document, term("agendaItem"), text(item) if item else None)
        report = next((heading.report for heading in headings if heading.report), None)
        if report:
            self.out.add(self.document, term("onReport"), iri(self._known(symbols.parse(report))))
        published = [record.reading.outline.text.published for record in self.work.records]
        held = [facts for facts in published if facts is not None]
        for facts in held:
            self._published(facts)
        # There is one way of adoption only, and versions may disagree on a count: the first that has it is taken.
        vote = next((facts.vote for facts in held if facts.vote), None)
        if vote:
            self._vote(vote)

    def _published(self, facts: Published) -> None:
        """What the publisher says beside the words; each version says the same, and the graph holds it once."""
        for step in facts.steps:
            edge = _STEPS.get(step.outcome)
            symbol = symbols.find(step.symbol or "")
            if edge and symbol and (edge != "meetingRecord" or symbol.kind == "meeting-record"):
                self.out.add(self.document, term(edge), iri(self._known(symbol)))
        for keyword in facts.keywords:
            if keyword.name and not _CODE.fullmatch(keyword.name):
                self.out.add(self.document, term("keyword"), text(keyword.name.replace("_", " "), "en"))
            if keyword.address and _SUBJECT.match(keyword.address):
                self.out.add(self.document, f"{_DCTERMS}subject", iri(keyword.address))

    def _vote(self, vote: Vote) -> None:
        self.out.add(self.document, term("adoption"), text(vote.outcome))
        for kind, name in _COUNTS.items():
            count = vote.counts.get(kind)
            self.out.add(self.document, term(name), typed(count, "integer") if count is not None else None)

    def _version(self, record: Record) -> None:
        outline, language = record.reading.outline, record.language
        version = self.names.version(self.work.symbol, language)
        self.out.add(self.document, term("hasVersion"), iri(version))
        self.out.add(version, TYPE, iri(term("LanguageVersion")))
        self.out.add(version, f"{_DCTERMS}language", text(language))
        self.out.add(version, term("sourceFile"), text(outline.text.source))
        self.out.add(version, term("sourceDigest"), text(outline.text.digest))
        self.out.add(version, f"{_PROV}wasAttributedTo", self._named("body/united-nations"))
        title, agenda = outline.heading.title, outline.heading.agenda_title
        for subject in (self.document, version):
            self.out.add(subject, f"{_DCTERMS}title", text(title, language) if title else None)
        self.out.add(self.document, term("agendaTitle"), text(agenda, language) if agenda else None)
        for note in outline.footnotes:
            name = self._part(note.id)
            self.out.add(name, TYPE, iri(term("Footnote")))
            self.out.add(name, term("inDocument"), iri(self.document))
            self.out.add(name, term("calledBy"), iri(self._part(note.clause)) if note.clause else None)
            self.out.add(name, term("text"), text(note.passage.text, language))

    def _clauses(self) -> list[dict[Language, tuple[Clause, Record]]]:
        """The clauses in the order of the text, each in the languages that have it; what the first version lacks stands
        behind what it follows in the one that has it."""
        found: dict[str, dict[Language, tuple[Clause, Record]]] = {}
        order: list[str] = []
        for record in self.work.records:
            before = 0
            for clause in record.reading.outline.clauses:
                if clause.id not in found:
                    order.insert(before, clause.id)
                    before += 1
                else:
                    before = order.index(clause.id) + 1
                found.setdefault(clause.id, {})[record.language] = (clause, record)
        return [found[clause] for clause in order]

    def _clause(self, versions: Mapping[Language, tuple[Clause, Record]], place: int) -> None:
        first, _ = next(iter(versions.values()))
        name = self._part(first.id)
        self.out.add(self.document, term("hasClause"), iri(name))
        self.out.add(name, TYPE, iri(term(_CLAUSES[first.kind])))
        self.out.add(name, term("inDocument"), iri(self.document))
        self.out.add(name, term("position"), typed(first.position, "integer"))
        self.out.add(name, term("order"), typed(place, "integer"))
        self.out.add(name, term("number"), text(first.number) if first.number else None)
        parent = first.id.rpartition(".")[0] if first.number and " " in first.number else ""
        self.out.add(name, term("subclauseOf"), iri(self._part(parent)) if parent else None)
        for language, (clause, _) in versions.items():
            self.out.add(name, term("text"), text(clause.passage.text, language))
        self._act(name, versions)
        addressees = dict.fromkeys(
            target for _, record in versions.values() for target in record.reading.addressees.get(first.id, ())
        )
        self.out.add(name, term("addressee"), *map(self._named, addressees))

    def _act(self, name: str, versions: Mapping[Language, tuple[Clause, Record]]) -> None:
        opening = [first for clause, record in versions.values() if (first := record.reading.opening_act(clause))]
        act = _most_common([reading.act for reading in opening])
        if act is None:
            return
        self.out.add(name, term("act"), self._named(f"act/{act}"))
        qualifiers = next(reading.qualifiers for reading in opening if reading.act == act)
        self.out.add(name, term("qualifier"), *(self._named(f"qualifier/{each}") for each in qualifiers))

    def _citation(self, joined: JoinedCitation) -> None:
        citation = joined.citation
        siblings = [each.citation for each in self.work.citations]
        name = self._part(uris.citation_part(citation, siblings))
        self.out.add(name, TYPE, iri(term("Citation")), iri(f"{_CITO}Citation"))
        self.out.add(name, f"{_CITO}hasCitingEntity", iri(self._part(citation.clause)))
        self.out.add(name, term("status"), iri(term(citation.status.capitalize())))
        self.out.add(name, term("act"), self._named(f"act/{citation.act}") if citation.act else None)
        self.out.add(name, term("surface"), text(citation.surface))
        self.out.add(name, term("via"), iri(self._part(citation.via)) if citation.via else None)
        self.out.add(name, term("citedDate"), typed(citation.date, "date") if citation.date else None)
        self.out.add(name, term("foundIn"), *map(text, citation.languages))
        every = [own for versions in joined.versions.values() for own in versions]
        self.out.add(name, term("rule"), *map(text, dict.fromkeys(own.rule for own in every)))
        shown = dict.fromkeys(way for own in every for way in own.method.split("+"))
        self.out.add(name, term("shownBy"), *map(text, shown))
        self.out.add(name, term("candidate"), *(iri(self._known(symbols.parse(c))) for c in citation.candidates))
        self.out.add(name, term("reason"), text(citation.reason, "en") if citation.reason else None)
        if citation.target:
            self._edge(name, citation, symbols.parse(citation.target))
        for language, versions in joined.versions.items():
            for own in versions:
                self._words(name, language, own.span, own.surface)

    def _edge(self, name: str, citation: Citation, target: Symbol) -> None:
        """From the citation to what it cites, and the direct edges between the two documents that say the same."""
        cited = self._known(target)
        edge = term(registry.acts()[citation.act].edge if citation.act else "cites")
        self.out.add(name, f"{_CITO}hasCitedEntity", iri(cited))
        self.out.add(name, f"{_CITO}hasCitationCharacterization", iri(edge))
        self.out.add(self.document, term("cites"), iri(cited))
        self.out.add(self.document, edge, iri(cited))
        if not citation.locator:
            return
        self.out.add(name, term("locator"), text(locator_text(citation.locator)))
        for place in uris.places(citation.locator, operative=target.kind in ("resolution", "decision")):
            part = self.names.part(target.text, place)
            self.out.add(name, term("citedPart"), iri(part))
            self.out.add(part, TYPE, iri(term("Place")))
            self.out.add(part, term("inDocument"), iri(cited))
            self.out.add(part, f"{_RDFS}label", text(locator_text(citation.locator), "en"))

    def _named_things(self) -> dict[tuple[str, str], list[tuple[Record, Mention]]]:
        """The mentions of each thing in each clause, in all languages; one that is named anywhere is not inferred."""
        found: dict[tuple[str, str], list[tuple[Record, Mention]]] = {}
        for record in self.work.records:
            for mention in record.reading.mentions:
                found.setdefault((mention.clause, mention.target), []).append((record, mention))
        for key, mentions in found.items():
            found[key] = [each for each in mentions if not each[1].inferred] or mentions
        return found

    def _mention(self, mentions: list[tuple[Record, Mention]]) -> None:
        first = mentions[0][1]
        name = self._part(f"{first.clause}.mentions.{first.target}")
        clause = self._part(first.clause)
        self.out.add(clause, term("concerns" if first.inferred else "mentions"), self._named(first.target))
        self.out.add(name, TYPE, iri(term("Mention")))
        self.out.add(name, term("inClause"), iri(clause))
        self.out.add(name, term("mentioned"), self._named(first.target))
        self.out.add(name, term("inferred"), typed(first.inferred, "boolean"))
        role = min((mention.role for _, mention in mentions if mention.role), key=_ROLES.index, default=None)
        self.out.add(name, term("role"), iri(term(role.capitalize())) if role else None)
        if first.inferred:
            best = max(mention.score or 0 for _, mention in mentions)
            self.out.add(name, term("score"), typed(best, "decimal"))
        for record, mention in mentions:
            if mention.inferred:
                self.out.add(name, term("evidence"), *(text(words, record.language) for words in mention.evidence))
            else:
                # The name of the words tells all; a node that says it in statements would be a third of a graph.
                start, end = mention.span
                words = self.names.words(self.work.symbol, record.language, start, end)
                self.out.add(name, term("surface"), text(mention.surface))
                self.out.add(name, f"{_PROV}wasDerivedFrom", iri(words))

    def _words(self, about: str, language: str, span: Span, exact: str) -> None:
        """Where the words stand, as a Web Annotation selector."""
        name = self.names.words(self.work.symbol, language, span.start, span.end)
        self.out.add(about, f"{_PROV}wasDerivedFrom", iri(name))
        self.out.add(name, TYPE, iri(f"{_OA}TextPositionSelector"))
        self.out.add(name, f"{_OA}start", typed(span.start, "nonNegativeInteger"))
        self.out.add(name, f"{_OA}end", typed(span.end, "nonNegativeInteger"))
        self.out.add(name, f"{_OA}exact", text(exact))
        self.out.add(name, term("inVersion"), iri(self.names.version(self.work.symbol, language)))

    def _requests(self) -> Iterable[ReportRequest]:
        """The requests of all versions, each once."""
        return dict.fromkeys(request for record in self.work.records for request in record.reading.requests)

    def _request(self, request: ReportRequest, number: int) -> None:
        name = self._part(f"{request.clause}.report-{number}")
        self.out.add(name, TYPE, iri(term("ReportRequest")))
        self.out.add(name, term("inClause"), iri(self._part(request.clause)))
        self.out.add(name, term("requestedOf"), self._named(request.of))
        self.out.add(name, term("reportTo"), self._named(request.to) if request.to else None)
        if request.session:
            years = symbols.session_years((request.to or "").removeprefix("body/"), request.session)
            self.out.add(name, term("dueSession"), text(request.session))
            self.out.add(name, term("dueYear"), typed(years[0], "integer") if years else None)

    def _finding(self, finding: Finding, number: int) -> None:
        name = self._part(f"finding.{finding.code}.{finding.at}{f'-{number}' if number > 1 else ''}")
        self.out.add(name, TYPE, iri(term("Finding")))
        self.out.add(name, term("inDocument"), iri(self.document))
        self.out.add(name, term("severity"), iri(term(finding.severity.capitalize())))
        self.out.add(name, term("code"), text(finding.code))
        self.out.add(name, term("at"), iri(self.document if finding.at == "document" else self._part(finding.at)))
        self.out.add(name, term("message"), text(finding.message, "en"))

    def _part(self, identifier: str) -> str:
        return self.names.part(self.work.symbol, identifier)

    def _named(self, target: str) -> str:
        return iri(self.names.named(target))


def _most_common(acts: list[str]) -> str | None:
    """The act that most versions show; of equals, the first."""
    return Counter(acts).most_common(1)[0][0] if acts else None


def locator_text(locator: Mapping[str, Iterable[str]]) -> str:
    """A locator for people: annex II, paragraph 52, 53."""
    return ", ".join(f"{unit} {', '.join(values)}".strip() for unit, values in locator.items())
