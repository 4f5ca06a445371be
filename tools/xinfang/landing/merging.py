"""Joining what two clerks wrote into the same case: all steps of both, by time, no marks.

Three texts come in: the one both began with, and either side's. One text comes out, or the
sentences that say why somebody has to decide. Lines that nobody changed stay as they are, byte for
byte; so do the steps of either side, but for the position that a ``更正`` names, which shifts where
steps come before.

It does not matter which side is called ours: steps of the same day and hour come in the order of
the procedure, and where that leaves them equal, by what they say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from xinfang.landing.layout import STEPS, Layout, StepText, layout
from xinfang.model import STEP_TYPES
from xinfang.model.steps import (
    Acceptance,
    Archiving,
    Closure,
    Correction,
    Draft,
    Erasure,
    Extension,
    HandOver,
    Issue,
    Merge,
    Refusal,
    Reply,
    Withdrawal,
)
from xinfang.source import read_text

#: Done once in a matter; done differently on both sides, somebody has to say which it was.
_ONCE: Final = frozenset(
    kind.KIND
    for kind in (
        *(Acceptance, Refusal, Extension, Draft, Reply, HandOver),
        *(Withdrawal, Merge, Closure, Archiving, Erasure),
    )
)
#: Heads by which one matter is known from another.
_TELLING: Final = ("标题", "收到", "登记", "渠道", "登记人", "目的", "信访人", "请求", "事实")
_RANK: Final = {kind: rank for rank, kind in enumerate(STEP_TYPES)}
#: What makes a paper one paper and no other.
_ISSUED: Final = ("文书", "序", "版本")
_POSITION: Final = re.compile(r"""(步骤\s*:\s*["']?)\d+""")
_UNREADABLE: Final = "文件有错误或不是逐行书写,不能自动合并"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came out.

    Attributes:
        text: Both sides in one; our side alone where it was refused.
        refusals: Why it was refused, as Chinese sentences; empty where it was not.
        is_clash: Whether these are two matters under one number.
    """

    text: str
    refusals: tuple[str, ...] = ()
    is_clash: bool = False


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Join two versions of a case file.

    Args:
        base: What both began with; empty where both made the file.
        ours: One side.
        theirs: The other side.
    """
    if theirs in {ours, base} or ours == base:
        return Merged(theirs if ours == base else ours)
    old, mine, other = (layout(text.replace("\r\n", "\n")) for text in (base, ours, theirs))
    if mine is None or other is None or (base and old is None):
        return Merged(ours, (_UNREADABLE,))
    if old is None:
        return _both_new(ours, mine, other)
    if not (same_matter(old.data, mine.data) and same_matter(old.data, other.data)):
        return _clash(ours, mine)
    return _written(ours, *_joined(old, mine, other))


def _both_new(ours: str, mine: Layout, other: Layout) -> Merged:
    """Join two files that both sides made: one matter registered twice, or two with one number."""
    heads = [{k: v for k, v in side.data.items() if k != STEPS} for side in (mine, other)]
    if heads[0] == heads[1]:
        bare = replace(mine, steps=(), opening="", closing="")
        return _written(ours, *_joined(bare, mine, other))
    code = mine.data.get("查询码")
    if code and code == other.data.get("查询码"):
        return Merged(ours, ("同一件事项两边各登记了一次,写法不同",))
    return _clash(ours, mine)


def _clash(ours: str, mine: Layout) -> Merged:
    number = str(mine.data.get("编号", ""))
    return Merged(ours, (f"两件不同的事项都编为 {number}",), is_clash=True)


def _written(ours: str, joined: Layout | None, refusals: Sequence[str]) -> Merged:
    """Give what was joined with our line ends."""
    if joined is None:
        return Merged(ours, tuple(refusals))
    text = joined.text
    return Merged(text.replace("\n", "\r\n") if "\r\n" in ours else text)


def same_matter(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two files tell of the same matter, whatever their numbers.

    A mended head is one that differs; of another matter more do. What one of them does not tell
    yet says nothing.
    """
    codes = {data["查询码"] for data in (one, other) if data.get("查询码")}
    differing = [key for key in _TELLING if key in one and key in other and one[key] != other[key]]
    return len(codes) < 2 and len(differing) < 2  # noqa: PLR2004


def said(step: Mapping[str, Any]) -> dict[str, Any]:
    """What a step says; a correction without the position of what it mends, which may shift."""
    mends = step.get("事项") == Correction.KIND
    return {key: value for key, value in step.items() if not (mends and key == "步骤")}


def position(step: Mapping[str, Any]) -> int | None:
    """Which step a correction mends, from 0; None where it names none."""
    told = step.get("步骤")
    return int(told) - 1 if isinstance(told, str) and told.isdigit() else None


def matched(before: Sequence[object], after: Sequence[object]) -> dict[int, int]:
    """Find each of some steps among others, in the same order."""
    at: dict[int, int] = {}
    start = 0
    for index, step in enumerate(before):
        here = next((i for i in range(start, len(after)) if after[i] == step), None)
        if here is not None:
            at[index], start = here, here + 1
    return at


# The whole file


def _joined(base: Layout, ours: Layout, theirs: Layout) -> tuple[Layout | None, list[str]]:
    heads, refusals = _heads(base, ours, theirs)
    if STEPS not in heads:
        return (None if refusals else replace(ours, heads=heads)), refusals
    donor = ours if ours.steps else theirs
    steps, more = _Steps(base, ours, theirs).joined(donor)
    refusals += more
    if refusals:
        return None, refusals
    preamble = theirs.preamble if ours.preamble == base.preamble else ours.preamble
    joined = Layout(preamble, heads, donor.opening, steps, donor.closing, {})
    if not _is_whole(joined, [step.data for step in steps]):
        return None, [_UNREADABLE]
    return joined, []


def _is_whole(joined: Layout, steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the text says what it was put together from."""
    document = read_text(joined.text, "")
    return [said(s) for s in document.data.get(STEPS) or []] == [said(s) for s in steps] and list(
        document.data
    ) == list(joined.heads)


def _heads(base: Layout, ours: Layout, theirs: Layout) -> tuple[dict[str, str], list[str]]:
    """Join the keys: what one side changed is taken, what both changed has to be the same."""
    refusals: list[str] = []
    taken: dict[str, str] = {}
    for key in dict.fromkeys((*ours.heads, *theirs.heads)):
        sides = [side.heads.get(key) for side in (base, ours, theirs)]
        was, mine, other = sides
        if key == STEPS or other == was or _same(ours, theirs, key):
            kept = mine if key != STEPS else ""
        elif mine == was or _same(base, ours, key):
            kept = other
        elif _same(base, theirs, key):
            kept = mine
        else:
            refusals.append(f"两边都改了“{key}”,改得不同")
            continue
        if kept is not None:
            taken[key] = kept
    order = _order(list(ours.heads), list(theirs.heads))
    return {key: taken[key] for key in order if key in taken}, refusals


def _same(one: Layout, other: Layout, key: str) -> bool:
    return key in one.data and key in other.data and one.data[key] == other.data[key]


def _order(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Keys in our order; what only they have behind the key that they have it behind."""
    order = list(ours)
    for before, key in zip(("", *theirs), theirs, strict=False):
        if key not in order:
            order.insert(order.index(before) + 1 if before in order else len(order), key)
    return order


# The steps


@dataclass(eq=False)
class _Item:
    """A step on its way into the joined list: where each side has it, and what it mends."""

    step: StepText
    at: dict[str, int]
    mends: Mapping[str, Any] | None = None

    @property
    def kind(self) -> str:
        return str(self.step.data.get("事项", ""))

    @property
    def day(self) -> str:
        return str(self.step.data.get("日期", ""))

    @property
    def name(self) -> str:
        return f"“{self.kind}”({self.day})"


class _Steps:
    """The steps of both sides, joined."""

    def __init__(self, base: Layout, ours: Layout, theirs: Layout) -> None:
        self.base = [said(step.data) for step in base.steps]
        self.sides = {"ours": ours.steps, "theirs": theirs.steps}

    def joined(self, donor: Layout) -> tuple[tuple[StepText, ...], list[str]]:
        """Give the steps in their order; and what contradicts."""
        found = {
            name: matched(self.base, [said(step.data) for step in steps])
            for name, steps in self.sides.items()
        }
        for at in found.values():
            for index, step in enumerate(self.base):
                if index not in at:
                    what = f"原有的第 {index + 1} 步“{step.get('事项', '')}”被改动或删去"
                    return (), [f"一边{what};步骤只追加、不改动"]
        # Base steps divide both lists into stretches that are joined one by one.
        items: list[_Item] = []
        ends = {name: [*at.values(), len(self.sides[name])] for name, at in found.items()}
        starts = dict.fromkeys(self.sides, 0)
        for index in range(len(self.base) + 1):
            stretch = {
                name: [self._item(name, i) for i in range(starts[name], ends[name][index])]
                for name in self.sides
            }
            items += _stretch(stretch["ours"], stretch["theirs"])
            if index < len(self.base):
                anchor = self._item("ours", ends["ours"][index])
                anchor.at["theirs"] = ends["theirs"][index]
                items.append(anchor)
                starts = {name: ends[name][index] + 1 for name in self.sides}
        refusals = list(_contradictions(items))
        column = donor.steps[0].column if donor.steps else 2
        return tuple(self._placed(item, items, column) for item in items), refusals

    def _item(self, side: str, index: int) -> _Item:
        steps = self.sides[side]
        named = position(steps[index].data) if _corrects(steps[index]) else None
        mends = None if named is None or named >= len(steps) else said(steps[named].data)
        return _Item(steps[index], {side: index}, mends)

    def _placed(self, item: _Item, items: Sequence[_Item], column: int) -> StepText:
        """Bring a step into the column of the others; a correction names what it did before."""
        text = item.step.indented(column)
        side, _ = next(iter(item.at.items()))
        named = position(item.step.data) if _corrects(item.step) else None
        target = next((i for i, other in enumerate(items) if other.at.get(side) == named), None)
        if named is None or target is None:
            return StepText(text, item.step.data)
        text = _POSITION.sub(rf"\g<1>{target + 1}", text, count=1)
        return StepText(text, {**item.step.data, "步骤": str(target + 1)})


def _corrects(step: StepText) -> bool:
    return step.data.get("事项") == Correction.KIND


def _stretch(ours: Sequence[_Item], theirs: Sequence[_Item]) -> list[_Item]:
    """Join what both sides put between the same steps: the same step once, the rest by time."""
    common = matched([_identity(item) for item in theirs], [_identity(item) for item in ours])
    for their, our in common.items():
        ours[our].at |= theirs[their].at
    # The same step in another order: ours stands, and theirs is that one.
    for item in (one for index, one in enumerate(theirs) if index not in common):
        twin = next((o for o in ours if _is_twin(o, item)), None)
        if twin is not None:
            twin.at |= item.at
    taken = {item.at["theirs"] for item in ours if "theirs" in item.at}
    joined: list[_Item] = []
    our_start = their_start = 0
    for their, our in [*common.items(), (len(theirs), len(ours))]:
        rest = [item for item in theirs[their_start:their] if item.at["theirs"] not in taken]
        joined += _by_time(ours[our_start:our], rest)
        joined += ours[our : our + 1]
        our_start, their_start = our + 1, their + 1
    return joined


def _is_twin(ours: _Item, theirs: _Item) -> bool:
    """Whether their step is this one, which is the same as none of theirs yet."""
    return "theirs" not in ours.at and _identity(ours) == _identity(theirs)


def _identity(item: _Item) -> str:
    """What makes a step the same on both sides; of a correction also which step it mends."""
    told = [said(item.step.data), item.mends]
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _by_time(ours: Sequence[_Item], theirs: Sequence[_Item]) -> list[_Item]:
    """Join two lists, each in its own order; a step is as late as any before it in its list."""
    joined: list[_Item] = []
    one, other = list(_dated(ours)), list(_dated(theirs))
    while one and other:
        joined.append((one if _is_before(one[0], other[0]) else other).pop(0)[1])
    return joined + [item for _, item in (*one, *other)]


def _dated(items: Sequence[_Item]) -> Iterator[tuple[str, _Item]]:
    latest = ""
    for item in items:
        latest = max(latest, item.day)
        yield latest, item


def _is_before(one: tuple[str, _Item], other: tuple[str, _Item]) -> bool:
    (day, first), (other_day, second) = one, other
    if day != other_day:
        return day < other_day
    clocks = [item.step.data.get("时间") for item in (first, second)]
    if all(clocks) and clocks[0] != clocks[1]:
        return str(clocks[0]) < str(clocks[1])
    ranks = [_RANK.get(item.kind, -1) for item in (first, second)]
    if ranks[0] != ranks[1]:
        return ranks[0] < ranks[1]
    return _identity(first) <= _identity(second)


# What only a person can decide


def _contradictions(items: Sequence[_Item]) -> Iterator[str]:
    new = [[item for item in items if list(item.at) == [side]] for side in ("ours", "theirs")]
    for one, other in product(*new):
        sentence = _contradiction(one, other)
        if sentence:
            yield sentence
    for mine, others in (new, new[::-1]):
        yield from _disordered(items, mine, others)


def _contradiction(one: _Item, other: _Item) -> str:
    ours, theirs = one.step.data, other.step.data
    number = ours.get("文号")
    if number and number == theirs.get("文号"):
        return f"一边的{one.name}和另一边的{other.name}用了同一个文号 {number}"
    if one.kind != other.kind:
        return ""
    if one.kind in _ONCE:
        return f"两边都记了{_both(one, other)},内容不同"
    if one.kind == Correction.KIND and one.mends == other.mends:
        return f"两边都更正了同一步“{(one.mends or {}).get('事项', '')}”,改得不同"
    if one.kind == Issue.KIND and [ours.get(k) for k in _ISSUED] == [
        theirs.get(k) for k in _ISSUED
    ]:
        return f"两边各出具了一份 {ours.get('文书')},版本相同"
    return ""


def _both(one: _Item, other: _Item) -> str:
    if one.day == other.day:
        return one.name
    return f"“{one.kind}”({one.day} 和 {other.day})"


def _disordered(
    items: Sequence[_Item], mine: Sequence[_Item], others: Sequence[_Item]
) -> Iterator[str]:
    """Papers are counted: a step that comes before one already issued would take its place."""
    issued = [items.index(item) for item in mine if item.kind == Issue.KIND]
    if not issued:
        return
    for item, other in product(mine, others):
        here, there = items.index(item), items.index(other)
        if item.kind == other.kind and there < here < max(issued):
            yield (
                f"一边的{item.name}已出具文书,另一边又有更早的{other.name},文书是第几份就对不上了"
            )
