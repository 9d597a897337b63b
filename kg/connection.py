"""One connection to a store over HTTP: who asks, what is tried again, and what a refusal means.

Credentials never go anywhere but to the address that was named: a redirection is not followed, but told.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import EndpointError
from kg.refusal import words_of

#: Answers of a server, or of what stands before it, that is busy or just starting.
PASSING = (429, 502, 503, 504)
#: How often something is tried that may pass, and the pause before the second time in seconds, doubled each time.
ATTEMPTS = 6
PAUSE = 0.5
_LONGEST_PAUSE = 60.0
_TIMEOUT = 600.0

_CHALLENGE = re.compile(r'(?P<key>\w+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^",\s]+))')
_ADVICE = {
    401: "it asks who you are; give --user NAME with the password in UNKG_PASSWORD, or a token in UNKG_TOKEN",
    403: "this user may not do that here; ask for the right to write, or name another user with --user",
    404: "nothing is there; name the right address with --graph-store or --update",
    405: "that is not done there; name the right address with --graph-store or --update",
    413: "that is too much at once for the server; raise the size of a request that it takes",
    429: "it is asked too often; run the same command later, it goes on where it stopped",
    502: "it is not ready; run the same command later, it goes on where it stopped",
    503: "it is not ready; run the same command later, it goes on where it stopped",
    504: "it is not ready; run the same command later, it goes on where it stopped",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or the holder of a token; nobody where there is neither."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


class Authority:
    """Answers a server's question who asks: with a token, by Basic, or by Digest once the server wants that."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self._challenge: dict[str, str] = {}
        self._count = 0
        self._silent = False

    def header(self, method: str, url: str) -> Mapping[str, str]:
        """The header that says who asks, or none."""
        who = self.credentials
        if who.token is not None:
            return {"Authorization": f"Bearer {who.token}"}
        if who.user is None or self._silent:
            return {}
        if self._challenge:
            return {"Authorization": self._digest(method, url)}
        pair = f"{who.user}:{who.password or ''}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}

    def learns(self, challenge: str | None) -> bool:
        """Whether an answer 401 asks for something that was not tried yet."""
        if self.credentials.user is None or self.credentials.token is not None:
            return False
        if not (challenge or "").casefold().startswith("digest"):
            # Virtuoso does not say that it wants Digest to one who says something else.
            self._silent = not (self._silent or challenge)
            return self._silent
        self._silent = False
        fresh = {
            found["key"]: found["quoted"] or found["plain"] or "" for found in _CHALLENGE.finditer(challenge or "")
        }
        # A nonce may run out after some uses (Virtuoso: after one); a first use that is refused was a wrong answer.
        wrong = self._count == 1 and fresh.get("stale", "").casefold() != "true"
        self._challenge, self._count = ({} if wrong else fresh), 0
        return not wrong

    def _digest(self, method: str, url: str) -> str:
        """RFC 7616 with qop=auth, which every server that asks for Digest knows."""
        asked = self._challenge
        algorithm = asked.get("algorithm", "MD5")

        def hashed(text: str) -> str:
            made = hashlib.sha256 if algorithm.upper().startswith("SHA-256") else hashlib.md5
            return made(text.encode(), usedforsecurity=False).hexdigest()

        who, place = self.credentials, target(url)
        self._count += 1
        count, own = f"{self._count:08x}", secrets.token_hex(8)
        whose = hashed(f"{who.user}:{asked.get('realm', '')}:{who.password or ''}")
        what = hashed(f"{method}:{place}")
        answer = hashed(f"{whose}:{asked.get('nonce', '')}:{count}:{own}:auth:{what}")
        said = {"username": who.user, "realm": asked.get("realm", ""), "nonce": asked.get("nonce", ""), "uri": place}
        quoted = ", ".join(f'{key}="{value}"' for key, value in (said | {"cnonce": own, "response": answer}).items())
        opaque = f', opaque="{asked["opaque"]}"' if "opaque" in asked else ""
        return f"Digest {quoted}, algorithm={algorithm}, qop=auth, nc={count}{opaque}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; `fine` is any status of success."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def fine(self) -> bool:
        return 200 <= self.status < 300

    def refusal(self) -> str:
        """The status, what the server says, and what to do about it."""
        said = words_of(self.body)
        moved = f"the address has moved to {self.headers['location']}; name that" if "location" in self.headers else ""
        advice = moved or _ADVICE.get(self.status, "")
        return "; ".join(part for part in (f"answers {self.status}", said, advice) if part)


class Connection:
    """Requests to one server, over a connection that is kept open; what may pass is tried again, ever more slowly."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self._kept: dict[tuple[str, str], http.client.HTTPConnection] = {}
        self._answered = False

    def send(self, method: str, url: str, body: bytes = b"", *, kind: str = "") -> Reply:
        """The answer, whatever its status; raises EndpointError where there is none."""
        pauses = waits(ATTEMPTS)
        while True:
            try:
                reply = self._once(method, url, body, kind)
            except (OSError, http.client.HTTPException) as error:
                self._forget(url)
                pause = next(pauses, None)
                if pause is None or not (self._answered or passing(error)):
                    reason = str(error) or type(error).__name__
                    raise EndpointError(url, f"gives no answer: {reason}; is the server running?") from None
                time.sleep(pause)
                continue
            self._answered = True
            if reply.status == 401 and self.authority.learns(reply.headers.get("www-authenticate")):
                continue
            pause = next(pauses, None) if reply.status in PASSING else None
            if pause is None:
                return reply
            time.sleep(asked_pause(reply.headers, pause))

    def close(self) -> None:
        for each in self._kept.values():
            each.close()
        self._kept.clear()

    def _once(self, method: str, url: str, body: bytes, kind: str) -> Reply:
        headers = {**self.authority.header(method, url), **({"Content-Type": kind} if kind else {})}
        kept = self._open(url)
        kept.request(method, target(url), body or None, {"User-Agent": "unkg", "Accept": "*/*", **headers})
        with kept.getresponse() as response:
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    def _open(self, url: str) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        if key not in self._kept:
            make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._kept[key] = make(parts.netloc, timeout=_TIMEOUT)
        return self._kept[key]

    def _forget(self, url: str) -> None:
        parts = urlsplit(url)
        if kept := self._kept.pop((parts.scheme, parts.netloc), None):
            kept.close()


def target(url: str) -> str:
    """The part of an address that a request names: path and query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def passing(error: BaseException) -> bool:
    """Whether a failure is one that may pass: a connection that broke, not a server that was never there."""
    broken = (ConnectionResetError, BrokenPipeError, ConnectionAbortedError, TimeoutError, http.client.HTTPException)
    return isinstance(error, broken)


def waits(attempts: int) -> Iterator[float]:
    """The pauses between so many attempts, in seconds."""
    return (min(PAUSE * 2**number, _LONGEST_PAUSE) for number in range(attempts - 1))


def asked_pause(headers: Mapping[str, str], pause: float) -> float:
    """What a busy server asks for in Retry-After, within reason, else the pause that was meant."""
    asked = headers.get("retry-after", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdigit() else pause
