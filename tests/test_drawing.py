"""The picture of a lineage: time from left to right, nothing on another, every line drawn, alike each time."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg import registry
from kg.drawing import Document, Line, Plan, labels, plan
from kg.drawing.families import families, family, words
from kg.drawing.nearest import nearest
from kg.drawing.svg import Look, svg
from kg.pages.rendering import ASSETS

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
SVG = "{http://www.w3.org/2000/svg}"
SYMBOLS = [f"A/RES/{60 + n // 3}/{n}" for n in range(14)] + ["UNTS/1771/30822", "FCCC/CP/2015/10/Add.1"]
DATES = st.one_of(
    st.none(),
    st.integers(2004, 2008).map(str),
    st.just("2005–2006"),
    st.builds("{}-{:02}-{:02}".format, st.integers(2004, 2008), st.integers(1, 12), st.integers(1, 28)),
)
Drawable = tuple[list[Document], list[Line]]


@st.composite
def networks(draw: st.DrawFn) -> Drawable:
    """Documents with dates of all kinds, and any lines between them: circles, citations of what is younger, loners."""
    symbols = draw(st.lists(st.sampled_from(SYMBOLS), min_size=1, max_size=len(SYMBOLS), unique=True))
    documents = [Document(symbol, draw(DATES), title=draw(st.none() | st.text(max_size=40))) for symbol in symbols]
    pairs = draw(st.sets(st.tuples(st.sampled_from(symbols), st.sampled_from(symbols)), max_size=40))
    acts = st.lists(st.sampled_from(sorted(registry.acts())), max_size=3).map(tuple)
    return documents, [Line(citing, cited, draw(acts), ("PP1",)) for citing, cited in sorted(pairs)]


def drawn(network: Drawable, *, titles: bool = False) -> Plan:
    documents, lines = network
    return plan(documents, lines, root=documents[0].symbol, titles=titles)


def faults(found: Plan, network: Drawable) -> list[str]:
    """What is wrong with a picture."""
    documents, lines = network
    dates = {each.symbol: each.date or "" for each in documents}
    wrong = [f"{each.symbol} is not drawn" for each in documents if each.symbol not in found.boxes]
    for one, other in itertools.combinations(found.boxes.items(), 2):
        (a, first), (b, second) = one, other
        apart = first.x + first.width <= second.x or second.x + second.width <= first.x
        if not apart and first.y < second.y + second.height and second.y < first.y + first.height:
            wrong.append(f"{a} and {b} overlap")
        for (older, left), (younger, right) in (one, other), (other, one):
            days = len(dates[older]) == len(dates[younger]) == 10 and dates[older] < dates[younger]
            years = dates[older][:4] < dates[younger][:4] and dates[older] and dates[younger]
            if (days or years) and left.x > right.x:
                wrong.append(f"{older} is older than {younger} and stands right of it")
    for line in lines:
        if line.citing != line.cited and (line.citing, line.cited) not in found.paths:
            wrong.append(f"no line from {line.citing} to {line.cited}")
    inside = all(box.x >= 0 and box.x + box.width <= found.width for box in found.boxes.values())
    low = all(box.y >= 0 and box.y + box.height <= found.height for box in found.boxes.values())
    return wrong if inside and low else [*wrong, "something stands outside"]


@given(networks(), st.booleans())
@settings(deadline=None)
def test_time_runs_to_the_right_and_nothing_overlaps(network: Drawable, titles: bool) -> None:
    assert faults(drawn(network, titles=titles), network) == []


def test_the_check_sees_what_is_wrong() -> None:
    network = ([Document("A/1", "2004-05-01"), Document("A/2", "2005-05-01")], [Line("A/2", "A/1")])
    good = drawn(network)
    first, second = good.boxes["A/1"], good.boxes["A/2"]
    swapped = dataclasses.replace(good, boxes={"A/1": second, "A/2": first})
    heaped = dataclasses.replace(good, boxes={"A/1": first, "A/2": first})
    bare = dataclasses.replace(good, boxes={"A/1": first}, paths={})
    assert "A/1 is older than A/2 and stands right of it" in faults(swapped, network)
    assert "A/1 and A/2 overlap" in faults(heaped, network)
    assert faults(bare, network) == ["A/2 is not drawn", "no line from A/2 to A/1"]
    assert faults(dataclasses.replace(good, width=10), network) == ["something stands outside"]


@given(networks(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_things_come_changes_nothing(network: Drawable, random: object) -> None:
    documents, lines = network
    shuffle = random.shuffle  # type: ignore[attr-defined]
    others, again = [*documents], [*lines]
    shuffle(others)
    shuffle(again)
    assert plan(others, again, root=documents[0].symbol) == drawn(network)


@given(networks())
@settings(deadline=None)
def test_what_is_cited_in_the_same_year_stands_to_the_left(network: Drawable) -> None:
    """But for circles, which no order has, and for what is cited although it is younger."""
    documents, lines = network
    found, dates = drawn(network), {each.symbol: each.date or "" for each in documents}
    alone = [line for line in lines if line.citing != line.cited and not reaches(lines, line.cited, line.citing)]
    known = [line for line in alone if len(dates[line.citing]) == len(dates[line.cited]) == 10]
    assert all(
        found.boxes[line.cited].x < found.boxes[line.citing].x
        for line in known
        if dates[line.cited] <= dates[line.citing] and no_detour(lines, line, dates)
    )


def reaches(lines: Sequence[Line], start: str, end: str) -> bool:
    seen, front = {start}, [start]
    while front:
        front = [line.cited for line in lines if line.citing in front and line.cited not in seen]
        seen.update(front)
    return end in seen


def no_detour(lines: Sequence[Line], line: Line, dates: Mapping[str, str]) -> bool:
    """Whether nothing without a day comes between, from which a younger document might be cited."""
    return all(len(dates[each.citing]) == 10 and len(dates[each.cited]) == 10 for each in lines)


def test_what_has_no_date_stands_apart_or_where_its_citations_put_it() -> None:
    documents = [Document("UNTS/1/2"), Document("A/1", "2005"), Document("A/X"), Document("A/2", "2007-01-01")]
    found = plan(documents, [Line("A/2", "UNTS/1/2"), Line("A/X", "A/1"), Line("A/2", "A/X")], root="A/2")
    assert [(band.year, band.after_gap) for band in found.bands] == [(None, False), (2005, True), (2007, True)]
    assert found.undated == {"UNTS/1/2", "A/X"}
    assert found.boxes["A/1"].x < found.boxes["A/X"].x < found.boxes["A/2"].x


def test_years_become_spans_where_there_are_more_than_wished() -> None:
    documents = [Document(f"A/{year}", str(year)) for year in range(1990, 2020)]
    found = plan(documents, [Line("A/2019", each.symbol) for each in documents], root="A/2019", bands=6)
    spans = [(band.year, band.until) for band in found.bands]
    assert len(spans) == 6
    assert [year for first, last in spans for year in range(first or 0, (last or 0) + 1)] == list(range(1990, 2020))


def test_lines_keep_clear_of_labels() -> None:
    """In its columns a line runs level, and there it has room of its own."""
    documents = [Document(f"A/{year}/{n}", f"{year}-06-0{n}") for year in range(2001, 2009) for n in range(1, 5)]
    lines = [Line("A/2008/4", each.symbol) for each in documents[:-1]]
    found = plan(documents, lines, root="A/2008/4")
    for path in found.paths.values():
        y = float(re.findall(r"M\d+ (\d+)", path)[0])
        for bend, level in re.findall(r"(C[^CHM]*)?H(\d+)", path):
            y = float(bend.split(" ")[-1]) if bend else y
            tip = float(level)
            hit = [s for s, box in found.boxes.items() if box.x < tip < box.x + box.width and abs(box.middle - y) < 8]
            assert hit == []


@given(st.text(max_size=60), st.integers(10, 300))
def test_a_label_is_cut_to_its_room(text: str, room: int) -> None:
    shown = labels.cut(text, room, 9)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert shown == "…" or labels.width(shown, 9) <= room


def test_every_act_is_in_one_family_and_every_word_in_six_languages() -> None:
    acts = [act for each in families() for act in each.acts]
    assert sorted(acts) == sorted(registry.acts())
    assert family(None) is families()[-1]
    assert all(set(each.labels) == set(LANGUAGES) for each in families())
    assert all(words(language)["title"] for language in LANGUAGES)


def test_no_two_families_look_alike_without_colour() -> None:
    looks = [(each.dash, each.head) for each in families()]
    assert len(set(looks)) == len(looks)


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    first, second = sorted((light(one), light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@pytest.mark.parametrize("each", families(), ids=lambda each: each.name)
def test_every_family_is_seen_on_white_and_on_black(each: object) -> None:
    light, dark = each.light, each.dark  # type: ignore[attr-defined]
    assert contrast(light, "#ffffff") >= 3
    assert contrast(light, "#f3f5f8") >= 3
    assert contrast(dark, "#10161c") >= 3
    assert contrast(dark, "#19222b") >= 3
    assert contrast("#777777", "#888888") < 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_stands_alone_and_tells_itself(language: str) -> None:
    titles = {"ar": "تسخير العلم والتكنولوجيا", "zh": "科学、技术和创新促进可持续发展"}
    title = titles.get(language, "Science & <technology>\x0b")
    documents = {
        "A/1": Document("A/1", "2004", title, language, link="a.html?x=1&y=2"),
        "A/2": Document("A/2", "2005"),
    }
    lines = [Line("A/2", "A/1", ("recall", "reaffirm"), ("PP1", "OP2"))]
    drawn_ = plan(documents.values(), lines, root="A/1", titles=True)
    root = etree.fromstring(svg(drawn_, documents, lines, root="A/1", look=Look(language)))
    assert root.get("role") == "img"
    assert [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] != [None, None]
    assert not list(root.iter(f"{SVG}script"))
    assert not [href for each in root.iter() for href in [each.get("src")] if href]
    told = [each.findtext(f"{SVG}title") or "" for each in root.iter(f"{SVG}path")]
    recall = registry.acts()["recall"].labels[language]
    assert any("A/2" in each and "PP1" in each and recall in each for each in told)
    link = next(root.iter(f"{SVG}a"))
    assert link.get("href") == "a.html?x=1&y=2"
    assert title.rstrip("\x0b") in (link.findtext(f"{SVG}title") or "")
    shown = [each for each in link.iter(f"{SVG}text") if each.get("lang") == language]
    assert [each.get("direction") for each in shown] == (["rtl"] if language == "ar" else [None])
    assert any(each.text and recall_family(language) in each.text for each in root.iter(f"{SVG}text"))


def recall_family(language: str) -> str:
    return family("recall").labels[language]


def test_of_too_much_the_nearest_and_most_cited_are_shown() -> None:
    lines = [Line("root", f"A/{n}") for n in range(10)] + [Line("A/3", "far"), Line("A/4", "A/5")]
    symbols = {each for line in lines for each in (line.citing, line.cited)}
    assert nearest(symbols, lines, root="root", most=4) == {"root", "A/3", "A/4", "A/5"}
    assert nearest(symbols, lines, root="root", most=len(symbols)) == symbols


BROWSER = """
const found = JSON.parse(require("fs").readFileSync(0));
console.log(JSON.stringify(found.map(({documents, lines, root, titles}) => {
  const p = unkgLineage.layout.plan(documents, lines, root, titles);
  return {width: p.width, height: p.height, together: p.together, paths: [...p.paths],
    boxes: [...p.boxes].map(([symbol, b]) => [symbol, b.x, b.y, b.width, b.height]),
    bands: p.bands.map((b) => [b.year, b.x, b.width, b.gap]), undated: [...p.undated].sort()};
})));
"""


def as_the_browser(found: Plan) -> dict[str, object]:
    return {
        "width": found.width,
        "height": found.height,
        "together": found.together,
        "paths": [[f"{citing}\n{cited}", path] for (citing, cited), path in found.paths.items()],
        "boxes": [[symbol, box.x, box.y, box.width, box.height] for symbol, box in found.boxes.items()],
        "bands": [[band.year, band.x, band.width, band.after_gap] for band in found.bands],
        "undated": sorted(found.undated),
    }


def test_the_browser_draws_the_same_picture() -> None:
    """The layout stands twice, in Python and in the page's script: they are one."""
    if shutil.which("node") is None:
        pytest.skip("needs node on the PATH")
    networks_: list[tuple[Drawable, bool]] = []

    @given(networks(), st.booleans())
    @settings(deadline=None, max_examples=60, database=None)
    def collect(network: Drawable, titles: bool) -> None:
        networks_.append((network, titles))

    collect()
    asked = [
        {
            "documents": [{"symbol": each.symbol, "date": each.date} for each in documents],
            "lines": [[line.citing, line.cited] for line in lines],
            "root": documents[0].symbol,
            "titles": titles,
        }
        for (documents, lines), titles in networks_
    ]
    script = (ASSETS / "lineage-layout.js").read_text(encoding="utf-8") + BROWSER
    done = subprocess.run(["node", "-e", script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    ours = [as_the_browser(drawn(network, titles=titles)) for network, titles in networks_]
    assert len(ours) >= 60
    assert json.loads(done.stdout) == ours
