"""``xinfang serve``: look at the site on this machine; it follows what is written."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.site import make_site, report
from xinfang.errors import XinfangError
from xinfang.register import CASES_FOLDER, OFFICE_FILE
from xinfang.site import SETTINGS

#: Only this machine may look.
HOST: Final = "127.0.0.1"
#: Grows with every commit; pages tell who recorded what.
_COMMITS: Final = ".git/logs/HEAD"
_WATCHED: Final = (CASES_FOLDER, OFFICE_FILE, "site_templates", "forms", SETTINGS, _COMMITS)
#: How often the files are looked at, in seconds.
_PAUSE: Final = 1.0
_EDITION: Final = "/__xinfang__/edition"
_SCRIPT: Final = "/__xinfang__/reload.js"
#: Asks once a second; a server that was stopped and started again counts from another number.
_RELOAD: Final = f"""\
(function () {{
  var seen = null
  setInterval(function () {{
    fetch("{_EDITION}").then(function (answer) {{ return answer.text() }}).then(function (now) {{
      if (seen !== null && seen !== now) location.reload()
      seen = now
    }}, function () {{}})
  }}, 1000)
}})()
"""


class PortTakenError(XinfangError):
    """Something else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"端口 {port} 已被占用,请换一个: xinfang serve --port {port + 1}")


class Follower:
    """Counts the times the site was built; pages that are open ask for that."""

    def __init__(self) -> None:
        self.edition = time.monotonic_ns()


class _Handler(SimpleHTTPRequestHandler):
    """Serves files and says nothing; nothing is kept, so that a rebuilt page shows at once.

    Each page gets a script beside its own that loads it anew when the site was built again. Only
    this server has that script: the site on disk knows nothing of it.
    """

    def __init__(self, *args: Any, follower: Follower, **kwargs: Any) -> None:  # noqa: ANN401 - passed on
        self.follower = follower
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer a request."""
        path = urlsplit(self.path).path
        if path == _EDITION:
            self._send(str(self.follower.edition), "text/plain")
        elif path == _SCRIPT:
            self._send(_RELOAD, "text/javascript")
        elif path.endswith((".html", "/")):
            self._page()
        else:
            super().do_GET()

    def _page(self) -> None:
        file = Path(self.translate_path(self.path))
        try:
            text = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
        except OSError:
            super().do_GET()  # it says what is amiss
            return
        self._send(
            text.replace("</body>", f'<script src="{_SCRIPT}"></script></body>'), "text/html"
        )

    def _send(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:  # noqa: ANN401 - the base class's signature
        """Say nothing."""

    def end_headers(self) -> None:
        """Forbid keeping."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@command("serve", epilog="例: xinfang serve · xinfang serve --port 8080")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口,默认 8000")
@pass_context
def serve(context: Context, port: int) -> None:
    """在本机浏览网站,事项文件改动后自动更新;按 Ctrl+C 结束。"""
    context.office  # noqa: B018 - a broken office.yaml is reported first
    seen = stamps(context.register.folder)  # what is written while the first site is built
    report(make_site(context.register, context.build))
    follower = Follower()
    with _server(context.build / "site", port, follower) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(
            f"请用浏览器打开 http://{HOST}:{server.server_port}/ (只有本机能访问;Ctrl+C 结束)"
        )
        try:
            _follow(context, follower, seen)
        except KeyboardInterrupt:
            click.echo("已结束")
        server.shutdown()


def _server(folder: Path, port: int, follower: Follower) -> ThreadingHTTPServer:
    handler = partial(_Handler, directory=str(folder), follower=follower)
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise PortTakenError(port) from error


def _follow(context: Context, follower: Follower, seen: Mapping[str, tuple[int, int]]) -> None:
    """Build again whenever something was written, until somebody ends the program."""
    while True:
        time.sleep(_PAUSE)
        now = stamps(context.register.folder)
        if now == seen:
            continue
        seen = now
        try:
            _rebuild(context)
            follower.edition += 1
        except XinfangError as error:  # somebody is in the middle of writing
            click.secho(f"网站暂不更新: {error}", fg="yellow", err=True)


def _rebuild(context: Context) -> None:
    """Read everything again, as it stands now."""
    fresh = Context(context.folder, context.asked_today)
    fresh.office  # noqa: B018 - a broken office.yaml is reported first
    report(make_site(fresh.register, fresh.build))


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Time and size of every file that the site is made from."""
    found = {}
    for file in _watched(folder):
        try:
            status = os.stat(file)  # noqa: PTH116 - ten thousand files every second
        except OSError:  # removed in between
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found


def _watched(folder: Path) -> Iterator[str]:
    for name in _WATCHED:
        yield str(folder / name)
        for inside, _, names in os.walk(folder / name):
            yield from (f"{inside}{os.sep}{own}" for own in names)
