"""The pages from which one sets out: home, documents by organ and year, bodies, instruments, events, Goals, about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg import registry
from kg.catalogue import Work
from kg.pages import addresses, lineage_page, signposting, structured
from kg.pages.about_dataset import dataset_jsonld
from kg.pages.days import written
from kg.pages.phrases import phrases
from kg.pages.rendering import render
from kg.pages.site import Site
from kg.pages.thing import KINDS
from kg.uris import SDG

#: Documents that the first page shows.
_LATEST, _MOST = 8, 12
#: The lists of things, by stem.
_THINGS = sorted(set(KINDS.values()))


def stems(site: Site) -> Iterator[str]:
    """Every page of this kind."""
    yield from ("index", "documents", "lineage", "about", *_THINGS)
    for organ, years in by_organ(site).items():
        for year in years:
            yield list_stem(organ, year)


def page(site: Site, stem: str, language: str) -> bytes | None:
    """One of them; None where there is no such page."""
    makes = {"index": _home, "documents": _documents, "about": _about, "downloads": _downloads, "lineage": _lineages}
    if stem in makes:
        return makes[stem](site, language)
    if stem in _THINGS:
        return _things(site, stem, language)
    head, _, rest = stem.partition("/")
    organ, _, year = rest.rpartition("/")
    if head == "documents" and f"body/{organ}" in by_organ(site):
        return _of_year(site, f"body/{organ}", year, language)
    return None


def list_stem(organ: str, year: str) -> str:
    """Where the list of an organ's documents of a year lies."""
    return f"documents/{organ.removeprefix('body/')}/{year}"


@lru_cache(maxsize=2)
def by_organ(site: Site) -> Mapping[str, Mapping[str, Sequence[Work]]]:
    """The works that are held by organ and year of adoption, the latest year first."""
    found: defaultdict[str, defaultdict[str, list[Work]]] = defaultdict(lambda: defaultdict(list))
    for work in site.catalogue.works():
        year = (work.adopted or str(work.year or "undated"))[: 4 if work.adopted or work.year else None]
        found[work.organ or "body/united-nations"][year].append(work)
    return {organ: dict(sorted(years.items(), reverse=True)) for organ, years in sorted(found.items())}


def _home(site: Site, language: str) -> bytes:
    return render(
        site,
        "home.html",
        stem="index",
        language=language,
        section="lists",
        counts=_counts(site),
        latest=_latest(site),
        most=site.catalogue.most_cited(_MOST),
        example=_example(site),
        written=lambda date: written(date, language),
        typed_links=signposting.typed_links(site, "index", language),
        jsonld=structured.as_script(dataset_jsonld(site)),
        description=phrases("lists", language)["what"],
    )


def _about(site: Site, language: str) -> bytes:
    return render(site, "about.html", stem="about", language=language, section="lists", counts=_counts(site))


def _downloads(site: Site, language: str) -> bytes:
    """For a server alone: what is published as a whole has a page of its own."""
    return render(site, "downloads_live.html", stem="downloads", language=language, section="lists")


def _lineages(site: Site, language: str) -> bytes:
    """From here one comes to the lineage of any document."""
    return render(
        site,
        "lineages.html",
        stem="lineage",
        language=language,
        section="lists",
        example=_example(site),
        most=site.catalogue.most_cited(_MOST),
        latest=_latest(site),
        stem_of=lineage_page.stem_of,
        written=lambda date: written(date, language),
    )


def _latest(site: Site) -> Sequence[Work]:
    works = [work for years in by_organ(site).values() for found in years.values() for work in found]
    return sorted(works, key=lambda work: (work.adopted or "", work.symbol), reverse=True)[:_LATEST]


def _example(site: Site) -> str | None:
    """A document that shows much: the one that ships, where it is held, else the one that cites most."""
    ships = site.find_work("A/RES/76/213")
    return ships.symbol if ships and ships.held else site.catalogue.most_citing()


def _documents(site: Site, language: str) -> bytes:
    return render(
        site,
        "documents.html",
        stem="documents",
        language=language,
        section="lists",
        organs=by_organ(site),
        list_stem=list_stem,
    )


def _of_year(site: Site, organ: str, year: str, language: str) -> bytes | None:
    works = by_organ(site)[organ].get(year)
    if works is None:
        return None
    label = site.labels.find(site.names.named(organ), language)
    name = f"{label.text if label else organ}, {year}"
    return render(
        site,
        "documents_of.html",
        stem=list_stem(organ, year),
        language=language,
        section="lists",
        organ=organ,
        name=name,
        works=sorted(works, key=lambda work: (work.adopted or "", _natural(work.symbol)), reverse=True),
        written=lambda date: written(date, language),
        citing=_citing(site),
        crumbs=(("documents", phrases("site", language)["documents"]), ("", name)),
    )


@lru_cache(maxsize=2)
def _citing(site: Site) -> Mapping[str, int]:
    return site.catalogue.citing_counts()


def _things(site: Site, stem: str, language: str) -> bytes:
    """Things of a kind in groups, each by its name in the language of the page."""
    kinds = {kind for kind, listed in KINDS.items() if listed == stem}
    counts = site.catalogue.naming_documents()
    groups: defaultdict[str, list[tuple[str, tuple[str, str], int]]] = defaultdict(list)
    for iri in site.labels.iris():
        own = addresses.stem_of(iri, site.names) or ""
        if own.partition("/")[0] not in kinds or "/" not in own:
            continue
        label = site.labels.find(iri, language)
        groups[_group(own)].append((own, (label.text, label.language) if label else (own, "en"), counts.get(own, 0)))
    ordered = {
        group: sorted(
            found, key=(lambda each: _natural(each[0])) if stem == "goals" else lambda each: each[1][0].casefold()
        )
        for group, found in sorted(groups.items(), key=lambda pair: _natural(pair[0]))
    }
    return render(
        site, "things.html", stem=stem, language=language, section="lists", groups=ordered, goals=SDG, kind=stem
    )


def _group(stem: str) -> str:
    """What a thing is listed under: the kind of body, the Goal of a target; nothing for others."""
    if stem.startswith("sdg/"):
        return f"sdg/{stem.removeprefix('sdg/').partition('.')[0]}"
    entry = registry.find(stem)
    return f"kind/{entry.body_kind}" if entry and entry.body_kind else ""


@lru_cache(maxsize=2)
def _counts(site: Site) -> Mapping[str, int]:
    works = [work for years in by_organ(site).values() for found in years.values() for work in found]
    languages = Counter(language for work in works for language in work.languages)
    return {
        "works": len(works),
        "texts": sum(languages.values()),
        "with_words": sum(not work.facts_only for work in works),
        "citations": site.catalogue.citation_count(),
        "documents": len(site.catalogue.symbols()),
    }


def _natural(text: str) -> tuple[str, ...]:
    """Numbers count: 76/9 before 76/10."""
    return tuple(
        step.zfill(5) if step.isdigit() else step for step in text.replace("(", "/").replace(".", "/").split("/")
    )
