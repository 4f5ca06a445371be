"""How long a matter is kept, when to look at it again, and when what is sealed may go.

A period counts from the first of January after the archiving (档案管理惯例; domain/5 §5.6), so
10 年 for a matter archived in 2026 end on 2036-12-31. Two dates follow from it, with two
meanings: on the *reminder* somebody looks whether the file is still needed; from the *erasure*
date on, and not before, what is sealed may be destroyed. Neither happens by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from xinfang.errors import XinfangError
from xinfang.matter import Matter
from xinfang.model.steps import Archiving, Erasure, Hold, Release

PERMANENT: Final = "永久"
_AS_THE_FILE: Final = "同案卷"


class NotErasableError(XinfangError):
    """What is sealed may not be destroyed now; says why."""

    def __init__(self, case: str, reason: str) -> None:
        super().__init__(f"{case} 不能销毁: {reason}")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long one archived matter is kept.

    Attributes:
        number: Case number.
        archived: Day of the archiving.
        file_kept: 永久, 30年 or 10年: the paper volume.
        file_until: Last day of that; None for ever.
        sealed_kept: The same for what is sealed.
        sealed_until: Last day of that; None for ever.
        hold: Why nothing may be destroyed for now; empty where it may.
        erased: Day on which what was sealed was destroyed.
    """

    number: str
    archived: date
    file_kept: str
    file_until: date | None
    sealed_kept: str
    sealed_until: date | None
    hold: str
    erased: date | None

    @property
    def reminder(self) -> date | None:
        """First of January of the last year: look whether the file is still needed."""
        return date(self.sealed_until.year, 1, 1) if self.sealed_until else None

    @property
    def erasable_from(self) -> date | None:
        """First day on which what is sealed may be destroyed."""
        return self.sealed_until + timedelta(days=1) if self.sealed_until else None

    def standing(self, today: date) -> str:
        """Say in Chinese what may be done with what is sealed."""
        if self.erased:
            return f"已于 {self.erased} 销毁"
        if self.hold:
            return "暂缓销毁"
        if self.erasable_from is None or self.reminder is None:
            return "长期保管"
        if today >= self.erasable_from:
            return "可以销毁"
        return "本年到期,请鉴定" if today >= self.reminder else "保管中"


def retention(matter: Matter) -> Retention | None:
    """Say how long a matter is kept; None before it is archived."""
    archiving, erasure = matter.last(Archiving), matter.last(Erasure)
    if archiving is None:
        return None
    wanted = matter.office.retention.sealed
    kept = archiving.retention if wanted == _AS_THE_FILE else wanted
    return Retention(
        matter.case.number,
        archiving.day,
        archiving.retention,
        _until(archiving.day, archiving.retention),
        kept,
        _until(archiving.day, kept),
        _hold(matter),
        erasure.day if erasure else None,
    )


def _until(archived: date, kept: str) -> date | None:
    if kept == PERMANENT:
        return None
    return date(archived.year + int(kept.removesuffix("年")), 12, 31)


def _hold(matter: Matter) -> str:
    """Give the reason of the hold that stands."""
    last = next((s for s in reversed(matter.steps) if isinstance(s, (Hold, Release))), None)
    return last.reason if isinstance(last, Hold) else ""


def held_back(found: Retention | None, today: date) -> str:
    """Say why what is sealed may not be destroyed; empty where it may."""
    if found is None:
        return "还没有归档"
    if found.erased:
        return f"已于 {found.erased} 销毁"
    if found.hold:
        return f"暂缓销毁: {found.hold}。解除后才能销毁"
    if found.erasable_from is None:
        return "保管期限为永久,不得销毁"
    if today < found.erasable_from:
        return f"保管到 {found.sealed_until},{found.erasable_from} 起才能销毁"
    return ""


def due_in(found: Iterable[Retention], year: int) -> list[Retention]:
    """List what comes up in a year: to be looked at, or to be destroyed and not held."""
    return sorted(
        (
            item
            for item in found
            if item.erased is None and item.sealed_until and item.sealed_until.year <= year
        ),
        key=lambda item: (item.sealed_until or date.max, item.number),
    )
