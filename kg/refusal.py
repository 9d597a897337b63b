"""What a server says of why it refuses: its own words, out of whatever it wraps them in, and no more than can be
shown."""

from __future__ import annotations

import json
import re

#: Bytes that are read of an answer for its words, and characters that are shown of these.
MOST_BYTES, MOST_SHOWN = 16_384, 300
#: Where the words stand in JSON: as RFC 9457 has it, and as others do.
_NAMES = ("title", "error", "message", "detail")
_UNSEEN = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>")


def words_of(body: bytes) -> str:
    """The words of an answer in JSON, HTML or plain text on one line, empty where there are none."""
    start = body[:MOST_BYTES].lstrip()
    said = _of_json(start) if start.startswith(b"{") else ""
    if not said:
        said = (_UNSEEN.sub(b" ", start) if start.startswith(b"<") else start).decode(errors="replace")
    # What a stranger sends goes to a terminal, to which it must not give orders.
    line = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"


def _of_json(text: bytes) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    told = [found[name].strip() for name in _NAMES if isinstance(found.get(name), str)]
    return ": ".join(dict.fromkeys(each for each in told if each))
