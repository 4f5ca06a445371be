"""The register of bases (依据登记册) and citations of it.

A citation is a value: it names a work by its short key and a place in it. Making one costs
nothing and reads no file; the register is read only when a full title is wanted. That every
cited work exists is kept by a test, not by each start of the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from xinfang.errors import XinfangError

_REGISTER: Final = Path(__file__).with_name("basis.yaml")

#: ``23``, ``23¶3``, ``31(六)``, ``14¶2(一)``, ``133之一``.
_ARTICLE: Final = re.compile(
    r"(\d{1,4})(之[一二三四五六七八九十])?(?:¶(\d{1,2}))?(?:\(([一二三四五六七八九十]+)\))?"
)
#: ``八``, ``七·一``, ``五·四·1``.
_CLAUSE: Final = re.compile(
    r"([一二三四五六七八九十]+)(?:·([一二三四五六七八九十]+))?(?:·(\d{1,2}))?"
)
#: What may follow the name of a work in a text; any other character would make another name.
_AFTER_NAME: Final = re.compile(r"[\s》第(（〔、,，;；。\d]|$")


class Mark(StrEnum):
    """How well a work is known; see the head of ``basis.yaml``."""

    VERIFIED = "verified"
    MEMORY = "memory"
    DESIGN = "design"

    @property
    def label(self) -> str:
        """The words a clerk sees."""
        return _MARK_LABELS[self]


_MARK_LABELS: Final = {
    Mark.VERIFIED: "已核对",
    Mark.MEMORY: "凭记忆,待核对",
    Mark.DESIGN: "本单位口径",
}


class UnknownWorkError(XinfangError, LookupError):
    """A citation names a work that the register does not hold."""

    def __init__(self, key: str) -> None:
        """Name the key that is not there."""
        super().__init__(f"依据登记册中没有“{key}”")


@dataclass(frozen=True, slots=True)
class Work:
    """One law, rule, standard or document of the office.

    Attributes:
        id: Short key used in citations, for example 条例.
        kind: Group in which lists show it: 法律, 信访, …
        title: Full title without 《》; empty where it is not verified.
        number: Document or standard number; empty where there is none or it is not known.
        aliases: Other names under which texts cite it.
        in_force: First day in force; None where it is not known.
        repealed: First day no longer in force; None while it holds or where it is not known.
        cited_by: How places in it are written: 条, 部分 or 原样.
        source: Keys of the sources in which it was read.
        last_checked_on: Day up to which the text was checked; None when it never was.
        mark: How well it is known.
        note: What a reader should know, in Chinese.
    """

    id: str
    kind: str = ""
    title: str = ""
    number: str = ""
    aliases: tuple[str, ...] = ()
    in_force: date | None = None
    repealed: date | None = None
    cited_by: str = "条"
    source: str = ""
    last_checked_on: date | None = None
    mark: Mark = Mark.MEMORY
    note: str = ""

    @property
    def name(self) -> str:
        """The name for print: 《信访工作条例》, or number or key where the title is unverified."""
        return f"《{self.title}》" if self.title else self.number or self.id

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a text may cite this work, the longest first."""
        short = self.title.removeprefix("中华人民共和国")
        names = {self.title, short, self.number, self.id, *self.aliases} - {""}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def holds_on(self, day: date) -> bool | None:
        """Say whether the work was in force on a day; None where its first day is not known."""
        if self.repealed is not None and day >= self.repealed:
            return False
        return None if self.in_force is None else day >= self.in_force


@dataclass(frozen=True, order=True, slots=True)
class Citation:
    """A place in a work.

    Attributes:
        work: Key of the work in the register.
        article: The place: ``34``, ``23¶3`` (paragraph), ``31(六)`` (item), ``五·四·1`` (part,
            article and item of the 细则), or free text for works cited 原样; empty for the whole.
        note: Why it is cited, where that does not go without saying.
    """

    work: str
    article: str = ""
    note: str = ""

    def __str__(self) -> str:
        """Give the short form of findings: ``条例 34``."""
        return f"{self.work} {self.article}".rstrip()

    @property
    def full(self) -> str:
        """The form of papers: 《信访工作条例》第三十四条.

        Raises:
            UnknownWorkError: If the register does not hold the work.
        """
        return work(self.work).name + self.place

    @property
    def place(self) -> str:
        """The place alone as papers write it: 第三十四条; empty for the whole work.

        Raises:
            UnknownWorkError: If the register does not hold the work.
        """
        return _PLACES[work(self.work).cited_by](self.article)


def cite(work: str, article: str = "", note: str = "") -> Citation:
    """Make a citation, for example ``cite("条例", "23¶3")``; reads no file."""
    return Citation(work, article, note)


def parse_citation(text: str) -> Citation:
    """Read the short form back: ``条例 23¶3`` → ``Citation("条例", "23¶3")``."""
    key, _, place = text.strip().partition(" ")
    return Citation(key, place.strip())


@cache
def works() -> dict[str, Work]:
    """Read the register: key → work, in the order of the file. Treat the result as read-only."""
    import yaml  # noqa: PLC0415 - citing must stay free of the cost of a YAML parser

    with _REGISTER.open("rb") as stream:
        entries = yaml.load(stream, yaml.CSafeLoader)
    return {str(key): _work(str(key), **fields) for key, fields in entries.items()}


def _work(
    key: str, *, mark: str, aliases: tuple[str, ...] = (), **fields: str | date | None
) -> Work:
    return Work(key, mark=Mark(mark), aliases=tuple(aliases), **fields)  # type: ignore[arg-type]


def work(key: str) -> Work:
    """Give one work of the register.

    Raises:
        UnknownWorkError: If the register does not hold it.
    """
    try:
        return works()[key]
    except KeyError:
        raise UnknownWorkError(key) from None


def recognise(text: str) -> Work | None:
    """Find the work that a free text cites, for example 保障农民工工资支付条例 第三十条.

    The longest name wins, so that 土地管理法实施条例 is not taken for 土地管理法. None when the
    register does not hold the work.
    """
    start = _plain(text.strip().lstrip("《"))
    for name, found in _names():
        if start.startswith(name) and _AFTER_NAME.match(start, len(name)):
            return found
    return None


@cache
def _names() -> tuple[tuple[str, Work], ...]:
    pairs = [(_plain(name), entry) for entry in works().values() for name in entry.names]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


def _plain(text: str) -> str:
    """Make no difference between wide and narrow brackets; both are typed."""
    return text.replace("（", "(").replace("）", ")")


def numeral(number: int) -> str:
    """Write 1 to 9999 in the Chinese numerals of articles: 10 → 十, 201 → 二百零一."""
    digits = "零一二三四五六七八九"
    text = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            text += digits[digit] + unit
        elif text and number and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def _as_article(place: str) -> str:
    match = _ARTICLE.fullmatch(place)
    if match is None:
        return place
    number, branch, paragraph, item = match.groups()
    return (
        f"第{numeral(int(number))}条{branch or ''}"
        + (f"第{numeral(int(paragraph))}款" if paragraph else "")
        + (f"第（{item}）项" if item else "")
    )


def _as_clause(place: str) -> str:
    match = _CLAUSE.fullmatch(place)
    if match is None:
        return place
    part, article, item = match.groups()
    return f"第{part}部分" + (f"第{article}条" if article else "") + (f"第{item}项" if item else "")


def _as_written(place: str) -> str:
    return place


#: How a place is written out in each kind of work.
_PLACES: Final = {"条": _as_article, "部分": _as_clause, "原样": _as_written}
