"""From files to a validated store, and from one state of a store to the next.

A build makes a *batch* of each work's sources in a process of its own, checks it, and loads it as it comes, so that
memory does not grow with the collection. What the store holds already, by the contents of the sources and by the code
and rules, is kept and not made again. Readers see the old state until the new one is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg import facts, plan, resources, scratch
from kg.errors import StoreMissing, UnknownDocument
from kg.pool import Progress
from kg.state import Summary, unchanged
from kg.store import SHARDS, summary
from kg.symbols import parse
from kg.update import updating
from kg.uris import Names


def build(
    paths: Sequence[str | Path],
    store: str | Path,
    *,
    jobs: int = 1,
    names: Names | None = None,
    vocabulary: Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Makes the store hold what the files, folders and archives hold, and nothing else; what it holds already is not
    made again. The state that was there before stays until the end.
    `vocabulary` is a folder with vocabularies of the United Nations that were fetched, to stand beside the graph.
    Without paths it is the document that ships, and the facts that ship of others.

    Raises UnreadableSource where no document is found, StoreBusy, and StoreWriteFailed.
    """
    names, store = names or Names(), Path(store)
    begin = None if paths else facts.found(facts.shipped(), names.base)
    paths = paths or [resources.documents()]
    scratch.tidy()
    made_of = plan.fingerprint(paths, names, vocabulary, begin)
    same = unchanged(store, made_of)
    if same is not None:
        return same
    with updating(store, names) as update:
        steps = plan.replacing(paths, names, store / SHARDS, update.before, begin)
        update.run(steps, jobs=jobs, progress=progress)
        return update.finish(made_of=made_of, vocabulary=vocabulary)


def add(paths: Sequence[str | Path], store: str | Path, *, jobs: int = 1, progress: Progress | None = None) -> Summary:
    """Adds what the files, folders and archives hold to the store; a document that it holds is read again with the
    versions that it holds in other languages, and replaced.

    Raises UnreadableSource where no document is found, StoreMissing, StoreBusy, and StoreWriteFailed.
    """
    store = Path(store)
    names = Names(summary(store)["base"])
    with updating(store, names) as update:
        if update.before is None:
            raise StoreMissing(str(store), "does not tell what it was made from; build it again")
        update.run(plan.adding(paths, names, store / SHARDS, update.before), jobs=jobs, progress=progress)
        return update.finish()


def remove(symbols: Iterable[str], store: str | Path) -> Summary:
    """Takes documents out of the store, by their symbols; citations to them stay, as to documents not held.

    Raises SymbolError, UnknownDocument where the store does not hold one, StoreMissing, StoreBusy, StoreWriteFailed.
    """
    store = Path(store)
    names = Names(summary(store)["base"])
    wanted = list(dict.fromkeys(parse(symbol).text for symbol in symbols))
    with updating(store, names) as update:
        if update.before is None:
            raise StoreMissing(str(store), "does not tell what it was made from; build it again")
        for symbol in wanted:
            if update.before.batch_of(symbol) is None:
                raise UnknownDocument(symbol, f"is not held by {store}; nothing was taken out")
        update.drop_works(wanted)
        return update.finish()
