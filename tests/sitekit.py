"""A small site in six languages: two resolutions of one series, the later of which cites the earlier.

A test module takes the fixtures with `pytest_plugins = ["tests.sitekit"]`. (PYTEST_DONT_REWRITE: it is imported by name
as well.)
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import registry, resources
from kg.build import build
from kg.pages import Site, open_site
from kg.publish import publish
from kg.uris import BASE, SDG, Names
from kg.validate import shipped
from tests.buildkit import WORDS, marked_up

ADDRESS = "https://example.org/un/"
EARLIER, LATER = "A/RES/90/12", "A/RES/92/12"
#: What both ask a body to do; the second of each pair is the wording of the later one.
ASKS = {
    "ar": (
        "تطلب إلى اللجنة المعنية بتسخير العلم والتكنولوجيا لأغراض التنمية أن تواصل عملها.",
        "تطلب إلى اللجنة المعنية بتسخير العلم والتكنولوجيا لأغراض التنمية أن تواصل عملها بشأن الجبال.",
    ),
    "en": (
        "Requests the Commission on Science and Technology for Development to continue its work.",
        "Requests the Commission on Science and Technology for Development to continue its work on mountains.",
    ),
    "es": (
        "Solicita a la Comisión de Ciencia y Tecnología para el Desarrollo que prosiga su labor.",
        "Solicita a la Comisión de Ciencia y Tecnología para el Desarrollo que prosiga su labor sobre las montañas.",
    ),
    "fr": (
        "Prie la Commission de la science et de la technique au service du développement de poursuivre ses travaux.",
        "Prie la Commission de la science et de la technique au service du développement de poursuivre ses travaux "
        "sur les montagnes.",
    ),
    "ru": (
        "просит Комиссию по науке и технике в целях развития продолжить свою работу.",
        "просит Комиссию по науке и технике в целях развития продолжить свою работу, касающуюся гор.",
    ),
    "zh": ("请科学和技术促进发展委员会继续工作。", "请科学和技术促进发展委员会继续就山区开展工作。"),
}


#: The things that the site has pages of beside the vocabulary: a few, as each has a page in six languages.
_THINGS = (
    *("body/cstd", "body/general-assembly", "body/economic-and-social-council", "body/united-nations"),
    *("sdg/15", "sdg/15.4", "sdg/17", "sdg/17.6", "instrument/2030-agenda", "event/wsis"),
)


def _few(folder: Path) -> Path:
    """The registries with those things alone, and nothing that leads to others."""
    kept = {Names().named(thing) for thing in _THINGS}
    triples = [
        quad.triple
        for path in resources.registries()
        for quad in ox.parse(resources.turtle(path).encode(), ox.RdfFormat.TURTLE)
    ]
    named = re.compile(rf"({re.escape(BASE)}(body|instrument|event|group)/|{re.escape(SDG)}\d)")
    path = folder / "few.ttl"
    few = (
        triple
        for triple in triples
        if all(
            each.value in kept or not named.match(each.value)
            for each in (triple.subject, triple.object)
            if isinstance(each, ox.NamedNode)
        )
    )
    path.write_bytes(ox.serialize(few, format=ox.RdfFormat.TURTLE) or b"")
    return path


@pytest.fixture(scope="session")
def site_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the two resolutions; to be read, never written."""
    folder = tmp_path_factory.mktemp("site")
    # Texts are read, and graphs checked, with all that is known; the store holds a little of it.
    registry.entries()
    shipped(BASE)
    few = _few(folder)
    texts = folder / "texts"
    texts.mkdir()
    for language in WORDS:
        before, after = ASKS[language]
        (texts / f"90-12.{language}.xml").write_bytes(marked_up("90/12", language, words=before))
        (texts / f"92-12.{language}.xml").write_bytes(marked_up("92/12", language, cites="90/12", words=after))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.resources.registries", lambda: (few,))
        build([texts], folder / "store", jobs=1)
    return folder / "store"


@pytest.fixture(scope="session")
def site(site_store: Path) -> Site:
    return open_site(site_store, address=ADDRESS)


@pytest.fixture(scope="session")
def published(site_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in a folder; to be read, never written."""
    folder = tmp_path_factory.mktemp("published")
    publish(site_store, folder, address=ADDRESS, jobs=2)
    return folder
