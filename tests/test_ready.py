"""`unkg serve --site`: pages that lie in the folder are sent as they are while they are those that would be made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from kg import store as stores
from kg.publish import Wishes, made_of, publish
from kg.publish.folder import LIST
from kg.publish.made_of import FILE, MadeOf, forget, tell, told
from tests.servekit import Answer, Server, serving, until
from tests.sitekit import ADDRESS, LATER

pytest_plugins = ["tests.storekit", "tests.servekit", "tests.sitekit"]

SETTINGS: Wishes = {"address": ADDRESS, "endpoint": f"{ADDRESS}sparql"}
PAGE = f"doc/{LATER}.html"
#: What is no part of the thing that is sent.
MOMENTARY = ("date", "last-modified")


@pytest.fixture(scope="module")
def complete(site_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for the address that the servers of these tests are told; to be read, never written."""
    folder = tmp_path_factory.mktemp("ready") / "site"
    publish(site_store, folder, jobs=2, **SETTINGS)
    return folder


@pytest.fixture
def own(site_store: Path, complete: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A store and its site, which a test may change; the site's page of a document has words that none would make."""
    store, folder = tmp_path / "store", tmp_path / "site"
    shutil.copytree(site_store, store)
    shutil.copytree(complete, folder)
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b"<!-- from the folder -->")
    return store, folder


@pytest.fixture(scope="module")
def making(site_store: Path) -> Iterator[Server]:
    with serving(site_store, "--address", ADDRESS) as server:
        yield server


@pytest.fixture(scope="module")
def sending(site_store: Path, complete: Path) -> Iterator[Server]:
    with serving(site_store, "--address", ADDRESS, "--site", str(complete)) as server:
        yield server


def is_from_folder(answer: Answer) -> bool:
    assert answer.status == 200
    return b"<!-- from the folder -->" in answer.body


def listed(folder: Path) -> list[str]:
    return (folder / LIST).read_text(encoding="utf-8").splitlines()


def some(folder: Path) -> list[str]:
    """Paths of every kind that is made on request: the first few of each folder and ending, in each form of a page."""
    kinds: dict[tuple[str, str, str], list[str]] = {}
    # Only `unkg publish` knows what there is to download.
    for path in listed(folder):
        kind = "lineage" if ".lineage" in path else path.rpartition("/")[2].rpartition("@")[2][:5]
        if not path.startswith(("assets/", "downloads", "search/")):
            kinds.setdefault((path.partition("/")[0], path.rpartition(".")[2], kind), []).append(path)
    return [path for paths in kinds.values() for path in paths[:2]]


def shown(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    return answer.status, answer.body, {key: value for key, value in answer.headers.items() if key not in MOMENTARY}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_page_is_the_same_whether_it_is_made_or_lies_there(
    making: Server, sending: Server, complete: Path, encoding: str
) -> None:
    paths, same = some(complete), 0
    for path in paths:
        here, there = (each.ask(f"/{quote(path)}", accept_encoding=encoding) for each in (making, sending))
        if here.status == 200:
            assert shown(here) == shown(there), path
            same += 1
    assert same > 60
    assert {path.rpartition(".")[2] for path in paths} >= {
        "html",
        "ttl",
        "jsonld",
        "nt",
        "js",
        "csv",
        "json",
        "linkset",
    }


def test_what_lies_there_is_the_file(sending: Server, complete: Path) -> None:
    for path in (PAGE, f"doc/{LATER}@ar.html", f"doc/{LATER}.ttl", "body/cstd@zh.html", "downloads.html"):
        assert sending.ask(f"/{path}").body == (complete / path).read_bytes(), path


def test_a_page_is_not_sent_where_it_is_held(sending: Server) -> None:
    first = sending.ask(f"/{PAGE}", accept_encoding="gzip")
    assert first.headers["etag"].endswith('-gzip"')
    assert sending.ask(f"/{PAGE}", if_none_match=first.headers["etag"]).status == 304
    assert sending.ask(f"/{PAGE}", if_modified_since=first.headers["last-modified"]).status == 304
    head = sending.ask(f"/{PAGE}", method="HEAD", accept_encoding="gzip")
    assert shown(head) == (200, b"", shown(first)[2])


def test_pages_are_sent_from_the_folder(own: tuple[Path, Path]) -> None:
    store, folder = own
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        assert is_from_folder(server.ask(f"/{PAGE}"))
        assert server.ask(f"/doc/{LATER}@en.html").status == 301


@pytest.mark.parametrize("endpoint", ["", f"{ADDRESS}sparql"])
def test_pages_may_name_the_endpoint_or_ask_beside_themselves(own: tuple[Path, Path], endpoint: str) -> None:
    store, folder = own
    publish(store, folder, jobs=2, address=ADDRESS, endpoint=endpoint)
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        assert f'data-endpoint="{endpoint or "sparql"}"' in server.ask("/query.html").text
        (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b"<!-- from the folder -->")
        assert is_from_folder(server.ask(f"/{PAGE}"))
        forget(folder)
        assert f'data-endpoint="{endpoint or "sparql"}"' in server.ask("/query.html").text


def change(name: str) -> Callable[[MadeOf], MadeOf]:
    return lambda made: replace(made, **{name: "something else"})


@pytest.mark.parametrize(
    ("options", "differs", "reason"),
    [
        (("--address", ADDRESS), change("store"), "of another state of the store"),
        (("--address", ADDRESS), change("code"), "by another version of unkg"),
        (("--address", ADDRESS), change("endpoint"), "for another SPARQL endpoint"),
        (("--address", "https://example.org/"), None, "for another address and for another SPARQL endpoint"),
        ((), None, "for another address and for another SPARQL endpoint"),
        (("--address", ADDRESS, "--workers", "2"), change("store"), "of another state of the store"),
    ],
)
def test_a_site_of_anything_else_is_made_anew_and_that_is_said_once(
    own: tuple[Path, Path], options: tuple[str, ...], differs: Callable[[MadeOf], MadeOf] | None, reason: str
) -> None:
    store, folder = own
    made = told(folder)
    assert made is not None
    if differs:
        tell(folder, differs(made))
    with serving(store, *options, "--site", str(folder)) as server:
        assert not any(is_from_folder(server.ask(f"/{PAGE}")) for _ in range(20))
        server.process.terminate()
        _, err = server.process.communicate(timeout=20)
    [line] = err.splitlines()
    assert reason in line
    assert f"publish it again: unkg publish {folder} --store {store}" in line
    assert ("--endpoint https://example.org/" in line) is ("--address" in options)


def test_publishing_as_the_log_says_helps(own: tuple[Path, Path]) -> None:
    store, folder = own
    forget(folder)
    publish(store, folder, jobs=2, **SETTINGS)
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b"<!-- from the folder -->")
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        assert is_from_folder(server.ask(f"/{PAGE}"))
        server.process.terminate()
        assert server.process.communicate(timeout=20)[1] == ""


def test_while_the_site_is_written_pages_are_made(own: tuple[Path, Path]) -> None:
    store, folder = own
    made = told(folder)
    assert made is not None
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        # Nothing of the folder is kept for who takes nothing packed.
        assert is_from_folder(server.ask(f"/{PAGE}"))
        forget(folder)
        assert not is_from_folder(server.ask(f"/{PAGE}"))
        tell(folder, made)
        assert server.ask("/body/cstd.html").body == (folder / "body/cstd.html").read_bytes()
        server.process.terminate()
        _, err = server.process.communicate(timeout=20)
    assert len(err.splitlines()) == 1
    assert "it is not complete" in err


def test_a_new_state_of_the_store_ends_it(own: tuple[Path, Path]) -> None:
    store, folder = own
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        assert is_from_folder(server.ask(f"/{PAGE}"))
        before = server.ask("/api/status").json["generation"]
        with stores.writing(store) as writer:
            writer.go_on_from(stores.current(store))
            writer.load(
                f'<https://w3id.org/unkg/doc/{LATER}> <urn:new> "new" <https://w3id.org/unkg/graph/{LATER}> .\n'
            )
            writer.note({})
        until(lambda: server.ask("/api/status").json["generation"] != before)
        assert not is_from_folder(server.ask(f"/{PAGE}"))


def test_a_file_that_is_gone_is_made(own: tuple[Path, Path]) -> None:
    store, folder = own
    (folder / PAGE).unlink()
    with serving(store, "--address", ADDRESS, "--site", str(folder)) as server:
        assert not is_from_folder(server.ask(f"/{PAGE}"))


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "0123456789abcdef",
        "[]",
        "{}",
        '{"store": "a"}',
        json.dumps(dict.fromkeys(MadeOf.__dataclass_fields__, 1)),
        json.dumps({**dict.fromkeys(MadeOf.__dataclass_fields__, ""), "more": ""}),
    ],
)
def test_a_sign_that_is_damaged_is_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage)
    assert told(tmp_path) is None


def test_a_sign_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = MadeOf("a", "b", ADDRESS, f"{ADDRESS}sparql", "1", "2030-01-31")
    assert told(tmp_path) is None
    tell(tmp_path, made)
    assert told(tmp_path) == made
    forget(tmp_path)
    assert told(tmp_path) is None


def test_the_slash_at_the_end_of_an_address_makes_no_difference(site_store: Path) -> None:
    with_slash = made_of.made_of(site_store, address=ADDRESS)
    assert made_of.made_of(site_store, address=ADDRESS.rstrip("/")) == with_slash
    assert made_of.made_of(site_store) != with_slash


def test_a_site_of_two_states_of_the_store_is_not_complete(
    own: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, folder = own
    forget(folder)
    states = iter(["before", "after"])
    monkeypatch.setattr(made_of, "_store", lambda _: next(states))
    publish(store, folder, jobs=2, **SETTINGS)
    assert told(folder) is None
