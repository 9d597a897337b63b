"""Plan → SVG: a picture that needs no script and no file beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape as escaped

from kg import registry
from kg.drawing import labels
from kg.drawing.families import Family, families, family, words
from kg.drawing.model import Box, Document, Line, Plan
from kg.drawing.plan import DOT, MARGIN, ROW_WITH_TITLE, SYMBOL, TITLE, TOP

_FONTS = "'Noto Sans','Noto Sans Arabic','Noto Sans CJK SC','Segoe UI','DejaVu Sans',Arial,sans-serif"
#: What each head of an arrow looks like, its tip at the right end of a field of ten by ten.
_HEADS = {
    "triangle": '<path d="M0 1L10 5L0 9z"/>',
    "circle": '<circle cx="5" cy="5" r="4"/>',
    "diamond": '<path d="M0 5L5 0L10 5L5 10z"/>',
    "bar": '<path d="M3 0H7V10H3z"/>',
}
_LEGEND_ROW, _SAMPLE = 18, 34
#: What XML cannot hold.
_UNTOLD = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is told: its language, its role for readers of the screen, with or without legend; `terse` where
    it is small: lines then say nothing of themselves."""

    language: str = "en"
    role: str = "img"
    legend: bool = True
    terse: bool = False


def svg(
    drawn: Plan,
    documents: Mapping[str, Document],
    lines: Sequence[Line],
    *,
    root: str,
    look: Look,
    left_out: int = 0,
) -> str:
    """The picture: documents link to where they can be read, every line tells its acts and paragraphs; `left_out` is
    how many documents it does not show."""
    say = words(look.language)
    used = frozenset(family(main_act(line)).name for line in lines)
    width = max(drawn.width, 640) if look.legend else drawn.width
    legend = list(_legend(lines, look, drawn.height, width, left_out)) if look.legend else []
    height = drawn.height + (len(legend) + 1) * _LEGEND_ROW if legend else drawn.height
    title = escape(say["title"].format(symbol=root))
    told = escape(say["description"].format(documents=len(drawn.boxes), lines=len(drawn.paths)))
    told += f" {escape(say['left_out'].format(count=left_out))}" if left_out else ""
    # Time runs from left to right on pages from right to left too, and symbols begin behind their dots.
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lineage" direction="ltr" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{look.role}" '
        f'aria-labelledby="picture-title picture-told" lang="{look.language}" '
        f'font-family="{_FONTS}" font-size="{SYMBOL}">',
        f'<title id="picture-title">{title}</title><desc id="picture-told">{told}</desc>',
        f"<style>{style(used)}</style>",
        f"<defs>{markers(used)}</defs>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *_bands(drawn, say),
        '<g class="lines">',
        *(_line(line, drawn, look) for line in lines if (line.citing, line.cited) in drawn.paths),
        f'<path class="together" d="{drawn.together}"/>' if drawn.together else "",
        '</g><g class="documents">',
        *(_document(documents[symbol], box, drawn, root=root, terse=look.terse) for symbol, box in drawn.boxes.items()),
        "</g>",
        f'<g class="legend">{"".join(legend)}</g>' if legend else "",
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


_LIGHT = {
    ".paper": "fill:#fff",
    ".band": "fill:#f3f5f8",
    ".year": "fill:#55606b",
    ".line": "fill:none;stroke-width:1.4",
    ".together": "fill:none;stroke:#8a939c;stroke-width:2;pointer-events:none",
    ".dot": "fill:#1b2733;stroke:#1b2733;stroke-width:1.5",
    ".cited .dot": "fill:#fff",
    ".undated .dot": "stroke-dasharray:2 2",
    ".name": "fill:#1b2733;stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke",
    ".word": "fill:#1b2733",
    ".told": "fill:#55606b;stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke",
    ".root .name": "font-weight:bold",
    "a": "text-decoration:none",
}
_DARK = {
    ".paper": "fill:#10161c",
    ".band": "fill:#19222b",
    ".year": "fill:#a9b6c3",
    ".together": "stroke:#7d8893",
    ".dot": "fill:#e6edf3;stroke:#e6edf3",
    ".cited .dot": "fill:#10161c",
    ".name": "fill:#e6edf3;stroke:#10161c",
    ".word": "fill:#e6edf3",
    ".told": "fill:#a9b6c3;stroke:#10161c",
}


@cache
def style(shown: frozenset[str] | None = None) -> str:
    """The colours and dashes: dark where the reader's screen is, plain values that drawing programs understand; of
    these families, or of all."""
    light, dark = dict(_LIGHT), dict(_DARK)
    for each in families():
        if shown is not None and each.name not in shown:
            continue
        dash = f";stroke-dasharray:{each.dash}" if each.dash else ""
        light[f".{_class(each)}"] = f"stroke:{each.light}{dash}"
        light[f".h-{each.name}"] = f"fill:{each.light}"
        dark[f".{_class(each)}"] = f"stroke:{each.dark}"
        dark[f".h-{each.name}"] = f"fill:{each.dark}"
    return f"{_rules(light)}@media (prefers-color-scheme:dark){{{_rules(dark)}}}"


def _rules(rules: Mapping[str, str]) -> str:
    return "".join(f".lineage {selector}{{{values}}}" for selector, values in rules.items())


def _class(each: Family) -> str:
    return f"f-{each.name}"


def markers(shown: frozenset[str] | None = None) -> str:
    """The heads of arrows of these families, or of all."""
    return "".join(_marker(each) for each in families() if shown is None or each.name in shown)


def _marker(each: Family) -> str:
    if each.head not in _HEADS:
        return ""
    return (
        f'<marker id="h-{each.name}" class="h-{each.name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        f'markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">{_HEADS[each.head]}</marker>'
    )


def _bands(drawn: Plan, say: Mapping[str, str]) -> Iterator[str]:
    yield '<g class="years">'
    for number, band in enumerate(drawn.bands):
        if number % 2 == 0:
            yield f'<rect class="band" x="{band.x}" y="0" width="{band.width}" height="{drawn.height}"/>'
        years = str(band.year) if band.year == band.until else f"{band.year}–{band.until}"
        name = years if band.year is not None else labels.cut(say["undated"], band.width - 4, SYMBOL)
        mark = "⋯ " if band.after_gap else ""
        x = band.x + band.width // 2
        yield f'<text class="year" x="{x}" y="{TOP - 12}" text-anchor="middle">{mark}{escape(name)}</text>'
    yield "</g>"


def escape(text: str) -> str:
    """The text as it may stand in the picture."""
    return escaped(text.translate(_UNTOLD))


def _line(line: Line, drawn: Plan, look: Look) -> str:
    main = family(main_act(line))
    head = f' marker-end="url(#h-{main.name})"' if main.head in _HEADS else ""
    path = f'<path class="line {_class(main)}" d="{drawn.paths[line.citing, line.cited]}"{head}'
    if look.terse:
        return f"{path}/>"
    say = words(look.language)
    told = say["cites"].format(citing=line.citing, cited=line.cited)
    acts = say["comma"].join(dict.fromkeys(_act(act, look.language) for act in line.acts))
    clauses = say["comma"].join(dict.fromkeys(line.clauses)).replace("header", say["header"])
    whole = told + (f"{say['colon']}{acts}" if acts else "") + (f" ({clauses})" if clauses else "")
    return f"{path}><title>{escape(whole)}</title></path>"


def main_act(line: Line) -> str | None:
    """The act of most of the citations of a line, the first of equals."""
    counted = Counter(line.acts)
    return max(counted, key=lambda act: counted[act]) if counted else None


def _act(slug: str, language: str) -> str:
    act = registry.acts().get(slug)
    return (act.labels.get(language) or act.labels.get("en") or slug) if act else slug


def _document(document: Document, box: Box, drawn: Plan, *, root: str, terse: bool) -> str:
    symbol = document.symbol
    kinds = ["document"]
    kinds += ["root"] if symbol == root else []
    kinds += [] if document.held else ["cited"]
    kinds += ["undated"] if symbol in drawn.undated else []
    told = "  ".join(part for part in (symbol, document.date, document.title) if part)
    titled = box.height == ROW_WITH_TITLE and bool(document.title)
    middle, x = box.middle, box.x + DOT
    spoken = f' lang="{document.language}"' if document.title else ""
    body = f"<title{spoken}>{escape(told)}</title>"
    if symbol == root:
        body += f'<rect class="dot" x="{box.x + 1}" y="{middle - 5}" width="10" height="10"/>'
    else:
        body += f'<circle class="dot" cx="{box.x + 6}" cy="{middle}" r="4"/>'
    name = escape(labels.cut(symbol, box.width - DOT, SYMBOL))
    body += f'<text class="name" x="{x}" y="{middle - 2 if titled else middle + 4}">{name}</text>'
    if titled:
        shown = escape(labels.cut(document.title or "", box.width - DOT, TITLE))
        # In a text from right to left, its end is at the left.
        way = ' direction="rtl" text-anchor="end"' if document.language == "ar" else ""
        body += (
            f'<text class="told" x="{x}" y="{middle + 10}" font-size="{TITLE}" lang="{document.language}"{way}>'
            f"{shown}</text>"
        )
    link = f'<a href="{escape(document.link)}">{body}</a>' if document.link else body
    named = "" if terse else f' data-symbol="{escape(symbol)}"'
    return f'<g class="{" ".join(kinds)}"{named}>{link}</g>'


def _legend(lines: Sequence[Line], look: Look, top: int, width: int, left_out: int) -> Iterator[str]:
    """The families that occur, how documents are marked, and the source: a row each."""
    say = words(look.language)
    counts = Counter(family(main_act(line)).name for line in lines)
    entries = [
        (
            f'<path class="line {_class(each)}" d="M{{x}} {{y}}h26"'
            + (f' marker-end="url(#h-{each.name})"' if each.head in _HEADS else "")
            + "/>",
            f"{each.labels[look.language]} ({counts[each.name]})",
        )
        for each in families()
        if counts[each.name]
    ]
    entries += [
        ('<path class="together" d="M{x} {y}h26"/>', say["together"]),
        ('<circle class="dot" cx="{middle}" cy="{y}" r="4"/>', say["held"]),
        ('<g class="cited"><circle class="dot" cx="{middle}" cy="{y}" r="4"/></g>', say["cited_only"]),
        ('<g class="undated cited"><circle class="dot" cx="{middle}" cy="{y}" r="4"/></g>', say["undated"]),
    ]
    row, x, y = "", MARGIN, top + _LEGEND_ROW
    for sample, text in entries:
        room = _SAMPLE + int(labels.width(text, SYMBOL)) + 18
        if row and x + room > width:
            yield row
            row, x, y = "", MARGIN, y + _LEGEND_ROW
        way = ' direction="rtl" text-anchor="end"' if look.language == "ar" else ""
        row += sample.format(x=x, y=y - 4, middle=x + 20)
        row += f'<text class="word" x="{x + _SAMPLE}" y="{y}"{way}>{escape(text)}</text>'
        x += room
    yield row
    last = say["source"] + (f" {say['left_out'].format(count=left_out)}" if left_out else "")
    way = ' direction="rtl" text-anchor="end"' if look.language == "ar" else ""
    yield f'<text class="told" x="{MARGIN}" y="{y + _LEGEND_ROW}"{way}>{escape(last)}</text>'
