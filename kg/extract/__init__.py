"""Outline → Reading: what the words of one language version say.

One file a kind: acts, references (citations), names (bodies, instruments, events), goals, addressees, reports. None
looks at another language or another document; what is meant is decided afterwards, in kg.resolve.
"""

from __future__ import annotations

from kg import languages
from kg.extract.acts import read_acts
from kg.extract.addressees import Addressee, read_addressees
from kg.extract.chapeaux import Chapeau, chapeaux, own_acts
from kg.extract.goals import read_goals
from kg.extract.names import names_and_short_names
from kg.extract.narrated import with_told
from kg.extract.references import read_references
from kg.extract.reports import read_report_requests
from kg.extract.roles import mentioned
from kg.extract.words import read_words
from kg.model import Outline, Reading

__all__ = ["extract"]


def extract(outline: Outline) -> Reading:
    """Everything the words of the outline say."""
    rules = languages.rules(outline.text.language)
    words = read_words(outline, rules)
    spoken = [clause.id for clause in outline.clauses if clause.kind != "heading"]
    read = {clause: with_told(words[clause].folded, read_acts(words[clause], rules), rules) for clause in spoken}
    own = own_acts(outline.clauses, read, rules)
    names, called = names_and_short_names(outline, words, rules)
    addressees = read_addressees(outline, words, own, names, rules)
    above = chapeaux(outline.clauses, own, rules)
    # What a point takes over governs it from its first word on.
    acts = {
        clause: (above[clause].act._replace(at=0, end=0),) if clause in above else found
        for clause, found in own.items()
    }
    asked = {
        clause: _taken_over(addressees, above[clause]) if clause in above else addressees.get(clause, [])
        for clause in own
    }
    called_on = {
        clause: tuple(dict.fromkeys(each.target for each in those)) for clause, those in asked.items() if those
    }
    return Reading(
        outline=outline,
        acts=acts,
        references=read_references(outline, words, acts, names, rules),
        # What a footnote names is part of its citation, not something its paragraph speaks of.
        mentions=tuple(
            mention
            for clause in outline.clauses
            for mention in mentioned(clause, names[clause.id], called_on.get(clause.id, ()), words[clause.id], rules)
        )
        + read_goals(outline, words, names, rules),
        addressees=called_on,
        requests=read_report_requests(outline, words, asked, names, rules),
        called=called,
    )


def _taken_over(addressees: dict[str, list[Addressee]], chapeau: Chapeau) -> list[Addressee]:
    """Those whom the act above asks; in the point the asking comes before its first word."""
    those = addressees.get(chapeau.clause, [])
    return [Addressee(each.target, 0) for each in those if each.act_at == chapeau.act.at]
