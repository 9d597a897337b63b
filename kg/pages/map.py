"""The map of the whole collection: every document and every citation between two, by time and organ.

The page is one for each language; what it draws is one file for all of them, loaded as a script so that the map works
from a folder as well. Titles stand in a file for each language.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.catalogue import Catalogue, Work
from kg.pages import vendor
from kg.pages.addresses import DEFAULT, LANGUAGES
from kg.pages.map_layout import Dot, Layout, layout
from kg.pages.phrases import phrases
from kg.pages.query_page import embedded
from kg.pages.rendering import Here, direction, render
from kg.pages.site import Site

STEM = "map"
DATA = "map-data.js"
#: Bands and acts that have a colour of their own; the rest stand together.
_BANDS = 4
_ACTS = 10
_REST = ""
SCRIPTS = ("graph", "view", "list", "page")


def page(site: Site, language: str) -> bytes:
    """The page in a language."""
    here = Here(site, STEM, language)
    return render(
        site,
        "map.html",
        stem=STEM,
        language=language,
        section="map",
        description=phrases("map", language)["description"],
        style=here.file("assets/map.css"),
        sigma=here.file(f"assets/vendor/{vendor.bundle('sigma').file}"),
        drawn=[here.file(DATA), here.file(titles_path(language))],
        scripts=[here.file(f"assets/map-{name}.js") for name in SCRIPTS],
        known=embedded(_known(site, language)),
    )


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What the pages load beside their assets, each with its path in the site."""
    for path in (DATA, *map(titles_path, LANGUAGES)):
        content = file(site, path)
        if content is not None:
            yield path, content


def file(site: Site, path: str) -> bytes | None:
    """One of these files, by its path; None for any other path."""
    if path == DATA:
        return _script("unkgMap", drawn(site.catalogue, _documents(site)))
    language = next((each for each in LANGUAGES if titles_path(each) == path), None)
    return _script("unkgMapTitles", _titles(_documents(site), language)) if language else None


def titles_path(language: str) -> str:
    return "map-titles.js" if language == DEFAULT else f"map-titles@{language}.js"


def documents(catalogue: Catalogue) -> list[Work]:
    """Every document that is held or cited, by symbol."""
    found = (catalogue.find_work(symbol) for symbol in catalogue.symbols())
    return [work for work in found if work is not None]


@lru_cache(maxsize=1)
def _documents(site: Site) -> list[Work]:
    """The pages and files of a site are made one after the other."""
    return documents(site.catalogue)


def drawn(catalogue: Catalogue, works: Sequence[Work]) -> Mapping[str, Any]:
    """What is drawn. Documents are known by their place in `symbols`; `edges` holds for each document that cites, in
    that order, what it cites: numbers, each followed by the acts as bits, of which the first is told apart."""
    numbers = {work.symbol: number for number, work in enumerate(works)}
    organs = _commonest((work.organ for work in works), _BANDS)
    edges, acts = _edges(catalogue, numbers)
    dots = [Dot(work.symbol, _index(organs, work.organ), _year(work), work.date or "") for work in works]
    placed = layout(dots, ((one, other) for one, cited in edges.items() for other in cited))
    return {
        "symbols": [work.symbol for work in works],
        "x": [x for x, _ in placed.places],
        "y": [y for _, y in placed.places],
        "band": "".join(str(dot.band) for dot in dots),
        "held": "".join("1" if work.held else "0" for work in works),
        "organs": organs,
        "acts": acts,
        "edges": [[one, *(each for pair in sorted(cited.items()) for each in pair)] for one, cited in edges.items()],
        **_axes(placed),
    }


def _axes(placed: Layout) -> Mapping[str, Any]:
    return {
        "years": [[span.key, span.start, span.end] for span in placed.years],
        "bands": [[span.start, span.end] for span in placed.bands],
    }


def _edges(catalogue: Catalogue, numbers: Mapping[str, int]) -> tuple[dict[int, dict[int, int]], list[str]]:
    """For each citing document what it cites and with which acts, as bits; and the acts in the order of the bits. The
    last bit is that of all other acts and of none."""
    found = list(catalogue.edges())
    acts = _commonest((edge.act for edge in found), _ACTS)
    edges: dict[int, dict[int, int]] = {}
    for edge in found:
        one, other = numbers[edge.citing], numbers[edge.cited]
        if one != other:
            cited = edges.setdefault(one, {})
            cited[other] = cited.get(other, 0) | 1 << _index(acts, edge.act)
    return dict(sorted(edges.items())), acts


def _commonest(values: Iterator[str | None], count: int) -> list[str]:
    """The values that occur most, and at the end one that stands for the rest."""
    counts = Counter(value for value in values if value is not None)
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return [*ordered[:count], _REST]


def _index(values: Sequence[str], value: str | None) -> int:
    return values.index(value) if value in values else len(values) - 1


def _year(work: Work) -> int | None:
    """The first year of its date; a year that no document of the United Nations can have is none."""
    start = (work.date or "")[:4]
    year = int(start) if start.isdigit() else None
    return year if year is not None and _plausible(year) else None


def _plausible(year: int) -> bool:
    # Treaties are older than the organization; a misprint may state a year to come.
    return 1850 <= year <= 2060


def _titles(works: Sequence[Work], language: str) -> list[Any]:
    """The titles by number; with its language where that is another one, 0 where none is known."""
    found = (work.title(language) for work in works)
    return [0 if told is None else told[0] if told[1] == language else list(told) for told in found]


@lru_cache(maxsize=1)
def _legend(site: Site) -> tuple[list[str], list[str]]:
    """The organs and acts that are told apart."""
    organs = _commonest((work.organ for work in _documents(site)), _BANDS)
    return organs, _commonest((edge.act for edge in site.catalogue.edges()), _ACTS)


def _known(site: Site, language: str) -> Mapping[str, Any]:
    say = phrases("map", language)
    organs, acts = _legend(site)
    return {
        "language": language,
        "direction": direction(language),
        "mark": "" if language == DEFAULT else f"@{language}",
        "say": dict(say),
        "organs": [_name(site, organ, language) if organ else say["other_organs"] for organ in organs],
        "acts": [site.labels.act(act, language) if act else say["other_acts"] for act in acts],
    }


def _name(site: Site, organ: str, language: str) -> str:
    label = site.labels.find(site.names.named(organ), language)
    return label.text if label else organ


def _script(variable: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"window.{variable}={text};\n".encode()
