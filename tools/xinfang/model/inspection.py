"""The monthly inspection of one department (矛盾纠纷排查; 细则 二·一, 三·二, paper D24).

It looks for matters in the department's own management that may become grievances: a link of
the work, a contract, how many people it touches. It has no place for anybody's name (R18).
"""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema

from xinfang.model.fields import CaseNumber, Count, Day, Flag, Line, Record, Text, matching

MONTH_PATTERN: Final = r"\d{4}-(0[1-9]|1[0-2])"
Month = Annotated[
    str,
    AfterValidator(matching(MONTH_PATTERN, "不是月份|请写成 2026-03 的形式")),
    WithJsonSchema({"type": "string", "pattern": f"^{MONTH_PATTERN}$", "examples": ["2026-03"]}),
]


class Standing(StrEnum):
    """Where a matter found by an inspection stands; derived, never written."""

    DONE = "已销号"
    LATE = "逾期未销号"
    CASE = "已转为信访事项"
    OPEN = "整改中"


class Settled(Record):
    """How a matter was struck off (销号)."""

    day: Day = Field(alias="日期", description="销号日期")
    basis: Line = Field(alias="依据", description="凭什么销号")


class Concern(Record):
    """A matter that may become a grievance."""

    found: Day = Field(alias="发现", description="发现日期")
    content: Line = Field(alias="排查事项", description="什么事;不写个人")
    link: Line = Field(alias="环节", description="管理环节,如 工资专用账户拨付")
    section: Line | None = Field(None, alias="标段", description="涉及的合同、标段")
    risk: Line = Field(alias="可能后果", description="不处理会怎样")
    people: Count = Field(alias="人数", description="涉及人数(只写数目)")
    measure: Text = Field(alias="整改措施", description="怎样化解")
    owner: Line = Field(alias="责任", description="责任部室")
    due: Day = Field(alias="期限", description="整改期限")
    settled: Settled | None = Field(None, alias="销号", description="销号的日期和依据")
    case: CaseNumber | None = Field(None, alias="转为事项", description="已成为信访事项的,登记编号")

    def standing(self, today: date) -> Standing:
        """Say where it stands on a day."""
        if self.settled is not None:
            return Standing.DONE
        if self.case is not None:
            return Standing.CASE
        return Standing.LATE if self.due < today else Standing.OPEN


class Inspection(Record):
    """What one department found in one month; nothing found is a report too (零报告)."""

    department: Line = Field(alias="部室", description="填报部室,与文件名相同")
    month: Month = Field(alias="月份", description="哪个月,与文件夹相同")
    written: Day = Field(alias="填报日期", description="填报日期")
    nothing: Flag = Field(False, alias="零报告", description="本月没有发现")
    concerns: list[Concern] = Field(default_factory=list, alias="事项", description="发现的事项")

    @property
    def last_day(self) -> date:
        """Last day of the month inspected."""
        year, month = map(int, self.month.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
