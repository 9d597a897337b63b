"""The grammar of the United Nations' document symbols: parse, write, compare, and what a symbol alone tells.

A canonical symbol is what names a document here. `parse` takes the canonical spelling and the usual others
(`70/1`, `S/RES/1325 (2000)`, `https://undocs.org/en/A/RES/70/1`, Akoma Ntoso names) and gives one `Symbol`.

Sources: the symbols of the organs as printed on their documents; sessions of the General Assembly, which open in
September of the year 1945 + n; of the Economic and Social Council before 1978, two a year; of the Human Rights
Council, three a year since 2006.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from kg.errors import SymbolError

Kind = Literal[
    "resolution", "decision", "presidential-statement", "report", "meeting-record", "document", "treaty", "sales"
]

ROMAN = r"[IVXLC]+"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol taken apart; `text` is its canonical spelling and all that is compared.

    `organ` is the slug of the body whose document it is, where the symbol alone says so; `session` is as written
    ("76", "S-20", "LVII"); `years` are those in which the document can have been adopted, empty where the symbol does
    not tell.
    """

    text: str
    kind: Kind
    organ: str | None = None
    session: str | None = None
    years: tuple[int, ...] = ()
    whole: str | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int | None:
        """The year of adoption where the symbol leaves only one."""
        return self.years[0] if len(self.years) == 1 else None


@dataclass(frozen=True, slots=True)
class Family:
    """One numbering of one organ: a pattern with the groups number, letter, session, roman, year where it has them."""

    pattern: re.Pattern[str]
    kind: Kind
    organ: str | None


def _family(pattern: str, kind: Kind, organ: str | None = None) -> Family:
    return Family(re.compile(pattern), kind, organ)


#: A part of a resolution; after Z come AA, BB.
_LETTER = r"(?P<letter>[A-Z]{1,2})?"

FAMILIES: tuple[Family, ...] = (
    _family(rf"A/RES/(?P<session>\d+)/\d+{_LETTER}", "resolution", "general-assembly"),
    _family(rf"A/RES/(?P<session>E?S-\d+)/\d+{_LETTER}", "resolution", "general-assembly"),
    _family(rf"A/RES/\d+\((?P<session>(?:E?S-)?{ROMAN})\){_LETTER}", "resolution", "general-assembly"),
    _family(rf"A/DEC/(?P<session>(?:E?S-)?\d+)/\d+{_LETTER}", "decision", "general-assembly"),
    _family(r"S/RES/\d+\((?P<year>\d{4})\)", "resolution", "security-council"),
    _family(r"S/PRST/(?P<year>\d{4})/\d+(?:/Corr\.\d+)?", "presidential-statement", "security-council"),
    _family(rf"E/RES/(?P<year>\d{{4}})/\d+{_LETTER}", "resolution", "economic-and-social-council"),
    _family(rf"E/RES/\d+\((?P<session>(?:S-)?{ROMAN})\){_LETTER}", "resolution", "economic-and-social-council"),
    _family(rf"E/DEC/(?P<year>\d{{4}})/\d+{_LETTER}", "decision", "economic-and-social-council"),
    _family(r"A/HRC/RES/(?P<session>(?:S-)?\d+)/\d+", "resolution", "human-rights-council"),
    _family(r"A/HRC/DEC/(?P<session>(?:S-)?\d+)/\d+", "decision", "human-rights-council"),
    _family(r"A/HRC/PRST/(?P<session>(?:OS/)?\d+)/\d+", "presidential-statement", "human-rights-council"),
    _family(r"E/CN\.\d+(?:/Sub\.\d)?/RES/(?P<year>\d{4})/\d+", "resolution"),
    _family(r"E/CN\.\d+(?:/Sub\.\d)?/DEC/(?P<year>\d{4})/\d+", "decision"),
    _family(r"E/CN\.\d+/RES/(?P<session>\d+)/\d+", "resolution"),
    _family(r"E/CN\.\d+/DEC/(?P<session>\d+)/\d+", "decision"),
    _family(r"UNEP/EA\.(?P<session>\d+)/Res\.\d+", "resolution", "unea"),
    _family(r"UNEP/EA\.(?P<session>\d+)/Dec\.\d+", "decision", "unea"),
    _family(r"HSP/HA\.(?P<session>\d+)/Dec\.\d+", "decision", "un-habitat-assembly"),
    _family(r"HSP/HA\.(?P<session>\d+)/Res\.\d+", "resolution", "un-habitat-assembly"),
    _family(r"(?:CAC/COSP|CTOC/COP)/RES/(?P<session>\d+)/\d+", "resolution"),
    _family(r"(?:CAC/COSP|CTOC/COP)/DEC/(?P<session>\d+)/\d+", "decision"),
    _family(r"FCCC/DEC/\d+/(?P<session>(?:CP|CMP|CMA)\.\d+)", "decision", "unfccc-cop"),
    _family(rf"CBD/DEC/(?P<session>{ROMAN}|\d+)/\d+{_LETTER}", "decision", "cbd-cop"),
    _family(r"ICCD/DEC/\d+/(?P<session>COP\.\d+)", "decision", "unccd-cop"),
    _family(r"IAEA/GC\((?P<session>\d+)\)/RES/\d+", "resolution", "iaea"),
    _family(r"WHO/WHA(?P<session>\d+)\.\d+", "resolution", "who"),
    _family(r"charter", "treaty"),
    _family(r"ILO/[CR]\d+", "treaty", "ilo"),
    _family(rf"AU/(?:Ext/)?Assembly/AU/Decl?\.\d+\({ROMAN}\)", "decision", "african-union"),
    _family(rf"AU/CM/Res\.\d+\({ROMAN}\)", "resolution", "african-union"),
    _family(r"UNTS/\d+/\d+", "treaty"),
    _family(rf"LNTS/{ROMAN}/\d+", "treaty"),
    _family(r"UN-SALES/[A-Z]{1,2}\.[0-9A-Z.]+", "sales"),
    _family(r"A/(?P<session>\d+)/PV\.\d+(?:/.+)?", "meeting-record", "general-assembly"),
    _family(r"S/PV\.\d+(?:/.+)?", "meeting-record", "security-council"),
    _family(r"E/(?P<year>\d{4})/SR\.\d+(?:/.+)?", "meeting-record", "economic-and-social-council"),
    _family(r"A/C\.\d/(?P<session>\d+)/(?:SR|PV)\.\d+(?:/.+)?", "meeting-record"),
    _family(r"A/(?:C\.\d|BUR|SPC)/(?P<session>\d+)/.+", "document"),
    # An annual report to the Assembly or the Council is a supplement of its Official Records: A/77/38, E/2012/31.
    _family(r"E/(?P<year>\d{4})/\d{2}(?:\([A-Za-z0-9.]+\))?(?:/.+)?", "report", "economic-and-social-council"),
    _family(
        r"A/(?P<session>\d+)/(?:\d{1,4}|[A-Z]+\.\d+)(?:\([A-Za-z0-9.]+\))?(?:/.+)?", "document", "general-assembly"
    ),
    _family(r"A/(?P<session>E?S-\d+)/.+", "document", "general-assembly"),
    _family(r"S/(?P<year>(?:19|20)\d\d)/\d+(?:/.+)?", "document", "security-council"),
    _family(r"E/(?P<year>(?:19|20)\d\d)/.+", "document", "economic-and-social-council"),
    # Every other document: a series of an organ or of its body, then at least one part with a digit.
    _family(r"[AES]/(?!RES|DEC|PRST)(?:\d+|[A-Z]{1,6}(?:[.-]\d+)?/.*\d.*|[A-Z]{1,6}\.\d+)", "document"),
    _family(r"(?![AES]/)[A-Z][A-Za-z]*(?:/[A-Za-z0-9][A-Za-z0-9.()&-]*)*/(?=[^/]*\d)[A-Za-z0-9].*", "document"),
)

_OF_SESSION = re.compile(r"(?P<series>A/(?:RES|DEC))/(?P<session>\d+)/(?P<number>\d+)")
#: More than the Assembly will hold in this century.
_MOST_SESSIONS = 150

#: What every symbol is made of; a bracket that opens closes.
_WELL_FORMED = re.compile(r"(?:[A-Za-z0-9./&-]|\([A-Za-z0-9.-]+\))+(?<![./&-])")

_LINK = re.compile(r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:ar|ch|en|es|fr|ru|sp|zh)/)?(?P<symbol>.+)")
_AKN = re.compile(r"/akn/un/statement/deliberation/(?P<organ>[a-z-]+)/[\d-]+/(?P<number>[\w().-]+?)/?")
#: A number alone: the Assembly's, from its thirty-first session on (2/3 is a fraction), or a year and the Council's.
_BARE = re.compile(
    rf"(?P<number>(?:3[1-9]|[4-9]\d|1\d\d|(?:19|20)\d\d)/\d+[A-Z]?|E?S-\d+/\d+|\d+\((?:E?S-)?{ROMAN}\)[A-Z]?)"
)
_SERIES = re.compile(r"(?:[ase]/)(?:hrc/)?(?:res|dec|prst)/", re.IGNORECASE)
#: Both spellings are printed; UNEP/EA.5/Res.14 is the one of the documents themselves.
_OF_ASSEMBLIES = re.compile(r"^(?P<assembly>(?:UNEP/EA|HSP/HA)\.\d+)/RES\.")
_OF_AGENCY = re.compile(
    r"(?P<IAEA>GC\(\d+\)/RES/\d+)|(?P<WHO>WHA\d+\.\d+)"
    rf"|(?P<AU>(?:(?:E[Xx][Tt]/)?(?:Assembly|ASSEMBLY)/AU/(?:Dec|DEC|Decl)|CM/Res)\.\d+\({ROMAN}\))"
)
_BIODIVERSITY = re.compile(r"CBD/(?:COP/)?DEC/(?P<meeting>\d{1,2})/(?P<own>\d+)")
_LAST_ROMAN_MEETING = 13
#: The letter of a sales number tells the language of an edition; the work is named after the English one.
_EDITION = re.compile(r"^UN-SALES/[ACFRS](?=\.\d)")
_LETTER_FIRST = re.compile(r"(?P<number>\d+)(?P<letter>[A-Z])(?P<session>\([IVXLCES-]+\))")
#: What sets a part of a document apart, which is printed with small letters or capitals too.
_PARTS = re.compile(
    r"/(?:add|corr|rev)(?=\.\d)|(?<=\()(?:part|vol|sect)(?=s?\.?[IVX\d])|(?<=\()(?:PART|VOL|SECT)(?=\.?[IVX\d])"
)
_TWO_PARTS = re.compile(r"\(Parts?([IVX]+)(?:and|et|y|&)([IVX]+)\)")
_ROMAN_DIGITS: Mapping[str, int] = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def parse(text: str) -> Symbol:
    """The symbol that `text` spells, in whichever way; raises SymbolError where it spells none."""
    symbol = find(text)
    if symbol is None:
        raise SymbolError(text, "no document symbol; expected something like A/RES/70/1, S/RES/1325(2000) or E/2012/31")
    return symbol


# A document cites the same symbols again and again, and so do those beside it.
@lru_cache(maxsize=1 << 16)
def find(text: str) -> Symbol | None:
    """Like `parse`, but None where `text` spells no symbol."""
    canonical = _canonical(text)
    if not _WELL_FORMED.fullmatch(canonical):
        return None
    for family in FAMILIES:
        match = family.pattern.fullmatch(canonical)
        if match:
            return _symbol(canonical, family, match)
    return None


def right_way_round(symbol: Symbol) -> Symbol:
    """The symbol with session and number changed about where they can only have been printed so, as by one who writes
    from right to left: A/DEC/575/76 is A/DEC/76/575, for no session has so high a number."""
    found = _OF_SESSION.fullmatch(symbol.text)
    if found is None or int(found["session"]) <= _MOST_SESSIONS or int(found["number"]) > _MOST_SESSIONS:
        return symbol
    return find(f"{found['series']}/{found['number']}/{found['session']}") or symbol


def roman(text: str) -> int:
    """The value of a Roman numeral in capitals."""
    values = [_ROMAN_DIGITS[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def to_roman(number: int) -> str:
    """A number from 1 to 399 as a Roman numeral."""
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        written += letters * count
    return written


def session_years(organ: str | None, session: str) -> tuple[int, ...]:
    """The years that a session of that organ can have met in; empty where that is not known.

    Special and emergency sessions follow no rule, so they give none.
    """
    if session.startswith(("S-", "ES-")) or organ is None:
        return ()
    if not (session.isdigit() or re.fullmatch(ROMAN, session)):
        return ()
    number = int(session) if session.isdigit() else roman(session)
    if organ == "general-assembly":
        return (1946,) if number == 1 else (1945 + number, 1946 + number)
    if organ == "human-rights-council":
        return (2006 + (number - 1) // 3,)
    if organ == "economic-and-social-council":
        return (_ecosoc_year(number),)
    return _MEETINGS.get(organ, {}).get(number, ())


#: The years of a conference that meets at no fixed distance.
_MEETINGS: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    "cbd-cop": {
        **dict(zip(range(1, 4), ((1994,), (1995,), (1996,)), strict=True)),
        **{meeting: (1990 + 2 * meeting,) for meeting in range(4, 15)},
        15: (2021, 2022),
        16: (2024, 2025),
    }
}


def _ecosoc_year(session: int) -> int:
    """Two sessions a year, but for three in 1946 and one each in 1952 and 1964: LVII, which ended in 1974."""
    if session < 6:
        return 1946 + session // 4
    if session < 15:
        return 1945 + session // 2
    return 1953 + (session - 15) // 2 if session < 37 else 1964 + (session - 36) // 2


#: The supplements of the Official Records in which a body reports, year after year.
_REPORTS: Mapping[str, str] = {
    "general-assembly": r"A/(?:3[1-9]|[4-9]\d|1\d\d)/49(?:/.+)?",
    "human-rights-council": r"A/(?:6[1-9]|[7-9]\d|1\d\d)/53(?:/.+)?",
    "statistical-commission": r"E/(?:199\d|20\d\d)/24",
    "cpd": r"E/(?:199[5-9]|20\d\d)/25",
    "csocd": r"E/(?:199\d|20\d\d)/26",
    "csw": r"E/(?:199\d|20\d\d)/27",
    "cnd": r"E/(?:199\d|20\d\d)/28",
    "ccpcj": r"E/(?:199[2-9]|20\d\d)/30",
    "cstd": r"E/(?:199[5-9]|20\d\d)/31",
    "unff": r"E/20\d\d/42",
    "cbd-cop": r"(?:UNEP/)?CBD/COP/.+",
}


def reporting_body(document: str) -> str | None:
    """The slug of the body whose annual report this is, where the number of the supplement is always its own: what is
    adopted in E/2019/28 is the Commission on Narcotic Drugs'."""
    return next((body for body, report in _REPORTS.items() if re.fullmatch(rf"{report}(?:/.+)?", document)), None)


def printed_in(document: str, number: str) -> str:
    """The number of a decision that is printed in a document, as its conference writes it in English."""
    if document.startswith("ICCD/"):
        return number.replace("/CP.", "/COP.")
    of_diversity = find(f"CBD/DEC/{number}") if reporting_body(document) == "cbd-cop" else None
    return of_diversity.text.removeprefix("CBD/DEC/") if of_diversity else number


def links(symbol: Symbol) -> tuple[str, ...]:
    """Where the United Nations shows the document, in its own languages."""
    if symbol.kind in ("treaty", "sales") or symbol.text.split("/")[0] in ("FCCC", "CBD", "ICCD", "IAEA", "WHO", "AU"):
        return ()
    return (f"https://undocs.org/{symbol.text}", f"https://docs.un.org/{symbol.text}")


#: Where the resolutions and the decisions of an organ stand, by its slug; the Security Council numbers both together.
NUMBERINGS: Mapping[str, tuple[str, str]] = {
    "general-assembly": ("A/RES/", "A/DEC/"),
    "security-council": ("S/RES/", "S/RES/"),
    "economic-and-social-council": ("E/RES/", "E/DEC/"),
    "human-rights-council": ("A/HRC/RES/", "A/HRC/DEC/"),
}

_ACTORS = {
    "general-assembly": ("unga", "un-ga"),
    "security-council": ("unsc", "un-sc"),
    "economic-and-social-council": ("unecosoc", "un-ecosoc"),
    "human-rights-council": ("unhrc", "un-hrc"),
}


def aliases(symbol: Symbol, adopted: str | None = None) -> tuple[str, ...]:
    """Other spellings of a resolution in the wild, which `parse` takes too: 70/1, links, and, where the day of adoption
    is known (YYYY-MM-DD), the names that Akoma Ntoso files give it."""
    found = list(links(symbol))
    number = symbol.text.rpartition("RES/")[2]
    if symbol.kind == "resolution" and find(number) == symbol:
        found.append(number)
    if symbol.kind == "resolution" and adopted:
        written = number.replace("/", "-").replace("(", "-").rstrip(")")
        names = (
            f"/akn/un/statement/deliberation/{a}/{adopted}/{written}/" for a in _ACTORS.get(symbol.organ or "", ())
        )
        found.extend(name for name in names if find(name) == symbol)
    return tuple(found)


def _canonical(text: str) -> str:
    """One spelling for each: no spaces, plain hyphens, links and Akoma Ntoso names turned into symbols."""
    text = unquote(text.strip())
    if link := _LINK.fullmatch(text):
        text = link["symbol"]
    elif name := _AKN.fullmatch(text):
        text = _from_akn(name["organ"], name["number"])
    text = re.sub(r"[‐‑–]", "-", re.sub(r"\s+", "", text))
    if series := _SERIES.match(text):
        text = series[0].upper() + text[series.end() :]
    text = _OF_ASSEMBLIES.sub(r"\g<assembly>/Res.", text)
    text = _PARTS.sub(lambda found: found[0].capitalize() if found[0][0] != "/" else found[0].title(), text)
    text = _TWO_PARTS.sub(r"(Parts\1and\2)", text)
    text = _EDITION.sub("UN-SALES/E", text)
    # The agencies' own symbols do not say whose they are.
    if agency := _OF_AGENCY.fullmatch(text):
        text = f"{agency.lastgroup}/{text.replace('EXT', 'Ext').replace('ASSEMBLY', 'Assembly').replace('DEC', 'Dec')}"
    # 217 A (III) and 217(III)A are one resolution; the session comes before the letter.
    text = _LETTER_FIRST.sub(r"\g<number>\g<session>\g<letter>", text)
    # The conference on biological diversity counted its first thirteen meetings in Roman numerals.
    if (meeting := _BIODIVERSITY.fullmatch(text)) and int(meeting["meeting"]) <= _LAST_ROMAN_MEETING:
        text = f"CBD/DEC/{to_roman(int(meeting['meeting']))}/{meeting['own']}"
    bare = _BARE.fullmatch(text)
    if bare:
        number = bare["number"]
        return f"E/RES/{number}" if re.match(r"\d{4}/", number) else f"A/RES/{number}"
    return text


def _from_akn(organ: str, number: str) -> str:
    """`unga`, `78-153` → A/RES/78/153; Akoma Ntoso writes a hyphen for a slash."""
    if organ.removeprefix("un-").removeprefix("un") == "sc":
        found = re.fullmatch(r"(\d+)-\(?(\d{4})\)?", number)
        return f"S/RES/{found[1]}({found[2]})" if found else number
    prefix = "E/RES" if "ecosoc" in organ else "A/HRC/RES" if "hrc" in organ else "A/RES"
    head, _, tail = number.rpartition("-")
    return f"{prefix}/{head}/{tail}"


def _symbol(text: str, family: Family, match: re.Match[str]) -> Symbol:
    groups = match.groupdict()
    year, session, letter = groups.get("year"), groups.get("session"), groups.get("letter")
    # The Assembly's committees and subsidiary bodies count its sessions.
    organ = family.organ or ("general-assembly" if text.startswith("A/") else None)
    years = (int(year),) if year else session_years(organ, session) if session else ()
    return Symbol(
        text=text,
        kind=family.kind,
        organ=family.organ,
        session=session,
        years=years,
        whole=text.removesuffix(letter) if letter else None,
    )
