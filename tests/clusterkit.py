"""Works as a cluster makes them, with Spark and without; documents of our own making, good and bad."""

from __future__ import annotations

import gzip
import io
import os
import signal
import tarfile
import zipfile
from pathlib import Path

from kg import packed, shards, sources, spark
from kg.manifest import Batch
from kg.shards import Task
from kg.sources import Place
from kg.uris import Names
from tests.aknkit import akn

#: Kills the process that reads a document with the word, always or the first time.
POISON, PINCH = b"arsenic", b"nightshade"

_CHINESE = "第九十届会议\n\n90/12. 山区可持续发展\n\n大会，\n\n回顾其第 70/1 号决议，\n\n1. **决定**继续努力。\n"
_ENGLISH = (["Recalling its resolution 86/7 and Goal 15,"], ["Requests the Secretary-General to report to it."])
_FRENCH = (["Rappelant sa résolution 86/7,"], ["Décide de rester saisie de la question."])
_RUSSIAN = (["ссылаясь на свою резолюцию 86/7,"], ["постановляет продолжать заниматься этим вопросом."])


def texts(folder: Path) -> Path:
    """Nine documents: in folders, in archives, one in a file whose name and start do not tell what it is, one of them
    twice; an archive and a text that cannot be read; and what is none."""
    _write(folder / "English/A_RES_90_12-E.xml", akn(*_ENGLISH))
    _write(folder / "French/A_RES_90_12-F.xml", akn(*_FRENCH, language="fr"))
    _write(folder / "a name with spaces, горы 100%.txt", _CHINESE.encode())
    _write(folder / "README.txt", b"What these files are.")
    _write(folder / "cover.png", b"no text")
    _write(folder / "nothing.txt", b"Nothing that an organ has said.")
    _write(folder / "broken.tar.xz", b"no archive")
    _write(folder / "later/A_RES_90_12-E.xml", akn(["Recalling its resolution 1/1,"], _ENGLISH[1]))
    for number in (13, 14, 15):
        symbol = f"A/RES/90/{number}"
        _write(folder / f"English/A_RES_90_{number}-E.XML", akn(*_ENGLISH, symbol=symbol, title=f"Rivers {number}"))
    russian = akn(*_RUSSIAN, language="ru", symbol="A/RES/90/13", title="Реки")
    with tarfile.open(folder / "more.tar.xz", "w:xz") as tar:
        member = tarfile.TarInfo("Russian/A_RES_90_13-R.xml")
        member.size = len(russian)
        tar.addfile(member, io.BytesIO(russian))
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("French/A_RES_90_14-F.xml", akn(*_FRENCH, language="fr", symbol="A/RES/90/14", title="Eaux"))
    return folder


def poisoned(folder: Path) -> Path:
    """A document that kills whoever reads it, one that does so once, and four that are good."""
    for number, word in enumerate((b"Rivers", POISON, b"Lakes", PINCH, b"Seas", b"Wells"), start=1):
        symbol = f"A/RES/91/{number}"
        _write(folder / f"A_RES_91_{number}.xml", akn(*_ENGLISH, symbol=symbol, title=word.decode()))
    return folder


def perilous(task: Task) -> tuple[Batch, str]:
    """As kg.shards.worked, but for poison. What kills once is told from what always does by a file beside the text."""
    for place in task.places:
        data, mark = place.load().data, Path(f"{place.path}.killed")
        if POISON in data or (PINCH in data and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return shards.worked(task)


def groups(folder: Path) -> dict[str, list[Place]]:
    """The documents of a folder as a cluster hands them to its tasks."""
    found: dict[str, list[Place]] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for place in sources.carried(str(file), file.read_bytes()):
            found.setdefault(place.work(), []).append(place)
    return found


def made(folder: Path, output: Path, *, base: str | None = None) -> Path:
    """What a cluster writes of the documents of a folder, made without one; no two groups may be of one work."""
    names = Names(base) if base else Names()
    done = [spark.shard(group, names=names) for group in groups(folder).items()]
    quads = b"".join(gzip.decompress(packed) for _, _, packed in done)
    _write(output / packed.QUADS / "part-00000.txt.gz", gzip.compress(quads))
    described = "".join(f"{description}\n" for _, description, _ in done)
    _write(output / packed.WORKS / "part-00000.txt.gz", gzip.compress(described.encode()))
    _write(output / packed.COMPLETE, b"")
    return output


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main(given: str, output: str, master: str) -> None:
    """Makes the works of perilous documents on a cluster."""
    print(spark.build([given], output, master=master, make=perilous))
