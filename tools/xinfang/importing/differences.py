"""Our own ledger, exported, edited in Excel and taken back: differences, and the steps they make.

An empty cell that was filled in becomes a step; a value that was changed becomes a 更正 of the step
that it came from. What is derived, or was written at registration, is refused and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xinfang.check import check_case
from xinfang.desk import Written, compose_step
from xinfang.edits import edits
from xinfang.importing import cells
from xinfang.importing.cells import Days, Fault
from xinfang.importing.columns import plain
from xinfang.importing.reading import Cell
from xinfang.importing.table import Line, Table
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model.steps import STEP_TYPES, Fulfilment, StepBase, Transfer
from xinfang.model.words import PaperKind
from xinfang.register import Register, open_register
from xinfang.tables import COLUMNS, Column, Kind, row, text

_NUMBER: Final = "登记编号"
#: So much of our headings must be there for a table to be ours.
_OURS: Final = 0.8
_KEPT: Final = "已兑现"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not as the register has it.

    Attributes:
        address: Its place.
        heading: Its column.
        before: What the register says.
        after: What the cell says.
    """

    address: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """The differences of one case, and what they become.

    Attributes:
        number: The case.
        differences: Cells that make steps.
        steps: The steps, as they are to be appended.
        before: The file as read.
        written: The file with the steps; None where they cannot be appended.
        refused: Why something cannot be taken; nothing of the case is, where a step is refused.
    """

    number: str
    differences: Sequence[Difference]
    steps: Sequence[tuple[str, Mapping[str, Any]]]
    before: bytes = field(repr=False, default=b"")
    written: Written | None = field(repr=False, default=None)
    refused: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an edited ledger says.

    Attributes:
        changes: Cases with differences.
        derived: Heading → cells that differ and cannot be edited, with the reason.
        unknown: Rows whose number is not in the register, or that have none.
        missing: Numbers in the register that the table has no row of.
        rows: How many rows were compared.
    """

    changes: Sequence[Change]
    derived: Mapping[str, Sequence[str]]
    unknown: Sequence[str]
    missing: Sequence[str]
    rows: int


def is_own(table: Table) -> bool:
    """Whether a table is a ledger that ``xinfang ledger`` wrote."""
    names = {plain(name) for name in table.headings}
    ours = [plain(column.heading) for column in COLUMNS]
    return plain(_NUMBER) in names and sum(n in names for n in ours) >= _OURS * len(ours)


def compare(register: Register, table: Table, given: Mapping[str, str], handler: str) -> Comparison:
    """Compare an edited ledger with the register.

    Args:
        register: The register.
        table: The ledger.
        given: What steps need that no column holds: 方式, 凭证, 审批人, 理由.
        handler: Who handles the new steps.
    """
    return _Comparing(register, table, given, handler).compare()


class _Comparing:
    def __init__(
        self, register: Register, table: Table, given: Mapping[str, str], handler: str
    ) -> None:
        self.register, self.table = register, table
        self.given, self.handler = given, handler
        made = table.grid.created
        # What is late on the day of the export is told in it; on another day it would differ.
        self.then = register if made is None else open_register(register.folder, made, made)
        by_name = {plain(name): index for index, name in enumerate(table.headings)}
        self.places = {
            column: by_name[plain(column.heading)]
            for column in COLUMNS[1:]
            if plain(column.heading) in by_name
        }
        self.derived: dict[str, list[str]] = {}

    def compare(self) -> Comparison:
        changes, unknown, seen = [], [], set()
        number_at = next(i for c, i in self.places.items() if c.heading == _NUMBER)
        for line in self.table.lines:
            number = cells.line(line.cells[number_at].text)
            file = self.register.file_of(number) if number[:3] == "XF-" else None
            if file is None or number in seen or not file.exists():
                unknown.append(self.table.address(line))
                continue
            seen.add(number)
            change = self._change(line, number)
            if change is not None:
                changes.append(change)
        files = [file.stem for file in self.register.case_files()]
        missing = [number for number in files if number not in seen]
        return Comparison(changes, self.derived, unknown, missing, len(self.table.lines))

    def _change(self, line: Line, number: str) -> Change | None:
        file = self.register.file_of(number)
        loaded = self.register.load(file)
        if loaded.record is None:
            return Change(number, (), (), refused=("事项文件有错误,请先 xinfang check",))
        then = self.then.matter(loaded.record, loaded.document.path)
        known = row(Entry.of(then))
        found: list[Difference] = []
        refused: list[str] = []
        for column, index in self.places.items():
            after = _read(column, line.cells[index], self.register.today)
            before = text(known[column.key])
            if isinstance(after, Fault):
                name = self.table.address(line, index)
                refused.append(f"{name} “{column.heading}”{after.message}。{after.mend}")
            elif after != before:
                place = self.table.address(line, index)
                found.append(Difference(place, column.heading, before, after))
        wanted = [one for one in found if self._may_edit(one)]
        if not wanted and not refused:
            return None
        matter = self.register.matter(loaded.record, loaded.document.path)
        return self._composed(matter, file.read_bytes(), wanted, refused)

    def _may_edit(self, one: Difference) -> bool:
        if one.heading in edits().columns:
            return True
        self.derived.setdefault(one.heading, []).append(one.address)
        return False

    def _composed(
        self, matter: Matter, before: bytes, wanted: Sequence[Difference], refused: list[str]
    ) -> Change:
        number = matter.case.number
        steps: list[tuple[str, Mapping[str, Any]]] = []
        for kind in STEP_TYPES:
            own = [one for one in wanted if edits().columns[one.heading].step == kind]
            if own:
                try:
                    steps += self._steps(matter, kind, own)
                except _RefusedError as error:
                    refused.append(str(error))
        steps.sort(key=lambda step: str(step[1]["日期"]))
        written = self._written(matter, before, steps, refused) if not refused else None
        return Change(number, wanted, steps, before, written, refused)

    def _written(
        self,
        matter: Matter,
        before: bytes,
        steps: Sequence[tuple[str, Mapping[str, Any]]],
        refused: list[str],
    ) -> Written | None:
        """Append the steps one by one; every one must keep the rules."""
        number, shown = matter.case.number, before.decode("utf-8")
        loaded = self.register.load(self.register.file_of(number))
        known = {(f.rule, f.message) for f in check_case(self.register, loaded)[0]}
        written = None
        for kind, step in steps:
            written = compose_step(self.register, shown, number, kind, step)
            fresh = [f for f in written.errors if (f.rule, f.message) not in known]
            if fresh:
                refused += [f"{kind}: {f.message}。{f.mend}" for f in fresh]
                return None
            shown = written.text
        return written

    # From cells to steps

    def _steps(
        self, matter: Matter, kind: str, own: Sequence[Difference]
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        after = {edits().columns[one.heading].field: one.after for one in own}
        for one in own:
            if not one.after:
                raise _RefusedError(
                    one.address,
                    f"“{one.heading}”登记册里有,表中是空的",
                    "记错的用 xinfang step 记“更正”,不能清空",
                )
        if kind == "兑现" and "全部兑现" in after:
            yield from self._fulfilments(matter, after, own[0])
            return
        standing = _standing(matter, kind)
        if standing is None:
            yield kind, self._new(matter, kind, after, own[0])
        else:
            place, _ = standing
            names = "、".join(one.heading for one in own)
            yield (
                "更正",
                {
                    "日期": self.register.today.isoformat(),
                    "步骤": str(place + 1),
                    "改为": _changed(after),
                    "理由": self.given.get("理由", f"据改过的台账更正{names}"),
                    "经办": self.handler,
                },
            )

    def _new(
        self, matter: Matter, kind: str, after: Mapping[str, str], one: Difference
    ) -> dict[str, Any]:
        step: dict[str, Any] = {"日期": self.register.today.isoformat(), "经办": self.handler}
        step |= _changed(after)
        needed = edits().needed.get(kind)
        if needed:
            step[needed] = self._given(needed, kind, one)
        if kind == "送达":
            step["日期"] = after.get("收到", step["日期"])
            step["文书"] = str(matter.reply.paper if matter.reply else PaperKind.OPINION)
        elif kind == "归档":
            step["保管期限"] = matter.least_retention[1]
        elif kind == "转办" and "主办" not in after:
            raise _RefusedError(one.address, "没有主办部室", "请同时填写主办部室")
        elif kind == "办结" and "方式" not in after:
            raise _RefusedError(one.address, "没有办结方式", "请同时填写办结方式")
        return step

    def _given(self, needed: str, kind: str, one: Difference) -> str:
        if needed not in self.given:
            raise _RefusedError(
                one.address, f"“{kind}”还要写明{needed}", f"请加 --set {needed}=内容"
            )
        return self.given[needed]

    def _fulfilments(
        self, matter: Matter, after: Mapping[str, str], one: Difference
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if after["全部兑现"] != _KEPT:
            raise _RefusedError(
                one.address, "“兑现情况”只能改为“已兑现”", "部分兑现的用 xinfang step 逐条记"
            )
        proof = self._given("凭证", "兑现", one)
        for answer in matter.open_promises:
            step: dict[str, Any] = {
                "日期": after.get("日期", self.register.today.isoformat()),
                "请求": str(answer.claim),
                "全部兑现": "是",
                "凭证": proof,
                "经办": self.handler,
            }
            promised = answer.execution.amount if answer.execution else None
            if promised is not None:
                step["金额"] = promised - matter.fulfilled_amount(answer.claim)
            yield "兑现", step


class _RefusedError(Exception):
    """An edit that makes no step; caught where the case is looked at."""

    def __init__(self, address: str, message: str, mend: str) -> None:
        super().__init__(f"{address} {message}。{mend}")


def _changed(after: Mapping[str, str]) -> dict[str, Any]:
    return {key: value.split("、") if key == "协办" else value for key, value in after.items()}


def _standing(matter: Matter, kind: str) -> tuple[int, StepBase] | None:
    """Find the step that a column of the ledger shows, with its index in the file."""
    shown: StepBase | None
    if kind == "送达":
        shown = matter.service
    elif kind == Transfer.KIND:
        shown = matter.first(Transfer)
    elif kind == Fulfilment.KIND:
        shown = matter.last(Fulfilment)
    else:
        shown = matter.last(STEP_TYPES[kind])
    return next(((i, s) for i, s in matter.indexed_steps if s is shown), None)


def _read(column: Column, cell: Cell, today: date) -> str | Fault:
    """Read a cell as the ledger would write it."""
    flaw = cells.flaw_of(cell)
    if flaw is not None:
        return flaw
    shown = cells.line(cell.text)
    match column.kind:
        case Kind.DATE:
            found = cells.day(cell, Days(today))
            return found if isinstance(found, Fault) else text(found)
        case Kind.AMOUNT if shown:
            amount = cells.money(cell, 1)
            return f"{amount:.2f}" if isinstance(amount, Decimal) else amount or ""
        case Kind.LIST:
            return "、".join(part for part in map(cells.line, shown.split("、")) if part)
        case _:
            return shown
