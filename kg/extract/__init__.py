"""Outline → Reading: what the words of one language version say.

One file a kind: acts, references (citations), names (bodies, instruments, events), goals, addressees, reports. None
looks at another language or another document; what is meant is decided afterwards, in kg.resolve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from kg import languages
from kg.extract.acts import read_acts
from kg.extract.addressees import read_addressees
from kg.extract.goals import read_goals
from kg.extract.names import read_names
from kg.extract.references import read_references
from kg.extract.reports import read_report_requests
from kg.extract.words import read_words
from kg.model import Outline, Reading

__all__ = ["extract"]

_T = TypeVar("_T")


def extract(outline: Outline) -> Reading:
    """Everything the words of the outline say."""
    rules = languages.rules(outline.text.language)
    words = read_words(outline, rules)
    own = {clause.id: read_acts(words[clause.id], rules) for clause in outline.clauses if clause.kind != "heading"}
    names = read_names(outline, words, rules)
    addressees = read_addressees(outline, words, own, names, rules)
    acts = {clause: found or _chapeau(clause, own) for clause, found in own.items()}
    asked = {
        clause: addressees.get(clause, ()) if found else _chapeau(clause, addressees) for clause, found in own.items()
    }
    return Reading(
        outline=outline,
        acts=acts,
        references=read_references(outline, words, acts, names, rules),
        # What a footnote names is part of its citation, not something its paragraph speaks of.
        mentions=tuple(
            name.mention for clause in outline.clauses for name in names[clause.id] if name.mention.kind != "group"
        )
        + read_goals(outline, words, names, rules),
        addressees={
            clause: tuple(dict.fromkeys(each.target for each in those)) for clause, those in asked.items() if those
        },
        requests=read_report_requests(outline, words, addressees, names, rules),
    )


def _chapeau(clause: str, found: Mapping[str, Sequence[_T]]) -> tuple[_T, ...]:
    """What a point takes over from the words above it: OP2.b from OP2."""
    parent = clause.rpartition(".")[0]
    return tuple(found.get(parent, ()))[-1:] if parent in found else ()
