"""How many requests a second `unkg serve` answers, with the load generator on the same machine.

    python -m tests.bench.serving --store STORE [--seconds 10] [--connections 16] [--workers 2]
    python -m tests.bench.serving --store STORE --site SITE --address URL    pages of a published folder alone
    python -m tests.bench.serving --simulate 20000      lineages alone, of a catalogue of so many works

Requests go over many documents in no order, by wrk (Debian's), one thread. Pages are measured cold, each asked for the
first time, and warm; those of a published folder over all its documents, of which each is asked for once at most;
look-ups in SPARQL and lineages are all different, by a limit that none of them reaches, and the second row is that of
answers which the server keeps. The processor's time for a request is that of the process that answers: it tells what a
machine with nothing else to do would reach. With several processes it is not told.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg.catalogue import FILE, open_catalogue, write_catalogue
from kg.publish.folder import LIST
from kg.store import current, writing
from kg.uris import Names
from tests.bench.simulate import resolutions

_LUA = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local n = 0
request = function()
  n = n + 1
  local path = paths[(n - 1) %% #paths + 1]:gsub("NUMBER", tostring(1000 + n %% 9000))
  return wrk.format("GET", path, {["Accept-Encoding"] = "%s"})
end
"""
_LOOK_UP = "SELECT ?title {{ <{}> <http://purl.org/dc/terms/title> ?title }}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--simulate", type=int, metavar="WORKS")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--address", default="")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = simulated(folder / "store", arguments.simulate) if arguments.simulate else arguments.store
        if arguments.site:
            _of_folder(folder, arguments)
            return
        symbols = _drawn([work.symbol for work in open_catalogue(path).works()])
        with _served(path, arguments.workers) as (port, process):
            bench = _Bench(folder, port, process, arguments.seconds, arguments.connections)
            if not arguments.simulate:
                bench.cold_pages(symbols[:100])
                bench.measure("pages, warm", [f"/doc/{each}.html" for each in symbols[:100]])
                bench.measure("page in Turtle, warm", [f"/doc/{each}.ttl" for each in symbols[:20]])
                named = (Names().document(each) for each in symbols)
                queries = [f"/sparql?query={quote(_LOOK_UP.format(each))}" for each in named]
                anew = [f"{each}%20LIMIT%20NUMBER" for each in queries]
                bench.measure("look-ups, data from the disk", anew)
                bench.measure("look-ups, data in memory, each anew", anew)
                bench.measure("look-ups, kept", queries[:500])
                slow = [each.replace("SELECT", "SELECT%20DISTINCT") for each in queries]
                bench.measure("look-ups by a process", slow)
            for depth in (1, 2):
                paths = [f"/api/lineage?symbol={quote(each)}&depth={depth}" for each in symbols]
                anew = [f"{each}&limit=NUMBER" for each in paths]
                if depth == 1:
                    bench.measure(f"lineage, depth {depth}, data from the disk", anew)
                bench.measure(f"lineage, depth {depth}, each anew", anew)
                bench.measure(f"lineage, depth {depth}, kept", paths[:500])


def _of_folder(scratch: Path, arguments: argparse.Namespace) -> None:
    """Measures pages as they lie in a published folder, packed and not, each asked for once."""
    listed = (arguments.site / LIST).read_text(encoding="utf-8").splitlines()
    pages = _drawn(
        [each for each in listed if each.startswith("doc/") and each.endswith(".html") and "@en" not in each]
    )
    options = ("--site", str(arguments.site), "--address", arguments.address)
    for name, half in (("gzip", pages[::2]), ("identity", pages[1::2])):
        with _served(arguments.store, arguments.workers, *options) as (port, process):
            bench = _Bench(scratch, port, process, arguments.seconds, arguments.connections)
            count = bench.measure(f"pages of the folder, {name}, cold", [f"/{quote(each)}" for each in half], name)
            if count > len(half):
                print(f"  only {len(half):,} pages: some were asked for again; measure fewer --seconds")


class _Bench:
    def __init__(self, folder: Path, port: int, process: int, seconds: int, connections: int) -> None:
        self._folder = folder
        self._port = port
        self._process = process
        self._seconds = seconds
        self._connections = connections

    def measure(self, name: str, paths: Sequence[str], encoding: str = "gzip") -> int:
        """Prints the rate at which wrk is answered; how many answers that were."""
        listed, script = self._folder / "paths.txt", self._folder / "paths.lua"
        listed.write_text("".join(f"{path}\n" for path in paths))
        script.write_text(_LUA % (listed, encoding))
        before = self._spent()
        call = ["wrk", "-t1", f"-c{self._connections}", f"-d{self._seconds}", "--latency", "-s", str(script)]
        out = subprocess.run(
            [*call, f"http://127.0.0.1:{self._port}"], capture_output=True, text=True, check=True
        ).stdout
        spent = self._spent() - before
        count = re.search(r"(\d+) requests in", out)
        rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
        tail = re.search(r"99%\s+(\S+)", out)
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
        assert rate is not None
        assert count is not None
        each = 1e6 * spent / int(count[1])
        wrong = f"  {bad[1]} not answered" if bad else ""
        told = f"{each:6,.0f} µs of processor each   99 % in {tail[1] if tail else '?'}{wrong}"
        print(f"{name:36} {float(rate[1]):8,.0f} /s   {told}", flush=True)
        return int(count[1])

    def _spent(self) -> float:
        """The processor's seconds that the server has had so far."""
        told = Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def cold_pages(self, symbols: Sequence[str]) -> None:
        """Prints the rate of pages that are made for the first time."""
        began, before = time.perf_counter(), self._spent()
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(self._page, symbols))
        rate = len(symbols) / (time.perf_counter() - began)
        assert set(statuses) == {200}
        each = 1e6 * (self._spent() - before) / len(symbols)
        print(f"{'pages, cold':36} {rate:8,.0f} /s   {each:6,.0f} µs of processor each", flush=True)

    def _page(self, symbol: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", f"/doc/{symbol}.html")
            response = connection.getresponse()
            response.read()
            return response.status


@contextlib.contextmanager
def _served(path: Path, workers: int, *options: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a server of that store."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    call = [sys.executable, "-m", "kg", "serve", "--store", str(path), "--port", str(port), "--workers", str(workers)]
    call += options
    began = time.perf_counter()
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while True:
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/api/status")
                told = json.loads(connection.getresponse().read())
                break
        print(f"{'starts':36} {time.perf_counter() - began:8.2f} s    {told['documents']:,} documents", flush=True)
        # The processes for queries start behind that.
        time.sleep(2)
        yield port, process.pid
        process.terminate()


def simulated(path: Path, works: int) -> Path:
    """A store whose catalogue holds so many works, and whose graph holds the vocabulary alone."""
    with writing(path) as writer:
        writer.load_vocabulary()
        writer.note({})
    folder = current(path)
    write_catalogue(ox.Store.read_only(str(folder)), folder / FILE, Names())
    with contextlib.closing(sqlite3.connect(folder / FILE)) as catalogue:
        for each in resolutions(works):
            titles = json.dumps({"en": f"Question {each.subject}"})
            row = (each.symbol, "body/general-assembly", None, each.adopted.year, each.adopted.isoformat(), titles)
            catalogue.execute("INSERT INTO works VALUES (?, ?, ?, ?, ?, ?, 'en', 0, ?)", (*row, f"{each.subject}"))
            cited = dict.fromkeys(re.sub(r"^A/(\d+)/(\d+)$", _report, symbol) for symbol in each.cited)
            edges = [(each.symbol, symbol, f"PP{n}", n, "recall", None, None) for n, symbol in enumerate(cited, 1)]
            catalogue.executemany("INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?)", edges)
        catalogue.commit()
    return path


def _report(found: re.Match[str]) -> str:
    """The symbol of a report, with no more digits than a session's reports have."""
    number = int(found[2])
    return f"A/{found[1]}/{number % 1000 + 1}/Add.{number // 1000 + 1}"


def _drawn(symbols: list[str]) -> list[str]:
    random.Random(1).shuffle(symbols)
    return symbols


if __name__ == "__main__":
    main()
