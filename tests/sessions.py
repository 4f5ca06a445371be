"""Terminal sessions as the manual tells them, played again on a real terminal.

A chapter of ``site_templates/manual`` holds two kinds of blocks that do something:

* ``console``: lines after ``$ `` are typed, the lines below them are what came back. What a
  question was answered stands between « and ». ``# 2026-09-17`` is the day from there on. A line
  ``…`` stands for any lines that are left out. Where nothing stands below, nothing is compared.
  Identities are answered with a word for what they are: the manual stands in the site, where
  nothing that is sealed may stand.
* ``yaml 加在 FILE``: what a clerk adds at the end of a file in an editor.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "site_templates" / "manual"
BLOCK = re.compile(r"^```(console|yaml 加在 (\S+))\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DAY = re.compile(r"# (\d{4}-\d\d-\d\d)")
ANSWER = re.compile("«(.*?)»")
LEFT_OUT = "…"
#: What is typed for the words that the manual shows instead.
IDENTITY = {"〔姓名〕": "邓山青", "〔住址〕": "甲省乙县丙镇虚构村6组", "〔电话〕": "0999-5558899"}
FIRST_DAY = "2026-09-16"
#: Columns of the terminal that the manual shows.
COLUMNS = 100
#: Somebody has read the question when nothing more came for so long.
QUIET = 0.25
PATIENCE = 120
#: What a paper is known by; a reader's own will be another.
CODE = re.compile(r"(?<![-\w])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![-\w])")
KEY = re.compile(r"\bage1[0-9a-z]+")
#: A bar that shows how far the program is.
BAR = re.compile("[█░]")
COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
#: Differs from one machine or run to the next.
VARIES = (
    (CODE, "0000-0000"),
    (KEY, "age1"),
    (re.compile(r"\b[0-9a-f]{7,}\b"), "0"),
    (re.compile(r"\d+\.\d 秒"), "0.0 秒"),
    (re.compile(r"\d+ 页,更新 \d+ 页"), "0 页,更新 0 页"),
)


@dataclass
class Command:
    """What is typed, and what came back as the manual tells it."""

    typed: str
    day: str
    told: list[str] = field(default_factory=list)

    @property
    def answers(self) -> list[str]:
        return ANSWER.findall("\n".join(self.told))


@dataclass(frozen=True)
class Addition:
    """What somebody adds at the end of a file."""

    file: str
    text: str


Action = Command | Addition


def chapters() -> list[Path]:
    return sorted(MANUAL.glob("*.md"))


def actions(chapter: Path) -> list[Action]:
    """All that a chapter does, in order."""
    before = "".join(file.read_text("utf-8") for file in chapters() if file.name < chapter.name)
    day = (DAY.findall(before) or [FIRST_DAY])[-1]
    found: list[Action] = []
    for kind, file, body in BLOCK.findall(chapter.read_text("utf-8")):
        if kind == "console":
            told = list(session(body, day))
            day = told[-1].day
            found += told
        else:
            found.append(Addition(file, body))
    return found


def session(body: str, day: str) -> Iterator[Command]:
    """The commands of one block; ``day`` is the day it begins with."""
    found: Command | None = None
    for line in body.splitlines():
        if named := DAY.fullmatch(line):
            day = named[1]
        elif line.startswith("$ "):
            if found:
                yield found
            found = Command(line[2:], day)
        elif found:
            found.told.append(line)
    if found:
        yield found


def rewritten(chapter: Path, came: Sequence[Sequence[str]]) -> str:
    """The text of a chapter with what came back, where that is not what it tells."""
    fresh = iter(zip(actions(chapter), came, strict=True))

    def block(match: re.Match[str]) -> str:
        if match[1] != "console":
            next(fresh)
            return match[0]
        lines = []
        for line in match[3].splitlines():
            if DAY.fullmatch(line):
                lines.append(line)
            elif line.startswith("$ "):
                command, back = next(fresh)
                assert isinstance(command, Command)
                lines += [line, *(command.told if is_told(command.told, back) else back)]
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(block, chapter.read_text("utf-8"))


def is_told(told: Sequence[str], came: Sequence[str]) -> bool:
    """Whether what came back is what the manual tells, but for the lines that it leaves out."""
    if not told:
        return True
    pattern = "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(_alike(line)) + r"\n" for line in told
    )
    return re.fullmatch(pattern, "".join(f"{_alike(line)}\n" for line in came)) is not None


def _alike(line: str) -> str:
    for pattern, same in VARIES:
        line = pattern.sub(same, line)
    return line.rstrip()


class Desk:
    """A clerk's desk: a home with a register in it, the programs in reach."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.here = home / "信访登记册"
        self.seen: dict[re.Pattern[str], str] = {}
        self.programs = home / ".bin"
        self.programs.mkdir(parents=True)
        self._program("xinfang", f'exec {sys.executable} -m xinfang --today "$DAY" "$@"')
        self._program("make", f'exec /usr/bin/make -n -C {ROOT} "$@" > /dev/null')
        self._copy_register()

    def _program(self, name: str, line: str) -> None:
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        file.chmod(0o755)

    def _copy_register(self) -> None:
        self.here.mkdir()
        for name in ("cases", "sealed", "keys", "office.yaml", ".gitignore"):
            subprocess.run(["cp", "-r", str(ROOT / name), str(self.here)], check=True)
        (self.home / ".gitconfig").write_text(
            "[user]\nname = 李敏\nemail = limin@qinglan.example\n[init]\ndefaultBranch = main\n",
            "utf-8",
        )
        self._runs("git init -q && git add --all && git commit -qm 登记册", "2026-09-15", [])

    def does(self, action: Action) -> tuple[int, list[str]]:
        """Do it; gives the exit code and the lines that came back, answers between « and »."""
        if isinstance(action, Addition):
            file = self.here / action.file
            file.write_text(file.read_text("utf-8") + action.text, "utf-8")
            return 0, []
        typed = action.typed
        for pattern, shown in self.seen.items():
            typed = pattern.sub(shown, typed)
        if typed == "xinfang serve":  # goes on until it is told to stop
            return self.does(Command(f"{typed} --help", action.day))[0], []
        code, text = self._runs(typed, action.day, action.answers)
        for word, pattern in (("核验码", CODE), ("公钥", KEY)):
            if found := re.search(rf"{word}: (\S+)", text):
                self.seen[pattern] = found[1]
        lines = "\n".join(line for line in text.split("\n") if not BAR.search(line))
        return code, [line.rstrip() for line in lines.strip("\n").splitlines()]

    def _runs(self, typed: str, day: str, answers: list[str]) -> tuple[int, str]:
        """Type a command on a terminal and answer what it asks; remembers where that led."""
        place = self.home / ".here"
        code, text = self._plays(f"{typed}\ncode=$?; pwd > {place}; exit $code", day, answers)
        self.here = Path(place.read_text("utf-8").strip())
        text = COLOUR.sub("", text).replace(str(self.home), "~")
        for word, value in IDENTITY.items():
            text = text.replace(value, word)
        return code, text

    def _plays(self, typed: str, day: str, answers: list[str]) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        settings = termios.tcgetattr(theirs)
        settings[1] &= ~termios.OPOST
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(theirs, termios.TCSANOW, settings)
        with subprocess.Popen(
            ["bash", "-c", typed],
            cwd=self.here,
            env=self._environment(day),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            try:
                text = self._talks(ours, list(answers))
            except AssertionError:
                process.kill()
                raise
            finally:
                os.close(ours)
        return process.returncode, text

    def _environment(self, day: str) -> dict[str, str]:
        moment = f"{day}T09:00:00+08:00"
        return {
            **os.environ,
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "COLUMNS": str(COLUMNS),
            "TERM": "dumb",
            "PAGER": "cat",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
            "DAY": day,
        }

    @staticmethod
    def _talks(ours: int, answers: list[str]) -> str:
        """Read what is said, and answer whatever waits behind a question."""
        text, said, until = "", b"", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([ours], [], [], QUIET)[0]:
                try:
                    piece = os.read(ours, 65536)
                except OSError:  # the other side has hung up
                    piece = b""
                if not piece:
                    assert not answers, f"nobody asked for {answers}: {text}{said.decode()}"
                    return text + said.decode("utf-8")
                said += piece
            elif said.endswith(b": "):
                assert answers, f"a question without an answer: {text}{said.decode()}"
                answer = answers.pop(0)
                text += f"{said.decode('utf-8')}«{answer}»\n"
                said = b""
                os.write(ours, f"{IDENTITY.get(answer, answer)}\n".encode())
        message = f"this goes on and on: {text}{said.decode()}"
        raise AssertionError(message)
