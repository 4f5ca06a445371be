"""``xinfang serve``: look at the site on this machine; it follows what is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.site import make_site, report
from xinfang.errors import XinfangError
from xinfang.register import CASES_FOLDER, OFFICE_FILE
from xinfang.site import SETTINGS

#: Only this machine may look.
HOST: Final = "127.0.0.1"
_WATCHED: Final = (CASES_FOLDER, OFFICE_FILE, "site_templates", SETTINGS)
#: How often the files are looked at, in seconds.
_PAUSE: Final = 1.0


class PortTakenError(XinfangError):
    """Something else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"端口 {port} 已被占用,请换一个: xinfang serve --port {port + 1}")


class _Handler(SimpleHTTPRequestHandler):
    """Serves files and says nothing; nothing is kept, so that a rebuilt page shows at once."""

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
    report(make_site(context.register, context.build))
    with _server(context.build / "site", port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(
            f"请用浏览器打开 http://{HOST}:{server.server_port}/ (只有本机能访问;Ctrl+C 结束)"
        )
        try:
            _follow(context, threading.Event())
        except KeyboardInterrupt:
            click.echo("已结束")
        server.shutdown()


def _server(folder: Path, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise PortTakenError(port) from error


def _follow(context: Context, stop: threading.Event) -> None:
    """Build again whenever something was written, until told to stop."""
    folder = context.register.folder
    seen = stamps(folder)
    while not stop.wait(_PAUSE):
        now = stamps(folder)
        if now == seen:
            continue
        seen = now
        try:
            _rebuild(context)
        except XinfangError as error:  # somebody is in the middle of writing
            click.secho(f"网站暂不更新: {error}", fg="yellow", err=True)


def _rebuild(context: Context) -> None:
    """Read everything again, as it stands now."""
    fresh = Context(context.folder, context.asked_today)
    fresh.office  # noqa: B018 - a broken office.yaml is reported first
    report(make_site(fresh.register, fresh.build))


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Time and size of every file that the site is made from."""
    found = {}
    for file in _watched(folder):
        try:
            stat = file.stat()
        except OSError:  # removed in between
            continue
        found[file] = (stat.st_mtime_ns, stat.st_size)
    return found


def _watched(folder: Path) -> Iterator[Path]:
    for name in _WATCHED:
        place = folder / name
        yield from place.rglob("*") if place.is_dir() else [place]
