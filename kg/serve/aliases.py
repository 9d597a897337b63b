"""Other spellings of a document's name, and the name that they lead to.

70/1, A/RES/70/1, https://undocs.org/A/RES/70/1 and Akoma Ntoso names are what people paste; kg.symbols reads them all.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from kg import symbols
from kg.uris import Names

#: A link whose slashes a browser or a proxy made one.
_LINK = re.compile(r"(?P<scheme>https?):/{1,2}(?P<rest>.+)", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.)?(?:undocs\.org|docs\.un\.org)/", re.IGNORECASE)
#: No symbol is longer.
_LONGEST = 200
#: What may stand in a path unescaped.
_SAFE = "/().,:;=@-_~'!*+&$"


def symbol_of(path: str) -> str | None:
    """The canonical symbol that a path spells in whichever way, None where it spells none."""
    text = path.strip("/ ")
    if not text or len(text) > _LONGEST:
        return None
    text = text.removeprefix("doc/")
    if link := _LINK.fullmatch(text):
        text = link["rest"]
    if _HOST.match(text):
        text = f"https://{text}"
    elif text.startswith("akn/"):
        # The version of a language, and what stands in it, follow the name of the work.
        text = "/" + re.sub(r"/(?:[a-z]{3}(?:@[^/]*)?|!.*|main.*)$", "", text)
    found = symbols.find(text)
    return found.text if found else None


def path_of(uri: str, names: Names) -> str:
    """The path of a name of ours, or of another's link, as it would be asked for here."""
    if uri.startswith(names.base):
        return uri.removeprefix(names.base).partition("#")[0]
    return re.sub(r"^https?://metadata\.un\.org/sdg/", "sdg/", uri)


def escaped(path: str) -> str:
    """A path as it stands in an address."""
    return quote(path, safe=_SAFE)
