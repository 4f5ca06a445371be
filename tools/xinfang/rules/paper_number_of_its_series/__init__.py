"""文号的代字须是 office.yaml 中这种文书的代字,年份须是编号当年。

代字说明是哪一种文书,年份说明是哪一年的。用错了,文号就与发文登记对不上。

怎样改:改用 office.yaml“代字”中的代字和当年的年份。
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Issue, Notice, Reply, StepBase
from xinfang.rules import Fault

LEVEL = Level.ERROR
CITES = (cite("细则", "四·三·1"), cite("公文条例"), cite("公文格式"))
ROWS = ("R03",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield paper numbers of another series or year."""
    for step, number in matter.numbered_papers:
        right, mend = _series_of(matter, step)
        prefix, _, rest = number.partition("〔")
        if right and prefix not in right:
            yield Fault(
                matter.at(step, "文号"),
                f"{step.KIND}的文号用了代字“{prefix}”",
                mend,
            )
        elif int(rest[:4]) not in _years_of(matter, step):
            yield Fault(
                matter.at(step, "文号"),
                f"文号是 {rest[:4]} 年的,{step.KIND}日期是 {step.day}",
                f"请用 {step.day.year} 年的文号",
            )


def _series_of(matter: Matter, step: StepBase) -> tuple[Collection[str], str]:
    """Give the series that a step may number in, and what to say where it did not."""
    table = cast("Mapping[str, str]", matter.office.series)
    if isinstance(step, Issue):  # which series is its form's is for issuing to know
        return table.values(), "请用 office.yaml“代字”中这种文书的代字"
    papers = (step.paper,) if isinstance(step, (Notice, Reply)) else step.PAPERS
    right = [table[paper] for paper in papers if paper in table]
    return right, f"{papers[0]}的代字是“{right[0]}”" if right else ""


def _years_of(matter: Matter, step: StepBase) -> set[int]:
    """Give the years that a number may be of: what is issued late keeps the year of its step."""
    earlier = matter.acts if isinstance(step, Issue) else ()
    return {step.day.year, *(act.day.year for act in earlier if act.day <= step.day)}
