"""What was made and may be asked for again, up to so many bytes; what was asked for least recently goes first."""

from __future__ import annotations

from collections import OrderedDict

from kg.serve.messages import Response

#: What an entry costs beside its bytes.
_OVERHEAD = 500


class Kept:
    """Responses by their path. Bodies are kept packed alone where they can be, as nearly every client takes them so."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._found: OrderedDict[str, Response] = OrderedDict()

    def get(self, path: str) -> Response | None:
        found = self._found.get(path)
        if found is not None:
            self._found.move_to_end(path)
        return found

    def put(self, path: str, response: Response) -> None:
        """Keeps a response, unless it alone would take a great part of the room."""
        size = _size(response)
        if size > self._most // 8:
            return
        before = self._found.pop(path, None)
        self._size += size - (_size(before) if before else 0)
        self._found[path] = response
        while self._size > self._most:
            _, gone = self._found.popitem(last=False)
            self._size -= _size(gone)

    def __contains__(self, path: str) -> bool:
        return path in self._found

    def __len__(self) -> int:
        return len(self._found)

    @property
    def size(self) -> int:
        """The bytes that are taken."""
        return self._size


def _size(response: Response) -> int:
    return len(response.body) + len(response.packed) + _OVERHEAD
