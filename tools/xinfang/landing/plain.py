"""Identities in clear where Git would keep them for ever: in a text or in a commit message.

What stands in Git once can be read by everyone who has a copy, also after it was deleted; so it
is looked for before it gets there. Names the kind of value and the line, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from xinfang.diagnostics import Finding, Level, Place
from xinfang.identity import Leaks
from xinfang.law import cite
from xinfang.model import Office
from xinfang.rules._numbers import is_suspicious, kind_in

CITES: Final = (str(cite("细则", "五·三")), str(cite("个保法", "51")))

#: Encrypted text reads like anything and tells nothing.
_ARMOR: Final = re.compile(
    r"-----BEGIN AGE ENCRYPTED FILE-----.*?-----END AGE ENCRYPTED FILE-----", re.DOTALL
)
#: The fields of a case that the program fills: what looks like a number of somebody there is none.
_MADE: Final = re.compile(r"(?:散列|短码|数据版本|查询码): *[0-9A-Za-z-]+")
#: Lines that Git's own tools add: Signed-off-by, Co-authored-by.
_TRAILER: Final = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)*-by: ")
#: What Git shows below a message while it is written.
_SCISSORS: Final = re.compile(r"^# -+ >8 -+$.*", re.MULTILINE | re.DOTALL)
_SECRET_KEY: Final = re.compile(rb"AGE-SECRET-KEY-1[A-Z0-9]{58}")


def in_text(
    path: str, text: str, office: Office, leaks: Leaks, before: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield each line of a text that gives somebody away.

    Args:
        path: Name of the file.
        text: What stands in it.
        office: Whose own numbers are published.
        leaks: Sealed values, where a key is at hand.
        before: Lines that stood there already.
    """
    text = _MADE.sub(_blank, _ARMOR.sub(_blank, text))
    for number, line in enumerate(text.splitlines(), 1):
        if line in before:
            continue
        place = Place(path, number, 1)
        kind = kind_in(line, office) if is_suspicious(line) else ""
        if kind:
            mend = "请删去,改写入封存文件(xinfang seal);已经提交过的按泄密处置"
            yield _finding(place, "personal-data-in-clear", f"有疑似{kind}", mend)
        for leak in leaks.find(line):
            message = f"{leak.case} 封存的{leak.field}以明文出现在这里"
            yield _finding(place, "sealed-value-in-clear", message, "请删去,改用代号")


def in_message(place: Place, message: str, office: Office, leaks: Leaks) -> Iterator[Finding]:
    """Yield what a commit message must not hold.

    Args:
        place: What to call it.
        message: The message, comments of Git's own left out.
        office: Whose own numbers are published.
        leaks: Sealed values, where a key is at hand.
    """
    mend = "提交说明只写编号和步骤,如 XF-2026-0001: 转办"
    for line in message.splitlines():
        if _TRAILER.match(line):
            continue
        kind = kind_in(line, office) if is_suspicious(line) else ""
        if kind:
            yield _finding(place, "personal-data-in-clear", f"提交说明里有疑似{kind}", mend)
        for leak in leaks.find(line):
            said = f"提交说明里有 {leak.case} 封存的{leak.field}"
            yield _finding(place, "sealed-value-in-clear", said, mend)


def once(found: Iterable[Finding]) -> Iterable[Finding]:
    """Keep one finding of each rule on a line: a text and its fields may both have been read."""
    return {(f.place.path, f.place.line, f.rule): f for f in found}.values()


def written_message(text: str) -> str:
    """Give a message as Git will keep it: without its comments and the changes shown below."""
    lines = _SCISSORS.sub("", text).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#")).strip()


def holds_secret_key(raw: bytes) -> bool:
    """Whether a file holds a key that opens what is sealed."""
    return _SECRET_KEY.search(raw) is not None


def _blank(match: re.Match[str]) -> str:
    """Take something out of a text so that lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _finding(place: Place, rule: str, message: str, mend: str) -> Finding:
    return Finding(place, Level.ERROR, rule, message, mend, CITES)
