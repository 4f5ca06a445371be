"""The kinds of value a record holds, each checked strictly and explained in Chinese.

All values arrive as text (see ``xinfang.source``). A kind says what it accepts, what a
schema should say of it, and what to write instead when it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOOSE_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MONEY: Final = re.compile(r"\d{1,12}(\.\d{1,2})?")


class Record(BaseModel):
    """Base of everything in a file: frozen, closed, with Chinese keys as aliases."""

    # Built when first used: who asks the first question need not wait for what it does not need.
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A day, and the time of day where it is known (Asia/Shanghai)."""

    day: date
    clock: time | None = None

    def __str__(self) -> str:
        """Give the form used in files: ``2026-03-02`` or ``2026-03-02 09:20``."""
        return f"{self.day}" if self.clock is None else f"{self.day} {self.clock:%H:%M}"


def wrong(kind: str, message: str) -> PydanticCustomError:
    """Make a validation error whose text is already the Chinese sentence to show."""
    return PydanticCustomError(f"xinfang.{kind}", "{sentence}", {"sentence": message})


def parse_day(value: Any) -> date:  # noqa: ANN401 - anything can stand in a file
    """Read ``YYYY-MM-DD``; an impossible date is told apart from a misspelt one."""
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    match = _DAY.fullmatch(text)
    if match is None:
        raise wrong("day", "不是日期" + _suggest_day(text))
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise wrong("day", f"没有 {text} 这一天|请核对后填写真实存在的日期") from None


def _suggest_day(text: str) -> str:
    loose = _LOOSE_DAY.fullmatch(text)
    if loose is None:
        return "|请写成 2026-03-02 的形式"
    year, month, day = map(int, loose.groups())
    try:
        date(year, month, day)
    except ValueError:
        return "|没有这一天,请核对后填写真实存在的日期"
    return f"|请写成 {year:04d}-{month:02d}-{day:02d}"


def parse_moment(value: Any) -> Moment:  # noqa: ANN401
    """Read a day with or without a time: ``2026-03-02 09:20``."""
    if isinstance(value, Moment):
        return value
    text = str(value).strip().replace("T", " ") if isinstance(value, str) else ""
    day_text, _, clock = text.partition(" ")
    return Moment(parse_day(day_text), parse_time(clock.strip()) if clock.strip() else None)


def parse_time(value: Any) -> time:  # noqa: ANN401
    """Read a time of day ``HH:MM``."""
    if isinstance(value, time):
        return value
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise wrong("time", "不是时刻|请写成 09:20 的形式(24 小时制),并加引号")
    return time(int(match[1]), int(match[2]))


def parse_flag(value: Any) -> bool:  # noqa: ANN401
    """Read 是 or 否; the English words of YAML are named and refused."""
    if isinstance(value, bool):
        return value
    if value == "是":
        return True
    if value == "否":
        return False
    raise wrong("flag", "只能填“是”或“否”|请改为 是 或 否(不用 yes/no/true/false)")


def parse_money(value: Any) -> Decimal:  # noqa: ANN401
    """Read an amount in yuan with at most two decimals."""
    if isinstance(value, Decimal):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if not _MONEY.fullmatch(text):
        raise wrong("money", "不是金额|请以元为单位写数字,至多两位小数,不加逗号和单位,如 418600.00")
    return Decimal(text)


def parse_count(value: Any) -> int:  # noqa: ANN401
    """Read a whole number from 0."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"0|[1-9]\d{0,6}", text):
        raise wrong("count", "不是整数|请用阿拉伯数字填写,如 23")
    return int(text)


def matching(pattern: str, sentence: str) -> Callable[[str], str]:
    """Make a check that the whole of a text has a form; ``sentence`` is “what|mend”."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise wrong("form", sentence)
        return value

    return check


CASE_PATTERN: Final = r"XF-\d{4}-\d{4,6}"
PAPER_NUMBER_PATTERN: Final = r"[^\s〔〕\d]{1,20}〔\d{4}〕[1-9]\d*号"

Day = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-02"]}),
]
DayMoment = Annotated[
    Moment,
    PlainValidator(parse_moment),
    # As a value of its own: left to itself, pydantic would take it apart.
    PlainSerializer(lambda moment: moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):[0-5]\d)?$",
            "examples": ["2026-03-02 09:20"],
        }
    ),
]
TimeOfDay = Annotated[
    time,
    BeforeValidator(parse_time),
    WithJsonSchema(
        {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["09:20"]}
    ),
]
Flag = Annotated[
    bool, BeforeValidator(parse_flag), WithJsonSchema({"type": "string", "enum": ["是", "否"]})
]
Money = Annotated[
    Decimal,
    BeforeValidator(parse_money),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"^\d{1,12}(\.\d{1,2})?$"},
            ],
            "examples": ["418600.00"],
        }
    ),
]
Count = Annotated[
    int,
    BeforeValidator(parse_count),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^(0|[1-9]\d{0,6})$"},
            ],
            "examples": ["1"],
        }
    ),
]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$"),
]
CaseNumber = Annotated[
    str,
    AfterValidator(matching(CASE_PATTERN, "不是登记编号|请写成 XF-2026-0001 的形式")),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{CASE_PATTERN}$", "examples": ["XF-2026-0001"]}
    ),
]
PaperNumber = Annotated[
    str,
    AfterValidator(
        matching(
            PAPER_NUMBER_PATTERN,
            "不是规范的文号|"
            "请写成 青机电信处〔2026〕7号 的形式:六角括号、四位年份、不加“第”、不补零",
        )
    ),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{PAPER_NUMBER_PATTERN}$", "examples": ["代字〔2026〕1号"]}
    ),
]
PartyCode = Annotated[
    str,
    AfterValidator(matching(r"[A-Z]{1,2}", "不是信访人代号|请用大写字母 A、B、C ……")),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{1,2}$", "examples": ["A"]}),
]
Digest = Annotated[
    str,
    AfterValidator(matching(r"[0-9a-f]{64}", "不是 SHA-256 散列值|应为 64 位小写十六进制")),
    WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$", "examples": ["0" * 64]}),
]
CommitId = Annotated[
    str,
    AfterValidator(matching(r"[0-9a-f]{40}|[0-9a-f]{64}", "不是 Git 提交号|应为完整的提交号")),
    WithJsonSchema(
        {"type": "string", "pattern": "^([0-9a-f]{40}|[0-9a-f]{64})$", "examples": ["0" * 40]}
    ),
]
FormId = Annotated[
    str,
    AfterValidator(matching(r"D\d\d[a-z]?", "不是文书编号|请写成 D14 的形式")),
    WithJsonSchema({"type": "string", "pattern": r"^D\d\d[a-z]?$", "examples": ["D14"]}),
]
#: Code in the footer of an issued paper: no I, L, O, U, so that it can be read out and typed.
SHORT_CODE_PATTERN: Final = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
ShortCode = Annotated[
    str,
    AfterValidator(matching(SHORT_CODE_PATTERN, "不是核验码|请照页脚写成 7K3M-9QXR 的形式")),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{SHORT_CODE_PATTERN}$", "examples": ["7K3M-9QXR"]}
    ),
]
