"""What is asked for, as one language writes it: the stems to look up in the index, and to mark in a text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from kg.model import Language, Span
from kg.search.asked import Asked, Either, Term
from kg.search.words import Token, Words, pairs

#: A phrase of words with many stems each would grow without end; the likeliest come first.
_MOST_PHRASES = 48


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems one behind the other; where it `begins`, the last one may go on."""

    stems: tuple[str, ...]
    begins: bool = False

    def expression(self) -> str:
        """As SQLite's full-text search takes it; a stem holds letters and digits only."""
        return f'"{" ".join(self.stems)}"{"*" if self.begins else ""}'


class Reader:
    """Reads what is asked for with the words of one language and the index's knowledge of them."""

    def __init__(self, index: sqlite3.Connection, language: Language) -> None:
        self._index = index
        self._language = language
        self.words = Words(language)

    def expression(self, asked: Asked) -> str | None:
        """The search in SQLite's words; None where this language has no such words."""
        if isinstance(asked, Term):
            return " OR ".join(phrase.expression() for phrase in self.phrases(asked)) or None
        parts = [self.expression(part) for part in asked.parts]
        if isinstance(asked, Either):
            return " OR ".join(f"({part})" for part in parts if part) or None
        if None in parts:
            return None
        every = " AND ".join(f"({part})" for part in parts)
        without = [f"({part})" for part in map(self.expression, asked.without) if part]
        return f"({every}) NOT ({' OR '.join(without)})" if without else every

    def to_mark(self, asked: Asked) -> Iterator[Phrase]:
        """All that is worth a mark in a text that was found."""
        if isinstance(asked, Term):
            yield from self.phrases(asked)
        else:
            for part in asked.parts:
                yield from self.to_mark(part)

    def phrases(self, term: Term) -> Sequence[Phrase]:
        """The ways in which the index holds a term."""
        words = self.words
        pieces = [word for word in words.pattern.findall(term.text) if words.is_joined(word) or words.stem(word)]
        if not pieces:
            return ()
        *before, last = pieces
        choices = [[Phrase(tuple(pairs(word)))] if words.is_joined(word) else self._stems(word) for word in before]
        every = islice(product(*choices, self._last(last, begins=term.begins)), _MOST_PHRASES)
        return [Phrase(tuple(stem for part in parts for stem in part.stems), parts[-1].begins) for parts in every]

    def _last(self, word: str, *, begins: bool) -> Sequence[Phrase]:
        """The end of a term, which may go on: as a word that begins so, or in a script without spaces anyway."""
        if self.words.is_joined(word):
            return [Phrase((word,), begins=True) if len(word) == 1 else Phrase(tuple(pairs(word)[:-1]))]
        return self._beginning(self.words.form(word)) if begins else self._stems(word)

    def _beginning(self, form: str) -> Sequence[Phrase]:
        """The stems that begin so, and those of words that begin so but have lost more: technologie* is technolog."""
        rows = self._index.execute(
            "SELECT DISTINCT stem FROM forms WHERE language = ? AND form >= ? AND form < ? AND stem NOT GLOB ? || '*'",
            (self._language, form, f"{form}\U0010ffff", form),
        )
        return [Phrase((form,), begins=True), *(Phrase((stem,)) for (stem,) in rows)]

    def _stems(self, word: str) -> Sequence[Phrase]:
        """The stems of a word, its own first; in small letters it may stand for initials too."""
        stem = self.words.stem(word)
        if stem != self.words.stem(word.lower()):
            return [Phrase((stem,))]
        rows = self._index.execute(
            "SELECT stem FROM forms WHERE language = ? AND form = ?", (self._language, self.words.form(word))
        )
        found = dict.fromkeys((*self._joined_to(stem), *(stem for (stem,) in rows)))
        return [Phrase((each,)) for each in found]

    def _joined_to(self, stem: str) -> Iterator[str]:
        """The stem with and without what may be written to it. What is longer and rarer is the shorter word with
        something before it (بقرار is ب and قرار); what is more frequent is a word of its own (بناء)."""
        rest = stem[1:] if stem.startswith(tuple(self.words.attached)) else ""
        root = rest if len(rest) > 1 and self._count(rest) >= max(1, self._count(stem)) else stem
        yield root
        longer = {f"{each}{root}": self._count(f"{each}{root}") for each in self.words.attached}
        most = self._count(root) if longer else 0
        yield from (each for each, count in longer.items() if count and (count <= most or not most))

    def _count(self, stem: str) -> int:
        """How many texts of the index hold a stem."""
        row = self._index.execute(f"SELECT doc FROM vocabulary_{self._language} WHERE term = ?", (stem,)).fetchone()
        return int(row[0]) if row else 0


def marks(text: str, phrases: Sequence[Phrase], words: Words) -> tuple[Span, ...]:
    """Where the phrases stand in a text, in order; what overlaps is joined."""
    tokens = list(words.tokens(text))
    held = {token.stem for token in tokens}
    found = [
        span for phrase in phrases if held.issuperset(phrase.stems[:-1]) for span in _places(phrase, tokens, words)
    ]
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _places(phrase: Phrase, tokens: Sequence[Token], words: Words) -> Iterator[Span]:
    *before, last = phrase.stems
    for at in range(len(tokens) - len(before)):
        end = tokens[at + len(before)]
        fits = end.stem.startswith(last) if phrase.begins else end.stem == last
        if fits and all(token.stem == stem for token, stem in zip(tokens[at:], before, strict=False)):
            # One character of a pair was asked for; of a word that begins so, the whole.
            stop = end.span.start + 1 if phrase.begins and words.is_joined(last) else end.span.end
            yield Span(tokens[at].span.start, stop)
