"""The answer where a program asks for what is not known."""

from __future__ import annotations

from kg.serve.generation import Generation
from kg.serve.messages import Refused, problem


def unknown(now: Generation, symbol: str) -> Refused:
    """404 with the closest symbols, to be raised."""
    close = now.closest(symbol)
    told = f"{symbol} is not known here" + (f"; the closest are {', '.join(close)}" if close else "")
    return Refused(problem(404, "Not known", told, closest=close))
