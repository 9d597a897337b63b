"""The JSON API of `unkg serve`: answers of the declared shape, the same as the library's, and a true description."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.lineage import lineage
from kg.query import LocalStore
from kg.search import search
from kg.serve.api.description import openapi
from kg.serve.api.operations import BY_PATH, OPERATIONS, Operation
from kg.serve.api.schemas import SCHEMAS
from tests.servekit import Answer, Server

pytest_plugins = ["tests.storekit", "tests.servekit"]

SYMBOL = "A/RES/76/213"


def ask(server: Server, name: str, **fields: str | int) -> Answer:
    return server.ask(f"/api/{name}?{urlencode(fields)}")


def fits(value: Any, schema: str) -> None:
    """The value has the shape that the description promises; nothing is there that it does not tell."""
    told = {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": SCHEMAS}}
    jsonschema.validate(value, told, cls=jsonschema.Draft202012Validator)


#: For each path what is asked, beside the examples of its description.
CALLS = [
    *((each.path, {p.name: p.example for p in each.parameters if p.required}) for each in OPERATIONS),
    ("/api/lineage", {"symbol": "74/229", "direction": "down", "depth": 1, "language": "zh"}),
    ("/api/thing", {"id": "http://metadata.un.org/sdg/17", "role": "concerned", "limit": 1}),
    ("/api/thing", {"id": "body/cstd"}),
    ("/api/body", {"id": "body/cstd", "role": "named", "offset": 1}),
    ("/api/document", {"symbol": "https://undocs.org/A/RES/74/229"}),
    ("/api/search", {"q": "科学", "language": "zh", "limit": 2}),
    ("/api/search", {"q": "nothing of the kind"}),
]


@pytest.mark.parametrize(("path", "fields"), CALLS, ids=str)
def test_each_answer_has_the_shape_that_is_described(server: Server, path: str, fields: dict[str, Any]) -> None:
    answer = server.ask(f"{path}?{urlencode(fields)}")
    assert (answer.status, answer.media) == (200, "application/json"), answer.text
    fits(answer.json, BY_PATH[path].answer)
    again = server.ask(f"{path}?{urlencode(fields)}", if_none_match=answer.headers["etag"])
    assert again.status == 304


def test_a_shape_that_lacks_something_is_refused() -> None:
    with pytest.raises(jsonschema.ValidationError):
        fits({"symbol": SYMBOL}, "Document")
    with pytest.raises(jsonschema.ValidationError):
        fits({"generation": 1, "documents": 2, "base": "x"}, "Status")


def test_a_document_tells_its_clauses_and_what_it_cites(server: Server) -> None:
    told = ask(server, "document", symbol="76/213").json
    assert told["symbol"] == SYMBOL
    assert told["iri"] == "https://w3id.org/unkg/doc/A/RES/76/213"
    assert told["held"] is True
    assert "PP4" in [each["id"] for each in told["clauses"]]
    assert "A/RES/74/229" in told["cites"]
    assert server.ask(f"/{told['page']}").status == 200
    assert ask(server, "document", symbol="A/RES/74/229").json["held"] is False


def test_a_clause_tells_its_words(server: Server) -> None:
    told = ask(server, "clause", symbol=SYMBOL, clause="PP4").json
    assert told["act"] == "recall"
    assert "74/229" in told["text"]["zh"]
    [cited] = [each for each in told["citations"] if each["cited"] == "A/RES/74/229"]
    assert (
        server.query(f"ASK {{ <{cited['iri']}> a <https://w3id.org/unkg/ontology#Citation> }}").json["boolean"] is True
    )
    page, _, anchor = told["page"].partition("#")
    assert f'id="{anchor}"' in server.ask(f"/{page}").text


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_lineage_is_that_of_the_library(server: Server, store: LocalStore, direction: Any) -> None:
    symbol = SYMBOL if direction == "up" else "A/RES/74/229"
    told = ask(server, "lineage", symbol=symbol, direction=direction, depth=3).json
    expected = lineage(store, symbol, direction=direction, depth=3)
    assert {(each["citing"], each["cited"], each["clause"]) for each in told["citations"]} == {
        (edge.citing, edge.cited, edge.clause) for edge in expected.edges
    }
    assert {each["symbol"] for each in told["documents"]} == set(expected.documents)
    assert told["documents"][0] | {"distance": 0} == told["documents"][0]
    assert told["truncated"] is False


def test_a_lineage_that_is_cut_says_so(server: Server) -> None:
    told = ask(server, "lineage", symbol=SYMBOL, limit=3).json
    assert (len(told["citations"]), told["truncated"]) == (3, True)


def test_search_finds_what_the_library_finds(server: Server, store: LocalStore) -> None:
    told = ask(server, "search", q="技术", kind="operative", limit=3, offset=1).json
    expected = search(store, "技术", kind="operative", limit=3, offset=1)
    assert told["total"] == expected.total
    assert [each["iri"] for each in told["hits"]] == [hit.iri for hit in expected]
    assert told["hits"][0]["marks"]


def every(server: Server, **fields: str | int) -> list[dict[str, Any]]:
    """All hits of a search, page by page; each page tells the same total, which is that of the hits."""
    found: list[dict[str, Any]] = []
    while True:
        page = ask(server, "search", limit=3, offset=len(found), **fields).json
        found += page["hits"]
        if not page["hits"] or len(found) >= page["total"]:
            assert page["total"] == len(found)
            return found


@pytest.mark.parametrize(
    ("narrowed", "holds"),
    [
        ({"organ": "general-assembly"}, lambda hit: hit["organ"] == "general-assembly"),
        ({"organ": "UNGA"}, lambda hit: hit["organ"] == "general-assembly"),
        ({"kind": "preambular"}, lambda hit: hit["kind"] == "preambular"),
        ({"kind": "title"}, lambda hit: hit["clause"] == "title"),
        ({"since": "2021", "until": "2021"}, lambda hit: hit["adopted"].startswith("2021")),
        ({"act": "recall"}, lambda hit: hit["act"] == "recall"),
        (
            {"organ": "general-assembly", "kind": "operative", "since": "2021-12"},
            lambda hit: hit["kind"] == "operative",
        ),
    ],
    ids=str,
)
def test_a_search_is_narrowed_before_it_is_paged(
    server: Server, store: LocalStore, narrowed: dict[str, Any], holds: Any
) -> None:
    hits = {each["iri"] for each in every(server, q="科学", **narrowed)}
    assert hits == {each["iri"] for each in every(server, q="科学") if holds(each)}
    assert len(hits) == search(store, "科学", **narrowed).total > 0


@pytest.mark.parametrize(
    "nothing",
    [{"organ": "security-council"}, {"since": "2022"}, {"until": "2020-12-31"}, {"kind": "footnote"}],
    ids=str,
)
def test_a_search_narrowed_to_what_is_not_there_finds_nothing(server: Server, nothing: dict[str, str]) -> None:
    told = ask(server, "search", q="科学", **nothing).json
    assert (told["total"], told["hits"]) == (0, [])


def test_what_a_search_may_be_narrowed_to_is_told(server: Server) -> None:
    told = ask(server, "filters").json
    [organ] = told["organs"]
    assert (organ["id"], organ["documents"], organ["names"]["fr"]) == ("general-assembly", 1, "Assemblée générale")
    assert told["years"] == [{"year": 2021, "documents": 1}]
    for name, values in (("organ", [organ["id"]]), ("kind", told["kinds"]), ("act", told["acts"])):
        assert values
        assert all(ask(server, "search", q="science", **{name: value}).status == 200 for value in values)


def test_a_value_that_is_unknown_is_answered_with_those_that_there_are(server: Server) -> None:
    told = ask(server, "search", q="science", organ="parliament").json
    assert (told["parameter"], told["offered"]) == ("organ", ["general-assembly"])
    assert "there are documents of general-assembly" in told["detail"]
    told = ask(server, "search", q="science", act="recal").json
    assert "recall" in told["offered"]
    assert "operative" in ask(server, "search", q="science", kind="clause").json["detail"]
    assert "since, until, organ, kind" in ask(server, "search", q="science", year="2021").json["detail"]
    assert ask(server, "search", q="science", since="2021-13").json["parameter"] == "since"


def test_titles_are_in_the_language_that_is_asked_for(server: Server) -> None:
    [root] = [
        each for each in ask(server, "lineage", symbol=SYMBOL, language="zh").json["documents"] if not each["distance"]
    ]
    assert root["titleLanguage"] == "zh"


@pytest.mark.parametrize(
    ("name", "fields", "status", "told"),
    [
        ("document", {}, 400, "symbol"),
        ("document", {"symbol": "no symbol at all"}, 400, "no document symbol"),
        ("document", {"symbol": ""}, 400, "1 to 300"),
        ("document", {"symbol": "x" * 400}, 400, "1 to 300"),
        ("document", {"symbol": SYMBOL, "sybmol": "x"}, 400, "sybmol is none of symbol"),
        ("document", {"symbol": "A/RES/76/2131"}, 404, SYMBOL),
        ("clause", {"symbol": SYMBOL, "clause": "PP99"}, 404, "PP4"),
        ("clause", {"symbol": "A/RES/74/229", "clause": "PP1"}, 404, "not held"),
        ("lineage", {"symbol": SYMBOL, "depth": 0}, 400, "from 1 to 10"),
        ("lineage", {"symbol": SYMBOL, "depth": "２"}, 400, "from 1 to 10"),
        ("lineage", {"symbol": SYMBOL, "depth": "1_0"}, 400, "from 1 to 10"),
        ("lineage", {"symbol": SYMBOL, "depth": "9" * 5000}, 400, "from 1 to 10"),
        ("lineage", {"symbol": SYMBOL, "direction": "sideways"}, 400, "expected up, down"),
        ("body", {"id": "nobody"}, 404, "body/nobody"),
        ("thing", {"id": "urn:x y<>"}, 404, "is no body"),
        ("search", {"q": "((("}, 400, "parenthesis"),
        ("search", {"q": "x", "since": "never"}, 400, "no day"),
        ("search", {"q": "x", "organ": "nobody"}, 400, "no such organ"),
        ("nothing", {}, 404, "/api/document"),
    ],
)
def test_an_error_says_what_was_expected(
    server: Server, name: str, fields: dict[str, Any], status: int, told: str
) -> None:
    answer = ask(server, name, **fields)
    assert (answer.status, answer.media) == (status, "application/problem+json")
    fits(answer.json, "Problem")
    assert told in answer.json["detail"]
    assert answer.json["status"] == status


def test_what_is_asked_about_may_stand_in_the_path(server: Server) -> None:
    assert server.ask("/api/lineage/A/RES/76/213?depth=1").body == ask(server, "lineage", symbol=SYMBOL, depth=1).body
    assert server.ask("/api/document/A%2FRES%2F76%2F213").body == ask(server, "document", symbol=SYMBOL).body
    assert server.ask("/api/thing/sdg/17.6").body == ask(server, "thing", id="sdg/17.6").body
    assert server.ask("/api/document/A/RES/76/213?symbol=76/213").status == 400
    for path in ("/api/status/x", "/api/nothing/x", "/api/lineage/", "/api/document/nothing"):
        assert server.ask(path).status in (400, 404), path


def test_a_parameter_is_given_once(server: Server) -> None:
    assert server.ask("/api/document?symbol=76/213&symbol=76/213").status == 400


def test_the_description_is_openapi(server: Server) -> None:
    told = server.ask("/api/openapi.json").json
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == set(BY_PATH)
    for path in told["paths"].values():
        operation = path["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert schema.rpartition("/")[2] in told["components"]["schemas"]
        for parameter in operation["parameters"]:
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
            if "example" in parameter:
                jsonschema.validate(parameter["example"], parameter["schema"])
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert openapi("/un/").decode().count('"url": "/un"') == 1


def test_the_page_of_the_api_has_an_example_of_each_path(server: Server) -> None:
    page = server.ask("/api/")
    assert page.media == "text/html; charset=utf-8"
    for operation in OPERATIONS:
        assert operation.path in page.text
    assert server.ask("/api").location == "/api/"


def strange(operation: Operation) -> st.SearchStrategy[dict[str, str]]:
    """Values for the parameters of an operation, right and wrong ones."""
    words = st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["A/RES/76/213", "76/213", "0", "1", "-1", "1e3", "up", "zh", "%", "*", '"', "NOT", "OR", "\x00"]
        ),
        st.integers(-10, 10**20).map(str),
    )
    return st.dictionaries(st.sampled_from([each.name for each in operation.parameters] or ["x"]), words, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.path)
def test_nothing_that_is_asked_is_a_mistake_of_ours(server: Server, operation: Operation, data: st.DataObject) -> None:
    fields = data.draw(strange(operation))
    answer = server.ask(f"{operation.path}?{urlencode(fields, errors='replace')}")
    assert answer.status in (200, 400, 404), (fields, answer.text)
    fits(answer.json, operation.answer if answer.status == 200 else "Problem")
