"""Web servers of Debian's packages, started here on a free port with a configuration of their own.

Each serves one folder below one path, as somebody would who follows redirects/README.md.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from tests.storekit import free_port

_MODULES = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "setenvif", "alias")
_APACHE_MODULES = Path("/usr/lib/apache2/modules")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True)
class Server:
    """A server that runs; `get` asks it for a path as it is meant, which is escaped here."""

    name: str
    port: int
    top: str

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        escaped = quote(path, safe="/().,:;=@-_~!*+&%")
        connection.request(method, f"{self.top}{escaped}", headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
        answer = Answer(response.status, found, response.read())
        connection.close()
        return answer

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.top}"


def find(program: str) -> str | None:
    """Where a server lies, whether or not the folders of administrators are searched."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


@contextlib.contextmanager
def apache(folder: Path, top: str, work: Path, *, conf: Path | None = None) -> Iterator[Server]:
    """The folder served by Apache as `top`: by its .htaccess, or by what `conf` says, which is included."""
    port = free_port()
    own = f'<Directory "{folder}">\nAllowOverride All\n</Directory>'
    way = f'Define UNKG "{folder}"\nInclude "{conf}"' if conf else own
    text = "\n".join(
        [
            f'ServerRoot "{work}"',
            f'PidFile "{work}/apache.pid"',
            f'ErrorLog "{work}/apache.log"',
            "ServerName localhost",
            f"Listen 127.0.0.1:{port}",
            *(f"LoadModule {m}_module {_APACHE_MODULES}/mod_{m}.so" for m in _MODULES),
            "User nobody" if os.getuid() == 0 else "",
            "TypesConfig /dev/null",
            f'DocumentRoot "{work}"',
            f'Alias "{top.rstrip("/")}" "{folder}"' if top != "/" else f'DocumentRoot "{folder}"',
            "<Directory />\nRequire all granted\nAllowOverride None\n</Directory>",
            way,
        ]
    )
    (work / "apache-test.conf").write_text(text + "\n")
    command = [str(find("apache2")), "-d", str(work), "-f", str(work / "apache-test.conf"), "-D", "FOREGROUND"]
    with _running(command, port, work / "apache.log"):
        yield Server("apache", port, top)


@contextlib.contextmanager
def nginx(folder: Path, top: str, work: Path, *, edit: Callable[[str], str] = str) -> Iterator[Server]:
    """The folder served by nginx as `top`; `edit` damages what is included."""
    port = free_port()
    for part in ("maps", "site"):
        text = (folder / "redirects" / f"nginx-{part}.conf").read_text(encoding="utf-8")
        (work / f"{part}.conf").write_text(edit(text), encoding="utf-8")
    places = "\n".join(f"{kind}_temp_path {work}/{kind};" for kind in _NGINX_FOLDERS)
    (work / "nginx-test.conf").write_text(
        f"""{"user root;" if os.getuid() == 0 else ""}
worker_processes 1; pid {work}/nginx.pid; error_log {work}/nginx.log; daemon off;
events {{ worker_connections 64; }}
http {{
access_log off;
{places}
include {work}/maps.conf;
server {{ listen 127.0.0.1:{port}; set $unkg_folder {folder}; include {work}/site.conf; }}
}}
"""
    )
    command = [str(find("nginx")), "-c", str(work / "nginx-test.conf"), "-e", str(work / "nginx.log")]
    with _running(command, port, work / "nginx.log"):
        yield Server("nginx", port, top)


_NGINX_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextlib.contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            _wait(process, port, log)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.stdout.read().decode() if process.stdout else ""
            raise AssertionError(f"the server did not start: {said}{log.read_text() if log.is_file() else ''}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
