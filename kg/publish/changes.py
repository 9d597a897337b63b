"""The change feed: a Linked Data Event Stream of plain Turtle files that only ever grows.

Whoever reads its pages in order and takes each event as it comes, holds in the end the graphs that are published, with
their digests. What was withdrawn is an event too, and says so on the name of the document.
"""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox

from kg.pages.site import Site
from kg.publish.folder import Folder
from kg.publish.statements import Statements, literal
from kg.publish.versions import NO_DOCUMENT, Change, Release, State, Withdrawn
from kg.uris import Names, term

STREAM = "changes/feed.ttl"
#: Events on one page.
AT_ONCE = 1000
_EVENTS = {"added": "as:Create", "changed": "as:Update", "withdrawn": "as:Delete"}


def change_feed(site: Site, folder: Folder, state: State) -> list[str]:
    """Writes the stream and its pages; the paths of the pages, the earliest first."""
    events = [(release, change) for release in state.releases for change in release.changes]
    pages = [events[start : start + AT_ONCE] for start in range(0, len(events), AT_ONCE)]
    paths = [f"changes/{number}.ttl" for number in range(1, len(pages) + 1)]
    for path, page in zip(paths, pages, strict=True):
        folder.write(path, _page(site, path, page).turtle())
    # Every page but the last is full, and will not change any more.
    times = [(page[0][0].issued, page[-1][0].issued) for page in pages]
    folder.write(STREAM, _stream(site, list(zip(paths, times, strict=True))).turtle())
    return [STREAM, *paths]


def home(site: Site) -> str:
    """The address that the files of the dataset have; below the base of the names where it is not known."""
    return site.address or site.names.base


def stream_name(site: Site) -> str:
    return f"{site.names.base}changes"


def thing(names: Names, symbol: str) -> str:
    """The name of what changed: a document, or a graph that is of none."""
    return names.base + symbol if symbol.startswith(NO_DOCUMENT) else names.document(symbol)


def tombstone(site: Site, gone: Withdrawn) -> Statements:
    """What is said of a document that was withdrawn, to stand at its name in place of what was there."""
    said = Statements()
    name = site.names.document(gone.symbol)
    said.say(name, "owl:deprecated", literal("true", "boolean"))
    said.say(name, term("symbol"), ox.Literal(gone.symbol))
    said.say(name, "prov:invalidatedAtTime", literal(gone.issued, "dateTime"))
    said.say(name, "dct:isReplacedBy", site.names.document(gone.replaced_by) if gone.replaced_by else None)
    return said


def _stream(site: Site, pages: list[tuple[str, tuple[str, str]]]) -> Statements:
    said = Statements()
    _root(said, site)
    for number, (path, (first, last)) in enumerate(pages, start=1):
        for relation, kind, time in (
            (f"from-{number}", "tree:GreaterThanOrEqualToRelation", first),
            (f"until-{number}", "tree:LessThanOrEqualToRelation", last),
        ):
            name = f"{home(site)}{STREAM}#{relation}"
            said.say(home(site) + STREAM, "tree:relation", name)
            said.say(name, "rdf:type", kind)
            said.say(name, "tree:node", home(site) + path)
            said.say(name, "tree:path", "as:published")
            said.say(name, "tree:value", literal(time, "dateTime"))
    return said


def _root(said: Statements, site: Site) -> None:
    stream = stream_name(site)
    said.say(stream, "rdf:type", "ldes:EventStream")
    said.say(stream, "ldes:timestampPath", "as:published")
    said.say(stream, "ldes:versionOfPath", "as:object")
    said.say(stream, "tree:view", home(site) + STREAM)
    said.say(home(site) + STREAM, "rdf:type", "tree:Node")


def _page(site: Site, path: str, events: list[tuple[Release, Change]]) -> Statements:
    said = Statements()
    said.say(stream_name(site), "rdf:type", "ldes:EventStream")
    said.say(home(site) + path, "rdf:type", "tree:Node")
    for release, change in events:
        name = _event(site.names, release, change)
        said.say(stream_name(site), "tree:member", name)
        said.say(name, "rdf:type", _EVENTS[change.kind])
        said.say(name, "as:object", thing(site.names, change.symbol))
        said.say(name, "as:published", literal(release.issued, "dateTime"))
        said.say(name, "dct:isPartOf", version_name(site.names, release.version))
        said.say(name, term("graphDigest"), ox.Literal(change.digest))
    return said


def version_name(names: Names, version: str) -> str:
    """The name of a release."""
    return f"{names.base}dataset/{quote(version)}"


def release_stem(release: Release) -> str:
    """Where the page and the data of a release lie, without ending."""
    return f"dataset/{release.version}"


def _event(names: Names, release: Release, change: Change) -> str:
    return f"{version_name(names, release.version)}/{quote(change.symbol, safe='/().,-@')}"


def counts(release: Release) -> dict[str, int]:
    """How many documents were added, changed and withdrawn."""
    found = {"added": 0, "changed": 0, "withdrawn": 0}
    for change in release.changes:
        found[change.kind] += not change.symbol.startswith(NO_DOCUMENT)
    return found
