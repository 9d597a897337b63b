"""What the heading matter says: symbol, organ, session, agenda item, report, date, meeting, title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg import dates, numerals, symbols
from kg.errors import NotAResolution
from kg.languages import LanguageRules, fold
from kg.model import Block, DocumentKind, Finding, Heading, Published, Span, Text

_KINDS: Mapping[str, DocumentKind] = {"decision": "decision", "presidential-statement": "statement"}
#: A text that another organ is to adopt is quoted.
_AROUND = " “\"«„‘'"
_SYMBOL = re.compile(r"[A-Z]{1,2}/[A-Z]+/[^ ]{1,20}(?: \([0-9A-Z-]+\))?|[A-Z]/(?:RES|DEC|PRST)/[^ ]{1,20}")
#: A meeting that was resumed says so in brackets.
_RESUMED = re.compile(r"\([^()0-9]{1,25}\)")
#: A file of a resolution of the Security Council may name number and year: S_RES_0013_1946.
_YEARED = re.compile(r"S_RES_([0-9]{1,4})_((?:19|20)[0-9]{2})(?![0-9])")
_LONGEST_OPENING, _LONGEST_CLOSING = 80, 300
_COVER_AT_MOST = 10
_SESSION_PREFIX = {"session": "", "special_session": "S-", "emergency_session": "ES-"}


@dataclass(frozen=True, slots=True)
class _Found:
    """One rule that a block of the heading matched."""

    part: str
    groups: Mapping[str, str | None]
    match: re.Match[str]
    block: Block


def opening(block: Block, rules: LanguageRules) -> str | None:
    """The organ whose opening line this block is."""
    if len(block.passage.text) > _LONGEST_OPENING:
        return None
    text = fold(block.passage.text).strip(_AROUND)
    return next((rule.name for rule in rules.openings if rule.pattern.fullmatch(text)), None)


def is_closing(block: Block, rules: LanguageRules) -> bool:
    """Whether the block holds nothing but the date of adoption and the meeting, or says how it was adopted."""
    text = fold(block.passage.text).strip()
    short = len(text) <= _LONGEST_CLOSING
    for rule in rules.headings:
        if rule.name == "vote" and rule.pattern.match(text):
            return True
        if short and rule.name in ("adopted", "meeting"):
            text = rule.pattern.sub("", text)
    return short and not _RESUMED.sub("", rules.date.sub("", text)).strip(" ,.>")


def read_heading(
    text: Text,
    above: tuple[Block, ...],
    below: tuple[Block, ...],
    rules: LanguageRules,
    *,
    decided: str | None = None,
) -> tuple[Heading, tuple[Finding, ...]]:
    """The heading matter from the blocks above the preamble (the opening line is the last) and below the last
    paragraph; `decided` is the organ of a decision, which no opening line names. Raises
    NotAResolution where neither they nor the source's name give a symbol.
    """
    published = text.published or Published()
    opened = opening(above[-1], rules)
    organ = opened or _organ(published) or ""
    found: dict[str, _Found] = {}
    for item in _matches((*(above[:-1] if opened else above), *below), rules):
        # The longest words decide: "Resolution adopted … on 17 December" and not the bare date of printing.
        if item.part not in found or len(item.match[0]) > len(found[item.part].match[0]):
            found[item.part] = item
    symbol, findings = _symbol(text, decided or organ, found, rules, decision=decided is not None)
    report = found.get("report")
    cited = symbols.find(report.groups["symbol"] or "") if report else None
    heading = Heading(
        symbol=symbol.text,
        kind=_KINDS.get(symbol.kind, "resolution"),
        organ=symbol.organ or organ,
        title=_group(found, "title", "title"),
        adopted=_adopted(found, rules) or published.adopted,
        session=_session(found, rules) or symbol.session or published.session,
        meeting=numerals.number(_group(found, "meeting", "meeting") or "") or published.meeting,
        agenda_item=_agenda_item(_group(found, "agenda_item", "item") or published.agenda_item, rules),
        agenda_title=_agenda_title(above, rules),
        report=cited.text if cited else None,
        report_locator={"paragraph": (paragraph,)} if (paragraph := _group(found, "report", "paragraph")) else {},
        report_span=_span(report, "symbol") if report and cited else None,
    )
    return heading, findings


def _matches(blocks: tuple[Block, ...], rules: LanguageRules) -> Iterator[_Found]:
    for block in blocks:
        for rule in rules.headings:
            match = rule.pattern.search(fold(block.passage.text))
            if match:
                yield _Found(rule.name, match.groupdict(), match, block)


def _adopted(found: Mapping[str, _Found], rules: LanguageRules) -> str | None:
    return dates.iso(found["adopted"].groups["date"] or "", rules) if "adopted" in found else None


def _organ(published: Published) -> str | None:
    """The organ by the symbol on the cover, for a text that no organ opens."""
    symbol = symbols.find(published.symbol or "")
    return symbol.organ if symbol else None


def _group(found: Mapping[str, _Found], part: str, group: str) -> str | None:
    value = found[part].groups[group] if part in found else None
    return value.strip() if value else None


def _agenda_item(text: str | None, rules: LanguageRules) -> str | None:
    """An agenda item as English prints it: 22 (أ), 22(a) and 22 a) are 22 (a)."""
    letters = dict(zip(rules.point_letters, "abcdefghijklmnopqrstuvwxyz", strict=False))
    latin = "".join(letters.get(character, character) for character in text or "")
    return re.sub(r"\s*\(?([a-z]{1,2})\)", r" (\1)", latin) or None


def _span(found: _Found, group: str) -> Span:
    return found.block.passage.span(*found.match.span(group))


def _session(found: Mapping[str, _Found], rules: LanguageRules) -> str | None:
    for part, prefix in _SESSION_PREFIX.items():
        value = numerals.ordinal(_group(found, part, "session") or "", rules)
        if value is not None:
            return f"{prefix}{value}"
    return None


def cover_symbol(text: Text) -> symbols.Symbol | None:
    """The symbol that the cover prints on a line of its own."""
    lines = (fold(block.passage.text).strip() for block in text.blocks[:_COVER_AT_MOST])
    return next((found for line in lines if _SYMBOL.fullmatch(line) and (found := symbols.find(line))), None)


def named_symbol(text: Text) -> symbols.Symbol | None:
    """The symbol that the source's name holds."""
    if numbered := _YEARED.match(text.source):
        return symbols.find(f"S/RES/{int(numbered[1])} ({numbered[2]})")
    return symbols.find(_stem(text.source).replace("_", "/"))


def _symbol(
    text: Text, organ: str, found: Mapping[str, _Found], rules: LanguageRules, *, decision: bool
) -> tuple[symbols.Symbol, tuple[Finding, ...]]:
    """The number before the title, made a symbol by the organ; the source's name is asked where there is none."""
    number = _group(found, "title", "number")
    numbering = symbols.NUMBERINGS.get(organ)
    printed = (
        symbols.find(numbering[decision] + numerals.document_number(number, rules)) if number and numbering else None
    )
    if text.published and (cover := symbols.find(text.published.symbol or "")):
        own, findings = _of_published(cover, printed, named_symbol(text))
        turned = symbols.right_way_round(own)
        if turned == own:
            return own, findings
        message = f"the cover says {own}, with session and number the other way round; it is {turned}"
        return turned, (*findings, Finding("warning", "symbol-differs", "document", message))
    printed = printed or cover_symbol(text)
    printed = printed and symbols.right_way_round(printed)
    named = named_symbol(text)
    if printed is None and named is None:
        what = "no number stands before the title and the file's name holds no symbol; expected a line like 76/213. …"
        raise NotAResolution(text.source, what)
    if printed and named and named != printed:
        message = f"the text is {printed}, the file's name says {named}; the text is believed"
        return printed, (Finding("warning", "name-differs", "document", message),)
    return (printed or named), ()  # type: ignore[return-value]


def _of_published(
    cover: symbols.Symbol, printed: symbols.Symbol | None, named: symbols.Symbol | None
) -> tuple[symbols.Symbol, tuple[Finding, ...]]:
    """The symbol on the cover, unless the number before the title and the file's name agree on another."""
    # The publisher ends a name in the letter of its language, 55_16E, which looks like that of a part.
    agreed = printed is not None and named is not None and printed.text in (named.text, named.whole)
    if printed is None or printed.text in (cover.text, cover.whole) or not agreed:
        return cover, ()
    message = f"the cover says {cover}, but the title and the file's name say {printed}; these are believed"
    return printed, (Finding("warning", "symbol-differs", "document", message),)


def _stem(name: str) -> str:
    """A_RES_76_213.zh.txt → A_RES_76_213; what follows a hyphen is the publisher's job number."""
    return re.split(r"[.-](?=[a-z]|\d{6})", name, maxsplit=1)[0]


def _agenda_title(above: tuple[Block, ...], rules: LanguageRules) -> str | None:
    """The lines between the agenda item and the next line that a rule knows."""
    lines: list[str] = []
    inside = False
    for block in above[:-1]:
        known = {item.part for item in _matches((block,), rules)}
        if inside and known:
            break
        if inside:
            lines.append(block.passage.text.strip())
        inside = inside or "agenda_item" in known
    return " ".join(lines) or None
