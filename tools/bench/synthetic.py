"""A synthetic register of any size, made from the sample cases; the same seed gives the same files.

Each case is a sample case moved back by some days, with its own number and paper numbers, so
that the register is as varied and as sound as the sample itself.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_REGISTERED = re.compile(r"^登记: (\d{4}-\d{2}-\d{2})", re.MULTILINE)
_PAPER = re.compile(r"([\u4e00-\u9fff]+)〔\d{4}〕\d+号")
_LINKED = re.compile(r"^关联:|并入:", re.MULTILINE)
_ARCHIVE = re.compile(r"档号: ([^,}\n]*?)\d+(?=[,}\n])")
_SINCE = re.compile(r"(?<=, )自: \d{4}-\d{2}-\d{2}(?=[,}])")
#: Days moved back: whole years and a few days more, so that no case crosses a New Year.
_YEARS = (0, 365, 731)
_DAYS = 30


@dataclass(frozen=True, order=True)
class _Draw:
    """One case to be written: the day of registration, the sample, the days moved back."""

    registered: date
    sample: str
    back: int


def write_register(folder: Path, count: int, seed: int) -> None:
    """Write a register of ``count`` cases into an empty folder."""
    draw = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("cases/*/XF-*.yaml"))]
    samples = [text for text in texts if not _LINKED.search(text)]
    backs = [draw.choice(_YEARS) + draw.randrange(_DAYS) for _ in range(count)]
    draws = sorted(_drawn(draw.choice(samples), back) for back in backs)
    folder.mkdir(parents=True)
    office = (ROOT / "office.yaml").read_text(encoding="utf-8")
    (folder / "office.yaml").write_text(_SINCE.sub("自: 2020-01-01", office), encoding="utf-8")
    years: Counter[int] = Counter()
    papers: Counter[str] = Counter()
    for drawn in draws:
        year = drawn.registered.year
        years[year] += 1
        number = f"XF-{year}-{years[year]:04d}"
        file = folder / "cases" / str(year) / f"{number}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_moved(drawn, number, papers), encoding="utf-8")


def _drawn(sample: str, back: int) -> _Draw:
    match = _REGISTERED.search(sample)
    assert match, "every sample case has a day of registration"  # noqa: S101
    return _Draw(date.fromisoformat(match[1]) - timedelta(back), sample, back)


def _moved(drawn: _Draw, number: str, papers: Counter[str]) -> str:
    text = _DAY.sub(
        lambda day: str(date.fromisoformat(day[0]) - timedelta(drawn.back)), drawn.sample
    )
    text = re.sub(r"^编号: \S+", f"编号: {number}", text, count=1, flags=re.MULTILINE)
    given: dict[str, str] = {}

    def renumbered(match: re.Match[str]) -> str:
        series = f"{match[1]}〔{drawn.registered.year}〕"
        if match[0] not in given:
            papers[series] += 1
            given[match[0]] = f"{series}{papers[series]}号"
        return given[match[0]]

    text = _ARCHIVE.sub(lambda match: f"档号: {match[1]}{number[3:]}", text)
    return _PAPER.sub(renumbered, text)
