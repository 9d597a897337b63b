"""Whose number it is: which organ numbered a resolution or decision that is cited by its number.

A body that is named decides, then the year or the session that the number shows, the date, and the organ that speaks;
what stays open is ambiguous or has its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg import registry, security_council, symbols
from kg.model import Citation, Footnote, Heading, Locator, Reference
from kg.symbols import Symbol

_BEFORE_SLASHES = "the General Assembly numbered its resolutions so only from its thirty-first session on"
_STRANGERS = ("stranger", "stranger-behind")
#: The Convention whose conference is cited by decision X/2 or 15/4 alone, in texts that name it.
_BIODIVERSITY = frozenset(("instrument/cbd", "body/cbd-cop"))
#: The Conventions whose conferences number alike in Arabic.
_DESERTIFICATION = frozenset(("instrument/unccd", "body/unccd-cop"))
_CLIMATE = frozenset(("instrument/unfccc", "instrument/paris-agreement", "body/unfccc-cop"))
#: Its conference counted thirteen meetings in Roman numerals.
_LAST_ROMAN_MEETING = 13
#: Decisions of the Assembly count from 301 or 401, of the Human Rights Council from 101.
_FIRST_DECISION = 101
#: Those that number by session alike.
_ALIKE = ("general-assembly", "human-rights-council")
#: What adopts no resolutions under numbers of its own: where such a body is named, the number is another organ's.
_ADOPT_NOTHING = frozenset(
    (
        *("advisory-group", "coordination-mechanism", "expert-body", "fund-programme", "main-committee", "mechanism"),
        *(
            "office-department",
            "office-holder",
            "oversight-body",
            "partnership",
            "peace-operation",
            "political-mission",
        ),
        *("procedural-committee", "research-training", "standing-committee", "tribunal"),
    )
)
#: Until its thirtieth session the Assembly numbered its resolutions through, with the session in Roman numerals.
_FIRST_WITH_SLASH = 31
#: The last sessions that were counted in Roman numerals.
_LAST_ROMAN_SESSION: Mapping[str | None, int] = {"general-assembly": 30, "economic-and-social-council": 63}
#: From where a number of the Security Council with its year is known without a noun.
_TELLING = 500
_HEALTH_ASSEMBLY = "world-health-assembly"
_RES_OR_DEC = {"decision": "DEC", "resolution": "RES", None: "RES"}
_PARTIES = {"CP": "FCCC/DEC/", "CMP": "FCCC/DEC/", "CMA": "FCCC/DEC/", "COP": "ICCD/DEC/"}


class Answer(NamedTuple):
    """What a reference leads to: one symbol is an answer, several are candidates, none needs a reason."""

    rule: str
    symbols: tuple[Symbol, ...] = ()
    reason: str | None = None
    locator: Locator | None = None


class Context(NamedTuple):
    """What the document says around a reference: its heading, its notes, and what was cited before."""

    heading: Heading
    language: str
    named: frozenset[str]
    notes: tuple[Footnote, ...]
    before: tuple[Citation, ...]


def by_number(reference: Reference, context: Context) -> Answer | None:
    number = reference.number or ""
    for pattern, answer in _NUMBERS:
        match = pattern.fullmatch(number)
        if match:
            return _as_before(reference, context) or answer(match, reference, context)
    return Answer("number", reason="no organ numbers its documents like this")


def _as_before(reference: Reference, context: Context) -> Answer | None:
    """A number without an organ that the same paragraph has cited as a named organ's: the same document once more."""
    if reference.organ is not None or reference.noun is None:
        return None
    same = [
        citation
        for citation in context.before
        if citation.clause == reference.clause and citation.surface == reference.surface and citation.form == "number"
    ]
    found = symbols.find(same[-1].target or "") if same and same[-1].rule == "organ-named" else None
    if found is None or found.kind != reference.noun:
        return None
    return Answer("named-before", (found,))


def _of_parties(match: re.Match[str], reference: Reference, context: Context) -> Answer:
    """Arabic has the same initials for the parties to the conventions on climate and on desertification."""
    number = match[0]
    if context.language == "ar" and (reference.organ == "unccd-cop" or _on_desertification(context)):
        number = number.replace("/CP.", "/COP.")
    return Answer("conference-of-parties", tuple(known([_PARTIES[number.split("/")[1].split(".")[0]] + number])))


def _on_desertification(context: Context) -> bool:
    return bool(context.named & _DESERTIFICATION) and not context.named & _CLIMATE


def _of_health_assembly(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """73.1 of the World Health Assembly, which the text names somewhere; of nobody else."""
    named = reference.organ == _HEALTH_ASSEMBLY or f"body/{_HEALTH_ASSEMBLY}" in context.named
    goes_on = [c.target for c in context.before[-1:] if c.clause == reference.clause and c.via == reference.via]
    in_run = reference.noun is None and any((target or "").startswith("WHO/WHA") for target in goes_on)
    if not named or not (reference.noun == "resolution" or in_run):
        return None
    return Answer("organ-named", tuple(known([f"WHO/WHA{match['session']}.{match['own']}"])))


def _by_initials(match: re.Match[str], _: Reference, __: Context) -> Answer:
    """WHA73.1, however the two are set apart: Arabic prints ج ص ع 73/1."""
    return Answer("symbol", tuple(known([f"WHO/WHA{match['session']}.{match['own']}"])))


def _of_roman_meeting(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """X/2: a decision of a conference of parties, of whichever is named or whose document holds it."""
    if reference.noun is None:
        return None
    meeting = symbols.roman(match["meeting"])
    if reference.organ == "cbd-cop" or (_of_biodiversity(reference, context) and meeting <= _LAST_ROMAN_MEETING):
        return Answer("conference-of-parties", tuple(known([f"CBD/DEC/{match[0]}"])))
    return Answer("conference-of-parties", reason="no conference of parties that numbers so is named")


def _of_biodiversity(reference: Reference, context: Context) -> bool:
    """Whether a decision of nobody who is named may be of the one conference of parties that the text names."""
    return reference.organ is None and reference.noun == "decision" and not context.named.isdisjoint(_BIODIVERSITY)


def _of_security_council(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """A number with a year is the Security Council's; without a noun it may be anything ("mer (1982)")."""
    own = reference.organ == "self" and context.heading.organ == "security-council"
    # No other number in this form agrees with the year by chance.
    own = own or (int(match["number"]) >= _TELLING and not security_council.misdated(f"S/RES/{match[0]}"))
    if reference.noun is None and not own and reference.organ not in ("security-council", "council"):
        return None
    return Answer("number-with-year", tuple(known([f"S/RES/{match[0]}"])))


def _of_council_number(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """A number alone: the Security Council's where it is named or speaks, as it numbers its resolutions through."""
    if reference.noun != "resolution":
        return None
    organ, _ = _organ(reference, context)
    its = organ == "security-council" or (reference.organ == "council" and context.heading.organ == "security-council")
    year = security_council.year_of(int(match[0]))
    if its and year:
        return Answer("council-number", tuple(known([f"S/RES/{match[0]}({year})"])))
    return Answer("number", reason="a number without year or session, of no organ that is named")


def _of_roman_session(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """The Assembly and the Economic and Social Council both numbered by session in Roman numerals."""
    if reference.noun is None and reference.organ is None:
        return None
    organ, rule = _organ(reference, context)
    both = ["general-assembly", "economic-and-social-council"]
    if rule == "the-council":
        organ = "economic-and-social-council"
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        return Answer(rule, reason=_no_numbering(organ))
    found = _numbered([organ] if organ in both else both, match[0], reference)
    held = tuple(symbol for symbol in found if symbols.roman(match["session"]) <= _LAST_ROMAN_SESSION[symbol.organ])
    return Answer(rule, held, "no organ that is named held so many sessions before it numbered them otherwise")


def _of_special_session(match: re.Match[str], reference: Reference, context: Context) -> Answer:
    """Emergency sessions are the Assembly's; the Human Rights Council holds special ones too."""
    if match[0].startswith("ES-"):
        return Answer("emergency-session", _numbered(["general-assembly"], match[0], reference))
    return _between_assembly_and_council(match[0], reference, context)


def _of_year(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """A year and a number: the Economic and Social Council's, or that of the commission that is named."""
    if reference.noun is None:
        return None
    organ, rule = _organ(reference, context)
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        return Answer(rule, _of_body(organ, match[0], reference), _no_numbering(organ))
    return Answer("number-with-year", _numbered(["economic-and-social-council"], match[0], reference))


def _of_session(match: re.Match[str], reference: Reference, context: Context) -> Answer | None:
    """A session and a number; without a noun it may be anything (2/3 of the States)."""
    if reference.noun is None:
        return None
    if re.search(r"/0\d", match[0]):
        return Answer("number", reason="no organ here prints a nought before a number")
    turned = _turned(match[0], reference, context)
    if re.search(r"/(?:19|20)\d\d$", match[0]):
        return turned or Answer("number", reason="a number before a year is that of no organ here")
    answer = _between_assembly_and_council(match[0], reference, context)
    if turned and all(_impossible(symbol, reference, context) for symbol in answer.symbols):
        return turned
    return answer


def _turned(number: str, reference: Reference, context: Context) -> Answer | None:
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


def _impossible(symbol: Symbol, reference: Reference, context: Context) -> bool:
    """Whether no session that numbers so met in the year of the citation, or by the year of the text."""
    if reference.date:
        return bool(symbol.years) and int(reference.date[:4]) not in symbol.years
    adopted = context.heading.adopted
    return bool(adopted and symbol.years) and min(symbol.years) > int((adopted or "")[:4])


def _possible(symbol: Symbol, reference: Reference, context: Context) -> bool:
    return bool(symbol.years) and not _impossible(symbol, reference, context)


def _between_assembly_and_council(number: str, reference: Reference, context: Context) -> Answer:
    """The General Assembly and the Human Rights Council number alike: a body that is named decides, then the date, then
    the organ that speaks, which names no organ for its own resolutions."""
    organ, rule = _organ(reference, context)
    if rule == "organ-named" and organ in _ALIKE:
        named = _slashed(_numbered([organ], number, reference))
        # What the organ named cannot have numbered is not its own: the name is that of another or a slip.
        return _instead(named, number, reference, context) or Answer(
            rule if named else "number", named, _BEFORE_SLASHES
        )
    if rule == "organ-named" and organ not in symbols.NUMBERINGS:
        # The session of the Assembly and the year agree by chance once in fifty times only.
        assembly = _numbered(["general-assembly"], number, reference)
        if reference.date and any(_possible(symbol, reference, context) for symbol in _slashed(assembly)):
            return Answer("date", assembly)
        return Answer(rule, _of_body(organ, number, reference), _no_numbering(organ))
    counted = reference.noun == "decision" and "S-" not in number
    if rule != "organ-named" and counted and _own_number(number) < _FIRST_DECISION:
        return _low_decision(number, reference, context)
    if rule == "organ-named":
        # "resolutions of the Assembly and the Security Council": the number is not that of the organ named last.
        organ, rule = context.heading.organ, "citing-organ"
    own = _numbered([organ], number, reference) if organ in _ALIKE else ()
    return _instead(own, number, reference, context) or _by_date(number, reference, (organ, rule), context)


def _instead(own: tuple[Symbol, ...], number: str, reference: Reference, context: Context) -> Answer | None:
    """The other of the two, where the words mean one whose session had not met when the text was adopted, or did not
    meet in the year of the citation, and the other's had."""
    others = [each for each in _slashed(_numbered(_ALIKE, number, reference)) if each not in own]
    wrong = own and all(_impossible(symbol, reference, context) for symbol in own)
    fits = [each for each in others if _possible(each, reference, context)]
    return Answer("date", tuple(fits)) if wrong and len(fits) == 1 else None


def _by_date(number: str, reference: Reference, meant: tuple[str | None, str], context: Context) -> Answer:
    """The date decides between the two where only one met so in that year, else the organ that speaks, else whichever
    alone can have numbered so."""
    organ, rule = meant
    candidates = _slashed(_numbered(list(_ALIKE), number, reference))
    own = tuple(symbol for symbol in candidates if symbol.organ == organ)
    year = int(reference.date[:4]) if reference.date else None
    dated = tuple(symbol for symbol in candidates if year in symbol.years)
    if len(dated) == 1 and dated != own:
        return Answer("date", dated)
    if own and rule == "citing-organ" and year and not any(year in symbol.years for symbol in own if symbol.years):
        reason = f"{number} of no organ that is named, and no session that numbers so met in {year}"
        return Answer("date", reason=reason) if all(symbol.years for symbol in own) else Answer(rule, own)
    if own:
        return Answer(rule, own)
    # A low session that is not the Assembly's may be that of any body.
    if organ == "general-assembly":
        return Answer("number", reason=_BEFORE_SLASHES)
    left = tuple(symbol for symbol in candidates if not _out_of_reach(symbol, reference, context))
    return Answer("number", left if len(candidates) > 1 and left else candidates)


def _out_of_reach(symbol: Symbol, reference: Reference, context: Context) -> bool:
    """Whether the organ had not come to that session when the text was adopted, or counts no resolutions so far: those
    of the Human Rights Council stay below its decisions."""
    too_high = symbol.kind == "resolution" and _own_number(symbol.text) >= _FIRST_DECISION
    return _impossible(symbol, reference, context) or (too_high and symbol.organ == "human-rights-council")


def _slashed(found: tuple[Symbol, ...]) -> tuple[Symbol, ...]:
    """Without those of sessions in which the Assembly did not number so."""
    return tuple(
        symbol
        for symbol in found
        if symbol.organ != "general-assembly"
        or not str(symbol.session).isdigit()
        or int(str(symbol.session)) >= _FIRST_WITH_SLASH
    )


def _low_decision(number: str, reference: Reference, context: Context) -> Answer:
    """A decision with a number that neither Assembly nor Council counts from."""
    if _of_biodiversity(reference, context):
        return Answer("conference-of-parties", tuple(known([f"CBD/DEC/{number}"])))
    return Answer("number", reason="neither Assembly nor Council counts its decisions from so low a number")


def _own_number(number: str) -> int:
    """The 12 of 74/12B."""
    return int(re.sub(r"\D", "", number.rpartition("/")[2]))


def _organ(reference: Reference, context: Context) -> tuple[str | None, str]:
    """The organ meant, and by which rule."""
    if reference.noun == "resolution" and _adopts_nothing(reference.organ):
        return context.heading.organ, "citing-organ"
    if reference.organ is None:
        return (context.heading.organ if reference.noun else None), "citing-organ"
    if reference.organ == "self":
        return context.heading.organ, "its"
    if reference.organ == "council":
        by_year = re.match(r"(?:19|20)\d\d/", reference.number or "")
        return ("economic-and-social-council" if by_year else "human-rights-council"), "the-council"
    return reference.organ, "organ-named"


def _adopts_nothing(organ: str | None) -> bool:
    """Whether a body adopts no resolutions with numbers of its own, as a court or an office does."""
    entry = registry.find(f"body/{organ}") if organ else None
    return entry is not None and entry.body_kind in _ADOPT_NOTHING


def _numbered(organs: Iterable[str | None], number: str, reference: Reference) -> tuple[Symbol, ...]:
    column = 1 if reference.noun == "decision" else 0
    return tuple(known([symbols.NUMBERINGS[organ][column] + number for organ in organs if organ]))


def _of_body(organ: str | None, number: str, reference: Reference) -> tuple[Symbol, ...]:
    """A body that numbers below its documents' prefix, by RES or DEC; three write it their own way."""
    entry = registry.find(f"body/{organ}")
    if entry is None or entry.symbol_prefix is None:
        return ()
    session, _, own = number.partition("/")
    short = "Dec" if reference.noun == "decision" else "Res"
    special = {
        # These two number in ways of their own: WHA73.1, GC(67)/RES/17.
        "world-health-assembly": "",
        "iaea-general-conference": "",
        "un-habitat-assembly": f"HSP/HA.{session}/{short}.{own}",
        "unea": f"UNEP/EA.{session}/{short}.{own}",
        "cbd-cop": f"CBD/DEC/{number}",
        "uncac-cosp": f"CAC/COSP/{_RES_OR_DEC[reference.noun]}/{number}",
    }
    return tuple(known([special.get(organ or "", f"{entry.symbol_prefix}/{_RES_OR_DEC[reference.noun]}/{number}")]))


def _no_numbering(organ: str | None) -> str:
    if organ in _STRANGERS:
        return "a number of a body that is not known here"
    entry = registry.find(f"body/{organ}")
    return f"how {entry.label() if entry else organ} numbers its documents is not known here"


def known(spellings: list[str]) -> Iterator[Symbol]:
    return (found for spelling in spellings if (found := symbols.find(spelling)) is not None)


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reference, Context], Answer | None]], ...] = (
    (re.compile(r"\d+/(?P<body>CP|CMP|CMA|COP)\.\d+"), _of_parties),
    (re.compile(r"(?P<session>\d{1,3})[.-](?P<own>\d+)"), _of_health_assembly),
    (re.compile(r"WHA(?P<session>\d{1,3})[./-](?P<own>\d+)"), _by_initials),
    (re.compile(r"(?P<meeting>[IVXLC]+)/\d+[A-Z]?"), _of_roman_meeting),
    (re.compile(r"(?P<number>\d+)\((?:19|20)\d\d\)"), _of_security_council),
    (re.compile(r"\d{3,4}"), _of_council_number),
    (re.compile(r"\d+[A-Z]?\((?:E?S-)?(?P<session>[IVXLC]+)\)[A-Z]?"), _of_roman_session),
    (re.compile(r"E?S-\d+/\d+[A-Z]?"), _of_special_session),
    (re.compile(r"(?:19|20)\d\d/\d+[A-Z]?"), _of_year),
    (re.compile(r"\d{1,3}/\d+[A-Z]{0,2}"), _of_session),
)
