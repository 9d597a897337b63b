"""Reading → Record: which document each reference means.

Every reference ends as resolved, ambiguous (with candidates) or unresolved (with the reason); none is dropped, and none
is given to an organ by guess. The rule that decided is kept with the citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg import numerals, registry, symbols
from kg.model import Citation, Finding, Footnote, Heading, Locator, Reading, Record, Reference
from kg.symbols import Symbol
from kg.uris import DEPTH


class Answer(NamedTuple):
    """What a reference leads to: one symbol is an answer, several are candidates, none needs a reason."""

    rule: str
    symbols: tuple[Symbol, ...] = ()
    reason: str | None = None
    locator: Locator | None = None


class _Context(NamedTuple):
    """What the document says around a reference: its heading, its notes, and what was cited before."""

    heading: Heading
    language: str
    notes: tuple[Footnote, ...]
    before: tuple[Citation, ...]


#: Since when the number of a supplement tells its symbol.
_FIRST_SESSION, _FIRST_YEAR = 31, 1990
_STRANGERS = ("stranger", "stranger-behind")
#: Those that number by session alike.
_ALIKE = ("general-assembly", "human-rights-council")
_RES_OR_DEC = {"decision": "DEC", "resolution": "RES", None: "RES"}
_PARTIES = {"CP": "FCCC/DEC/", "CMP": "FCCC/DEC/", "CMA": "FCCC/DEC/", "COP": "ICCD/DEC/"}


def resolve(reading: Reading) -> Record:
    """The record of one language version, with findings for dates that cannot be right."""
    heading, notes, language = reading.outline.heading, reading.outline.footnotes, reading.outline.text.language
    citations: list[Citation] = []
    for reference in reading.references:
        answer = _answer(reference, _Context(heading, language, notes, tuple(citations)))
        if answer is not None:
            citations.append(_citation(reference, answer))
    findings = tuple(finding for citation in citations for finding in _doubts(citation, heading))
    return Record(reading, tuple(citations), (*reading.outline.findings, *findings))


def _answer(reference: Reference, context: _Context) -> Answer | None:
    """None where the words turn out to be no citation at all: 3/5 with neither organ nor noun."""
    return _BY_FORM[reference.form](reference, context)


def _by_symbol(reference: Reference, context: _Context) -> Answer | None:
    """What looks like a symbol and fits no series of documents is none: A/H1N1."""
    if (reference.number or "").startswith("RECORDS/"):
        return _by_records(reference, context)
    found = symbols.find(reference.number or "")
    return Answer("symbol", (found,)) if found else None


def _by_records(reference: Reference, context: _Context) -> Answer:
    """A supplement of the Official Records by session or year and number; "ibid." takes those of the supplement before.

    The Assembly's carry session and number since the thirty-first session, A/76/9; the Council's carry the year and
    twenty more than the number since 1990, E/2019/28 for Supplement No. 8.
    """
    _, organ, when, supplement = (reference.number or "").split("/")
    before = next((found for c in reversed(context.before) if (found := _supplement(c.target or ""))), None)
    if before and not when:
        organ, when = before
    if organ == "general-assembly" and when.isdigit() and int(when) >= _FIRST_SESSION:
        return Answer("official-records", tuple(_known([f"A/{when}/{supplement}"])))
    if organ == "economic-and-social-council" and when.isdigit() and int(when) >= _FIRST_YEAR:
        return Answer("official-records", tuple(_known([f"E/{when}/{int(supplement) + 20}"])))
    return Answer("official-records", reason="the symbol of this supplement does not follow from its number")


def _supplement(target: str) -> tuple[str, str] | None:
    """The organ whose Official Records hold a document, and their session or year."""
    found = re.match(r"(?P<organ>[AE])/(?P<when>\d{2,4})/\d", target)
    if found is None:
        return None
    return ("general-assembly" if found["organ"] == "A" else "economic-and-social-council"), found["when"]


def _by_treaty(reference: Reference, context: _Context) -> Answer:
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


def _by_self(_: Reference, context: _Context) -> Answer:
    return Answer("present-document", (symbols.parse(context.heading.symbol),))


def _by_vague(_: Reference, __: _Context) -> Answer:
    return Answer("vague", reason="names no number")


def _by_ibid(reference: Reference, context: _Context) -> Answer:
    """What was cited before in the same note, else the main citation of the note before; a note before that cites
    nothing that can be read breaks the chain."""
    main = _antecedent(reference, context)
    found = symbols.find(main.target or "") if main else None
    if main is None:
        return Answer("ibid", reason="points back, but the note before cites nothing that can be read")
    if found is None:
        return Answer("ibid", reason="points back at a citation that is not resolved")
    return Answer("ibid", (found,), locator=_narrowed(main.locator, reference.locator))


def _antecedent(reference: Reference, context: _Context) -> Citation | None:
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


def _by_number(reference: Reference, context: _Context) -> Answer | None:
    number = reference.number or ""
    for pattern, answer in _NUMBERS:
        match = pattern.fullmatch(number)
        if match:
            return answer(match, reference, context)
    return Answer("number", reason="no organ numbers its documents like this")


def _of_parties(match: re.Match[str], _: Reference, __: _Context) -> Answer:
    return Answer("conference-of-parties", tuple(_known([_PARTIES[match["body"]] + match[0]])))


def _of_health_assembly(match: re.Match[str], reference: Reference, _: _Context) -> Answer | None:
    """73.1 of the World Health Assembly; of nobody else."""
    if reference.organ != "world-health-assembly" or reference.noun is None:
        return None
    return Answer("organ-named", tuple(_known([f"WHO/WHA{match['session']}.{match['own']}"])))


def _of_roman_meeting(match: re.Match[str], reference: Reference, _: _Context) -> Answer | None:
    """X/2: a decision of a conference of parties, of whichever is named or whose document holds it."""
    if reference.noun is None:
        return None
    if reference.organ == "cbd-cop":
        return Answer("conference-of-parties", tuple(_known([f"CBD/DEC/{match[0]}"])))
    return Answer("conference-of-parties", reason="no conference of parties that numbers so is named")


def _of_security_council(match: re.Match[str], reference: Reference, _: _Context) -> Answer | None:
    """A number with a year is the Security Council's; without a noun it may be anything ("mer (1982)")."""
    if reference.noun is None and reference.organ not in ("security-council", "council", "self"):
        return None
    return Answer("number-with-year", tuple(_known([f"S/RES/{match[0]}"])))


def _of_roman_session(match: re.Match[str], reference: Reference, context: _Context) -> Answer | None:
    """The Assembly and the Economic and Social Council both numbered by session in Roman numerals."""
    if reference.noun is None and reference.organ is None:
        return None
    organ, rule = _organ(reference, context)
    both = ["general-assembly", "economic-and-social-council"]
    if rule == "the-council":
        organ = "economic-and-social-council"
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        return Answer(rule, reason=_no_numbering(organ))
    return Answer(rule, _numbered([organ] if organ in both else both, match[0], reference))


def _of_special_session(match: re.Match[str], reference: Reference, context: _Context) -> Answer:
    """Emergency sessions are the Assembly's; the Human Rights Council holds special ones too."""
    if match[0].startswith("ES-"):
        return Answer("emergency-session", _numbered(["general-assembly"], match[0], reference))
    return _between_assembly_and_council(match[0], reference, context)


def _of_year(match: re.Match[str], reference: Reference, context: _Context) -> Answer | None:
    """A year and a number: the Economic and Social Council's, or that of the commission that is named."""
    if reference.noun is None:
        return None
    organ, rule = _organ(reference, context)
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        return Answer(rule, _of_body(organ, match[0], reference), _no_numbering(organ))
    return Answer("number-with-year", _numbered(["economic-and-social-council"], match[0], reference))


def _of_session(match: re.Match[str], reference: Reference, context: _Context) -> Answer | None:
    """A session and a number; without a noun it may be anything (2/3 of the States)."""
    if reference.noun is None:
        return None
    turned = _turned(match[0], reference, context)
    if re.search(r"/(?:19|20)\d\d$", match[0]):
        return turned or Answer("number", reason="a number before a year is that of no organ here")
    answer = _between_assembly_and_council(match[0], reference, context)
    if turned and all(_impossible(symbol, reference, context) for symbol in answer.symbols):
        return turned
    return answer


def _turned(number: str, reference: Reference, context: _Context) -> Answer | None:
    """A number that an Arabic text prints the other way round, 99/75 for 75/99: read so only where the date of the
    citation, the sessions that can have met, or a year behind the number prove it."""
    halves = number.split("/")
    if context.language != "ar" or not all(half.isdecimal() for half in halves):
        return None
    other = "/".join(reversed(halves))
    if by_year := re.fullmatch(r"(?:19|20)\d\d/\d+", other):
        answer = _of_year(by_year, reference, context)
    else:
        answer = _between_assembly_and_council(other, reference, context)
    fits = answer and answer.symbols and all(_possible(symbol, reference, context) for symbol in answer.symbols)
    return answer._replace(rule="backwards") if answer and fits else None


def _impossible(symbol: Symbol, reference: Reference, context: _Context) -> bool:
    """Whether no session that numbers so met in the year of the citation, or by the year of the text."""
    if reference.date:
        return bool(symbol.years) and int(reference.date[:4]) not in symbol.years
    adopted = context.heading.adopted
    return bool(adopted and symbol.years) and min(symbol.years) > int((adopted or "")[:4])


def _possible(symbol: Symbol, reference: Reference, context: _Context) -> bool:
    return bool(symbol.years) and not _impossible(symbol, reference, context)


def _between_assembly_and_council(number: str, reference: Reference, context: _Context) -> Answer:
    """The General Assembly and the Human Rights Council number alike: a body that is named decides, then the date, then
    the organ that speaks, which names no organ for its own resolutions."""
    organ, rule = _organ(reference, context)
    if rule == "organ-named" and organ in _ALIKE:
        return Answer(rule, _numbered([organ], number, reference))
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        return Answer(rule, _of_body(organ, number, reference), _no_numbering(organ))
    if rule == "organ-named":
        # "resolutions of the Assembly and the Security Council": the number is not that of the organ named last.
        organ, rule = context.heading.organ, "citing-organ"
    candidates = _numbered(list(_ALIKE), number, reference)
    own = tuple(symbol for symbol in candidates if symbol.organ == organ)
    year = int(reference.date[:4]) if reference.date else None
    dated = tuple(symbol for symbol in candidates if year in symbol.years)
    if len(dated) == 1 and dated != own:
        return Answer("date", dated)
    if own and rule == "citing-organ" and year and not any(year in symbol.years for symbol in own if symbol.years):
        reason = f"{number} of no organ that is named, and no session that numbers so met in {year}"
        return Answer("date", reason=reason) if all(symbol.years for symbol in own) else Answer(rule, own)
    return Answer(rule, own) if own else Answer("number", candidates)


def _organ(reference: Reference, context: _Context) -> tuple[str | None, str]:
    """The organ meant, and by which rule."""
    if reference.organ is None:
        return (context.heading.organ if reference.noun else None), "citing-organ"
    if reference.organ == "self":
        return context.heading.organ, "its"
    if reference.organ == "council":
        by_year = re.match(r"(?:19|20)\d\d/", reference.number or "")
        return ("economic-and-social-council" if by_year else "human-rights-council"), "the-council"
    return reference.organ, "organ-named"


def _numbered(organs: Iterable[str | None], number: str, reference: Reference) -> tuple[Symbol, ...]:
    column = 1 if reference.noun == "decision" else 0
    return tuple(_known([symbols.NUMBERINGS[organ][column] + number for organ in organs if organ]))


def _of_body(organ: str | None, number: str, reference: Reference) -> tuple[Symbol, ...]:
    """A body that numbers below its documents' prefix, by RES or DEC; three write it their own way."""
    entry = registry.find(f"body/{organ}")
    if entry is None or entry.symbol_prefix is None:
        return ()
    session, _, own = number.partition("/")
    special = {
        # These two number in ways of their own: WHA73.1, GC(67)/RES/17.
        "world-health-assembly": "",
        "iaea-general-conference": "",
        "un-habitat-assembly": f"HSP/HA.{session}/Res.{own}",
        "unea": f"UNEP/EA.{session}/Res.{own}",
        "cbd-cop": f"CBD/DEC/{number}",
        "uncac-cosp": f"CAC/COSP/{_RES_OR_DEC[reference.noun]}/{number}",
    }
    return tuple(_known([special.get(organ or "", f"{entry.symbol_prefix}/{_RES_OR_DEC[reference.noun]}/{number}")]))


def _no_numbering(organ: str | None) -> str:
    if organ in _STRANGERS:
        return "a number of a body that is not known here"
    entry = registry.find(f"body/{organ}")
    return f"how {entry.label() if entry else organ} numbers its documents is not known here"


def _known(spellings: list[str]) -> Iterator[Symbol]:
    return (found for spelling in spellings if (found := symbols.find(spelling)) is not None)


_BY_FORM: dict[str, Callable[[Reference, _Context], Answer | None]] = {
    "number": _by_number,
    "symbol": _by_symbol,
    "treaty": _by_treaty,
    "self": _by_self,
    "vague": _by_vague,
    "ibid": _by_ibid,
}

_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reference, _Context], Answer | None]], ...] = (
    (re.compile(r"\d+/(?P<body>CP|CMP|CMA|COP)\.\d+"), _of_parties),
    (re.compile(r"(?P<session>\d{1,3})[.-](?P<own>\d+)"), _of_health_assembly),
    (re.compile(r"[IVXLC]+/\d+"), _of_roman_meeting),
    (re.compile(r"\d+\((?:19|20)\d\d\)"), _of_security_council),
    (re.compile(r"\d+[A-Z]?\((?:E?S-)?[IVXLC]+\)[A-Z]?"), _of_roman_session),
    (re.compile(r"E?S-\d+/\d+[A-Z]?"), _of_special_session),
    (re.compile(r"(?:19|20)\d\d/\d+[A-Z]?"), _of_year),
    (re.compile(r"\d{1,3}/\d+[A-Z]{0,2}"), _of_session),
)


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
    adopted = int(heading.adopted[:4]) if heading.adopted else None
    if adopted and symbol.years and min(symbol.years) > adopted:
        message = f"{symbol} cannot be older than {min(symbol.years)}, but is cited in {adopted}"
        yield Finding("warning", "cites-the-future", citation.clause, message)
