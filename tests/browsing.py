"""What tests of the site share: a register copied, the site served, somebody with a browser."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[1]
PHONE, DESKTOP = 375, 1280


def copied(folder: Path, cases: Sequence[Path]) -> Path:
    """Make a register of the sample office with these cases."""
    (folder / "cases" / "2026").mkdir(parents=True)
    shutil.copy(ROOT / "office.yaml", folder)
    for case in cases:
        shutil.copy(case, folder / "cases" / "2026")
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


class served:  # noqa: N801 - reads as a sentence
    def __init__(self, folder: Path) -> None:
        handler = partial(_Quiet, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Reader:
    """Somebody with a browser, who notes everything that should not happen."""

    def __init__(self, browser: Browser, address: str, width: int = DESKTOP) -> None:
        self.address = address
        self.troubles: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": 800})
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        self.page.on("request", lambda request: self._seen(request.url))
        self.page.on("requestfailed", self._failed)

    def _seen(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.troubles.append(url)

    def _failed(self, request: Request) -> None:
        # Whatever is on its way when the reader goes on is broken off.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.url} {request.failure}")

    def opens(self, name: str) -> None:
        self.page.goto(self.address + name)

    def searches(self, words: str) -> list[str]:
        """Type into the search field; gives the numbers and titles of what is found."""
        field = self.page.get_by_role("combobox", name="搜索")
        if not field.is_visible():  # on a phone a button opens it
            self.page.get_by_role("button", name="搜索").click()
        field.fill("")
        field.click()
        self.page.keyboard.type(words)
        self.page.wait_for_function(
            "words => document.querySelector('.x-panel').dataset.answers === words",
            arg=words.strip(),
        )
        return self.page.locator(".x-panel [role=option] > b").all_inner_texts()
