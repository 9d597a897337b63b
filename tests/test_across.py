"""Rules over the whole store: each finds its damaged twin and nothing in the good one, and says all there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import across, resources
from kg.build import add, build, remove
from kg.errors import RuleError
from kg.uris import Names, term
from tests.buildkit import manifest_of, marked_up, write
from tests.storekit import CASES, unkg

pytest_plugins = ["tests.buildkit"]

NAMES = Names()
CODES = [path.stem for path in resources.across()]
#: In the head of a damaged twin: place, severity and message of each finding.
EXPECTED = re.compile(r"^# finds: (\S+) (\w+) (.+)$", re.MULTILINE)
HEAD = "# severity: warning\n# message: cites {cited}\n"


def case(name: str) -> Path:
    return CASES / "across" / f"{name}.trig"


def loaded(path: Path, *, base: str = NAMES.base) -> ox.Store:
    store = ox.Store()
    store.load(path.read_text(encoding="utf-8").replace(NAMES.base, base, 1), ox.RdfFormat.TRIG)
    return store


def found(store: ox.Store, names: Names = NAMES) -> list[dict[str, str]]:
    """The findings, each with its properties by their local names, and its own."""
    findings: dict[str, dict[str, str]] = {}
    for quad in ox.parse(across.graph(store, names), ox.RdfFormat.N_QUADS):
        assert quad.graph_name == ox.NamedNode(names.across)
        assert isinstance(quad.subject, ox.NamedNode)
        name = quad.subject.value
        findings.setdefault(name, {"name": name})[re.split("[#/]", quad.predicate.value)[-1]] = quad.object.value
    return list(findings.values())


def test_there_are_rules_and_each_has_a_good_case_and_a_damaged_twin() -> None:
    names = {path.name.removesuffix(".trig") for path in case("x").parent.iterdir()}
    assert CODES
    assert names == {f"{code}.{kind}" for code in CODES for kind in ("good", "bad")}


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_nothing_in_the_good_case(code: str) -> None:
    assert found(loaded(case(f"{code}.good"))) == []


@pytest.mark.parametrize("base", [NAMES.base, "https://example.org/un/"])
@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_all_in_the_damaged_twin(code: str, base: str) -> None:
    names = Names(base)
    expected = EXPECTED.findall(case(f"{code}.bad").read_text(encoding="utf-8"))
    assert expected
    findings = [each for each in found(loaded(case(f"{code}.bad"), base=base), names) if each["code"] == code]
    told = [(each["at"], each["severity"], each["message"]) for each in findings]
    assert sorted(told) == sorted(
        (f"{base}doc/{place}", term(severity.capitalize()), message) for place, severity, message in expected
    )


@pytest.mark.parametrize("code", CODES)
def test_findings_are_named_by_document_rule_place_and_number(code: str) -> None:
    findings = [each for each in found(loaded(case(f"{code}.bad"))) if each["code"] == code]
    assert all(each["type"] == term("Finding") and each["at"].startswith(each["inDocument"]) for each in findings)
    counts: dict[str, int] = {}
    for each in findings:
        counts[each["at"]] = number = counts.get(each["at"], 0) + 1
        place = each["at"].partition("#")[2]
        assert each["name"] == f"{each['inDocument']}#finding.{code}.{place}{f'-{number}' if number > 1 else ''}"


@pytest.mark.parametrize("code", CODES)
def test_the_same_store_gives_the_same_findings_in_the_same_order(code: str) -> None:
    first, second = loaded(case(f"{code}.bad")), ox.Store()
    second.extend(reversed(list(first)))
    assert across.graph(first, NAMES) == across.graph(second, NAMES)


# The files of the rules


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is the only rule."""
    path = tmp_path / "odd-citation.rq"
    monkeypatch.setattr(resources, "across", lambda: (path,))
    # The rules that were read stay known for the other tests.
    monkeypatch.setattr(across, "rules", across.rules.__wrapped__)
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT ?document ?at { }", "lacks its head"),
        ("# severity: grave\n# message: cites {cited}\nSELECT ?document ?at ?cited { }", "lacks its head"),
        ("# severity: warning\nSELECT ?document ?at ?cited { }", "lacks its head"),
        ("# message: cites {cited}\n# severity: warning\nSELECT ?document ?at ?cited { }", "lacks its head"),
        (f"{HEAD}SELECT ?document ?at {{ }}", r"does not select \?cited; it selects \?at, \?document"),
        (f"{HEAD}SELECT ?document ?cited {{ }}", r"does not select \?at"),
        (f"{HEAD}SELECT ?at ?cited {{ }}", r"does not select \?document"),
        (f"{HEAD}ASK {{ ?document ?at ?cited }}", "is no SELECT query"),
        (f"{HEAD}SELECT ?document ?at ?cited {{", "is not SPARQL 1.1"),
        ("", "lacks its head"),
    ],
)
def test_a_file_that_is_no_rule_is_refused_by_its_name(rule: Path, text: str, says: str) -> None:
    rule.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=says) as caught:
        across.graph(ox.Store(), NAMES)
    assert caught.value.where == str(rule)


def test_a_rule_takes_its_code_from_the_name_of_its_file(rule: Path) -> None:
    query = "SELECT ?document ?at ?cited { ?document <https://w3id.org/unkg/ontology#cites> ?other ."
    query += ' BIND(?document AS ?at) BIND("{it}" AS ?cited) }'
    rule.write_text(HEAD + query, encoding="utf-8")
    (finding,) = found(loaded(case("date-unlike.bad")))
    assert (finding["code"], finding["message"]) == ("odd-citation", "cites {it}")
    assert finding["name"] == f"{NAMES.document('A/RES/90/2')}#finding.odd-citation.document"


# In a store that changes


def codes(path: Path) -> list[str]:
    """The findings of the rules that a store holds."""
    name = ox.NamedNode(NAMES.across)
    quads = kg.open_store(path).oxigraph.quads_for_pattern(None, ox.NamedNode(term("code")), None, name)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))


@pytest.mark.usefixtures("quick")
def test_findings_are_made_anew_with_each_change_and_do_not_pile_up(tmp_path: Path) -> None:
    path, dated = tmp_path / "store", "90/1 of 3 December 2035"
    texts = write(tmp_path / "texts", {"two.xml": marked_up("90/2", cites=dated)})
    assert build([texts], path).counts["findings"] == 0
    more = write(tmp_path / "more", {"one.xml": marked_up("90/1")})
    for _ in range(2):
        summary = add([more], path)
        assert codes(path) == ["date-unlike"]
        assert summary.counts["findings"] == 1
        ((severity, document, at, message),) = summary.findings
        assert (severity, document, at) == ("warning", "A/RES/90/2", "PP1")
        assert message.startswith("gives A/RES/90/1 the date 2035-12-03, but it was adopted on 2035-12-17;")
        write(more, {"one.xml": marked_up("90/1", words="Requests more.")})
    assert remove(["A/RES/90/1"], path).counts["findings"] == 0
    assert codes(path) == []


def test_a_store_is_validated_to_what_its_build_kept(tmp_path: Path) -> None:
    """Also where rules over the whole have found something, and after a change."""
    path = tmp_path / "store"
    texts = write(tmp_path / "texts", {"two.xml": marked_up("90/2", cites="90/1 of 3 December 2035")})
    (texts / "one.txt").write_bytes(b"A/RES/90/1\n\nMountains\n\nThe General Assembly,\n\n1. Decides to go on.\n")
    kept = build([texts], path)
    assert kept.report.violations, "one has no date of adoption"
    assert kg.validate(path).violations == kept.report.violations
    changed = add([write(tmp_path / "more", {"three.xml": marked_up("90/3", cites="90/2")})], path)
    assert kg.validate(path).violations == changed.report.violations
    manifest = manifest_of(path)
    assert kg.validate(path).graphs - len(manifest.works()) in (0, 1), "that of the rules is judged as well"
    manifest.close()
    done = unkg("validate", path)
    assert done.returncode == 0, done.stderr
