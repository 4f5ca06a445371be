"""What is due (待办与期限): the list by due date, and files for calendar programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from xinfang.due import due
from xinfang.due_report import as_calendars
from xinfang.pages import agenda as desk
from xinfang.pages.chips import Chip, Group
from xinfang.pages.frame import Frame
from xinfang.pages.grid import GridColumn, labels_only, script
from xinfang.pages.words import due_words, labels
from xinfang.tables import Kind, Value

#: So many deadlines stand on the page itself; of more, a page of plain rows is slow to open, and
#: they come as a grid.
LONGEST: Final = 500
#: So many promises are listed, the earliest day first; a page of their own has all.
_PROMISES: Final = 10

_COLUMNS: Final = (
    GridColumn("due", "到期", Kind.DATE, 95, "最后一日", shown=True),
    GridColumn("left", "还有", Kind.TEXT, 116, "距到期的天数", shown=True, sorts_as="due"),
    GridColumn("plan", "宜办妥", Kind.DATE, 95, "最后一日遇休息日的，宜在此前哪个工作日办妥"),
    GridColumn("clock", "要办的事", Kind.TEXT, 180, "期限的名称", shown=True, choice=True),
    GridColumn("clock_id", "期限编号", Kind.TEXT, 80, "期限的编号", choice=True),
    GridColumn("jurisdiction", "谁定的", Kind.TEXT, 80, "国家规定或本单位规定", choice=True),
    GridColumn("number", "登记编号", Kind.TEXT, 119, "登记编号", shown=True),
    GridColumn("title", "事项摘要", Kind.TEXT, 0, "一句话事由，不写姓名", shown=True),
    GridColumn("owner", "谁来办", Kind.TEXT, 110, "要办这件事的部室", shown=True, choice=True),
    GridColumn("state", "现状", Kind.TEXT, 90, "由办理步骤推出的现状", shown=True, choice=True),
    GridColumn(
        "provisional", "暂定", Kind.TEXT, 60, "该年放假安排尚未公布，日期可能变动", shown=True
    ),
)


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the list, its data, and a calendar for all and for each department."""
    words = [due_words(item, frame.keys[item.owner]) for item in frame.dues]
    said = labels(words, frame.keys, frame.register.clocks)
    long = len(frame.dues) > LONGEST
    yield (
        "deadlines.md",
        frame.page(
            "deadlines.md",
            dues=frame.dues[:LONGEST],
            total=len(frame.dues),
            groups=_groups(frame),
            grid=long,
            owed=frame.promises[:_PROMISES],
        ),
    )
    rows = list(map(_row, frame.dues)) if long else []
    yield "data/deadlines.js", script(_COLUMNS, rows, words, said) if long else labels_only(said)
    yield from _calendars(frame)


def _row(item: desk.Due) -> Mapping[str, Value]:
    deadline, clock = item.deadline, item.deadline.clock
    return {
        "due": deadline.due,
        "left": item.wording,
        "plan": deadline.plan,
        "clock": clock.name,
        "clock_id": clock.id,
        "jurisdiction": clock.jurisdiction.value,
        "number": item.entry.number,
        "title": item.entry.title,
        "owner": item.owner,
        "state": item.entry.state.value,
        "provisional": "暂定" if deadline.provisional else None,
    }


def _groups(frame: Frame) -> list[Group]:
    """By what the deadlines can be filtered, with the number of lines each leaves."""
    when = Counter(item.when for item in frame.dues)
    clocks = Counter((item.deadline.clock.id, item.deadline.clock.name) for item in frame.dues)
    provisional = sum(item.deadline.provisional for item in frame.dues)
    urgency = [Chip(kind.value, kind.label, when[kind]) for kind in desk.When]
    return [
        Group("缓急", (*urgency, Chip("provisional", "暂定", provisional))),
        Group(
            "谁来办",
            tuple(Chip(s.key, s.name, len(s.dues)) for s in frame.shares if s.dues),
        ),
        Group(
            "期限", tuple(Chip(key, name, count) for (key, name), count in sorted(clocks.items()))
        ),
    ]


def _calendars(frame: Frame) -> Iterator[tuple[str, str]]:
    """Write the files that calendar programs subscribe to; accusations are in none of them."""
    office = frame.office
    items = due(
        (entry for entry in frame.listed if not entry.sealed),
        frame.today,
        office.office_department,
    )
    name = f"{office.own_unit.short}信访期限"
    wanted = {"all": (name, "")} | {
        share.key: (f"{name}{share.name}", share.name) for share in frame.shares
    }
    made = as_calendars(items, frame.today, wanted.values())
    for key, content in zip(wanted, made, strict=True):
        yield f"ics/{key}.ics", content.decode()
