"""Other spellings of names: each rule's own examples, the grammar of symbols, and the script of the 404 page agree."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import symbols
from kg.errors import RuleError
from kg.publish import aliases
from kg.publish.aliases import Alias

_SCRIPT = Path(aliases.__file__).parent / "servers" / "missing.js"
#: Names that are no other spelling of anything.
_NAMES = (
    "doc/A/RES/70/1",
    "doc/A/RES/217(III)A",
    "doc/S/RES/1325(2000)",
    "doc/A/HRC/RES/17/4",
    "doc/A/76/534/Add.1",
    "doc/UNTS/1771/30822",
    "doc/charter",
    "body/cstd",
    "act/recall",
    "sdg/17.6",
    "ontology",
    "ontology/Resolution",
    "questions/cited-by",
    "graph/across",
    "about",
)


@pytest.mark.parametrize(("path", "name"), list(aliases.examples()))
def test_a_spelling_leads_to_the_name(path: str, name: str) -> None:
    assert aliases.name_of(path) == name


def test_every_rule_is_needed_by_an_example() -> None:
    rules = aliases.aliases()
    used = {rule for rule in rules for path, _ in aliases.examples() if _first(path, rules) is rule}
    assert {rule.why for rule in rules} == {rule.why for rule in used}


@pytest.mark.parametrize("name", _NAMES)
def test_a_name_leads_nowhere_else(name: str) -> None:
    assert aliases.name_of(name) == name


def test_spellings_mean_what_the_grammar_of_symbols_reads() -> None:
    judged = 0
    for path, name in aliases.examples():
        spelled = [path, f"/{path}", f"https://{path}", re.sub(r"^(https?:)/(?!/)", r"\1//", path)]
        for symbol in filter(None, (symbols.find(each.removeprefix("doc/")) for each in spelled)):
            assert name == f"doc/{symbol.text}"
            judged += 1
    assert judged > 20


def test_aliases_that_the_graph_states_are_understood() -> None:
    known = {"A/RES/70/1": "2015-09-25", "S/RES/1325(2000)": "2000-10-31", "E/RES/2021/29": "2021-07-22"}
    for text, day in known.items():
        for alias in symbols.aliases(symbols.parse(text), day):
            assert aliases.name_of(alias.lstrip("/")) == f"doc/{text}"


def test_a_rule_that_leads_in_a_circle_is_refused() -> None:
    with pytest.raises(RuleError, match="leads on and on"):
        aliases.name_of("a/b", [Alias("circle", "(.*)/(.*)", "$2/$1")])


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_script_of_the_404_page_leads_to_the_same_names() -> None:
    rules = [(alias.pattern, alias.to) for alias in aliases.aliases()]
    paths = [path for path, _ in aliases.examples()] + list(_NAMES)
    text = f"{_SCRIPT.read_text(encoding='utf-8')}\nconst r = {json.dumps(rules)}, p = {json.dumps(paths)};"
    text += "console.log(JSON.stringify([p.map((each) => nameOf(each, r)), p.map((each) => pageOf(each, r))]));"
    out = subprocess.run(["node", "-e", text], capture_output=True, check=True, text=True).stdout
    names, pages = json.loads(out)
    assert names == [aliases.name_of(path) for path in paths]
    assert pages == [f"{aliases.name_of(path.rstrip('/'))}.html" for path in paths]


def _first(path: str, rules: Sequence[Alias]) -> Alias | None:
    return next((rule for rule in rules if re.fullmatch(rule.pattern, path)), None)
