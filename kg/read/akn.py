"""Akoma Ntoso as the United Nations publishes it (AKN4UN) → Text.

The characters of the text are those between the tags, in the order of the file, without the metadata: the string value
of the element. The ids of its paragraphs do not follow the printed numbers, so that the numbers alone are used; its
structure is kept as a hint (`Block.part`), as files differ in what they call preamble and body.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import cast

from lxml import etree

from kg import languages
from kg.errors import UnreadableSource
from kg.model import Finding, Language, Leftover, Link, Part, Published, Source, Text
from kg.read.language import ENOUGH, language_of
from kg.read.pieces import Pieces
from kg.read.published import published_of, words_of

_NAMESPACE = re.compile(r"\{[^}]*\}")
_TAG = re.compile(r"<!--.*?-->|<[?!]?[^>]+>", re.DOTALL)
_BLANK = re.compile(r"\s+")
_HEADING_CLASS = re.compile(r"H\d|HCh|TitleH|AgendaTitle")

#: Elements that hold the words of one block; those inside one belong to it.
_HOLDERS = frozenset(
    (
        *("p", "content", "intro", "container", "formula", "wrapUp", "alinea", "listIntroduction"),
        *("crossHeading", "subheading", "heading", "docTitle"),
    )
)
#: Elements that end the block in which they stand.
_BREAKERS = frozenset(
    (
        *("coverPage", "preface", "preamble", "mainBody", "conclusions", "attachments", "attachment", "doc"),
        *("section", "paragraph", "point", "item", "list", "sublist", "blockList"),
        *("embeddedStructure", "quotedStructure", "mod", "components", "component", "statement"),
    )
)
_PARTS: dict[str, Part] = {
    "coverPage": "cover",
    "preface": "cover",
    "formula": "opening",
    "conclusions": "closing",
    "subheading": "heading",
    "heading": "heading",
    "wrapUp": "rest",
    "table": "continued",
}
#: What a collection holds beside the words that its documents share.
_COMPONENTS = ("meta", "components", "collectionBody")
#: Quoted or recommended texts open with the name of another organ; that opens nothing here.
_EMBEDDED = frozenset(("embeddedStructure", "quotedStructure", "attachments"))


def looks_like_akn(data: bytes) -> bool:
    """Whether the bytes are an Akoma Ntoso document, well-formed or not."""
    return b"<akomaNtoso" in data[:4096]


def read_akn(source: Source) -> tuple[Text, ...]:
    """The resolutions or decisions of the file, mostly one, each with the cover page that is common to them.

    Raises UnreadableSource, with line and column, where the file is malformed and cannot be mended without loss.
    """
    root, findings = _parsed(source)
    statements = list(_statements(root))
    if not statements:
        raise UnreadableSource(source.name, "holds no statement; expected a resolution or decision in Akoma Ntoso")
    language = language_of(source.name, _beginning(statement for _, statement in statements), source.language)
    return tuple(_text(source, shared, statement, language, findings) for shared, statement in statements)


def _parsed(source: Source) -> tuple[etree._Element, tuple[Finding, ...]]:
    """The root; a malformed file is mended where every word between its tags is kept."""
    try:
        return etree.fromstring(source.data, _parser()), ()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where, problem = f"line {line}, column {column}", (error.msg or "is malformed").rpartition(", line ")[0]
        problem = problem or str(error.msg)
    # A file that breaks off is not mended: nobody knows what stood behind.
    whole = source.data.rstrip().endswith(b"</akomaNtoso>")
    mended = etree.fromstring(source.data, _parser(recover=True)) if whole else None
    if mended is None or _BLANK.sub("", words_of(mended)) != _between_tags(source.data):
        why = "words would be lost in mending it" if whole else "the file breaks off before its end"
        raise UnreadableSource(source.name, f"{where}: malformed XML ({problem}), and {why}")
    message = f"the XML is malformed at {where} ({problem}); it has been mended, and no word is lost"
    return mended, (Finding("warning", "xml-malformed", "document", message),)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def _between_tags(data: bytes) -> str:
    words = html.unescape(_TAG.sub("", data.decode("utf-8", errors="replace")))
    return _BLANK.sub("", words.lstrip("\ufeff"))


def _statements(root: etree._Element) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    """Each statement of the file, with the collection that holds it where there is one."""
    for child in root:
        if _name(child) == "statement":
            yield None, child
        elif _name(child) == "documentCollection":
            beside = [each for each in root if _name(each) == "components"]
            for components in [*beside, *child.iter("{*}components")]:
                for component in components:
                    yield from ((child, each) for each in component if _name(each) in ("statement", "doc"))


def _text(
    source: Source,
    shared: etree._Element | None,
    statement: etree._Element,
    language: Language,
    findings: tuple[Finding, ...],
) -> Text:
    walk = _Walk(Pieces(languages.rules(language)))
    common = [child for child in shared if _name(child) not in _COMPONENTS] if shared is not None else []
    for element in (*common, statement):
        walk.visit(element)
    walk.pieces.finish()
    published = published_of(statement, shared)
    return Text(
        source=source.name,
        language=language,
        characters=walk.pieces.characters,
        blocks=tuple(walk.pieces.blocks),
        digest=f"sha256:{hashlib.sha256(source.data).hexdigest()}",
        links=tuple(walk.links),
        published=published,
        leftovers=tuple(walk.leftovers),
        findings=(
            *findings,
            *_claims(source, published, language),
            *_lost((*common, statement), walk.pieces.characters),
        ),
    )


def _lost(elements: Sequence[etree._Element], characters: str) -> Iterator[Finding]:
    # Where nothing went wrong the words are the same with all white space, which is quickly seen.
    words = "".join(map(_outside_metadata, elements))
    return lost_words(words, characters) if words != characters else iter(())


def lost_words(words: str, characters: str) -> Iterator[Finding]:
    """Says where the characters of a text are not the words of its file, white space aside."""
    printed, kept = _BLANK.sub("", words), _BLANK.sub("", characters)
    if printed != kept:
        at = next((n for n, (one, other) in enumerate(zip(printed, kept, strict=False)) if one != other), len(kept))
        message = f"the words of the file were not all read, in their order; behind “{printed[max(at - 40, 0) : at]}”"
        yield Finding("error", "text-lost", "document", f"{message} comes “{printed[at : at + 40]}”")


def _outside_metadata(element: etree._Element) -> str:
    """All words of an element but those of its metadata."""
    if _name(element) == "meta":
        return ""
    if next(element.iter("{*}meta", etree.Entity), None) is None:
        return "".join(map(str, element.itertext()))
    parts = [element.text or ""]
    for child in element:
        parts += (_outside_metadata(child), child.tail or "")
    return "".join(parts)


def _claims(source: Source, published: Published, language: str) -> Iterator[Finding]:
    """The folder's or file's name, and the header, where they say another language than the words are in."""
    for who, claim in (("the file's name", source.language), ("the header of the file", published.language)):
        if claim and claim != language:
            message = f"{who} says {claim}, but the words are {language}; the words are believed"
            yield Finding("warning", "language-claimed", "document", message)


def _beginning(statements: Iterable[etree._Element]) -> str:
    """The first words of the statements by lines, without those of their covers, which may stay in another language."""
    parts = (child for each in statements for child in each if _name(child) not in ("meta", "coverPage"))
    lines = (" ".join(str(words).split()) for part in parts for words in part.itertext())
    found: list[str] = []
    length = 0
    for line in filter(None, lines):
        found.append(line)
        length += len(line) + 1
        if length > ENOUGH:
            break
    return "\n".join(found)


def _name(element: etree._Element) -> str:
    return _local_name(element.tag)


@cache
def _local_name(tag: object) -> str:
    return _NAMESPACE.sub("", str(tag))


class _Walk:
    """Goes through the elements in the order of the file and hands their words to the pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.links: list[Link] = []
        self.leftovers: list[Leftover] = []
        self.parts: list[Part | None] = [None]
        self.embedded = 0

    def visit(self, element: etree._Element) -> None:
        name = _name(element)
        if name == "meta":
            return
        part = self._part(name, element)
        self.parts.append(part or self.parts[-1])
        self.embedded += name in _EMBEDDED
        if name == "authorialNote":
            with self.pieces.note(element.get("marker") or ""):
                self._children(element)
        elif name == "num":
            self._number(element)
        elif name in ("tr", "td", "th"):
            self.pieces.separate("\n" if name == "tr" else "\t")
            self._children(element)
        elif name == "container" and sum(_name(child) == "p" for child in element) > 1:
            # Several paragraphs of a preamble in one container.
            self.pieces.close()
            self._children(element)
            self.pieces.close()
        elif name in _HOLDERS or name == "table":
            self._held(name, element)
        elif name in _BREAKERS:
            self.pieces.close()
            self._children(element)
            self.pieces.close()
        elif name == "a":
            self._link(element)
        else:
            if name == "eol":
                self.pieces.separate(" ")
            self._children(element)
        self.embedded -= name in _EMBEDDED
        self.parts.pop()

    def _children(self, element: etree._Element) -> None:
        self._take(element.text)
        for child in element:
            self.visit(child)
            self._take(child.tail)

    def _take(self, words: str | None) -> None:
        if words:
            self.pieces.take(words, self.parts[-1])

    def _held(self, name: str, element: etree._Element) -> None:
        """One block for the whole element, unless it stands in one already; a table is a block of its own."""
        if name == "table":
            self.pieces.close()
        opens = not self.pieces.is_open
        if opens:
            self.pieces.open(self.parts[-1])
        else:
            self.pieces.separate(" ")
        self._children(element)
        if opens:
            self.pieces.close()

    def _number(self, element: etree._Element) -> None:
        """The number of a paragraph or point; that of a section, and such as A. and 1.1, begins its title."""
        parent = element.getparent()
        words = words_of(element)
        if parent is not None and _name(parent) == "section":
            self.pieces.open("heading")
            self.pieces.take(words, "heading")
            self.pieces.close()
        elif self.pieces.numbers(words):
            self.pieces.number(words)
        else:
            self.pieces.open("heading")
            self.pieces.take(words, "heading")

    def _link(self, element: etree._Element) -> None:
        start = self.pieces.at
        self._children(element)
        if address := element.get("href"):
            self.links.append(self.pieces.link(start, address, cast("int | None", element.sourceline)))

    def _part(self, name: str, element: etree._Element) -> Part | None:
        part = _PARTS.get(name)
        if part == "opening" and self.embedded:
            return None
        if name == "paragraph" and _HEADING_CLASS.match(element.get("class") or ""):
            # Some files call numbered paragraphs headings; the number tells.
            return None if any(_name(child) == "num" for child in element) else "heading"
        if name == "crossHeading" and element.get("refersTo") != "#preamble":
            return "heading"
        if name == "doc":
            self.pieces.next_part = "annex"
        return part
