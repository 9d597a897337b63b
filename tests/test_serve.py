"""`unkg serve`: names lead to documents, other spellings to names; what is sent, to whom, and what is refused."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg import pages
from kg import store as stores
from kg.build import build
from kg.pages import open_site, page
from kg.pages.data import describe
from kg.pages.phrases import phrases
from kg.publish.folder import Folder
from kg.publish.versions import State, Withdrawn, remember
from tests.servekit import Server, serving, until
from tests.storekit import unkg

pytest_plugins = ["tests.storekit", "tests.servekit"]

NAME = "/doc/A/RES/76/213"
THINGS = (NAME, "/body/cstd", "/sdg/17.6", "/doc/A/RES/74/229", "/act/recall")
TYPES = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (None, "html"),
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("text/plain", "nt"),
        ("text/turtle;q=0.4, application/n-triples;q=0.6", "nt"),
        ("image/png, */*;q=0.1", "html"),
    ],
)
def test_a_name_leads_to_the_document_that_is_accepted(server: Server, accept: str | None, ending: str) -> None:
    answer = server.ask(NAME, **({"accept": accept} if accept else {}))
    assert (answer.status, answer.location) == (303, f"{NAME}.{ending}")
    assert "Accept" in answer.headers["vary"]
    assert server.ask(answer.location).media == TYPES[ending]


def test_a_name_leads_to_the_page_in_the_language_that_is_wanted(server: Server) -> None:
    assert server.ask(NAME, accept_language="fr-CH, en;q=0.5").location == f"{NAME}@fr.html"
    assert server.ask(NAME, accept_language="de").location == f"{NAME}.html"
    assert server.ask(f"{NAME}@ar").location == f"{NAME}@ar.html"
    assert server.ask(f"{NAME}@ar", accept="text/turtle").location == f"{NAME}.ttl"
    assert server.ask(f"{NAME}?format=jsonld").location == f"{NAME}.jsonld"
    assert server.ask(f"{NAME}?lang=zh").location == f"{NAME}@zh.html"
    assert "Accept-Language" in server.ask(NAME).headers["vary"]
    assert server.ask("/", accept_language="ru").location == "/index@ru.html"


@pytest.mark.parametrize("refused", [{"accept": "image/png"}, {"accept": "text/html;q=0, */*;q=0"}])
def test_who_accepts_none_of_them_is_told_what_there_is(server: Server, refused: dict[str, str]) -> None:
    answer = server.ask(NAME, **refused)
    assert answer.status == 406
    assert answer.json["offered"] == ["text/html", "text/turtle", "application/ld+json", "application/n-triples"]
    assert server.ask(f"{NAME}?format=pdf").status == 406


def test_the_server_sends_the_bytes_of_the_static_site(server: Server, store_path: Path) -> None:
    site = open_site(store_path)
    for path in ("doc/A/RES/76/213.html", "doc/A/RES/76/213@ar.html", "body/cstd.html", "index.html"):
        assert server.ask(f"/{path}").body == page(site, path)
    for form in ("ttl", "jsonld", "nt"):
        assert server.ask(f"{NAME}.{form}").body == describe(site, "https://w3id.org/unkg/doc/A/RES/76/213", form)


def test_data_in_each_form_says_the_same(server: Server) -> None:
    for name in THINGS:
        said = {
            form: {
                quad.triple for quad in ox.parse(server.ask(f"{name}.{form}").body, ox.RdfFormat.from_extension(form))
            }
            for form in ("ttl", "jsonld", "nt")
        }
        assert said["ttl"]
        assert said["ttl"] == said["jsonld"] == said["nt"], name


@pytest.mark.parametrize(
    "spelling",
    [
        "/76/213",
        "/A/RES/76/213",
        "/a/res/76/213",
        "/doc/76/213",
        "/doc/a/res/76/213",
        "/doc/A/RES/76/213/",
        "/A%2FRES%2F76%2F213",
        "/undocs.org/A/RES/76/213",
        "/undocs.org/en/A/RES/76/213",
        "/https://undocs.org/A/RES/76/213",
        "/https:/docs.un.org/zh/A/RES/76/213",
        "/akn/un/statement/deliberation/unga/2021-12-17/76-213",
        "/akn/un/statement/deliberation/un-ga/2021-12-17/76-213/",
        "/?uri=https://undocs.org/A/RES/76/213",
        "/?uri=76/213",
        "/?uri=https://w3id.org/unkg/doc/A/RES/76/213",
        "/resolve?uri=A%2FRES%2F76%2F213",
    ],
)
def test_every_spelling_leads_to_the_one_name(server: Server, spelling: str) -> None:
    answer = server.ask(spelling)
    assert (answer.status, answer.location) == (301, NAME)


def test_names_of_others_lead_to_the_thing(server: Server) -> None:
    assert server.ask("/?uri=http://metadata.un.org/sdg/17.6").location == "/sdg/17.6"
    assert server.ask("/?uri=https://w3id.org/unkg/body/cstd").location == "/body/cstd"
    assert server.ask("/?uri=https://example.org/elsewhere").status == 404


def test_the_english_page_has_one_address(server: Server) -> None:
    answer = server.ask(f"{NAME}@en.html")
    assert (answer.status, answer.location) == (301, f"{NAME}.html")


def test_what_is_unknown_is_404_with_the_closest(server: Server) -> None:
    for path in ("/doc/A/RES/76/21399", "/76/2131", "/doc/A/RES/76/2131.html", "/doc/A/RES/76/2131.ttl"):
        answer = server.ask(path, accept="text/html")
        assert answer.status == 404
        assert "A/RES/76/213" in answer.text
    told = server.ask("/doc/A/RES/76/2131", accept="application/json, application/problem+json;q=0.9")
    assert told.media == "application/problem+json"
    assert "A/RES/76/213" in told.json["closest"]
    for path in ("/nothing", "/body/nobody", "/sdg/99", "/doc/", "/act/recall/x", "/body/nobody.ttl"):
        assert server.ask(path).status == 404, path


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_the_page_of_what_is_unknown_is_in_the_language_of_who_asks(server: Server, language: str) -> None:
    page = server.ask("/doc/A/RES/76/2131", accept="text/html", accept_language=language)
    assert page.status == 404
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page.text
    assert phrases("missing", language)["title"] in page.text
    assert phrases("absent", language)["closest"] in page.text
    marked = server.ask(f"/doc/A/RES/76/2131@{language}.html", accept="text/html", accept_language="fr")
    assert marked.status == (301 if language == "en" else 404)
    # What it links to lies where it says.
    assert 'href="../../../../assets/site.css"' in page.text
    assert "A/RES/76/213" in page.text


def test_what_is_told_to_strangers_is_no_page_of_theirs(server: Server) -> None:
    answer = server.ask("/doc/%3Cscript%3Ealert(1)%3C/script%3E", accept="text/html")
    assert answer.status == 404
    assert "<script>alert" not in answer.text


def test_a_document_is_tagged_and_sent_once(server: Server) -> None:
    first = server.ask(f"{NAME}.ttl")
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{24}"', tag)
    for held in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = server.ask(f"{NAME}.ttl", if_none_match=held)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.ask(f"{NAME}.ttl", if_none_match='"other"').status == 200
    assert server.ask(f"{NAME}.nt").headers["etag"] != tag


def test_what_is_packed_has_a_tag_of_its_own(server: Server) -> None:
    plain, packed = server.ask(f"{NAME}.html"), server.ask(f"{NAME}.html", accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert server.ask(f"{NAME}.html", accept_encoding="gzip", if_none_match=packed.headers["etag"]).status == 304


def test_head_tells_what_get_would_send(server: Server) -> None:
    for path in (f"{NAME}.html", NAME, "/sparql", "/api/status", "/nothing"):
        get, head = server.ask(path), server.ask(path, method="HEAD")
        assert head.body == b""
        assert head.status == get.status
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_other_sites_may_read_everything(server: Server) -> None:
    for path in (NAME, f"{NAME}.html", f"{NAME}.ttl", "/sparql", "/api/status", "/nothing", "/api/nothing"):
        assert server.ask(path).headers["access-control-allow-origin"] == "*", path
        options = server.ask(path, method="OPTIONS")
        assert options.status == 204
        assert "GET" in options.headers["allow"]
        assert options.headers["access-control-allow-methods"] == options.headers["allow"]
    assert "POST" in server.ask("/sparql", method="OPTIONS").headers["allow"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_nothing_can_be_written(server: Server, method: str) -> None:
    answer = server.ask(NAME, method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def links(header: str) -> dict[str, list[str]]:
    """The targets of a header Link by their relations."""
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header):
        found.setdefault(relation, []).append(target)
    return found


def test_a_page_leads_machines_on(server: Server) -> None:
    found = links(server.ask(f"{NAME}.html").headers["link"])
    assert found["cite-as"] == ["https://w3id.org/unkg/doc/A/RES/76/213"]
    assert found["describedby"] == found["alternate"] == ["213.ttl", "213.jsonld", "213.nt"]
    assert "https://schema.org/Legislation" in found["type"]
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert len(found["item"]) == 6
    assert found["collection"] == ["../../../../index.html"]
    assert "item" not in links(server.ask("/documents.html").headers.get("link", ""))
    assert links(server.ask(f"{NAME}.ttl").headers["link"])["describes"] == ["213.html"]
    alternates = links(server.ask(NAME).headers["link"])["alternate"]
    assert alternates == [f"{NAME}.{form}" for form in ("html", "ttl", "jsonld", "nt")]


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/assets/../../../pyproject.toml",
        "/assets/%2e%2e/%2e%2e/site.py",
        "/assets/..%2f..%2fsite.py",
        "/assets//etc/passwd",
        "/assets/%00",
        "/doc/../../CURRENT.ttl",
        "/doc/A/RES/76/213%00.html",
        "/%ff%fe.html",
        "/doc/%0d%0aSet-Cookie:x=1.ttl",
        "/..;/..;/x.html",
        "//example.org/.html",
    ],
)
def test_no_path_leads_out_of_the_site(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", [f"{NAME}.html", f"{NAME}@zh.html", "/body/cstd.html", "/sdg/17.6.html"])
def test_the_judge_of_signposting_finds_the_links_of_the_page_in_the_headers(server: Server, path: str) -> None:
    signposting = pytest.importorskip("signposting")
    address = f"{server.address}{path.removeprefix('/')}"
    headers, page = signposting.find_signposting_http(address), signposting.find_signposting_html(address)
    for found in (headers, page):
        assert found.citeAs is not None
        assert found.describedBy
        assert found.license is not None
    assert {(each.rel, each.target) for each in headers} >= {(each.rel, each.target) for each in page}


def test_what_pages_load_is_sent_as_it_is_published(server: Server, store_path: Path) -> None:
    site = open_site(store_path)
    every = dict(pages.files(site))
    assert len(every) > 20
    for path, content in every.items():
        answer = server.ask(f"/{quote(path)}")
        assert (answer.status, answer.body) == (200, content), path
    script = server.ask(f"{NAME}.lineage.js")
    assert (script.status, script.media) == (200, "text/javascript; charset=utf-8")


def test_a_file_that_is_none_costs_nothing(server: Server) -> None:
    began = time.monotonic()
    for path in ("/favicon.ico", "/search/en.js", "/robots.txt", "/wp-login.json", "/doc/A/RES/76/213.min.js"):
        assert server.ask(path).status == 404
    assert time.monotonic() - began < 10


def test_styles_are_sent(server: Server) -> None:
    answer = server.ask("/assets/site.css")
    assert (answer.status, answer.media) == (200, "text/css; charset=utf-8")
    assert server.ask("/assets/site.css", if_none_match=answer.headers["etag"]).status == 304


def test_no_header_can_be_smuggled_in(server: Server) -> None:
    for path in (
        "/?uri=A/RES/76/213%0d%0aX-Evil:%201",
        "/A/RES/76/213%0d%0aX-Evil:%201",
        f"{NAME}?lang=fr%0d%0aX-Evil:1",
    ):
        assert "x-evil" not in server.ask(path).headers
    answer = server.ask("/sparql", host='evil"><script>', accept="text/turtle")
    assert "evil" not in answer.text


def test_a_mistake_of_ours_shows_nothing_of_our_code(tmp_path: Path, store_path: Path) -> None:
    broken = tmp_path / "store"
    shutil.copytree(store_path, broken)
    with serving(broken) as server:
        next(broken.glob("generation-*/search.sqlite")).write_bytes(b"no index at all" * 1000)
        answer = server.ask("/api/search?q=science")
        assert answer.status in (500, 503)
        assert "Traceback" not in answer.text
        assert str(tmp_path) not in answer.text


def test_a_request_that_is_too_large_is_refused(server: Server) -> None:
    assert server.ask(f"/{'x' * 70_000}").status == 431
    assert server.ask("/", x_large="y" * 70_000).status == 431
    assert server.ask("/").status == 302
    many = "&".join(f"a{n}=1" for n in range(1000))
    assert server.ask(f"/api/status?{many}").status == 400


def test_a_client_that_never_ends_its_request_is_let_go(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in this process, so that the clock can be set."""
    from kg.serve import guard

    assert guard.HEAD_SECONDS <= 30
    code = (
        "import sys; from kg.serve import guard; guard.HEAD_SECONDS = 0.5;"
        f"from kg.cli import unkg; unkg.main(['serve', '--port', '0', '--store', {str(store_path)!r}])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split()[2].rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            with contextlib.suppress(ConnectionResetError):
                assert slow.recv(100) == b""
        process.terminate()


def test_many_ask_at_once(server: Server) -> None:
    paths = [f"{NAME}.html", f"{NAME}@fr.html", f"{NAME}.ttl", "/body/cstd.html", "/api/status"] * 12
    with ThreadPoolExecutor(16) as pool:
        assert {answer.status for answer in pool.map(server.ask, paths)} == {200}


def test_the_port_may_be_taken(store_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = unkg("serve", "--store", store_path, "--port", str(port))
    assert done.returncode == 2
    assert (
        done.stderr
        == f"unkg: 127.0.0.1:{port}: cannot be listened at (Address already in use); choose another --port\n"
    )


def test_without_a_store_nothing_is_served(tmp_path: Path) -> None:
    done = unkg("serve", "--store", tmp_path / "none", "--port", "0")
    assert done.returncode == 2
    assert "build one first" in done.stderr
    assert unkg("serve", "--address", "ftp://example.org").returncode == 2


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_ctrl_c_ends_it_and_all_its_processes(store_path: Path, options: tuple[str, ...]) -> None:
    with serving(store_path, *options) as server:
        assert server.query("ASK {}").json["boolean"] is True
        children = below(server.process.pid)
        assert children
        server.process.send_signal(signal.SIGINT)
        out, err = server.process.communicate(timeout=20)
        assert (server.process.returncode, out, err) == (0, "", "")
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in children))


def below(process: int) -> list[int]:
    """The processes that one started, and those that these did."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name, which may hold anything: the state, and the parent.
            if int(path.read_text().rpartition(")")[2].split()[1]) == process:
                child = int(path.parent.name)
                found += [child, *below(child)]
    return found


@pytest.fixture
def growing(seed: Path, tmp_path: Path) -> Path:
    """A store of its own, which a test may build again."""
    path = tmp_path / "growing"
    build([seed], path, jobs=1)
    return path


def test_a_new_state_of_the_store_is_taken_over(growing: Path) -> None:
    with serving(growing) as server:
        before = server.ask("/api/status").json["generation"]
        tag = server.ask(f"{NAME}.ttl").headers["etag"]
        statement = f'<https://w3id.org/unkg{NAME}> <urn:new> "new" <https://w3id.org/unkg/graph/A/RES/76/213> .\n'
        with stores.writing(growing) as writer:
            writer.go_on_from(stores.current(growing))
            writer.load(statement)
            writer.note({})
        until(lambda: server.ask("/api/status").json["generation"] != before)
        assert server.ask(f"{NAME}.ttl").headers["etag"] != tag
        assert server.query('SELECT ?s { ?s <urn:new> "new" }').json["results"]["bindings"]
        assert server.query('SELECT DISTINCT ?s { ?s <urn:new> "new" }').json["results"]["bindings"]


def test_a_damaged_new_state_is_not_taken_over(growing: Path) -> None:
    with serving(growing) as server:
        assert server.ask(f"{NAME}.html").status == 200
        (growing / "generation-9999").mkdir()
        (growing / "CURRENT").write_text("generation-9999")
        time.sleep(2.5)
        assert server.ask(f"{NAME}.ttl").status == 200
        assert server.query("SELECT DISTINCT ?p { ?s ?p ?o }").status == 200


def test_behind_another_server_addresses_are_those_outside(store_path: Path) -> None:
    with serving(store_path, "--address", "https://example.org/un") as server:
        # Whether or not the server before it takes the beginning of the path away.
        assert server.ask(NAME).location == f"/un{NAME}.html"
        assert server.ask(f"/un{NAME}").location == f"/un{NAME}.html"
        assert server.ask("/un/76/213").location == f"/un{NAME}"
        assert server.ask(f"/un{NAME}.html").status == 200
        assert "<https://example.org/un/sparql>" in server.ask("/sparql", accept="application/n-triples").text


def test_the_log_is_one_line_a_request(store_path: Path) -> None:
    with serving(store_path, "--verbose") as server:
        server.ask("/76/213%0aGET%20/forged%20200")
        server.ask(NAME)
        server.process.send_signal(signal.SIGINT)
        _, err = server.process.communicate(timeout=20)
    lines = [line for line in err.splitlines() if "GET /" in line]
    assert len(lines) == 2
    assert re.fullmatch(rf"unkg: GET {NAME} 303 0 B [\d.]+ ms", lines[1])


def test_withdrawn_things_are_gone(growing: Path) -> None:
    statement = (
        "<https://w3id.org/unkg/body/cstd> <http://www.w3.org/2002/07/owl#deprecated> "
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> <https://w3id.org/unkg/graph/vocabulary> .\n'
    )
    with stores.writing(growing) as writer:
        writer.go_on_from(stores.current(growing))
        writer.load(statement)
        writer.note({})
    with serving(growing) as server:
        assert server.ask("/body/cstd").status == 410
        assert server.ask("/body/ecosoc").status in (303, 404)
        # What was said of it stays.
        assert server.ask("/body/cstd.ttl").status == 200


@pytest.fixture(scope="module")
def published(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset side of a site, with a document that was published once and is no more."""
    root = tmp_path_factory.mktemp("site")
    folder = Folder(root)
    gone = Withdrawn("A/RES/75/1", "1", "2021-01-01T00:00:00Z", "A/RES/76/213")
    remember(folder, State(withdrawn={gone.symbol: gone}))
    folder.write("downloads/large.nq.gz", b"x" * 3_000_000)
    folder.write("void.ttl", b"<urn:a> <urn:b> <urn:c> .\n" * 100)
    folder.write(".well-known/void", b"<urn:a> <urn:b> <urn:c> .\n")
    folder.finish()
    (root / "private.txt").write_text("none of the site")
    return root


def test_what_was_published_is_served_beside(store_path: Path, published: Path) -> None:
    with serving(store_path, "--site", str(published)) as server:
        large = server.ask("/downloads/large.nq.gz", accept_encoding="gzip")
        assert (large.status, large.media, len(large.body)) == (200, "application/gzip", 3_000_000)
        assert "content-encoding" not in large.headers
        head = server.ask("/downloads/large.nq.gz", method="HEAD")
        assert (head.body, head.headers["content-length"]) == (b"", "3000000")
        assert server.ask("/downloads/large.nq.gz", if_none_match=large.headers["etag"]).status == 304
        assert server.ask("/void.ttl").media == server.ask("/.well-known/void").media == "text/turtle; charset=utf-8"
        for path in ("/private.txt", "/.unkg-files", "/downloads/../private.txt", "/changes"):
            assert server.ask(path).status == 404, path


def test_what_was_withdrawn_is_gone_and_leads_on(store_path: Path, published: Path) -> None:
    with serving(store_path, "--site", str(published)) as server:
        for path in ("/doc/A/RES/75/1", "/doc/A/RES/75/1.html", "/doc/A/RES/75/1@fr.html"):
            page = server.ask(path, accept="text/html")
            assert page.status == 410
            assert "A/RES/76/213" in page.text
        told = server.ask("/doc/A/RES/75/1", accept="application/problem+json")
        assert told.json["replacedBy"] == ["https://w3id.org/unkg/doc/A/RES/76/213"]
        data = server.ask("/doc/A/RES/75/1.nt")
        assert (data.status, data.media) == (410, "application/n-triples")
        assert "owl#deprecated" in data.text
        assert server.ask(NAME).status == 303


def test_a_folder_that_holds_no_site_is_told(store_path: Path, tmp_path: Path) -> None:
    done = unkg("serve", "--store", store_path, "--port", "0", "--site", tmp_path)
    assert done.returncode == 2
    assert "publish one first" in done.stderr


def test_a_second_server_on_the_same_store(store_path: Path, server: Server) -> None:
    with contextlib.ExitStack() as stack:
        other = stack.enter_context(serving(store_path))
        assert other.ask(f"{NAME}.ttl").body == server.ask(f"{NAME}.ttl").body
