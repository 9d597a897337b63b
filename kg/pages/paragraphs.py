"""The text of a document as a page shows it: paragraphs with their acts, and the words that cite or name something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.pages.marks import Stretch, stretches
from kg.pages.reading import Citation, Clause, Mention, Reading, Words

#: What a paragraph is divided into when nothing is known of its words.
Thing = Citation | Mention


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a document in one language; `language` is None where they are not held in any."""

    language: str | None
    parts: Sequence[Stretch[Thing]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A clause on a page. `depth` counts the steps from a whole paragraph down; `number` is what stands before it;
    `unseen` are citations whose words were not found in the text, or that has none."""

    clause: Clause
    shown: Shown
    number: str
    depth: int
    notes: Sequence[str]
    unseen: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    clause: str | None
    shown: Shown


def chosen(texts: Mapping[str, str], language: str) -> str | None:
    """The language that words are shown in: the one asked for, else English, else any."""
    return next((each for each in (language, "en", *sorted(texts)) if each in texts), None)


def paragraphs(reading: Reading, language: str) -> list[Paragraph]:
    """Every clause, in the order of the text."""
    words = _by_part(reading)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for note, caller, _ in reading.footnotes:
        notes[caller or ""].append(note)
    citing: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in reading.citations:
        citing[citation.clause].append(citation)
    found = []
    for clause in reading.clauses:
        shown = _shown(clause.texts, words.get(clause.id, ()), language)
        seen = {part.thing.name for part in shown.parts if isinstance(part.thing, Citation)}
        unseen = [each for each in citing[clause.id] if each.name not in seen and each.part == clause.id]
        printed = clause.number or ""
        depth = clause.id.count(".") if " " in printed else 0
        number = printed.rpartition(" ")[2] if depth else f"{printed}." if printed else ""
        found.append(Paragraph(clause, shown, number, min(depth, 4), notes[clause.id], unseen))
    return found


def footnotes(reading: Reading, language: str) -> list[Note]:
    """Every footnote, by number."""
    words = _by_part(reading)
    return [
        Note(name, clause, _shown(texts, words.get(name, ()), language)) for name, clause, texts in reading.footnotes
    ]


def _by_part(reading: Reading) -> Mapping[str, Sequence[tuple[Words, Thing]]]:
    """The words of each clause or footnote, those of citations first."""
    found: defaultdict[str, list[tuple[Words, Thing]]] = defaultdict(list)
    for citation in reading.citations:
        found[citation.part].extend((words, citation) for words in citation.words)
    for mention in reading.mentions:
        if not mention.inferred:
            found[mention.clause].extend((words, mention) for words in mention.words)
    return found


def _shown(texts: Mapping[str, str], found: Sequence[tuple[Words, Thing]], language: str) -> Shown:
    chosen_language = chosen(texts, language)
    if chosen_language is None:
        return Shown(None, ())
    own = [each for each in found if each[0].language == chosen_language]
    return Shown(chosen_language, stretches(texts[chosen_language], own))


def place_of(citation: Citation) -> str:
    """The anchor on the cited document's page: the first cited part, where there is one."""
    return citation.places[0].partition("#")[2] if citation.places else ""
