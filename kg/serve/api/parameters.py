"""What the address of a request to the API may say: declared once, for reading it and for describing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import symbols
from kg.serve.messages import Refused, Request, problem

Value = str | int | None
Values = Mapping[str, Value]
#: No symbol, word or name is longer.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of an address; `least` and `most` bound a number, `choices` and `pattern` a word."""

    name: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    default: Value = None
    example: Value = None
    symbol: bool = False
    pattern: str = ""

    @property
    def number(self) -> bool:
        return self.least is not None

    def schema(self) -> dict[str, Any]:
        """The values it takes, as JSON Schema."""
        if self.number:
            bounds = {"minimum": self.least, "maximum": self.most, "default": self.default}
            return {"type": "integer", **{key: value for key, value in bounds.items() if value is not None}}
        told: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
        if self.choices:
            told = {"type": "string", "enum": list(self.choices)}
        if self.pattern:
            told["pattern"] = self.pattern
        return told if self.default is None else {**told, "default": self.default}

    def read(self, text: str) -> Value:
        """The value; raises Refused that says what was expected."""
        if self.number:
            return self._number(text)
        if self.choices and text not in self.choices:
            self._refuse(text, f"expected {', '.join(self.choices)}")
        if not text or len(text) > _LONGEST:
            self._refuse(text, f"expected from 1 to {_LONGEST} characters")
        if self.symbol:
            found = symbols.find(text)
            if found is None:
                self._refuse(text, "no document symbol; expected something like A/RES/70/1 or S/RES/1325(2000)")
            return found.text if found else None
        return text

    def _number(self, text: str) -> int:
        least, most = self.least or 0, self.most or 0
        # As JSON has whole numbers; Python would take other digits, and underscores.
        if not (text.isascii() and text.isdigit()) or not least <= int(text[:12]) <= most:
            self._refuse(text, f"expected a number from {least} to {most}")
        return int(text)

    def _refuse(self, text: str, what: str) -> None:
        detail = f"{self.name}={text[:100]}: {what}"
        raise Refused(problem(400, "A parameter that cannot be read", detail, parameter=self.name))


def read(request: Request, declared: Sequence[Parameter]) -> dict[str, Value]:
    """The values of all parameters declared; raises Refused for one that is lacking, unknown, double or unreadable."""
    known = {parameter.name: parameter for parameter in declared}
    unknown = next((name for name, _ in request.fields if name not in known), None)
    if unknown is not None:
        told = f"{unknown[:100]} is none of {', '.join(known) or 'the parameters: there are none'}"
        raise Refused(problem(400, "An unknown parameter", told, parameter=unknown[:100]))
    values: dict[str, Value] = {}
    for name, parameter in known.items():
        text = request.one(name)
        if text is None and parameter.required:
            raise Refused(problem(400, "A parameter is lacking", f"{name}: {parameter.about}", parameter=name))
        values[name] = parameter.default if text is None else parameter.read(text)
    return values
