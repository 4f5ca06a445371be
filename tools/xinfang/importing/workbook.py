"""What a workbook says that its values do not: formulas without a result, errors, hidden rows.

calamine reads the values, fast and whatever the format of a cell; it neither tells a formula that
was never calculated from an empty cell, nor an error from an empty text, and it lays a sheet out as
a rectangle, so that one stray cell in the last corner would take all memory. This looks at the
sheets first, as a stream, and refuses what is too large. Macros are never looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.parsers import expat

from xinfang.errors import XinfangError

#: Larger is no ledger: a bomb, or pictures, which belong elsewhere.
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_CELLS: Final = 4_000_000
_CHUNK: Final = 1 << 20
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CORE: Final = "docProps/core.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CREATED: Final = re.compile(rb"<dcterms:created[^>]*>(\d{4})-(\d\d)-(\d\d)")


class NotAWorkbookError(XinfangError):
    """The file is no xlsx, or a damaged one."""

    def __init__(self) -> None:
        super().__init__(
            "不是可以读的 xlsx 文件(已损坏、加了打开密码,或只是改了后缀);"
            "请用 Excel 或 WPS 打开,去掉密码,另存为 xlsx 后重试"
        )


class WorkbookTooLargeError(XinfangError):
    """The file unpacks to more than a ledger can be."""

    def __init__(self) -> None:
        super().__init__(
            "表格大得不像台账(解压后超过 256 MB,或范围超过四百万格);"
            "请只留台账一张表,删去图片和右侧、下方的空白格式后另存,再重试"
        )


@dataclass
class SheetFacts:
    """What was seen in one sheet.

    Attributes:
        name: Its name.
        hidden: Whether it is hidden.
        uncalculated: Cells (row, column from 0) with a formula that has no result.
        faulty: Cells that hold an error such as ``#REF!``.
        hidden_rows: Rows (from 0) that are hidden.
        hidden_columns: Columns (from 0) that are hidden.
        height: Rows up to the last cell with a value.
        width: Columns up to the last cell with a value.
    """

    name: str
    hidden: bool = False
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    faulty: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    height: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What was seen in a workbook.

    Attributes:
        sheets: Its sheets, in order.
        since_1904: Whether days are counted from 1904, as old Macintoshes did.
        created: The day that its properties say it was made.
    """

    sheets: tuple[SheetFacts, ...]
    since_1904: bool
    created: date | None


def look(raw: bytes) -> BookFacts:
    """Look through a workbook.

    Raises:
        NotAWorkbookError: It is none.
        WorkbookTooLargeError: It is larger than a ledger can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return _look(book)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, EOFError, OSError, ValueError) as error:
        raise NotAWorkbookError from error
    except (NotImplementedError, RuntimeError) as error:  # a packing or a password of the archive
        raise NotAWorkbookError from error


def _look(book: zipfile.ZipFile) -> BookFacts:
    if sum(entry.file_size for entry in book.infolist()) > MOST_BYTES:
        raise WorkbookTooLargeError
    outline = _Outline()
    _parse(book, _WORKBOOK, outline.start)
    _parse(book, _RELATIONS, outline.start)
    names = set(book.namelist())
    if _STRINGS in names:
        for _ in _chunks(book, _STRINGS):  # a size that was not told the truth of ends here
            pass
    sheets = []
    for name, hidden, path in outline.sheets():
        scan = _Scan(SheetFacts(name, hidden))
        if path in names:
            _parse(book, path, scan.start, scan.end, scan.text)
        sheets.append(scan.facts)
    created = _CREATED.search(book.read(_CORE)) if _CORE in names else None
    day = date(*map(int, created.groups())) if created else None
    return BookFacts(tuple(sheets), outline.since_1904, day)


def _chunks(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with book.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _parse(
    book: zipfile.ZipFile,
    name: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.CharacterDataHandler = text
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse  # office programs write none; entities are a trap
    for chunk in _chunks(book, name):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise NotAWorkbookError


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Outline:
    """Names of the sheets and where they stand."""

    def __init__(self) -> None:
        self.since_1904 = False
        self._sheets: list[tuple[str, bool, str]] = []
        self._targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        plain = {_local(key): value for key, value in attributes.items()}
        match _local(name):
            case "workbookPr":
                self.since_1904 = plain.get("date1904") in {"1", "true"}
            case "sheet":
                hidden = plain.get("state", "visible") != "visible"
                self._sheets.append((plain["name"], hidden, plain.get("id", "")))
            case "Relationship":
                self._targets[plain["Id"]] = plain["Target"]

    def sheets(self) -> Iterator[tuple[str, bool, str]]:
        for name, hidden, relation in self._sheets:
            target = self._targets.get(relation, "")
            yield name, hidden, target[1:] if target.startswith("/") else f"xl/{target}"


class _Scan:
    """One sheet as a stream: only counts and places are kept."""

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self._at = (0, -1)
        self._kind = ""
        self._formula = self._value = self._result = False

    def text(self, text: str) -> None:
        if self._result and text:
            self._value = True  # an empty <v/> is what was never calculated

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _local(name)
        self._result = tag == "v"
        if tag == "c":
            self._begin(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "is":
            self._value = True
        elif tag == "row":
            self._row(attributes)
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.facts.hidden_columns |= set(range(first - 1, last))

    def _row(self, attributes: Mapping[str, str]) -> None:
        row = int(attributes["r"]) - 1 if "r" in attributes else self._at[0] + 1
        self._at = (row, -1)
        if attributes.get("hidden") in {"1", "true"}:
            self.facts.hidden_rows.add(row)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        match = _CELL.fullmatch(attributes.get("r", ""))
        row, column = self._at
        self._at = (int(match[2]) - 1, _index(match[1])) if match else (row, column + 1)
        self._kind = attributes.get("t", "")
        self._formula = self._value = False

    def end(self, name: str) -> None:
        self._result = False
        if _local(name) != "c":
            return
        facts = self.facts
        if self._formula and not self._value:
            facts.uncalculated.add(self._at)
        if self._kind == "e":
            facts.faulty.add(self._at)
        if self._value or self._formula:
            facts.height = max(facts.height, self._at[0] + 1)
            facts.width = max(facts.width, self._at[1] + 1)
            if facts.height * facts.width > MOST_CELLS:
                raise WorkbookTooLargeError


def _index(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1
