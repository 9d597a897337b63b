"""The shapes of the API's answers, as JSON Schema; every property is there in every answer."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
_STRING: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_TRUTH: Schema = {"type": "boolean"}
_IRI: Schema = {"type": "string", "format": "uri"}


def _maybe(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_BY_LANGUAGE: Schema = {"type": "object", "additionalProperties": _STRING}
_WORK = {
    "symbol": _STRING,
    "iri": _IRI,
    "page": _STRING,
    "kind": _STRING,
    "organ": _maybe(_STRING),
    "session": _maybe(_STRING),
    "year": _maybe(_NUMBER),
    "adopted": _maybe(_STRING),
    "date": _maybe(_STRING),
    "titles": _BY_LANGUAGE,
    "languages": _list(_STRING),
    "held": _TRUTH,
    "factsOnly": _TRUTH,
}
_BRIEF = {"id": _STRING, "kind": _STRING, "number": _maybe(_STRING), "act": _maybe(_STRING)}
_COUNT = _object(clauses=_NUMBER, documents=_NUMBER)
_CITATION = _object(
    iri=_IRI,
    cited=_maybe(_STRING),
    places=_list(_IRI),
    act=_maybe(_STRING),
    status={"type": "string", "enum": ["resolved", "ambiguous", "unresolved"]},
    reason=_maybe(_STRING),
    candidates=_list(_STRING),
    words=_list(_object(language=_STRING, start=_NUMBER, surfaces=_list(_STRING))),
)

SCHEMAS: dict[str, Schema] = {
    "Work": _object(**_WORK),
    "Document": _object(
        **_WORK,
        clauses=_list(_object(**_BRIEF)),
        cites=_list(_STRING),
        citedByCount=_NUMBER,
        findings=_list(_object(severity=_STRING, code=_STRING, at=_maybe(_STRING), message=_STRING)),
    ),
    "Clause": _object(
        **_BRIEF,
        symbol=_STRING,
        iri=_IRI,
        page=_STRING,
        qualifiers=_list(_STRING),
        addressees=_list(_STRING),
        text=_BY_LANGUAGE,
        citations=_list(_CITATION),
        mentions=_list(_object(thing=_STRING, inferred=_TRUTH, role=_maybe(_STRING))),
    ),
    "Lineage": _object(
        root=_STRING,
        direction={"type": "string", "enum": ["up", "down"]},
        depth=_NUMBER,
        documents=_list(
            _object(
                symbol=_STRING,
                iri=_IRI,
                title=_maybe(_STRING),
                titleLanguage=_maybe(_STRING),
                adopted=_maybe(_STRING),
                date=_maybe(_STRING),
                held=_TRUTH,
                distance=_NUMBER,
            )
        ),
        citations=_list(
            _object(
                citing=_STRING,
                cited=_STRING,
                clause=_STRING,
                act=_maybe(_STRING),
                locator=_maybe(_STRING),
                date=_maybe(_STRING),
            )
        ),
        truncated=_TRUTH,
    ),
    "Series": _object(symbol=_STRING, documents=_list(_ref("Work"))),
    "Thing": _object(
        id=_STRING,
        iri=_IRI,
        page=_STRING,
        labels=_BY_LANGUAGE,
        counts=_object(addressee=_COUNT, named=_COUNT, concerned=_COUNT),
        role=_STRING,
        documents=_list(_object(symbol=_STRING, clauses=_list(_object(clause=_STRING, act=_maybe(_STRING))))),
    ),
    "Hits": _object(
        query=_STRING,
        total=_NUMBER,
        offset=_NUMBER,
        hits=_list(
            _object(
                symbol=_STRING,
                clause=_STRING,
                iri=_IRI,
                kind=_STRING,
                language=_STRING,
                title=_maybe(_STRING),
                adopted=_maybe(_STRING),
                organ=_maybe(_STRING),
                act=_maybe(_STRING),
                words=_STRING,
                marks=_list(_list(_NUMBER)),
                score={"type": "number"},
            )
        ),
    ),
    "Filters": _object(
        organs=_list(_object(id=_STRING, names=_BY_LANGUAGE, documents=_NUMBER)),
        years=_list(_object(year=_NUMBER, documents=_NUMBER)),
        kinds=_list(_STRING),
        acts=_list(_STRING),
    ),
    "Names": _object(
        query=_STRING,
        total=_NUMBER,
        things=_list(_object(id=_STRING, kind=_STRING, names=_BY_LANGUAGE)),
    ),
    "Status": _object(generation=_STRING, documents=_NUMBER, base=_IRI),
    "Problem": _object(type=_STRING, title=_STRING, status=_NUMBER, detail=_STRING),
}
