"""Reading → Record: which document each reference means.

Every reference ends as resolved, ambiguous (with candidates) or unresolved (with the reason); none is dropped, and none
is given to an organ by guess. The rule that decided is kept with the citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg import numerals, security_council, symbols
from kg.model import Citation, Finding, Heading, Locator, Reading, Record, Reference
from kg.numbering import Answer, Context, by_number, known
from kg.uris import DEPTH

#: Since when the number of a supplement tells its symbol.
_FIRST_SESSION, _FIRST_YEAR = 31, 1990


def resolve(reading: Reading) -> Record:
    """The record of one language version, with findings for dates that cannot be right."""
    heading, notes, language = reading.outline.heading, reading.outline.footnotes, reading.outline.text.language
    named = frozenset(mention.target for mention in reading.mentions if not mention.inferred)
    citations: list[Citation] = []
    for reference in reading.references:
        answer = _answer(reference, Context(heading, language, named, notes, tuple(citations)))
        if answer is not None:
            citations.append(_citation(reference, answer))
    findings = tuple(finding for citation in citations for finding in _doubts(citation, heading))
    return Record(reading, tuple(citations), (*reading.outline.findings, *findings))


def _answer(reference: Reference, context: Context) -> Answer | None:
    """None where the words turn out to be no citation at all: 3/5 with neither organ nor noun."""
    return _BY_FORM[reference.form](reference, context)


def _by_symbol(reference: Reference, context: Context) -> Answer | None:
    """What looks like a symbol and fits no series of documents is none: A/H1N1."""
    if (reference.number or "").startswith("RECORDS/"):
        return _by_records(reference, context)
    found = symbols.find(reference.number or "")
    return Answer("symbol", (found,)) if found else None


def _by_records(reference: Reference, context: Context) -> Answer:
    """A supplement of the Official Records by session or year and number; "ibid." takes those of the supplement before.

    The Assembly's carry session and number since the thirty-first session, A/76/9, and A/S-10/4 those of special
    sessions; the Council's carry the year and
    twenty more than the number since 1990, E/2019/28 for Supplement No. 8.
    """
    _, organ, when, supplement = (reference.number or "").split("/")
    before = next((found for c in reversed(context.before) if (found := _supplement(c.target or ""))), None)
    if before and not when:
        organ, when = before
    special = re.fullmatch(r"S-\d+", when) is not None
    if organ == "general-assembly" and (special or (when.isdigit() and int(when) >= _FIRST_SESSION)):
        return Answer("official-records", tuple(known([f"A/{when}/{supplement}"])))
    if organ == "economic-and-social-council" and when.isdigit() and int(when) >= _FIRST_YEAR:
        return Answer("official-records", tuple(known([f"E/{when}/{int(supplement) + 20}"])))
    return Answer("official-records", reason="the symbol of this supplement does not follow from its number")


def _supplement(target: str) -> tuple[str, str] | None:
    """The organ whose Official Records hold a document, and their session or year."""
    found = re.match(r"(?P<organ>[AE])/(?P<when>S-\d{1,2}|\d{2,4})/\d", target)
    if found is None:
        return None
    return ("general-assembly" if found["organ"] == "A" else "economic-and-social-council"), found["when"]


def _by_treaty(reference: Reference, context: Context) -> Answer:
    number = reference.number or ""
    if number.startswith("IBID/"):
        before = next((c.target for c in reversed(context.before) if c.form == "treaty" and c.target), None)
        if before is None:
            return Answer("ibid", reason="points back at a treaty series, but none was cited before")
        series = before.split("/")[0]
        _, volume, treaty = number.split("/")
        number = f"{series}/{numerals.volume(series, volume)}/{treaty}"
    found = symbols.find(number)
    return Answer("treaty-series", (found,)) if found else Answer("treaty-series", reason="no volume and number")


def _by_self(_: Reference, context: Context) -> Answer:
    return Answer("present-document", (symbols.parse(context.heading.symbol),))


def _by_vague(_: Reference, __: Context) -> Answer:
    return Answer("vague", reason="names no number")


def _by_ibid(reference: Reference, context: Context) -> Answer:
    """What was cited before in the same note, else the main citation of the note before; a note before that cites
    nothing that can be read breaks the chain."""
    main = _antecedent(reference, context)
    found = symbols.find(main.target or "") if main else None
    if main is None:
        return Answer("ibid", reason="points back, but the note before cites nothing that can be read")
    if found is None:
        return Answer("ibid", reason="points back at a citation that is not resolved")
    return Answer("ibid", (found,), locator=_narrowed(main.locator, reference.locator))


def _antecedent(reference: Reference, context: Context) -> Citation | None:
    same = [citation for citation in context.before if citation.via == reference.via]
    if same and reference.via:
        return same[-1]
    order = [note.id for note in context.notes]
    place = order.index(reference.via) if reference.via in order else len(order)
    before = order[place - 1] if place else None
    return next((citation for citation in context.before if before and citation.via == before), None)


def _narrowed(inherited: Locator, own: Locator) -> Locator:
    """The place of the citation before, with what is said anew in its stead: a paragraph keeps the annex, an annex
    drops the paragraph."""
    depth = min((DEPTH[unit] for unit in own), default=len(DEPTH))
    if depth == DEPTH["annex"] and not inherited.keys() & {"annex", "resolution", "decision"}:
        # The annex of a report is not that of the chapter cited before.
        depth = DEPTH["chapter"]
    return {**{unit: values for unit, values in inherited.items() if DEPTH[unit] < depth}, **own} if own else inherited


_BY_FORM: dict[str, Callable[[Reference, Context], Answer | None]] = {
    "number": by_number,
    "symbol": _by_symbol,
    "treaty": _by_treaty,
    "self": _by_self,
    "vague": _by_vague,
    "ibid": _by_ibid,
}


def _citation(reference: Reference, answer: Answer) -> Citation:
    targets = tuple(symbol.text for symbol in answer.symbols)
    only = targets[0] if len(targets) == 1 else None
    return Citation(
        clause=reference.clause,
        via=reference.via,
        form=reference.form,
        span=reference.span,
        surface=reference.surface,
        status="resolved" if only else "ambiguous" if targets else "unresolved",
        target=only,
        candidates=() if only else targets,
        reason=None if targets else answer.reason or "no organ that numbers its documents like this is named",
        rule=answer.rule,
        act=reference.act,
        locator=reference.locator if answer.locator is None else answer.locator,
        date=reference.date,
    )


def _doubts(citation: Citation, heading: Heading) -> Iterator[Finding]:
    """A date that contradicts the document cited, or a document that is newer than the one that cites it."""
    symbol = symbols.find(citation.target or "")
    if symbol is None or symbol.text == heading.symbol:
        return
    if citation.rule == "backwards":
        message = f"{citation.surface} is printed the other way round for {symbol}"
        yield Finding("warning", "number-backwards", citation.clause, message)
    if citation.date and symbol.years and int(citation.date[:4]) not in symbol.years:
        expected = " or ".join(map(str, symbol.years))
        message = f"{symbol} is dated {citation.date} here, but its number says {expected}; one of the two is a slip"
        yield Finding("warning", "date-contradicts", citation.clause, message)
    if security_council.misdated(symbol.text):
        message = f"there is no {symbol}: the Security Council adopted no such number in that year"
        yield Finding("warning", "year-contradicts", citation.clause, message)
    adopted = int(heading.adopted[:4]) if heading.adopted else None
    if adopted and symbol.years and min(symbol.years) > adopted:
        message = f"{symbol} cannot be older than {min(symbol.years)}, but is cited in {adopted}"
        yield Finding("warning", "cites-the-future", citation.clause, message)
