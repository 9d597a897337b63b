"""Small documents of our own for stores that change, and what such a store says, to be compared with another.

A test module takes the fixture with `pytest_plugins = ["tests.buildkit"]`. (PYTEST_DONT_REWRITE: it is imported by name
as well.)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import kg
from kg.manifest import Manifest, found
from kg.store import SHARDS, current
from tests.aknkit import ORGANS, akn
from tests.storekit import exported

#: What paragraphs of our documents say, in each language: a citation, and what is decided.
WORDS = {
    "ar": ("إذ تشير إلى قرارها {}،", "تقرر أن تبقي المسألة قيد نظرها.", "الجبال"),
    "en": ("Recalling its resolution {},", "Decides to remain seized of the matter.", "Mountains"),
    "es": ("Recordando su resolución {},", "Decide seguir ocupándose de la cuestión.", "Las montañas"),
    "fr": ("Rappelant sa résolution {},", "Décide de rester saisie de la question.", "Les montagnes"),
    "ru": ("ссылаясь на свою резолюцию {},", "постановляет продолжать заниматься этим вопросом.", "Горы"),
    "zh": ("回顾其第{}号决议，", "决定继续处理此案。", "山区"),
}
#: A word for a search in each language that the documents hold.
ASKED = ("قرار", "resolution", "resolución", "résolution", "резолюция", "决议", "matter", "mountains")


def marked_up(number: str, language: str = "en", *, cites: str = "86/7", words: str | None = None) -> bytes:
    """A resolution of the General Assembly in Akoma Ntoso, by its number (90/12); `words` is one paragraph more."""
    recalls, decides, title = WORDS[language]
    operative = [decides, words] if words else [decides]
    return akn([recalls.format(cites)], operative, language=language, symbol=f"A/RES/{number}", title=title)


def plain(number: str, language: str = "en", *, cites: str = "86/7") -> bytes:
    """The same as plain text, which tells its symbol in the first line."""
    recalls, decides, title = WORDS[language]
    parts = (f"A/RES/{number}", title, ORGANS[language], recalls.format(cites), f"1. {decides}")
    return "\n\n".join(parts).encode()


def collection(*numbers: str) -> bytes:
    """Several resolutions in one file."""
    parts: list[str] = []
    for number in numbers:
        inside = marked_up(number).decode().partition("<statement")[2].partition("</akomaNtoso>")[0]
        parts.append(f'<component eId="c{len(parts)}"><statement{inside}</component>')
    whole = marked_up(numbers[0]).decode()
    head, meta = (
        whole.partition("<statement")[0],
        whole[whole.index("<meta>") : whole.index("</meta>") + len("</meta>")],
    )
    body = f"<documentCollection>{meta}</documentCollection><components>{''.join(parts)}</components>"
    return f"{head}{body}</akomaNtoso>".encode()


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The folder with these files in it, and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in folder.iterdir():
        if each.name not in files:
            each.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def says(path: Path) -> dict[str, object]:
    """All that can be asked of a store, whatever the way it came to it."""
    store = kg.open_store(path)
    hits = [
        (word, hit.symbol, hit.clause, hit.language, hit.words)
        for word in ASKED
        for hit in kg.search(store, word, limit=None)
    ]
    manifest = manifest_of(path)
    counts, works, violations = manifest.fact("counts"), manifest.works(), sorted(map(str, manifest.violations()))
    manifest.close()
    quads = exported(store, path.parent / f"{path.name}.nq", "nq")
    return {"quads": quads, "hits": sorted(hits), "counts": counts, "works": works, "violations": violations}


def manifest_of(path: Path) -> Manifest:
    """What the store was made from; to be closed."""
    manifest = found(current(path))
    assert manifest is not None
    return manifest


def works(path: Path) -> list[str]:
    """The symbols of the documents that a store holds."""
    manifest = manifest_of(path)
    held = list(manifest.works())
    manifest.close()
    return held


def tidy(path: Path) -> bool:
    """Whether nothing lies in a store but the current state and the one before."""
    return len(list(path.glob("generation-*"))) <= 2 and not (path / SHARDS).exists()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores without the vocabulary, which takes longer to load than our documents to read."""
    monkeypatch.setattr("kg.store.Writer.load_vocabulary", lambda writer: writer.read())
