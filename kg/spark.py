"""Works made by a cluster of machines, by Apache Spark: files in, shards and their descriptions out.

What one task does is what a build on one machine does with it, in kg.shards; here is only how tasks are spread and
what they make is gathered. Every machine needs unkg with its extra `spark`.
"""

from __future__ import annotations

import gzip
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import packed, shards, sources
from kg.errors import EngineError, OutputError, UnreadableSource
from kg.manifest import Batch
from kg.model import LeftOut
from kg.plan import connected
from kg.pool import alone
from kg.shards import Task, task
from kg.sources import Place
from kg.uris import Names

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import Row, SparkSession

#: What makes the description and the N-Quads of a task.
Make = Callable[[Task], tuple[Batch, str]]
#: What the versions of one work are known by before they are read, and where they lie.
Group = tuple[str, Iterable[Place]]
#: The name of a group, and what was made of it: the description of a batch as JSON, and packed N-Quads.
Shard = tuple[str, str, bytes]

#: Bytes of text that one task gets, or some ten seconds of work; an archive holds some twelve times its own size.
_PART = 32_000_000
_ARCHIVE = "|".join(ending.replace(".", "[.]") for ending in sources.ARCHIVES)
_WEIGHT = f"sum(length * if(lower(path) rlike '({_ARCHIVE})$', 12, 1))"
#: Sources left out that are told of; all of them stand in the descriptions.
_SHOWN = 10
_SETTINGS = {
    "spark.ui.showConsoleProgress": "false",
    # Small files are many: a task opens a thousand of them, and not thirty.
    "spark.sql.files.openCostInBytes": "65536",
    # Both kinds of rows are written as they come, without being sorted first.
    "spark.sql.maxConcurrentOutputFileWriters": "2",
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a cluster made: where it lies, how much it is, and the first of the sources that were left out."""

    output: str
    works: int
    statements: int
    violations: int
    left_out: int
    examples: tuple[LeftOut, ...]


def build(
    given: Sequence[str],
    output: str,
    *,
    master: str | None = None,
    names: Names | None = None,
    settings: Mapping[str, str] | None = None,
    make: Make = shards.worked,
) -> Made:
    """Makes the works of all files, folders and archives below the addresses, and writes them to the address `output`.

    Raises UnreadableSource where no document is found, OutputError where something lies at the output already, and
    EngineError where Spark or its Java cannot be started, or gives up.
    """
    session = _session(master, settings or {})
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        if _exists(session, output):
            raise OutputError(output, "is there already; choose another --output")
        made = _made(_groups(session, given), names or Names(), make)
        told = _told(output, made)
        if not told.works:
            first = next(iter(told.examples), LeftOut(", ".join(given), f"no documents; expected {sources.EXPECTED}"))
            raise UnreadableSource(first.source, first.reason)
        _write(session, made, output)
        return told
    except (PySparkException, Py4JError) as error:
        raise EngineError("spark", f"gave up ({_reason(error)})") from None
    finally:
        session.stop()


def shard(group: Group, *, names: Names, make: Make = shards.worked, again: bool = False) -> Shard:
    """What is made of the versions of one work; where it is tried `again`, as the process that tried it before ended in
    the midst of it, in a process of its own, so that only the work at fault is left out."""
    name, places = group
    ordered = sorted(places, key=lambda place: (place.path, place.member or ""))
    given = task(dict.fromkeys(ordered), names, Path())
    batch, quads = alone(given, make, _lost) if again else make(given)
    return name, batch.as_json(), gzip.compress(quads.encode(), 1, mtime=0)


def _lost(task: Task) -> tuple[Batch, str]:
    return shards.lost(task), ""


def _reason(error: Exception) -> str:
    """What an error of Spark says at first, without the places in its own code."""
    lines = [line.strip(" :") for line in str(error).splitlines() if line.strip(" :")]
    return " ".join(line for line in lines[:2] if not line.startswith("at "))[:500]


def _session(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    if master is not None and master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        # Of the versions of packages that are not used here.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError:
            raise EngineError("spark", "is not installed; get it by: pip install 'unkg[spark]'") from None
        builder = SparkSession.builder.appName("unkg").config(map={**_SETTINGS, **settings})
        try:
            return builder.master(master).getOrCreate() if master else builder.getOrCreate()
        except (PySparkException, RuntimeError, OSError) as error:
            raise EngineError("spark", f"cannot be started ({_reason(error)}); is there a Java, 17 or newer?") from None


def _exists(session: SparkSession, address: str) -> bool:
    java = session.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(address)
    return bool(path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()).exists(path))


def _groups(session: SparkSession, given: Sequence[str]) -> RDD[Group]:
    """The documents below the addresses, those of one work together; raises UnreadableSource."""
    from pyspark.errors import AnalysisException

    endings = ",".join(f"*{_in_any_case(ending)}" for ending in (*sources.READABLE, *sources.ARCHIVES))
    reader = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        files = reader.option("pathGlobFilter", f"{{{endings}}}").load(list(given))
        total = files.selectExpr(_WEIGHT).first()[0] or 0
    except AnalysisException as error:
        raise UnreadableSource(", ".join(given), _reason(error)) from None
    parts = max(2 * session.sparkContext.defaultParallelism, ceil(total / _PART))
    return files.select("path", "content").rdd.flatMap(_documents).groupByKey(parts)


def _in_any_case(ending: str) -> str:
    return "".join(f"[{each}{each.upper()}]" if each.isalpha() else each for each in ending)


def _documents(row: Row) -> Iterator[tuple[str, Place]]:
    """Each document of a file, with the name of the work that it seems to be of."""
    # A file of this machine is known by its path alone, as on one machine.
    for place in sources.carried(row.path.removeprefix("file:"), bytes(row.content)):
        yield place.work(), place


def _made(groups: RDD[Group], names: Names, make: Make) -> RDD[Shard]:
    """The shards of all groups; those that turn out to hold the same work are put together and made again."""
    first = _shards(groups, names, make)
    made, one_of = first, dict[str, str]()
    while clashes := _clashes(made):
        for together in clashes:
            one_of.update((name, min(together)) for name in {*together, *(n for n in one_of if one_of[n] in together)})
        joined = groups.filter(partial(_among, one_of)).map(partial(_renamed, one_of)).groupByKey().mapValues(_chained)
        made = first.filter(partial(_not_among, one_of)).union(_shards(joined, names, make))
    return made


def _shards(groups: RDD[Group], names: Names, make: Make) -> RDD[Shard]:
    from pyspark import StorageLevel

    tried = groups.mapPartitions(partial(_tried, names=names, make=make), preservesPartitioning=True)
    return tried.persist(StorageLevel.DISK_ONLY)


def _tried(groups: Iterable[Group], *, names: Names, make: Make) -> Iterator[Shard]:
    from pyspark import TaskContext

    attempt = TaskContext.get()
    again = attempt is not None and attempt.attemptNumber() > 0
    return (shard(group, names=names, make=make, again=again) for group in groups)


def _clashes(made: RDD[Shard]) -> list[set[str]]:
    """The names of groups that hold the same work, those together that have one in common."""
    by_work = made.flatMap(_works).groupByKey().values().map(set)
    return connected(by_work.filter(_several).collect())


def _works(made: Shard) -> list[tuple[str, str]]:
    name, description, _ = made
    return [(symbol, name) for symbol in Batch.from_json(description).works]


def _several(found: set[str]) -> bool:
    return len(found) > 1


def _among(names: Mapping[str, str], group: tuple[Any, ...]) -> bool:
    return group[0] in names


def _not_among(names: Mapping[str, str], group: tuple[Any, ...]) -> bool:
    return group[0] not in names


def _renamed(names: Mapping[str, str], group: Group) -> Group:
    return names[group[0]], group[1]


def _chained(groups: Iterable[Iterable[Place]]) -> list[Place]:
    return [place for group in groups for place in group]


def _told(output: str, made: RDD[Shard]) -> Made:
    """The figures of what was made, and the first sources that were left out."""
    told: Made = made.map(partial(_figures, output)).fold(Made(output, 0, 0, 0, 0, ()), _sum)
    return told


def _figures(output: str, made: Shard) -> Made:
    batch = Batch.from_json(made[1])
    violations = sum(map(len, batch.violations.values()))
    left = batch.left_out
    return Made(output, len(batch.works), sum(batch.works.values()), violations, len(left), left[:_SHOWN])


def _sum(one: Made, other: Made) -> Made:
    return Made(
        one.output,
        one.works + other.works,
        one.statements + other.statements,
        one.violations + other.violations,
        one.left_out + other.left_out,
        tuple(sorted((*one.examples, *other.examples), key=lambda left: left.source)[:_SHOWN]),
    )


def _write(session: SparkSession, made: RDD[Shard], output: str) -> None:
    """Graphs and descriptions in one step, by the committer that takes over what each task wrote once, however often it
    was tried."""
    rows = session.createDataFrame(made.flatMap(_rows), "value string, holds string")
    rows.write.partitionBy("holds").option("compression", "gzip").text(output)


def _rows(made: Shard) -> Iterator[tuple[str, str]]:
    _, description, quads = made
    yield description, packed.WORKS.partition("=")[2]
    if text := gzip.decompress(quads).decode():
        yield text.removesuffix("\n"), packed.QUADS.partition("=")[2]
