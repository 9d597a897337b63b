"""Releases, feeds and tombstones: what changed is told, and whoever follows the feed holds what is published."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree

from kg.errors import OutputError
from kg.pages.addresses import LANGUAGES
from kg.publish import changes
from kg.publish.changes import counts, tombstone
from kg.publish.folder import Folder
from kg.publish.packing import Graph
from kg.publish.versions import STATE, Release, State, released, state, withdrawn
from tests.buildkit import marked_up
from tests.datasetkit import ADDRESS, Published, publish, texts

pytest_plugins = ["tests.datasetkit"]

AS = "https://www.w3.org/ns/activitystreams#"
TREE = "https://w3id.org/tree#"
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


@pytest.fixture(scope="module")
def twice(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Published]:
    """A publication, and the next one: one document changed, one is gone, one is new, one has another symbol now."""
    folder = tmp_path_factory.mktemp("twice")
    before = texts(seed) | {"four.en.xml": marked_up("92/4"), "five.en.xml": marked_up("92/5")}
    first = publish(folder, before, issued="2030-01-31")
    after = {name: text for name, text in before.items() if name != "two.en.xml"}
    after["three.fr.xml"] = marked_up("91/3", "fr", cites="90/2")
    after["six.en.xml"] = marked_up("93/6")
    after["five.en.xml"] = marked_up("92/55")
    return first, publish(folder, after, issued="2030-02-28")


def graph(symbol: str, digest: str, adopted: str | None = None, *sources: str) -> Graph:
    return Graph(symbol, digest, 1, adopted, sources)


def value(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def replayed(folder: Path) -> dict[str, str]:
    """What one holds who follows the stream from its root: the digests by name of what is published."""
    held: dict[str, str] = {}
    page = ox.Store()
    page.load((folder / changes.STREAM).read_bytes(), ox.RdfFormat.TURTLE)
    nodes = {value(quad.object) for quad in page.quads_for_pattern(None, ox.NamedNode(f"{TREE}node"), None)}
    paths = sorted((node.removeprefix(ADDRESS) for node in nodes), key=lambda path: int(Path(path).stem))
    for path in paths:
        said = list(ox.parse((folder / path).read_bytes(), ox.RdfFormat.TURTLE))
        members = [quad.object for quad in said if quad.predicate.value == f"{TREE}member"]
        for member in members:
            about = {quad.predicate.value: value(quad.object) for quad in said if quad.subject == member}
            kind = about["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"].removeprefix(AS)
            name = about[f"{AS}object"]
            assert (kind == "Create") == (name not in held), f"{kind} of {name}"
            if kind == "Delete":
                held.pop(name)
            else:
                held[name] = about["https://w3id.org/unkg/ontology#graphDigest"]
    return held


def digests(offered: Published) -> dict[str, str]:
    """The digests of the graphs that the store holds, as a push would reckon them."""
    names = offered.site.names
    return {changes.thing(names, each.symbol): each.digest for each in offered.made.state.graphs.values()}


def test_following_the_feed_gives_what_is_published(twice: tuple[Published, Published]) -> None:
    _, second = twice
    assert replayed(second.folder) == digests(second)
    names = second.site.names
    held = {names.graph(each) for each in second.made.state.graphs if not each.startswith("graph/")}
    assert held | {names.vocabulary} == set(second.site.graph.graphs())


def test_a_feed_that_lacks_an_event_does_not(twice: tuple[Published, Published], tmp_path: Path) -> None:
    _, second = twice
    page = second.folder / "changes/1.ttl"
    events = [line for line in page.read_text().splitlines() if "tree:member" in line]
    damaged = page.read_text().replace(events[-1], "")
    (tmp_path / "changes").mkdir()
    (tmp_path / changes.STREAM).write_bytes((second.folder / changes.STREAM).read_bytes())
    (tmp_path / "changes/1.ttl").write_text(damaged)
    assert replayed(tmp_path) != digests(second)


def test_long_feeds_have_pages_and_full_ones_do_not_change(
    twice: tuple[Published, Published], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = twice
    monkeypatch.setattr(changes, "AT_ONCE", 3)
    now = second.made.state
    first = State(now.graphs, now.releases[:1])
    changes.change_feed(second.site, Folder(tmp_path), first)
    before = {path.name: path.read_bytes() for path in (tmp_path / "changes").glob("?.ttl")}
    changes.change_feed(second.site, Folder(tmp_path), now)
    after = {path.name: path.read_bytes() for path in (tmp_path / "changes").glob("?.ttl")}
    assert len(after) > len(before) > 1
    full = sorted(before)[:-1]
    assert [before[name] for name in full] == [after[name] for name in full]
    assert replayed(tmp_path) == digests(second)


def test_a_release_tells_what_changed(twice: tuple[Published, Published]) -> None:
    first, second = twice
    releases = second.made.state.releases
    assert releases[0] == first.made.state.latest
    assert counts(releases[0]) == {"added": 6, "changed": 0, "withdrawn": 0}
    told = {change.symbol: change.kind for change in releases[1].changes}
    assert told == {
        "A/RES/90/2": "withdrawn",
        "A/RES/91/3": "changed",
        "A/RES/92/5": "withdrawn",
        "A/RES/92/55": "added",
        "A/RES/93/6": "added",
    }
    assert [release.issued for release in releases] == ["2030-01-31T00:00:00Z", "2030-02-28T00:00:00Z"]


def test_what_is_withdrawn_stays_known(twice: tuple[Published, Published]) -> None:
    _, second = twice
    gone = withdrawn(Folder(second.folder))
    assert [each.symbol for each in gone] == ["A/RES/90/2", "A/RES/92/5"]
    about = tombstone(second.site, gone[0]).triples
    said = {each.predicate.value.rpartition("#")[2]: value(each.object) for each in about}
    assert said["deprecated"] == "true"
    assert said["invalidatedAtTime"] == "2030-02-28T00:00:00Z"
    assert said["symbol"] == "A/RES/90/2"


def test_a_tombstone_stands_at_the_name_of_what_nothing_cites_any_more(twice: tuple[Published, Published]) -> None:
    _, second = twice
    # Another document cites this one still.
    assert not (second.folder / "doc/A/RES/90/2.html").exists()
    for path in ("doc/A/RES/92/5.html", "doc/A/RES/92/5@ar.html", "doc/A/RES/92/5@fr.html"):
        assert "A/RES/92/5" in second.read(path).decode()
    assert "retiré de ces données" in second.read("doc/A/RES/92/5@fr.html").decode()
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.N_TRIPLES):
        data = second.read(f"doc/A/RES/92/5.{form.file_extension}")
        assert {quad.triple for quad in ox.parse(data, form)} == set(
            tombstone(second.site, second.made.state.withdrawn["A/RES/92/5"]).triples
        )


def test_the_document_that_was_read_from_the_same_file_takes_the_place() -> None:
    before = released(State(), [graph("A/RES/92/5", "sha256:1", "2037-12-01", "f1", "f2")])
    after = released(before, [graph("A/RES/92/55", "sha256:2", "2037-12-01", "f2")])
    assert after.withdrawn["A/RES/92/5"].replaced_by == "A/RES/92/55"
    alias = released(before, [graph("A/RES/92/6", "sha256:2")], aliases={"A/RES/92/5": "A/RES/92/6"})
    assert alias.withdrawn["A/RES/92/5"].replaced_by == "A/RES/92/6"
    unknown = released(before, [graph("A/RES/92/7", "sha256:2", None, "f9")])
    assert unknown.withdrawn["A/RES/92/5"].replaced_by is None


def test_what_comes_back_is_no_longer_withdrawn() -> None:
    one, two = graph("A/RES/1/1", "sha256:1", "2037-12-01"), graph("A/RES/1/2", "sha256:2", "2037-12-02")
    first = released(State(), [one, two])
    second = released(first, [one])
    third = released(second, [one, two])
    assert (list(second.withdrawn), list(third.withdrawn)) == (["A/RES/1/2"], [])
    versions = [release.version for release in third.releases]
    assert len(set(versions)) == 3
    assert versions[2] == f"{versions[0]}.2"


def test_a_version_follows_from_the_contents() -> None:
    graphs = [graph("A/RES/1/1", "sha256:1", "2037-02-01"), graph("A/RES/1/2", "sha256:2", "2036-12-02")]
    made = released(State(), graphs)
    assert made.latest.version.startswith("2037.2.1-")
    assert made.latest.issued == "2037-02-01T00:00:00Z"
    assert released(State(), reversed(graphs)) == made
    assert released(made, graphs) == made
    other = released(State(), [graphs[0], graph("A/RES/1/2", "sha256:3", "2036-12-02")])
    assert other.latest.version != made.latest.version


def test_a_release_is_younger_than_the_one_before() -> None:
    first = released(State(), [graph("A/RES/1/1", "sha256:1", "2037-02-01")])
    second = released(first, [graph("A/RES/1/1", "sha256:2", "2037-02-01")])
    assert second.latest.issued == "2037-02-01T00:00:01Z"


def test_a_name_that_was_given_away_is_refused() -> None:
    first = released(State(), [graph("A/RES/1/1", "sha256:1")], name="2037.1")
    assert released(first, [graph("A/RES/1/1", "sha256:1")], name="2037.1") == first
    with pytest.raises(OutputError, match="earlier release with other contents"):
        released(first, [graph("A/RES/1/1", "sha256:2")], name="2037.1")
    with pytest.raises(OutputError, match="is no name for a release"):
        released(first, [graph("A/RES/1/1", "sha256:2")], name="../x")
    with pytest.raises(OutputError, match="is no time"):
        released(first, [graph("A/RES/1/1", "sha256:2")], issued="tomorrow")


def test_another_name_alone_is_a_release_without_changes() -> None:
    first = released(State(), [graph("A/RES/1/1", "sha256:1")], name="2037.1")
    second = released(first, [graph("A/RES/1/1", "sha256:1")], name="2037.2")
    assert second.latest == Release("2037.2", "1945-10-24T00:00:01Z", ())


def test_a_past_that_cannot_be_read_is_refused(twice: tuple[Published, Published], tmp_path: Path) -> None:
    _, second = twice
    assert state(Folder(second.folder)) == second.made.state
    (tmp_path / "changes").mkdir()
    right = second.read(STATE).decode()
    for wrong in (right[:-20], right.replace('"format": 1', '"format": 9'), "[]", json.dumps({"format": 1})):
        (tmp_path / STATE).write_text(wrong)
        with pytest.raises(OutputError, match="does not tell what was published"):
            state(Folder(tmp_path))


def test_the_feed_names_the_newest_first_and_what_is_gone(twice: tuple[Published, Published]) -> None:
    _, second = twice
    feed = etree.fromstring(second.read("feed.atom"))
    assert feed.findtext("a:updated", namespaces=ATOM) == "2030-02-28T00:00:00Z"
    entries = feed.findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", "", ATOM) for entry in entries]
    assert titles[:2] == [f"Release {release.version}" for release in reversed(second.made.state.releases)]
    days = [entry.findtext("a:published", "", ATOM) for entry in entries[2:]]
    assert days == sorted(days, reverse=True)
    by_name = {entry.findtext("a:id", "", ATOM): entry.findtext("a:updated", "", ATOM) for entry in entries}
    names = second.site.names
    assert by_name[names.document("A/RES/91/3")] == "2030-02-28T00:00:00Z"
    assert by_name[names.document("A/RES/76/213")] == "2030-01-31T00:00:00Z"
    gone = {each.get("ref"): each.get("when") for each in feed.findall("at:deleted-entry", ATOM)}
    assert gone == {names.document(symbol): "2030-02-28T00:00:00Z" for symbol in ("A/RES/90/2", "A/RES/92/5")}
    assert not gone.keys() & by_name.keys()


def test_there_is_a_feed_in_each_language_with_all_that_atom_demands(offered: Published) -> None:
    for code in LANGUAGES:
        path = "feed.atom" if code == "en" else f"feed@{code}.atom"
        feed = etree.fromstring(offered.read(path))
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == code
        for element in ("id", "title", "updated", "author"):
            assert len(feed.findall(f"a:{element}", ATOM)) == 1, (path, element)
        for entry in feed.findall("a:entry", ATOM):
            assert [len(entry.findall(f"a:{each}", ATOM)) for each in ("id", "title", "updated")] == [1, 1, 1]
        links = [link.get("href") for link in feed.findall("a:entry/a:link", ATOM)]
        assert f"doc/A/RES/90/1{'' if code == 'en' else f'@{code}'}.html" in links
    identifiers = {etree.fromstring(offered.read(path.name)).findtext("a:id", "", ATOM) for path in feeds(offered)}
    assert len(identifiers) == 6


def feeds(offered: Published) -> list[Path]:
    return sorted(offered.folder.glob("feed*.atom"))
