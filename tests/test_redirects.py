"""Real servers lead names to files: Apache by .htaccess and by its configuration, nginx, and the Apache of w3id.org.

Each is started here, where Debian's packages apache2 and nginx are installed.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kg.errors import UnkgError
from kg.pages import signposting
from kg.publish import aliases
from kg.publish.redirects import greater, redirect_files
from tests import webkit
from tests.webkit import Server

TOP = "/un/"
ADDRESS = f"https://example.org{TOP}"
_THINGS = (
    "doc/A/RES/76/213", "doc/A/RES/217(III)A", "doc/S/RES/1325(2000)", "doc/A/76/534", "doc/A/76/534/Add.1",
    "body/cstd", "act/recall", "sdg/17.6", "ontology", "ontology/Resolution", "dataset",
)  # fmt: skip
_KINDS = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

#: What a client accepts, and the kind of file that it is led to; "" where nothing fits.
_ACCEPTS = (
    ("", "html"),
    ("*/*", "html"),
    (_BROWSER, "html"),
    ("text/turtle", "ttl"),
    ("TEXT/Turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    ("application/json", "jsonld"),
    ("application/n-triples", "nt"),
    ("text/plain", "nt"),
    ("text/html;q=0.8, text/turtle;q=0.85", "ttl"),
    ("text/html; q=0.85 , text/turtle ; q=0.8", "html"),
    ("text/turtle;q=0.5, application/n-triples;q=0.50", "ttl"),
    ("text/turtle;q=0.05, application/n-triples;q=0.1, */*;q=0", "nt"),
    ("text/*;q=0.3, text/html;q=0.1, application/n-triples;q=0.2", "ttl"),
    ("text/html;q=0, */*", "ttl"),
    ("text/html;q=0, text/turtle;q=0, application/*", "jsonld"),
    ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "ttl"),
    ("application/rdf+xml, application/ld+json, application/json;q=0.9, */*;q=0.1", "jsonld"),
    ("text/turtle, application/x-turtle, */*;q=0.1", "ttl"),
    ("application/xhtml+xml, text/turtle;q=0.9", "html"),
    ("image/png", ""),
    ("application/rdf+xml", ""),
    ("*/*;q=0", ""),
    ("text/turtle;q=0.000", ""),
)  # fmt: skip

#: Names in many forms, and the path of the files without ending: of the page, of the data.
_NAMES = (
    ("doc/A/RES/76/213", "doc/A/RES/76/213", "doc/A/RES/76/213"),
    ("doc/A/RES/76/213/", "doc/A/RES/76/213", "doc/A/RES/76/213"),
    ("doc/A/RES/76/213@fr", "doc/A/RES/76/213@fr", "doc/A/RES/76/213"),
    ("doc/A/RES/76/213@ar", "doc/A/RES/76/213@ar", "doc/A/RES/76/213"),
    ("doc/A/RES/76/213@en", "doc/A/RES/76/213", "doc/A/RES/76/213"),
    ("doc/S/RES/1325(2000)", "doc/S/RES/1325(2000)", "doc/S/RES/1325(2000)"),
    ("doc/S/RES/1325%282000%29", "doc/S/RES/1325(2000)", "doc/S/RES/1325(2000)"),
    ("doc/A/76/534", "doc/A/76/534", "doc/A/76/534"),
    ("doc/A/76/534/Add.1", "doc/A/76/534/Add.1", "doc/A/76/534/Add.1"),
    ("body/cstd", "body/cstd", "body/cstd"),
    ("act/recall@zh", "act/recall@zh", "act/recall"),
    ("sdg/17.6", "sdg/17.6", "sdg/17.6"),
    ("ontology", "ontology", "ontology"),
    ("ontology/Resolution", "ontology/Resolution", "ontology/Resolution"),
    ("dataset", "dataset", "dataset"),
)

#: Files and what is none: the path, the status, the media type, a header and words that it holds.
_FILES = (
    ("", 200, "text/html; charset=utf-8", "content-language", "en"),
    ("doc/A/RES/76/213.html", 200, "text/html; charset=utf-8", "content-language", "en"),
    ("doc/A/RES/76/213@ar.html", 200, "text/html; charset=utf-8", "content-language", "ar"),
    ("doc/A/RES/76/213.ttl", 200, "text/turtle; charset=utf-8", "link", '</un/doc/A/RES/76/213.html>; rel="describes"'),
    ("doc/A/RES/76/213.jsonld", 200, "application/ld+json", "cache-control", "public, max-age=3600"),
    ("doc/A/RES/76/213.nt", 200, "application/n-triples", "access-control-allow-origin", "*"),
    ("doc/A/RES/76/213/2.html", 200, "text/html; charset=utf-8", "content-language", "en"),
    ("downloads/unkg.nq.gz", 200, "application/gzip", "content-length", "1"),
    ("downloads/unkg.trig", 200, "application/trig; charset=utf-8", "access-control-allow-origin", "*"),
    ("downloads/unkg.nq", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
    (".well-known/void", 200, "text/turtle; charset=utf-8", "access-control-allow-origin", "*"),
    ("LICENSE", 200, "text/plain; charset=utf-8", "access-control-allow-origin", "*"),
    ("doc/A/RES/76", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
    ("doc/A/RES/76/", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
    ("doc/A/RES/76/213/9", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
    ("body/cstd/nothing/here", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
    ("nothing.html", 404, "text/html; charset=utf-8", "access-control-allow-origin", "*"),
)  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that a server may read whoever it runs as, with a small site in `site`."""
    work = Path(tempfile.mkdtemp(prefix="unkg-web-"))
    for thing in _THINGS:
        for mark in ("", "@ar", "@es", "@fr", "@ru", "@zh"):
            _put(work / "site" / f"{thing}{mark}.html", f"page {thing}{mark}")
        for kind in ("ttl", "jsonld", "nt"):
            _put(work / "site" / f"{thing}.{kind}", f"{kind} {thing}")
    # What leads on from other spellings, for hosts that know no redirects.
    stubs = ("70/1.html", "A/RES/70/1.html", "akn/un/statement/deliberation/unga/2015-09-25/70-1.html")
    # A release is described in English alone.
    _put(work / "site" / "dataset/1.ttl", "release")
    for path in (
        *stubs,
        "dataset/1.html",
        "index.html",
        "about.html",
        "doc/A/RES/76/213/2.html",
        ".well-known/void",
        "LICENSE",
    ):
        _put(work / "site" / path, path)
    _put(work / "site" / "downloads/unkg.nq.gz", "x")
    _put(work / "site" / "downloads/unkg.trig", "x")
    (work / "site" / "doc/A/76/534.ttl.gz").write_bytes(gzip.compress(b"packed"))
    (work / "site" / "doc/A/76/534.html.gz").write_bytes(gzip.compress(b"packed"))
    for path, text in redirect_files(address=ADDRESS).items():
        _put(work / "site" / path, text)
    _readable(work)
    yield work
    shutil.rmtree(work)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _readable(work: Path) -> None:
    for path in (work, *work.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _needs(program: str) -> None:
    if webkit.find(program) is None:
        pytest.skip(f"{program} is not installed")


def _htaccess(place: Path) -> AbstractContextManager[Server]:
    _needs("apache2")
    return webkit.apache(place / "site", TOP, place)


def _apache_conf(place: Path) -> AbstractContextManager[Server]:
    _needs("apache2")
    return webkit.apache(place / "site", TOP, place, conf=place / "site" / "redirects" / "apache.conf")


def _nginx(place: Path) -> AbstractContextManager[Server]:
    _needs("nginx")
    return webkit.nginx(place / "site", TOP, place)


@pytest.fixture(scope="module", params=[_htaccess, _apache_conf, _nginx], ids=["htaccess", "apache.conf", "nginx"])
def server(request: pytest.FixtureRequest, place: Path) -> Iterator[Server]:
    with request.param(place) as running:
        yield running


def path_led_to(server: Server, path: str, accept: str = "") -> str:
    """The path below the site's top that an answer 303 leads to."""
    answer = server.get(path, **({"Accept": accept} if accept else {}))
    if answer.status != 303:
        return f"{answer.status}"
    return re.sub(r"^(http://127\.0\.0\.1:\d+)?" + TOP, "", answer["location"])


def wrong_answers(server: Server) -> list[str]:
    """Every answer of a server that is not as the tables above have it."""
    found = []
    for accept, kind in _ACCEPTS:
        for name, page, data in _NAMES:
            expected = f"{page}.html" if kind == "html" else f"{data}.{kind}" if kind else "406"
            given = path_led_to(server, name, accept)
            found += [f"{name} for {accept}: {given} instead of {expected}"] * (given != expected)
    for path, status, media, header, words in _FILES:
        answer = server.get(path)
        if (answer.status, answer["content-type"]) != (status, media) or words not in answer[header]:
            found.append(f"{path}: {answer.status} {answer['content-type']} {header}: {answer[header]}")
    for name, kind in (("doc/A/RES/76/213", "text/turtle"), ("doc/A/RES/76/213", "image/png")):
        answer = server.get(name, Accept=kind)
        if "accept" not in answer["vary"].lower() or answer["access-control-allow-origin"] != "*":
            found.append(f"{name} for {kind}: Vary {answer['vary']}, CORS {answer['access-control-allow-origin']}")
    return found


def test_names_and_files_are_answered_as_they_should_be(server: Server) -> None:
    assert wrong_answers(server) == []


def test_any_accept_is_weighed_as_the_standard_has_it(server: Server) -> None:
    chance = random.Random(9110)
    ranges = ["*/*", "text/*", "application/*", "image/png", *_KINDS.values()]
    for _ in range(150):
        drawn = chance.sample(ranges, chance.randint(1, 5))
        weights = {
            each: chance.choice(["", "0", "0.1", "0.25", "0.250", "0.3", "0.999", "1", "1.000"]) for each in drawn
        }
        accept = ", ".join(f"{each};q={weight}" if weight else each for each, weight in weights.items())
        expected = _best({each: float(weight or 1) for each, weight in weights.items()})
        assert path_led_to(server, "body/cstd", accept) == (f"body/cstd.{expected}" if expected else "406"), accept


def _best(weights: dict[str, float]) -> str:
    """RFC 9110, 12.5.1, of the four kinds; the first of equals."""
    quality = {}
    for kind, media in _KINDS.items():
        fitting = [each for each in (media, f"{media.partition('/')[0]}/*", "*/*") if each in weights]
        quality[kind] = weights[fitting[0]] if fitting else 0
    best = max(quality, key=lambda kind: quality[kind])
    return best if quality[best] else ""


@pytest.mark.parametrize(("path", "name"), list(aliases.examples()))
def test_other_spellings_lead_to_the_name(server: Server, path: str, name: str) -> None:
    steps = [path]
    while steps[-1] != name and len(steps) < 5:
        steps.append(path_led_to(server, steps[-1]))
    assert steps[-1] == name


@pytest.mark.parametrize(
    ("name", "wanted", "page"),
    [
        ("body/cstd", "fr", "body/cstd@fr.html"),
        ("body/cstd", "fr-CA,fr;q=0.9,en;q=0.8", "body/cstd@fr.html"),
        ("body/cstd", "de-DE, zh-Hans;q=0.9, en;q=0.8", "body/cstd@zh.html"),
        ("body/cstd", "en-GB,en;q=0.9,ru;q=0.5", "body/cstd.html"),
        ("body/cstd", "de", "body/cstd.html"),
        ("body/cstd@es", "fr", "body/cstd@es.html"),
        ("dataset/1", "fr", "dataset/1.html"),
        ("body/cstd@en", "fr", "body/cstd.html"),
    ],
)
def test_a_name_without_language_leads_to_the_first_that_is_wanted(
    server: Server, name: str, wanted: str, page: str
) -> None:
    answer = server.get(name, Accept="text/html", Accept_Language=wanted)
    assert answer["location"].endswith(f"{TOP}{page}")
    assert "accept-language" in answer["vary"].lower()
    data = server.get(name, Accept="text/turtle", Accept_Language=wanted)
    assert data["location"].endswith(f"{TOP}{name.partition('@')[0]}.ttl")


def test_data_of_another_spelling_are_had_by_way_of_the_name(server: Server) -> None:
    assert path_led_to(server, "70/1", "text/turtle") == "doc/A/RES/70/1"
    assert path_led_to(server, "A/RES/70/1", "text/turtle") == "doc/A/RES/70/1"


def test_pages_without_data_offer_the_page_alone(server: Server) -> None:
    assert path_led_to(server, "about", "text/turtle, */*;q=0.1") == "about.html"
    assert path_led_to(server, "about", "text/turtle") == "406"


def test_what_is_packed_beside_itself_is_sent_so_to_those_who_take_it(server: Server) -> None:
    answer = server.get("doc/A/76/534.ttl", Accept_Encoding="gzip, br")
    assert (answer["content-encoding"], answer["content-type"]) == ("gzip", "text/turtle; charset=utf-8")
    assert gzip.decompress(answer.body) == b"packed"
    assert "accept-encoding" in answer["vary"].lower()
    assert 'rel="describes"' in answer["link"]
    page = server.get("doc/A/76/534.html", Accept_Encoding="gzip")
    assert (page["content-encoding"], page["content-type"]) == ("gzip", "text/html; charset=utf-8")
    assert 'rel="cite-as"' in page["link"]
    for refusing in ("gzip;q=0", "br", ""):
        assert server.get("doc/A/76/534.ttl", Accept_Encoding=refusing).body == b"ttl doc/A/76/534"
    assert "content-encoding" not in server.get("downloads/unkg.nq.gz", Accept_Encoding="gzip").headers


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("doc/A/RES/76/213", "https://w3id.org/unkg/doc/A/RES/76/213"),
        ("doc/A/RES/217(III)A", "https://w3id.org/unkg/doc/A/RES/217(III)A"),
        ("body/cstd", "https://w3id.org/unkg/body/cstd"),
        ("sdg/17.6", "http://metadata.un.org/sdg/17.6"),
        ("ontology", "https://w3id.org/unkg/ontology"),
        ("dataset", "https://w3id.org/unkg/dataset"),
        ("ontology/Resolution", "https://w3id.org/unkg/ontology#Resolution"),
    ],
)
def test_links_of_pages_are_typed(server: Server, page: str, name: str) -> None:
    expected = signposting.header(list(signposting.page_links(f"{TOP}{page}", name, home=f"{TOP}index.html")))
    assert server.get(f"{page}.html")["link"] == expected
    assert server.get(f"{page}@ru.html")["link"] == expected


def test_a_list_below_a_thing_is_no_thing(server: Server) -> None:
    assert server.get("doc/A/RES/76/213/2.html")["link"] == ""
    assert path_led_to(server, "doc/A/RES/76/213/2", "text/turtle, text/html;q=0.5") == "doc/A/RES/76/213/2.html"


def test_a_page_that_is_not_there_is_told_in_six_languages(server: Server) -> None:
    answer = server.get("doc/A/RES/99/999")
    assert (answer.status, answer["link"]) == (404, "")
    assert all(f'<section lang="{code}"' in answer.body.decode() for code in ("ar", "en", "es", "fr", "ru", "zh"))


def test_the_top_without_its_slash_is_given_one(server: Server) -> None:
    answer = Server(server.name, server.port, "").get(TOP.rstrip("/"))
    assert answer.status == 301
    assert answer["location"].endswith(TOP)


def test_another_site_may_ask_before_it_asks(server: Server) -> None:
    answer = server.get("doc/A/RES/76/213.ttl", method="OPTIONS", Origin="https://elsewhere.example")
    assert answer.status in (200, 204)
    assert answer["access-control-allow-origin"] == "*"


def test_lines_do_not_break_out_of_an_address(server: Server) -> None:
    for path in ("A/RES/70/1%0d%0aX-Evil:%201", "70/1%0aX-Evil:%201", "undocs.org/A/1%0d%0a%0d%0a<b>"):
        answer = server.get(path)
        assert "x-evil" not in answer.headers
        assert b"<b>" not in answer.body


def test_the_top_of_a_host_is_a_place_too(place: Path) -> None:
    _needs("nginx")
    shutil.copytree(place / "site", place / "top")
    for path, text in redirect_files(address="https://example.org/").items():
        _put(place / "top" / path, text)
    _readable(place / "top")
    with webkit.nginx(place / "top", "/", place) as running:
        assert running.get("body/cstd", Accept="text/turtle")["location"] == "/body/cstd.ttl"
    _needs("apache2")
    with webkit.apache(place / "top", "/", place) as running:
        assert running.get("70/1")["location"].endswith(f":{running.port}/doc/A/RES/70/1")


def test_the_host_that_was_asked_by_https_is_led_to_by_https(place: Path) -> None:
    with _htaccess(place) as running:
        answer = running.get("body/cstd", X_Forwarded_Proto="https")
        assert answer["location"] == f"https://127.0.0.1:{running.port}/un/body/cstd.html"


def test_w3id_leads_straight_to_the_file(place: Path) -> None:
    _needs("apache2")
    _put(place / "w3id" / ".htaccess", redirect_files(address=ADDRESS)["redirects/w3id.htaccess"])
    _readable(place / "w3id")
    with webkit.apache(place / "w3id", "/unkg/", place) as running:
        for accept, kind in _ACCEPTS:
            for name, page, data in _NAMES:
                if name.startswith("sdg/"):
                    continue
                answer = running.get(name, **({"Accept": accept} if accept else {}))
                path = f"{page}.html" if kind == "html" else f"{data}.{kind}"
                expected = (303, f"{ADDRESS}{path}") if kind else (406, "")
                assert (answer.status, answer["location"]) == expected, f"{name} for {accept}"
                assert "accept" in answer["vary"].lower()
        for path in ("70/1", "", "doc/A/RES/76/213.ttl", "void.ttl", "downloads/unkg.nq.gz"):
            answer = running.get(path, Accept="text/turtle")
            assert (answer.status, answer["location"]) == (303, f"{ADDRESS}{path}")


@pytest.mark.parametrize(
    ("what", "with_what"),
    [
        ("RewriteRule ^.+$ - [R=404,L]", ""),
        ("(?:@(?:ar|en|es|fr|ru|zh))?/?$\nRewriteCond %1.html -f", "$\nRewriteCond %1.html -f"),
        ("> %{reqenv:BEST}", "!= %{reqenv:BEST}"),
        (r"\s*;\s*q\s*=\s*0(?:\.(\d*?)0*)?", r"\s*;\s*q\s*=\s*7"),
        ("Header always merge Vary", "Header always merge X-Vary"),
        ('AddType "text/turtle; charset=utf-8" .ttl', ""),
        ("[R=406,L]", "[R=404,L]"),
        ("E=MARK:$3", "E=MARK:"),
    ],
)
def test_an_htaccess_that_is_damaged_is_found_out(place: Path, what: str, with_what: str) -> None:
    _needs("apache2")
    damaged = place / "damaged"
    shutil.copytree(place / "site", damaged, dirs_exist_ok=True)
    text = (damaged / ".htaccess").read_text(encoding="utf-8")
    assert what in text
    (damaged / ".htaccess").write_text(text.replace(what, with_what), encoding="utf-8")
    with webkit.apache(damaged, TOP, place) as running:
        assert wrong_answers(running) != []


@pytest.mark.parametrize(
    ("what", "with_what"),
    [
        (greater(), "~^0"),
        ("add_header Vary $unkg_vary always;", ""),
        ('if (-f $request_filename) { set $unkg_held ""; }', 'set $unkg_held "";'),
        ("text/turtle ttl;", ""),
        ("if ($unkg_folder_only) { return 404; }", ""),
        ('"$unkg_page$unkg_page_mark.html"', '"$unkg_page.html"'),
    ],
)
def test_an_nginx_that_is_damaged_is_found_out(place: Path, what: str, with_what: str) -> None:
    _needs("nginx")
    edited: list[bool] = []

    def edit(text: str) -> str:
        edited.append(what in text)
        return text.replace(what, with_what)

    with webkit.nginx(place / "site", TOP, place, edit=edit) as running:
        assert any(edited)
        assert wrong_answers(running) != []


def test_files_for_other_hosts_are_there() -> None:
    files = redirect_files(address=ADDRESS)
    assert files[".nojekyll"] == ""
    assert f"{TOP}70/*  {TOP}doc/A/RES/70/:splat  302" in files["_redirects"]
    rules = [line for line in files["_redirects"].splitlines() if line and not line.startswith("#")]
    # Cloudflare reads a hundred with a wildcard; a rule that leads a page of the site elsewhere would hide it there.
    assert sum("*" in rule for rule in rules) <= 100
    assert not [rule for rule in rules for thing in _THINGS if rule.startswith(f"{TOP}{thing.split('/')[0]}/")]
    assert f"{TOP}*.ttl\n  Content-Type: text/turtle; charset=utf-8" in files["_headers"]
    assert ADDRESS in files["redirects/README.md"]


def test_no_redirects_lead_from_names_to_themselves() -> None:
    assert "redirects/w3id.htaccess" not in redirect_files(base=ADDRESS, address=ADDRESS)
    assert "redirects/w3id.htaccess" not in redirect_files()


@pytest.mark.parametrize("address", ["example.org/un/", "https://example.org/un"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UnkgError, match="expected something like https:"):
        redirect_files(address=address)


def test_the_same_site_has_the_same_files() -> None:
    assert redirect_files(address=ADDRESS) == redirect_files(address=ADDRESS)
