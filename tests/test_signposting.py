"""Typed links, judged by the package `signposting` as any client would read them: headers, the page, the Link Set."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, cast

import pytest
from signposting import (
    find_signposting_html,
    find_signposting_http,
    find_signposting_http_link,
    find_signposting_linkset,
)

from kg.pages import addresses, signposting
from kg.pages.addresses import Address
from kg.pages.signposting import TypedLink
from kg.pages.site import Site
from kg.publish.redirects import FOLDERS
from kg.uris import Names

_NAMES = {
    "doc/A/RES/76/213": "https://w3id.org/unkg/doc/A/RES/76/213",
    "doc/S/RES/1325(2000)": "https://w3id.org/unkg/doc/S/RES/1325(2000)",
    "doc/A/76/534/Add.1": "https://w3id.org/unkg/doc/A/76/534/Add.1",
    "body/cstd": "https://w3id.org/unkg/body/cstd",
    "act/recall": "https://w3id.org/unkg/act/recall",
    "sdg/17.6": "http://metadata.un.org/sdg/17.6",
    "ontology/Resolution": "https://w3id.org/unkg/ontology#Resolution",
}


def site_at(address: str) -> Site:
    """All that typed links are made from, without a store."""
    held = SimpleNamespace(held=True)
    found = {"A/RES/76/213": held}
    absolute = f"{address}{{}}".format
    return cast(Site, SimpleNamespace(names=Names(), address=address, absolute=absolute, find_work=found.get))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server that tells the links of any page only in its headers (/header/), in the page, or as a Link Set."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _, way, path = self.path.split("/", 2)
            here = addresses.parse(path) or Address("index")
            site = site_at(f"http://{self.headers['Host']}/{way}/")
            links = signposting.typed_links(site, here.stem, here.language)
            self.send_response(200)
            if way == "header":
                self.send_header("Link", signposting.header(links))
            if way == "linkset":
                self.send_header("Content-Type", "application/linkset+json")
                body = signposting.linkset(site, here.stem)
            else:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                body = _page(links if way == "html" else ()).encode()
            self.end_headers()
            self.wfile.write(body if self.command == "GET" else b"")

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def _page(links: tuple[TypedLink, ...]) -> str:
    written = "".join(f'<link rel="{each.rel}" href="{each.href}" type="{each.type}">' for each in links)
    return f"<html><head>{written}</head><body></body></html>".replace(' type=""', "")


_READERS = {"header": find_signposting_http, "html": find_signposting_html, "linkset": find_signposting_linkset}


def found_by(way: str, address: str, stem: str, language: str) -> Any:
    path = Address(stem, next(each for each in addresses.LANGUAGES if each == language)).path
    return _READERS[way](f"{address}{way}/{path}")


@pytest.mark.parametrize("way", list(_READERS))
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("stem", "name"), list(_NAMES.items()))
def test_a_client_finds_name_data_kind_and_licence(way: str, language: str, stem: str, name: str, address: str) -> None:
    found = found_by(way, address, stem, language)
    assert found.citeAs.target == name
    assert {(each.target, each.type) for each in found.describedBy} == {
        (f"{address}{way}/{stem}.{form}", addresses.MEDIA_TYPES[form]) for form in addresses.DATA
    }
    assert found.license.target == signposting.LICENSE
    assert found.collection.target == f"{address}{way}/index.html"
    assert signposting.ABOUT in {each.target for each in found.types}
    assert len(found.types) == 2


def test_a_resolution_names_its_organ_and_the_page_in_each_language(address: str) -> None:
    found = found_by("header", address, "doc/A/RES/76/213", "fr")
    assert {each.target for each in found.authors} == {"https://w3id.org/unkg/body/general-assembly"}
    assert {each.target for each in found.items} == {
        f"{address}header/doc/A/RES/76/213{mark}.html" for mark in ("@ar", "", "@es", "@fr", "@ru", "@zh")
    }
    assert "https://schema.org/Legislation" in {each.target for each in found.types}
    report = found_by("header", address, "doc/A/76/534/Add.1", "fr")
    assert "https://schema.org/CreativeWork" in {each.target for each in report.types}


def test_the_first_page_stands_for_the_dataset(address: str) -> None:
    found = found_by("html", address, "index", "en")
    assert found.citeAs.target == "https://w3id.org/unkg/dataset"
    assert "https://schema.org/Dataset" in {each.target for each in found.types}
    assert f"{address}html/dataset.jsonld" in {each.target for each in found.describedBy}


def test_a_link_that_is_damaged_is_found_out(address: str) -> None:
    links = [link.header() for link in signposting.typed_links(site_at(address), "body/cstd", "en")]
    assert find_signposting_http_link(links, address).citeAs is not None
    damaged = [link.replace('rel="cite-as"', 'rel="cites-as"') for link in links]
    assert find_signposting_http_link(damaged, address).citeAs is None


def test_a_linkset_has_a_context_for_each_page_and_only_whole_addresses() -> None:
    stem, lies = "doc/A/RES/76/213", "https://example.org/un/"
    contexts = json.loads(signposting.linkset(site_at(lies), stem))["linkset"]
    assert [context.pop("anchor") for context in contexts] == [
        f"{lies}{Address(stem, language).path}" for language in addresses.LANGUAGES
    ]
    for context in contexts:
        assert all(target["href"].startswith("http") for targets in context.values() for target in targets)


def test_a_document_that_is_held_leads_to_its_linkset(address: str) -> None:
    found = found_by("header", address, "doc/A/RES/76/213", "fr")
    assert {(each.target, each.type) for each in found.linksets} == {
        (f"{address}header/doc/A/RES/76/213.linkset", signposting.LINKSET_TYPE)
    }
    assert not list(found_by("header", address, "doc/A/76/534/Add.1", "fr").linksets)


def test_what_a_thing_is_follows_from_its_folder() -> None:
    assert set(FOLDERS) - {"doc"} <= set(signposting.TYPES)
