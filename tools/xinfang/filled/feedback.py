"""承办反馈表 (D10) read back: a department's answer to a transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xinfang import typed
from xinfang.filled.reading import Filled
from xinfang.filled.sheet import Sheet, Trouble

_TAKES, _DECLINES = "承办", "不承办"
#: Printed by the office; the department need not answer for them.
_OURS: Final = (
    "事由",
    "转办文号",
    "联系电话",
    "请求（逐条）",
)
_OUR_DAYS: Final = ("登记日期", "转办日期", "应回复是否承办", "应反馈办理意见")


@dataclass(frozen=True, slots=True)
class FeedbackSheet:
    """What a department wrote.

    Attributes:
        number: Number of the case, as written; empty where none stands there.
        department: The department, as written.
        step: Fields of the step 承办反馈, in the form of files.
        troubles: What was not understood.
    """

    number: str
    department: str
    step: dict[str, Any]
    troubles: tuple[Trouble, ...]


def feedback_sheet(filled: Filled, today: date) -> FeedbackSheet:
    """Take a filled feedback form apart; whatever has no field of its own goes into 备注."""
    sheet = Sheet(filled, today)
    for label in _OURS:
        sheet.text(label)
    for label in _OUR_DAYS:
        for unit in "年月日":
            sheet.text(f"{label}{unit}")
    number = typed.folded(sheet.line("登记编号")).upper()
    department = sheet.line("承办部室")
    answer = sheet.choice("是否承办", (_TAKES, _DECLINES))
    if not answer:
        sheet.troubles.append(Trouble("是否承办", "没有勾选", "请该部室勾选后再交"))
    expected = sheet.day("预计完成", ahead=True)
    step: dict[str, Any] = {
        "部门": department,
        "承办": "是" if answer == _TAKES else "否",
        "理由": sheet.text("理由"),
        "承办人": sheet.line("承办人"),
        "计划": sheet.text("拟办计划"),
        "预计完成": expected.isoformat() if expected else "",
    }
    signed = sheet.day("日期")
    remarks = [
        f"拟答复意见: {opinion}" if (opinion := sheet.text("拟答复意见（逐条）")) else "",
        f"表上日期: {signed}" if signed and signed != today else "",
        *(f"{label}: {text}" for label, text in sheet.left()),
    ]
    step["备注"] = "\n".join(filter(None, remarks))
    filled_in = {key: value for key, value in step.items() if value}
    return FeedbackSheet(number, department, filled_in, tuple(sheet.troubles))
