"""A clerk at a real pseudo-terminal: what is typed goes to the program, the screen is read."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pyte

ENTER, ESCAPE, CTRL_C, CTRL_J, TAB = "\r", "\x1b", "\x03", "\n", "\t"
UP, DOWN = "\x1b[A", "\x1b[B"
PATIENCE = 30


class Terminal:
    """A program at a terminal of so many columns and lines, and what stands on its screen."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        columns: int = 100,
        lines: int = 60,
        kind: str = "xterm-256color",
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, lines, history=5000)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.pid, self.handle = pty.fork()
        if self.pid == 0:  # the child becomes the program
            os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            environment = {**os.environ, "TERM": kind, "COLUMNS": str(columns)}
            command = [sys.executable, "-m", "xinfang", *arguments]
            os.execve(sys.executable, command, environment)  # noqa: S606
        self.code: int | None = None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop the program where it still runs."""
        if self.code is None:
            os.close(self.handle)
            os.waitpid(self.pid, 0)

    @property
    def lines(self) -> list[str]:
        """Lines of the screen; the second cell of a wide character is no character."""
        return [
            "".join(row[x].data for x in range(self.screen.columns)).rstrip()
            for row in (self.screen.buffer[y] for y in range(self.screen.lines))
        ]

    @property
    def text(self) -> str:
        """The screen as one text, without empty lines."""
        return "\n".join(filter(None, self.lines))

    def read(self, *wanted: str) -> str:
        """Read on until the screen shows all of it."""
        self._wait(lambda: all(part in self.text for part in wanted), f"{wanted} never came")
        return self.text

    def _wait(self, done: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            heard = time.monotonic() < end and self._hear()
            assert heard, f"{otherwise}:\n{self.text}"

    def _hear(self) -> bool:
        if not select.select([self.handle], [], [], PATIENCE)[0]:
            return False
        try:
            piece = os.read(self.handle, 65536)
        except OSError:  # the program has ended
            return False
        self._stream.feed(self._decoder.decode(piece))
        return bool(piece)

    def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            os.write(self.handle, key.encode())

    def answer(self, question: str, text: str = "") -> None:
        """Wait for a question at the bottom of the screen and answer it."""
        self._wait(lambda: self._asks(question), f"{question} never asked")
        self.press(f"{text}{ENTER}")

    def _asks(self, question: str) -> bool:
        """Whether the question stands right above the line that is typed into."""
        shown = [line for line in self.lines if line]
        typed = [index for index, line in enumerate(shown) if line.startswith("›")]
        return bool(typed) and any(
            line.startswith(question) for line in shown[max(0, typed[-1] - 2) : typed[-1]]
        )

    def end(self) -> int:
        """Read to the end; gives the exit code."""
        while self._hear():
            pass
        os.close(self.handle)
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code
