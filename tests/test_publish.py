"""A published site: whole, the same for the same store, and changed only where the store has changed."""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg.build import remove
from kg.errors import OutputError, StoreMissing
from kg.pages.addresses import LANGUAGES
from kg.publish import publish
from tests.sitekit import ADDRESS, EARLIER, LATER
from tests.storekit import unkg

pytest_plugins = ["tests.sitekit"]

_LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def broken(folder: Path) -> Iterator[tuple[str, str]]:
    """Pages, with the links on them that lead to no file of the site."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for page in sorted(files):
        if not page.endswith(".html") or page == "404.html":
            continue
        for link in set(_LINK.findall((folder / page).read_text(encoding="utf-8"))):
            target = html.unescape(link).partition("#")[0].partition("?")[0]
            # A folder answers no queries, and the page that would ask says so.
            if target and target != "sparql" and not re.match(r"[a-z]+:", target):
                there = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(target)))
                if there not in files and not (folder / there).is_dir():
                    yield page, link


def test_every_link_of_every_page_leads_to_a_file(published: Path) -> None:
    assert list(broken(published)) == []


def test_a_link_that_leads_nowhere_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">b</a>')
    assert list(broken(tmp_path)) == [("a.html", "b.html")]


def test_each_thing_lies_beside_its_data(published: Path) -> None:
    for stem in (
        f"doc/{LATER}",
        "doc/A/RES/86/7",
        "body/cstd",
        "sdg/17.6",
        "act/recall",
        "ontology/Resolution",
        "ontology",
    ):
        graphs = []
        for form, format_ in (
            ("ttl", ox.RdfFormat.TURTLE),
            ("jsonld", ox.RdfFormat.JSON_LD),
            ("nt", ox.RdfFormat.N_TRIPLES),
        ):
            graphs.append({quad.triple for quad in ox.parse((published / f"{stem}.{form}").read_bytes(), format_)})
        assert graphs[0]
        assert graphs[0] == graphs[1] == graphs[2], stem
        assert (published / f"{stem}.html").is_file()
        assert all((published / f"{stem}@{code}.html").is_file() for code in LANGUAGES if code != "en")


def test_the_same_store_gives_the_same_bytes(published: Path, site_store: Path, tmp_path: Path) -> None:
    publish(site_store, tmp_path, address=ADDRESS, jobs=1)
    assert contents(tmp_path) == contents(published)


def test_a_second_time_nothing_is_written(published: Path, site_store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*")}
    done = publish(site_store, published, address=ADDRESS)
    assert (done.changed, done.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in published.rglob("*")} == before


def test_what_was_lost_or_damaged_is_made_again(published: Path, site_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(published, folder)
    (folder / "index.html").unlink()
    done = publish(site_store, folder, address=ADDRESS)
    assert done.changed == 1
    assert contents(folder) == contents(published)


def test_what_is_taken_out_leaves_a_page_that_says_so_and_nothing_else(
    published: Path, site_store: Path, tmp_path: Path
) -> None:
    folder, store = tmp_path / "site", tmp_path / "store"
    shutil.copytree(published, folder)
    shutil.copytree(site_store, store)
    (folder / "CNAME").write_text("example.org")
    remove([LATER], store)
    done = publish(store, folder, address=ADDRESS)
    assert done.removed
    for language in LANGUAGES:
        mark = "" if language == "en" else f"@{language}"
        page = (folder / f"doc/{LATER}{mark}.html").read_text(encoding="utf-8")
        assert f'lang="{language}"' in page
        assert "Requests the Commission" not in page
    data = {
        str(quad.predicate.value) for quad in ox.parse((folder / f"doc/{LATER}.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    }
    assert "http://www.w3.org/2002/07/owl#deprecated" in data
    assert not (folder / f"doc/{LATER}/changes.html").exists()
    assert (folder / "CNAME").read_text() == "example.org"
    assert list(broken(folder)) == []
    assert (folder / f"doc/{EARLIER}.html").is_file()


def test_other_spellings_lead_to_the_one_name(published: Path) -> None:
    for path in (
        "92/12.html",
        f"{LATER}.html",
        f"doc/{LATER}@en.html",
        "akn/un/statement/deliberation/unga/2035-12-17/92-12/index.html",
    ):
        stub = (published / path).read_text(encoding="utf-8")
        link = re.search(r'<a href="([^"]+)"', stub)
        assert link is not None
        assert posixpath.normpath(posixpath.join(posixpath.dirname(path), link[1])) == f"doc/{LATER}.html"


def test_a_page_of_a_document_weighs_little(published: Path) -> None:
    pages = [path for path in (published / "doc").rglob("*.html") if ".lineage" not in path.name]
    weights = sorted(path.stat().st_size for path in pages)
    assert weights[len(weights) // 2] <= 100_000


def test_a_store_that_is_none_and_a_folder_that_is_none_are_told_of(site_store: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        publish(tmp_path / "nothing", tmp_path / "site")
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        publish(site_store, file)


def test_the_command_says_what_it_did_and_refuses_an_address_that_is_none(site_store: Path, tmp_path: Path) -> None:
    done = unkg("publish", tmp_path / "site", "--store", site_store, "--jobs", "1")
    assert done.returncode == 0
    assert re.match(r"Published [\d,]+ files in .+: [\d,]+ written, 0 removed", done.stdout)
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    refused = unkg("publish", tmp_path / "site", "--store", site_store, "--address", "example.org")
    assert refused.returncode == 2
    assert "such as https://example.org/un/" in refused.stderr
