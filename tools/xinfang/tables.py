"""The ledger as a table: every column in one place, for all exports and pages (domain/6 §6.2).

A column says how it is called, what it holds, and how it is had from a ledger entry. Nothing
here knows who anybody is: 信访人 are shown by their codes. Of 检举控告 a row shows the number,
the day of receipt and whether it was handed over, whatever else the entry holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from xinfang.clocks import Deadline, Jurisdiction, pending
from xinfang.ledger import Entry
from xinfang.model.words import ROUTE_ITEMS, Route

Value = str | int | Decimal | date | tuple[str, ...] | None
Row = Mapping[str, Value]

#: What a row of 检举控告 says of it (R21: hand-over only).
HANDED_OVER: Final = "已按规定移送"
NOT_YET_HANDED_OVER: Final = "待按规定移送"


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "文本"
    LIST = "多项文本"
    DATE = "日期"
    COUNT = "整数"
    AMOUNT = "金额"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Its name for programs; an attribute of :class:`Entry` where ``value`` is None.
        heading: Its name for people.
        kind: What its cells hold.
        width: Width on a spreadsheet, in Latin characters; a Chinese one takes two.
        note: What it means, for the schema and the key below a table.
        value: How to get it from an entry.
    """

    key: str
    heading: str
    kind: Kind
    width: int
    note: str
    value: Callable[[Entry], Value] | None = None

    def of(self, entry: Entry) -> Value:
        """Get the value of an entry; what is missing is None, never an empty text."""
        found: Value = getattr(entry, self.key) if self.value is None else self.value(entry)
        return None if found in ("", ()) else found


def rows(entries: Iterable[Entry]) -> list[Row]:
    """Make the rows of the ledger, numbered from 1 in the order given."""
    return [{ORDINAL.key: number, **row(entry)} for number, entry in enumerate(entries, 1)]


def row(entry: Entry) -> Row:
    """Make one row, without its ordinal."""
    if entry.sealed:
        shown: dict[str, Value] = {
            "number": entry.number,
            "received": entry.received,
            "title": HANDED_OVER if entry.handed_over else NOT_YET_HANDED_OVER,
        }
        return {column.key: shown.get(column.key) for column in _DERIVED}
    return {column.key: column.of(entry) for column in _DERIVED}


def text(value: Value) -> str:
    """Write a value as text: days as 2026-03-02, amounts with two decimals, lists with 、."""
    match value:
        case None:
            return ""
        case tuple():
            return "、".join(value)
        case Decimal():
            return f"{value:.2f}"
        case _:
            return str(value)


# How the columns are had


def _due(clock: str) -> Callable[[Entry], Value]:
    """Give the last day of one clock."""

    def find(entry: Entry) -> Value:
        return next((d.due for d in entry.deadlines if d.clock.id == clock), None)

    return find


def _internal_due(entry: Entry) -> Value:
    """Find the internal deadline that is next, or that was the last one."""
    internal = [d for d in entry.deadlines if d.clock.jurisdiction is Jurisdiction.INTERNAL]
    running = pending(internal)
    return running[0].due if running else max((d.due for d in internal), default=None)


def _route(entry: Entry) -> Value:
    """Name the route with its item in 条例 31."""
    if not entry.route:
        return None
    item = ROUTE_ITEMS.get(Route(entry.route))
    return f"({item}){entry.route}" if item else entry.route


def _outcomes(entry: Entry) -> Value:
    """Count the claims by outcome: 支持2, 解释说明1. A draft is no outcome yet."""
    if entry.replied is None:
        return None
    return tuple(f"{outcome}{count}" for outcome, count in Counter(entry.outcomes).items())


def _fulfilment(entry: Entry) -> Value:
    """Say what became of what was promised; empty where nothing is to be carried out."""
    if entry.replied is None:
        return None
    if entry.open_promises:
        return f"第{'、'.join(map(str, entry.open_promises))}条待兑现"
    return "已兑现" if entry.promises else None


def _remarks(entry: Entry) -> Value:
    """Say what the other columns cannot: what was late, what is provisional, where it went."""
    merged = (f"并入{entry.merged_into}",) if entry.merged_into else ()
    late = (f"{_named(d)}{d.status}" for d in entry.deadlines if d.is_missed)
    provisional = (
        f"{_named(d)}期限暂定" for d in entry.deadlines if d.is_pending and d.provisional
    )
    return (*merged, *late, *provisional)


def _named(deadline: Deadline) -> str:
    department = f"({deadline.department})" if deadline.department else ""
    return f"{deadline.clock.name}{department}"


_TEXT, _LIST, _DATE, _COUNT, _AMOUNT = Kind.TEXT, Kind.LIST, Kind.DATE, Kind.COUNT, Kind.AMOUNT

#: The number of the row; it belongs to a table, not to an entry.
ORDINAL: Final = Column("ordinal", "序号", _COUNT, 6, "本表中的行次,从 1 起")

_DERIVED: Final = (
    Column("number", "登记编号", _TEXT, 15, "登记编号"),
    Column("received", "收到日期", _DATE, 11, "收到之日;上级来件为收文之日"),
    Column("registered", "登记日期", _DATE, 11, "登记之日;按期间筛选以此为准"),
    Column("channel", "信访形式", _TEXT, 10, "书信、走访等信访形式"),
    Column("origin", "来源及来文号", _TEXT, 26, "上级转送、交办的来文单位和文号"),
    Column("petitioners", "信访人(代号)", _LIST, 18, "信访人或代表的代号;身份封存,不在台账"),
    Column("people", "人数", _COUNT, 6, "提出同一事项的人数"),
    Column("representatives", "代表数", _COUNT, 7, "推选的代表人数"),
    Column("purpose", "目的类别", _TEXT, 10, "建议意见、检举控告、申诉求决"),
    Column("category", "内容类别", _TEXT, 18, "反映内容的类别"),
    Column("title", "事项摘要", _TEXT, 36, "一句话事由,不写姓名;检举控告只写是否已移送"),
    Column("claims", "请求条数", _COUNT, 9, "逐条列出的请求有几条"),
    Column("amount", "请求金额(元)", _AMOUNT, 14, "各条请求金额之和"),
    Column("urgency", "紧急度", _TEXT, 8, "紧急程度,只看事项后果"),
    Column("route", "路径", _TEXT, 18, "条例第三十一条的路径,括号内为项次;或 不属本单位", _route),
    Column(
        "lead", "主办部室", _TEXT, 13, "主办部室", lambda entry: next(iter(entry.departments), None)
    ),
    Column("joint", "协办部室", _LIST, 18, "协办部室", lambda entry: entry.departments[1:]),
    Column("transferred", "转办日期", _DATE, 11, "首次转办之日"),
    Column(
        "internal_due",
        "内部期限",
        _DATE,
        11,
        "本单位自定期限中下一个到期的;都已办完的为最后一个",
        _internal_due,
    ),
    Column("told_due", "告知期限", _DATE, 11, "条例第二十三条的书面告知期限", _due("C1")),
    Column("told", "告知日期", _DATE, 11, "首次书面告知之日"),
    Column("told_number", "告知文号", _TEXT, 22, "告知书文号"),
    Column("accepted", "受理日期", _DATE, 11, "受理之日"),
    Column("finish_due", "办结期限", _DATE, 11, "条例第三十四条的办结期限(60日)", _due("C3")),
    Column("extended_to", "延期至", _DATE, 11, "经批准延长后的办结期限", _due("C4")),
    Column("outcomes", "处理结论", _LIST, 20, "逐条答复的结论,各有几条", _outcomes),
    Column("reply_number", "答复文号", _TEXT, 22, "处理意见书、建议答复的文号"),
    Column("served", "送达日期", _DATE, 11, "书面答复送达之日"),
    Column("attitude", "本人意见", _TEXT, 10, "信访人在送达回证上勾选的意见"),
    Column("fulfilment", "兑现情况", _TEXT, 16, "答复中的承诺是否兑现;空白为无须兑现", _fulfilment),
    Column("fulfilled", "兑现日期", _DATE, 11, "最近一次兑现之日"),
    Column("earlier", "关联前件", _LIST, 15, "同一事项此前的编号,只为核对是否答复到位"),
    Column("reviews", "复查复核", _LIST, 18, "复查、复核的申请与结论"),
    Column("state", "状态", _TEXT, 11, "由办理步骤推出的现状"),
    Column("closed", "办结日期", _DATE, 11, "办结审批之日"),
    Column("closing", "办结方式", _TEXT, 9, "以何种方式办结"),
    Column("archive_number", "归档号", _TEXT, 24, "案卷档号"),
    Column("remarks", "备注", _LIST, 34, "逾期、暂定期限、并案", _remarks),
)

#: Every column, in the order of the ledger.
COLUMNS: Final = (ORDINAL, *_DERIVED)
COLUMN_BY_KEY: Final[Mapping[str, Column]] = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns that stand above each other in one cell, so that a ledger fits a sheet of A4.

    Attributes:
        keys: Keys of the columns, the upper one first.
        width: Width on paper in millimetres.
    """

    keys: tuple[str, ...]
    width: int

    @property
    def columns(self) -> Sequence[Column]:
        """The columns."""
        return [COLUMN_BY_KEY[key] for key in self.keys]


#: The printed ledger: 277 mm, which is A4 landscape between margins of 10 mm.
PRINTED: Final = (
    Stack(("ordinal",), 9),
    Stack(("number", "received", "registered"), 24),
    Stack(("channel", "origin"), 29),
    Stack(("petitioners", "people"), 21),
    Stack(("title", "category", "route"), 48),
    Stack(("lead", "joint", "transferred"), 24),
    Stack(("told_due", "told"), 19),
    Stack(("finish_due", "extended_to"), 19),
    Stack(("outcomes", "reply_number"), 30),
    Stack(("served", "attitude", "fulfilment"), 18),
    Stack(("state", "closed", "remarks"), 36),
)
