"""What the API says of itself: OpenAPI 3.1, and a plain page of the same."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from kg.serve.api.operations import OPERATIONS, Operation
from kg.serve.api.parameters import Parameter
from kg.serve.api.schemas import SCHEMAS

_ERRORS = {
    "400": "A parameter is lacking, unknown, given twice or cannot be read",
    "404": "What was asked for is not known here",
    "503": "The server is busy, or lacks what would answer",
}
_ABOUT = (
    "Resolutions and decisions of the United Nations and what they cite: unofficial, read by a machine from the texts "
    "that the United Nations publishes. What is asked about may stand in the path too: /api/lineage/A/RES/76/213."
)


@lru_cache(maxsize=16)
def openapi(prefix: str) -> bytes:
    """The description, of an API below that path."""
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": "unkg",
            "version": version("unkg"),
            "description": _ABOUT,
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": prefix.rstrip("/") or "/"}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {
            "schemas": SCHEMAS,
            "responses": {status: _problem(about) for status, about in _ERRORS.items()},
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _operation(operation: Operation) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{operation.answer}"}}}
    tag = {"ETag": {"schema": {"type": "string"}, "description": "Changes when the answer does"}}
    answers: dict[str, Any] = {
        "200": {"description": operation.about, "headers": tag, "content": content},
        "304": {"description": "The client holds the answer, as it said in If-None-Match or If-Modified-Since"},
    }
    return {
        "operationId": operation.path.rpartition("/")[2],
        "summary": operation.about,
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": {**answers, **{status: {"$ref": f"#/components/responses/{status}"} for status in _ERRORS}},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    told = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": parameter.schema(),
    }
    return told if parameter.example is None else {**told, "example": parameter.example}


def _problem(about: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": about, "content": content}


@lru_cache(maxsize=1)
def page() -> bytes:
    """The same for people: each path with its parameters and an example to follow."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>JSON API · unkg</title>\n'
        '<link rel="stylesheet" href="../assets/site.css">\n'
        '<link rel="alternate" type="application/json" href="openapi.json">\n</head>\n<body>\n'
        '<main id="main">\n<h1>JSON API</h1>\n'
        f'<p>{escape(_ABOUT)}</p>\n<p><a href="openapi.json">OpenAPI 3.1</a> · '
        '<a href="../index.html">unkg</a></p>\n'
    ]
    for operation in OPERATIONS:
        parts += _section(operation)
    parts.append("</main>\n</body>\n</html>\n")
    return "".join(parts).encode()


def _section(operation: Operation) -> list[str]:
    name = operation.path.removeprefix("/api/")
    example = {each.name: each.example for each in operation.parameters if each.required}
    call = f"{name}?{urlencode(example)}" if example else name
    parts = [f'<h2 id="{name}">{operation.path}</h2>\n<p>{escape(operation.about)}.</p>\n']
    parts.append(f'<p><a href="{escape(call)}"><code>{escape(call)}</code></a></p>\n')
    if not operation.parameters:
        return parts
    parts.append(
        '<table>\n<tr><th scope="col">Parameter</th><th scope="col">Meaning</th><th scope="col">Values</th></tr>\n'
    )
    for each in operation.parameters:
        parts.append(
            f"<tr><td><code>{each.name}</code></td><td>{escape(each.about)}</td><td>{_values(each)}</td></tr>\n"
        )
    parts.append("</table>\n")
    return parts


def _values(parameter: Parameter) -> str:
    """What may be given, in a few words."""
    told = ", ".join(parameter.choices)
    if parameter.number:
        told = f"{parameter.least:,} to {parameter.most:,}"
    after = "required" if parameter.required else f"else {parameter.default}" if parameter.default is not None else ""
    return escape("; ".join(part for part in (told, after) if part))
