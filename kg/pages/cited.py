"""What cites a document: by act, the most recent first, and page by page where that is much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.catalogue import Edge
from kg.pages.rendering import render
from kg.pages.site import Site

#: Citations that a document's own page shows: all, where there are no more than `_ALL`, else the latest of each act.
_ALL, _LATEST = 60, 8
#: Citations on one page of the lists.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Group:
    """Citations by one act (a slug, None where the words show none); `count` is that of all, `edges` are the latest;
    `pages` is how many pages of its own the whole list has."""

    act: str | None
    count: int
    edges: Sequence[Edge]
    pages: int


def groups(site: Site, symbol: str) -> list[Group]:
    """What cites the document, the act with the most citations first."""
    by_act = _by_act(site, symbol)
    total = sum(map(len, by_act.values()))
    shown = total if total <= _ALL else _LATEST
    ordered = sorted(by_act.items(), key=lambda pair: (-len(pair[1]), pair[0] or ""))
    return [
        Group(act, len(edges), edges[:shown], 0 if len(edges) <= shown else -(-len(edges) // PAGE))
        for act, edges in ordered
    ]


def list_stem(symbol: str, act: str | None, number: int) -> str:
    """Where a page of the list lies: doc/A/RES/70/1/cited-by/recall-2."""
    mark = "" if number == 1 else f"-{number}"
    return f"doc/{symbol}/cited-by/{act or 'other'}{mark}"


def lists(site: Site, symbol: str) -> Iterator[tuple[str, str | None, int]]:
    """The pages of the lists of a document: stem, act, number."""
    for group in groups(site, symbol):
        for number in range(1, group.pages + 1):
            yield list_stem(symbol, group.act, number), group.act, number


def list_page(site: Site, symbol: str, act: str | None, number: int, language: str) -> bytes | None:
    """One page of a list, None where the list has no such page."""
    edges = _by_act(site, symbol).get(act, [])
    pages = -(-len(edges) // PAGE)
    if not 1 <= number <= pages:
        return None
    return render(
        site,
        "cited_by.html",
        stem=list_stem(symbol, act, number),
        language=language,
        section="document",
        symbol=symbol,
        act=act,
        edges=edges[(number - 1) * PAGE : number * PAGE],
        count=len(edges),
        number=number,
        pages=pages,
        before=list_stem(symbol, act, number - 1) if number > 1 else None,
        after=list_stem(symbol, act, number + 1) if number < pages else None,
        crumbs=((f"doc/{symbol}", symbol), ("", number)),
    )


def _by_act(site: Site, symbol: str) -> dict[str | None, list[Edge]]:
    by_act: defaultdict[str | None, list[Edge]] = defaultdict(list)
    for edge in site.catalogue.cited_by(symbol):
        by_act[edge.act].append(edge)
    return by_act
