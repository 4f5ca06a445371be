"""A made-up register of any size, so that lists, charts and reports show something.

Each case is a case of the sample register, moved to another day, with numbers of its own; what
would lie behind today has not happened yet. Some take longer than their sample did. The same
seed gives the same files. Everybody in it is invented, as in the sample.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from xinfang.errors import XinfangError
from xinfang.model import Case
from xinfang.model.words import Category
from xinfang.source import read
from xinfang.store import record_text

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAPER: Final = re.compile(r"([\u4e00-\u9fff]+)〔\d{4}〕\d+号")
_STEPS: Final = "办理"
#: Samples that other cases name, or that name others, cannot be copied alone.
_LINKED: Final = ("关联",)
_LINKING: Final = frozenset({"并案"})
#: Steps whose place in time matters to others; such a matter is not drawn out.
_TIED: Final = frozenset({"延期", "更正", "复查", "复核", "听证"})
#: Years back to which the people of the office have held their posts.
_SINCE: Final = re.compile(r"(?<=, )自: \d{4}-\d{2}-\d{2}(?=[,}])")
#: How much more often than otherwise some matters come up in some months.
_SEASONS: Final[Mapping[str, tuple[frozenset[int], int]]] = {
    Category.WAGES: (frozenset({1, 2, 12}), 5),
    Category.NOISE: (frozenset({6, 7, 8}), 3),
    Category.LIVING: (frozenset({7, 8, 1}), 2),
    Category.SETTLEMENT: (frozenset({11, 12, 1}), 3),
}
#: Days after which a matter is old, and how much likelier it is settled then than not.
_FRESH, _SETTLED = 75, 40
#: One in so many matters takes longer; by how many days at most.
_SLOW, _SLOWER = 6, 45


class NotEmptyError(XinfangError):
    """The folder for the made-up register holds something already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 已经有内容;请给一个不存在的或空的文件夹")


@dataclass(frozen=True, slots=True)
class _Draw:
    """One case to be written: its day of registration and its contents, not yet numbered."""

    registered: date
    order: int
    data: dict[str, Any]


def write_demo(folder: Path, sample: Path, count: int, seed: int, first: date, today: date) -> None:
    """Write a made-up register.

    Args:
        folder: Where; it must not exist or be empty.
        sample: The sample register.
        count: How many cases.
        seed: The same seed gives the same files.
        first: First day of registration.
        today: Last day of registration; what lies behind it is left out.

    Raises:
        NotEmptyError: The folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmptyError(folder.name)
    chance = random.Random(seed)  # noqa: S311 - samples, no secret
    samples = [data for data in _samples(sample) if _stands_alone(data)]
    days = (today - first).days
    drawn = sorted(
        (
            _drawn(chance, samples, first + timedelta(chance.randrange(days + 1)), today, order)
            for order in range(count)
        ),
        key=lambda draw: (draw.registered, draw.order),
    )
    folder.mkdir(parents=True, exist_ok=True)
    office = (sample / "office.yaml").read_text(encoding="utf-8")
    office = _SINCE.sub("自: 2020-01-01", office)
    office = re.sub(r"样例日期: \S+", f"样例日期: {today}", office)
    (folder / "office.yaml").write_text(office, encoding="utf-8")
    (folder / "cases").mkdir()
    for number, data in _numbered(drawn):
        file = folder / "cases" / number[3:7] / f"{number}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(record_text(_bare(data)), encoding="utf-8")


def _samples(sample: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(sample.glob("cases/[0-9]*/XF-*.yaml")):
        yield read(file, file.name).data


def _stands_alone(data: Mapping[str, Any]) -> bool:
    steps = data.get(_STEPS, ())
    return not any(data.get(key) for key in _LINKED) and not any(
        step["事项"] in _LINKING for step in steps
    )


def _drawn(
    chance: random.Random, samples: list[dict[str, Any]], day: date, today: date, order: int
) -> _Draw:
    """Choose a sample for a day, move it there and leave out what has not happened yet."""
    old = (today - day).days > _FRESH
    weights = [_weight(data, day.month, old=old) for data in samples]
    data = deepcopy(chance.choices(samples, weights)[0])
    kinds = {step["事项"] for step in data.get(_STEPS, ())}
    shift = (day - date.fromisoformat(data["登记"])).days
    steps = data.pop(_STEPS, [])
    data = _moved(data, shift)
    late = chance.randrange(_SLOW) == 0 and not kinds & _TIED
    behind = chance.randrange(1, len(steps)) if late and len(steps) > 1 else len(steps)
    more = chance.randrange(1, _SLOWER)
    moved = [_moved(s, shift + (more if place >= behind else 0)) for place, s in enumerate(steps)]
    happened = _before(moved, today)
    if happened:
        data[_STEPS] = happened
    return _Draw(day, order, data)


def _before(steps: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Leave out what has not happened yet, and what would be corrected only then."""
    past = list(takewhile(lambda step: _happened(step, today), steps))
    mended = [int(step["步骤"]) for step in steps[len(past) :] if step["事项"] == "更正"]
    return past[: min([len(past), *(number - 1 for number in mended)])]


def _happened(step: Mapping[str, Any], today: date) -> bool:
    """Whether a step lies behind us, with everything it tells to have taken place."""
    return all(step[key] <= today.isoformat() for key in ("日期", "收到") if key in step)


def _weight(data: Mapping[str, Any], month: int, *, old: bool) -> int:
    """Say how likely a sample is; of old matters few are still open."""
    months, weight = _SEASONS.get(data["类别"], (frozenset(), 1))
    seasonal = weight if month in months else 1
    return seasonal * _SETTLED if old and _is_settled(data) else seasonal


def _is_settled(data: Mapping[str, Any]) -> bool:
    """Whether a sample is closed and everything promised in it was done."""
    steps = data.get(_STEPS, ())
    promised = sum("落实" in answer for step in steps for answer in step.get("答复", ()))
    kept = sum(step.get("全部兑现") == "是" for step in steps)
    return promised <= kept and any(step["事项"] == "办结" for step in steps)


def _moved(value: Any, days: int) -> Any:  # noqa: ANN401 - whatever stands in a file
    """Move every day in a value."""
    match value:
        case str():
            return _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + timedelta(days)), value)
        case list():
            return [_moved(item, days) for item in value]
        case dict():
            return {key: _moved(item, days) for key, item in value.items()}
        case _:
            return value


def _numbered(drawn: list[_Draw]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every case its number, and every paper one of the year it went out."""
    years: Counter[int] = Counter()
    numbers = []
    for draw in drawn:
        years[draw.registered.year] += 1
        numbers.append(f"XF-{draw.registered.year}-{years[draw.registered.year]:04d}")
    papers = _papers(drawn)
    for place, (number, draw) in enumerate(zip(numbers, drawn, strict=True)):
        data = _renumbered({**draw.data, "编号": number}, papers[place])
        for step in data.get(_STEPS, ()):
            if "档号" in step:
                head = step["档号"].rpartition("-")[0]
                step["档号"] = f"{head}-{number.removeprefix('XF-')}"
        yield number, data


def _papers(drawn: list[_Draw]) -> list[dict[str, str]]:
    """Say of every case which number each paper gets; numbers of a year go by the day."""
    used = sorted(
        (step["日期"], place, index, match[0], match[1])
        for place, draw in enumerate(drawn)
        for index, step in enumerate(draw.data.get(_STEPS, ()))
        for match in _PAPER.finditer(str(step))
    )
    counts: Counter[tuple[str, str]] = Counter()
    found: list[dict[str, str]] = [{} for _ in drawn]
    for day, place, _, old, series in used:
        if old not in found[place]:
            counts[series, day[:4]] += 1
            found[place][old] = f"{series}〔{day[:4]}〕{counts[series, day[:4]]}号"
    return found


def _renumbered(value: Any, given: Mapping[str, str]) -> Any:  # noqa: ANN401
    match value:
        case str():
            return _PAPER.sub(lambda found: given.get(found[0], found[0]), value)
        case list():
            return [_renumbered(item, given) for item in value]
        case dict():
            return {key: _renumbered(item, given) for key, item in value.items()}
        case _:
            return value


def _bare(data: Mapping[str, Any]) -> dict[str, Any]:
    """Put the keys in the order of the model, and write days and numbers without quotes."""
    order = [str(field.alias) for field in Case.model_fields.values()]
    return {key: _typed(data[key]) for key in order if key in data}


def _typed(value: Any) -> Any:  # noqa: ANN401
    match value:
        case str() if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        case str() if re.fullmatch(r"[1-9]\d{0,5}", value):
            return int(value)
        case str() if re.fullmatch(r"\d{1,9}\.\d{2}", value):
            return Decimal(value)
        case list():
            return [_typed(item) for item in value]
        case dict():
            return {key: _typed(item) for key, item in value.items()}
        case _:
            return value
