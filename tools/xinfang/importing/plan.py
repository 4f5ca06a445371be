"""The plan of an import: what every row of a table becomes. Nothing is written here.

Each row that can be a case is composed and checked with all rules, alone and together with the
register, before anything is written; whatever has an error goes to the rest with the reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from xinfang import rules
from xinfang.desk import compose_case, next_number
from xinfang.diagnostics import Finding, Level
from xinfang.identity import Leak, Leaks, SealedContent, Secret, examine, secrets_among, to_yaml
from xinfang.importing.columns import Mapped, plain
from xinfang.importing.duplicates import Known, near
from xinfang.importing.rows import Draft, Problem, Wishes, draft
from xinfang.importing.table import Line, Table
from xinfang.ledger import Entry
from xinfang.matter import Matter
from xinfang.model import Case, Office
from xinfang.register import OFFICE_FILE, Register

#: A warning of this rule keeps a row from being written in the open: it may be an accusation.
_MAY_BE_ACCUSATION: Final = "accusation-in-open-register"
#: Refusing a row moves the numbers of those behind it; so many rounds settle that.
_ROUNDS: Final = 5
_KEY: Final = re.compile(r"([\u4e00-\u9fff]+):")
_STEP: Final = re.compile(r"事项: (\S+?)[,}\s]")
_RECEIVED: Final = re.compile(r"^收到: *(\d{4}-\d\d-\d\d)", re.MULTILINE)
_QUOTED: Final = re.compile(r"“([\u4e00-\u9fff]+)”")
#: Key of a case file → item of the ledger that it came from, where they are called otherwise.
_ITEMS: Final[Mapping[str, str]] = {
    "信访人": "姓名",
    "代表": "人数",
    "内容": "请求",
    "来源": "来源单位",
    "单位": "来源单位",
    "文号": "答复文号",
    "查明": "结果",
    "意见": "结果",
    "方式": "办结情况",
    "备注": "结果",
}
#: Item → where it is taken from when it has no column of its own.
_INSTEAD: Final[Mapping[str, Sequence[str]]] = {
    "标题": ("事实", "请求"),
    "请求": ("标题", "事实"),
    "登记": ("收到",),
    "转办": ("登记", "收到"),
    "办结": ("送达", "答复"),
    "签批": ("答复",),
    "联系方式": ("电话",),
}

Progress = Callable[[int], None]


class Doubled(StrEnum):
    """Why a row is there already."""

    NUMBER = "与第{}行的编号相同"
    ROW = "与第{}行完全相同"
    IMPORTED = "这个编号以前已导入为 {}"
    MATTER = "与 {} 收到日期相近、内容很像,可能是同一事项"


@dataclass(frozen=True)
class Ready:
    """A row that becomes a case.

    Attributes:
        draft: The row as understood.
        number: Its number in the register.
        text: The case file.
        sealed: What is sealed, as text; empty where nothing is.
    """

    draft: Draft
    number: str
    text: str
    sealed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not imported.

    Attributes:
        line: The row.
        problems: Why.
        doubled: Whether it is there already.
    """

    line: Line
    problems: tuple[Problem, ...]
    doubled: bool = False


@dataclass(frozen=True)
class Plan:
    """What becomes of every row.

    Attributes:
        table: The table.
        mapped: How its columns were understood.
        ready: Rows that become cases, in the order of their numbers.
        left: Rows that do not, in the order of the table.
    """

    table: Table
    mapped: Mapped
    ready: Sequence[Ready]
    left: Sequence[Left]

    @property
    def doubled(self) -> Sequence[Left]:
        """Rows that are there already."""
        return [one for one in self.left if one.doubled]

    @property
    def taken(self) -> Counter[str]:
        """What was taken for what, and in how many rows."""
        return Counter(slug for one in self.ready for slug in one.draft.taken)

    @property
    def is_complete(self) -> bool:
        """Whether every row of the sheet is imported, left or skipped, and only once."""
        numbers = [one.draft.line.number for one in self.ready]
        numbers += [one.line.number for one in self.left]
        numbers += list(self.table.skipped)
        return sorted(numbers) == list(range(1, len(self.table.grid.rows) + 1))


@dataclass
class _Work:
    """A row on its way to becoming a case."""

    draft: Draft
    number: str = ""
    text: str = ""
    sealed: str = ""
    case: Case | None = None
    matter: Matter | None = None


def make_plan(
    register: Register,
    office: Office,
    table: Table,
    mapped: Mapped,
    wishes: Wishes,
    entries: Mapping[str, Entry],
    *,
    duplicates: bool = False,
    progress: Progress = lambda _count: None,
) -> Plan:
    """Decide what becomes of every row of a table.

    Args:
        register: The register.
        office: Its sound ``office.yaml``.
        table: The table.
        mapped: Its columns, none of them ambiguous.
        wishes: What holds for the whole table.
        entries: Ledger entries of what is registered already.
        duplicates: Whether rows that are there already are imported all the same.
        progress: Called with the number of rows done.
    """
    planner = _Planner(register, office, table, mapped, wishes)
    drafts = []
    for line in table.lines:
        drafts.append(draft(table, mapped, line, office, wishes, register.today))
        progress(1)
    return planner.plan(drafts, entries, duplicates=duplicates, progress=progress)


class _Planner:
    def __init__(
        self, register: Register, office: Office, table: Table, mapped: Mapped, wishes: Wishes
    ) -> None:
        self.register, self.office = register, office
        self.table, self.mapped, self.wishes = table, mapped, wishes
        self.left: list[Left] = []

    def plan(
        self,
        drafts: Sequence[Draft],
        entries: Mapping[str, Entry],
        *,
        duplicates: bool,
        progress: Progress,
    ) -> Plan:
        files = list(self._worth_reading(drafts))
        known = Known(found.record for _, found in self.register.matters(files) if found.record)
        sound = self._sound(drafts)
        if not duplicates:
            sound = self._unknown(sound, known)
        works = self._numbered([_Work(one) for one in sound])
        works = [work for work in works if self._composed(work, progress)]
        if not duplicates:
            works = [work for work in works if not self._registered(work, known)]
        works = self._closed_tight(works)
        works = self._together(works, entries)
        ready = [Ready(w.draft, w.number, w.text, w.sealed) for w in works]
        left = sorted(self.left, key=lambda one: one.line.number)
        return Plan(self.table, self.mapped, ready, left)

    def _sound(self, drafts: Sequence[Draft]) -> list[Draft]:
        for one in drafts:
            if one.problems:
                self.left.append(Left(one.line, one.problems))
        return [one for one in drafts if not one.problems]

    # What is there already

    def _worth_reading(self, drafts: Sequence[Draft]) -> Iterator[Path]:
        """Find the cases that a row can be doubled with; most need no reading as a record."""
        days = {day for one in drafts if one.data for day in near(str(one.data["收到"])[:10])}
        for file in self.register.case_files():
            text = file.read_text("utf-8", "replace")
            received = _RECEIVED.search(text)
            if "原编号" in text or received is None or received[1] in days:
                yield file

    def _unknown(self, drafts: Sequence[Draft], known: Known) -> list[Draft]:
        rows: dict[tuple[str, ...], int] = {}
        numbers: dict[str, int] = {}
        fresh = []
        for one in drafts:
            row, line = self._row(one.line), one.line
            imported = known.imported_as(one.old) if one.old else ""
            if imported:
                self._double(line, Doubled.IMPORTED, imported)
            elif row in rows:
                self._double(line, Doubled.ROW, rows[row])
            elif one.old and one.old in numbers:
                self._double(line, Doubled.NUMBER, numbers[one.old])
            else:
                fresh.append(one)
                rows[row] = line.number
                if one.old:
                    numbers[one.old] = line.number
        return fresh

    def _row(self, line: Line) -> tuple[str, ...]:
        """Give what stands in a row, without its serial number."""
        return tuple(
            plain(cell.text)
            for index, cell in enumerate(line.cells)
            if index not in self.mapped.unused
        )

    def _double(self, line: Line, kind: Doubled, other: str | int) -> None:
        mend = "确是另一件的,核对后加 --include-duplicates 导入"
        problem = Problem(self.table.address(line), kind.value.format(other), mend)
        self.left.append(Left(line, (problem,), doubled=True))

    def _registered(self, work: _Work, known: Known) -> bool:
        same = known.same_as(work.case) if work.case else ""
        if same:
            self._double(work.draft.line, Doubled.MATTER, same)
        return bool(same)

    # Each for itself

    def _numbered(self, works: Sequence[_Work]) -> list[_Work]:
        """Give numbers in the order of receipt, after those of the register."""
        next_ones: dict[int, int] = {}
        ordered = sorted(works, key=lambda w: (w.draft.data["收到"], w.draft.line.number))
        for work in ordered:
            year = int(work.draft.data["登记"][:4])
            if year not in next_ones:
                next_ones[year] = int(next_number(self.register, year)[8:])
            number = f"XF-{year}-{next_ones[year]:04d}"
            next_ones[year] += 1
            if work.text:
                work.text = work.text.replace(work.number, number, 1)
                work.sealed = work.sealed.replace(work.number, number, 1)
            work.number = number
        return ordered

    def _composed(self, work: _Work, progress: Progress) -> bool:
        """Compose a case and what is sealed, and hold both against the rules."""
        progress(1)
        written = compose_case(self.register, {"编号": work.number, **work.draft.data})
        work.text, work.case = written.text, written.loaded.record
        bad = [
            f for f in written.findings if f.level is Level.ERROR or f.rule == _MAY_BE_ACCUSATION
        ]
        problems = [self._problem(work, finding) for finding in bad]
        problems += self._seal(work)
        if work.case is not None:
            work.matter = self.register.matter(work.case, written.loaded.document.path)
        if problems:
            self.left.append(Left(work.draft.line, tuple(problems)))
        return not problems

    def _seal(self, work: _Work) -> Iterator[Problem]:
        if not work.draft.sealed:
            return
        plain = {"编号": work.number, **work.draft.sealed}
        text = to_yaml(plain)
        content, found = examine(text, "", self.register.today)
        for finding in found:
            if content is None or finding.level is Level.ERROR:
                quoted = _QUOTED.search(finding.message)
                key = quoted[1] if quoted else "姓名"
                yield self._at(work.draft.line, key, finding)
        if content is not None:
            # Names, numbers and codes were brought to their one form; mostly they had it.
            changed = content != SealedContent.model_validate(plain)
            work.sealed = to_yaml(content) if changed else text

    def _at(self, line: Line, item: str, finding: Finding) -> Problem:
        return Problem(self._address(line, item), finding.message, finding.mend)

    def _address(self, line: Line, item: str) -> str:
        """Name the cell that an item came from, or was taken from; else the row."""
        items = (item, *_INSTEAD.get(item, ()))
        column = next((c for i in items if (c := self.mapped.columns.get(i)) is not None), None)
        return self.table.address(line, column)

    def _problem(self, work: _Work, finding: Finding) -> Problem:
        """Name the cell that a finding in the case file came from."""
        return self._at(work.draft.line, _item_of(work.text, finding), finding)

    # All together

    def _closed_tight(self, works: Sequence[_Work]) -> list[_Work]:
        """Refuse what names a petitioner of any row in the open."""
        staff = frozenset(post.name for post in self.office.posts)
        secrets: list[Secret] = []
        rows: dict[str, int] = {}
        for work in works:
            pairs = [(kind, value) for kind, value, _ in work.draft.people.secrets]
            secrets += secrets_among(work.number, pairs, known=staff)
            rows[work.number] = work.draft.line.number
        leaks = Leaks(secrets)
        public = {leak.case: leak for leak in leaks.find(self._published())}
        tight = []
        for work in works:
            if work.number in public:
                self.left.append(Left(work.draft.line, (self._published_by_us(work, public),)))
                continue
            found = next(leaks.find(work.text), None)
            if found is None:
                tight.append(work)
                continue
            lines = work.text.splitlines()
            key = _KEY.search(lines[found.line - 1]) if found.line else None
            item = _ITEMS.get(key[1], key[1]) if key else ""
            problem = Problem(
                self._address(work.draft.line, item),
                f"文字里有第{rows[found.case]}行信访人的{found.field}",
                "请改写为“信访人”或代号;凑巧同字的,换一种说法",
            )
            self.left.append(Left(work.draft.line, (problem,)))
        return tight

    def _published(self) -> str:
        """Give what the office itself has published, in which no petitioner may be found."""
        return (self.register.folder / OFFICE_FILE).read_text("utf-8", "replace")

    def _published_by_us(self, work: _Work, public: Mapping[str, Leak]) -> Problem:
        field = public[work.number].field
        return Problem(
            self._address(work.draft.line, field),
            f"信访人的{field}与 office.yaml 中公布的相同",
            "请写到村组、门牌" if field == "住址" else "请核对是否误填了本单位或转办单位的",
        )

    def _together(self, works: list[_Work], entries: Mapping[str, Entry]) -> list[_Work]:
        """Refuse what does not go with the register or with other rows."""
        own = {id(work): Entry.of(work.matter) for work in works if work.matter}
        before = {str(f) for f in rules.check_entries(entries, self.register)}
        for _ in range(_ROUNDS):
            works = self._numbered(works)
            named = {work.number: self._entry(work, own[id(work)]) for work in works}
            found = defaultdict(list)
            for finding in rules.check_entries({**entries, **named}, self.register):
                if finding.level is Level.ERROR and str(finding) not in before:
                    found[finding.place.path].append(finding)
            paths = {named[work.number].path: work for work in works}
            refused = {path: work for path, work in paths.items() if path in found}
            if not refused:
                return works
            for path, work in refused.items():
                problems = [self._problem(work, finding) for finding in found[path]]
                self.left.append(Left(work.draft.line, tuple(problems)))
            works = [work for path, work in paths.items() if path not in refused]
        return works

    def _entry(self, work: _Work, entry: Entry) -> Entry:
        path = self.register.name_of(self.register.file_of(work.number))
        return replace(entry, number=work.number, path=path)


def _item_of(text: str, finding: Finding) -> str:
    lines = text.splitlines()
    if not 0 < finding.place.line <= len(lines):
        return ""
    line = lines[finding.place.line - 1]
    before = [m for m in _KEY.finditer(line) if m.start() < max(finding.place.column, 1)]
    found: Any = before[-1] if before else _KEY.search(line)
    key = found[1] if found else ""
    at = finding.place.line - 1
    step = _STEP.search("\n".join([*lines[at : at + 2], ""]))  # on the next line where it is long
    if key in {"日期", "事项"} and step:
        return (
            "主办" if step[1] == "转办" else {"办结": "办结", "移送": "转办"}.get(step[1], step[1])
        )
    return _ITEMS.get(key, key)
