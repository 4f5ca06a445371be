"""A filled form under the hand of somebody who takes its answers out one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from xinfang import typed
from xinfang.filled.reading import Filled
from xinfang.model.fields import Moment

ValueT = TypeVar("ValueT")

_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、:：)）]\s*")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that cannot be taken over.

    Attributes:
        label: The label of the field, never what is written there.
        message: A Chinese clause that follows the label.
        mend: What to do.
    """

    label: str
    message: str
    mend: str


@dataclass
class Sheet:
    """Takes answers out of a form and keeps count of what is left in it.

    Attributes:
        filled: The form.
        today: Day of reading, for days without a year.
        troubles: Answers that were not understood.
    """

    filled: Filled
    today: date
    troubles: list[Trouble] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def text(self, *names: str) -> str:
        """Take a text: of the first of these fields that is filled; the same text twice is one."""
        found = [self.filled.texts[name] for name in names if name in self.filled.texts]
        self._taken.update(name for name in names if self.filled.texts.get(name) in found[:1])
        return found[0] if found else ""

    def line(self, *names: str) -> str:
        """Take a text that stands on one line."""
        return " ".join(self.text(*names).split("\n"))

    def lines(self, name: str) -> list[str]:
        """Take a list, one item a line, without its numbers; a numbered item may go on below."""
        rows = [row.strip() for row in self.text(name).split("\n") if row.strip()]
        numbered = any(_NUMBERING.match(row) for row in rows)
        found: list[str] = []
        for row in rows:
            item = _NUMBERING.sub("", row).strip()
            if found and numbered and not _NUMBERING.match(row):
                found[-1] += item
            else:
                found.append(item)
        return [item for item in found if item]

    def value(self, name: str, read: Callable[[str], ValueT | None], wanted: str) -> ValueT | None:
        """Take a value that has to be understood.

        Args:
            name: The field.
            read: Gives None for what it does not understand.
            wanted: How it is written, for example ``如 23``.
        """
        text = self.line(name)
        if not text:
            return None
        found = read(text)
        if found is None:
            self.troubles.append(Trouble(name, "看不懂", f"请改写,{wanted}"))
        return found

    def moment(self, label: str) -> Moment | None:
        """Take a day, with the time where there is one, written into its gaps."""
        written = self._day_text(label)
        hour, minute = (self._part(label, unit) for unit in ("时", "分"))
        if not written and not hour:
            return None
        text = f"{written} {hour}:{(minute or '0').zfill(2)}" if hour else written
        found = typed.moment(text, self.today)
        if found is None:
            self._not_a_day(label)
        return found

    def day(self, label: str, *, ahead: bool = False) -> date | None:
        """Take a day written into its gaps; ``ahead`` as in :func:`xinfang.typed.day`."""
        written = self._day_text(label)
        found = typed.day(written, self.today, ahead=ahead) if written else None
        if written and found is None:
            self._not_a_day(label)
        return found

    def _day_text(self, label: str) -> str:
        """Join what stands in the gaps of a day; a whole day may have been written into one."""
        year, month, day = (self._part(label, unit) for unit in ("年", "月", "日"))
        filled = [part for part in (year, month, day) if part]
        if len(filled) == 1:
            return filled[0]
        return (f"{year}年" if year else "") + f"{month}月{day}日" if filled else ""

    def _part(self, label: str, unit: str) -> str:
        """Take one gap of a day; the printed unit behind it may have been typed once more."""
        text = typed.folded(self.line(f"{label}{unit}", f"{label}{unit}（2）"))
        bare = text.removesuffix(unit).strip()
        return bare if bare.isdigit() else text

    def _not_a_day(self, label: str) -> None:
        self.troubles.append(Trouble(label, "不是日期", "请写成 2026 年 3 月 2 日"))

    def ticked(self, question: str, words: Iterable[str]) -> list[str]:
        """Take the boxes of a question that are ticked, in the order of its words."""
        found = []
        for word in words:
            names = {f"{question}：{word}", f"{question}：{word}（2）"}
            if names & self.filled.ticked:
                found.append(word)
                self._taken |= names
        return found

    def choice(self, question: str, words: Iterable[str]) -> str:
        """Take the one box that is ticked; several are a trouble, none is an empty answer."""
        found = self.ticked(question, words)
        if len(found) > 1:
            self.troubles.append(Trouble(question, f"勾选了 {len(found)} 个", "请只勾选一个"))
        return found[0] if found else ""

    def left(self) -> list[tuple[str, str]]:
        """List what nobody took: the label, and what is written or ✓ for a tick."""
        texts = [(n, t) for n, t in self.filled.texts.items() if n not in self._taken]
        return texts + [(name, "✓") for name in sorted(self.filled.ticked - self._taken)]
