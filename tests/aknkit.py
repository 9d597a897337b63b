"""Small Akoma Ntoso files of our own making, in the shape in which the United Nations publishes them."""

from __future__ import annotations

_LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:akn4un="http://un.org/akn4un">
  <statement name="resolution">
    <meta>
      <identification source="#us">
        <FRBRWork>
          <FRBRuri value="/akn/un/statement/deliberation/unga/2035-12-17/90-12/"/><FRBRdate date="2035-12-17"/>
        </FRBRWork>
        <FRBRExpression><FRBRlanguage language="{code}"/></FRBRExpression>
      </identification>
      {meta}
    </meta>
    <coverPage><p class="upperRight"><docNumber refersTo="#symbol">{symbol}</docNumber></p></coverPage>
    <preface><p><docNumber>{number}.</docNumber><docTitle>{title}</docTitle></p></preface>
    <preamble>
      <formula name="enactingFormula"><p>{organ}</p></formula>
{preamble}
    </preamble>
    <mainBody>
{body}
    </mainBody>
  </statement>
</akomaNtoso>
"""
ORGANS = {
    "ar": "إن الجمعية العامة،",
    "en": "The General Assembly,",
    "es": "La Asamblea General,",
    "fr": "L’Assemblée générale,",
    "ru": "Генеральная Ассамблея,",
    "zh": "大会，",
}


def akn(
    preamble: list[str],
    operative: list[str],
    *,
    language: str = "en",
    symbol: str = "A/RES/90/12",
    title: str = "Mountains",
    meta: str = "",
) -> bytes:
    """A resolution of the General Assembly; paragraphs may hold markup, operative ones are numbered from 1."""
    containers = (f'      <container name="x"><p xml:space="preserve">{words}</p></container>' for words in preamble)
    numbered = (
        f'<paragraph eId="para_{n}"><num>{n}.</num><content><p xml:space="preserve">{words}</p></content></paragraph>'
        for n, words in enumerate(operative, start=1)
    )
    return _FILE.format(
        code=_LANGUAGES[language],
        meta=meta,
        symbol=symbol,
        number=symbol.removeprefix("A/RES/"),
        title=title,
        organ=ORGANS[language],
        preamble="\n".join(containers),
        body="\n".join(numbered),
    ).encode()


def link(symbol: str, words: str) -> str:
    """A link as the publisher sets it."""
    return f'<a href="https://undocs.org/en/{symbol}">{words}</a>'
