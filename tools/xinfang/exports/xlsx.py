"""The ledger as a workbook.

Texts are written as texts, whatever they begin with. Numbers of cases and papers carry the text
format, so that Excel neither rounds nor reckons with them; days are real days and amounts real
numbers, so that it sorts and adds them up. Headings of columns that may be edited and taken back by
``xinfang import`` are green and say so when they are chosen.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from xinfang.balance import DEFINITIONS, Balance
from xinfang.edits import edits
from xinfang.extract import Extract
from xinfang.tables import COLUMNS, Kind, Value, text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT: Final = "宋体"
_A4: Final = 9
_A3: Final = 8
#: Excel takes 255 characters for the whole of a page header.
_LONGEST_TITLE: Final = 100
_FOOTER: Final = "&C第 &P 页 共 &N 页"
_DAY_FORMAT: Final = "yyyy-mm-dd"
_AMOUNT_FORMAT: Final = "#,##0.00"
_TEXT_FORMAT: Final = "@"
_FORMATS: Final[Mapping[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"num_format": _TEXT_FORMAT, "text_wrap": True},
    Kind.LIST: {"num_format": _TEXT_FORMAT, "text_wrap": True},
    Kind.DATE: {"num_format": _DAY_FORMAT, "align": "center"},
    Kind.COUNT: {"num_format": "0", "align": "center"},
    Kind.AMOUNT: {"num_format": _AMOUNT_FORMAT},
}
_HEAD: Final = {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7E6E6"}
_EDITABLE: Final = {**_HEAD, "bg_color": "#C6E0B4"}
_BALANCE_HEADINGS: Final = ("结转", "新收", "办结", "期末在办", "办结率")


def as_xlsx(ledger: Extract) -> bytes:
    """Write a workbook: the ledger on one sheet, its balance on another."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - validation never needs it

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": _DAY_FORMAT,
    }
    with Workbook(buffer, options) as book:
        book.set_properties(_properties(ledger))
        _ledger_sheet(book, ledger)
        _balance_sheet(book, ledger)
    return buffer.getvalue()


def _properties(ledger: Extract) -> dict[str, Any]:
    """Properties that depend on the extract alone, never on the clock of the machine."""
    return {
        "title": ledger.title,
        "subject": ledger.register,
        "company": ledger.unit,
        "comments": _mark(ledger),
        "created": datetime.combine(ledger.today, time(), UTC).replace(tzinfo=None),
    }


def _mark(ledger: Extract) -> str:
    return "样例数据" if ledger.sample else ""


def _ledger_sheet(book: Workbook, ledger: Extract) -> None:
    sheet = book.add_worksheet("台账")
    head = book.add_format(_style(**_HEAD))
    formats = {kind: book.add_format(_style(**_FORMATS[kind])) for kind in Kind}
    editable = book.add_format(_style(**_EDITABLE))
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        edit = edits().columns.get(column.heading)
        sheet.write_string(0, index, column.heading, editable if edit else head)
        if edit:
            sheet.data_validation(0, index, 0, index, _hint(edit.step))
    table = ledger.rows
    for line, row in enumerate(table, 1):
        for index, column in enumerate(COLUMNS):
            _write(sheet, line, index, row[column.key], formats[column.kind])
    last_line, last_column = len(table), len(COLUMNS) - 1
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last_line, last_column)
    sheet.ignore_errors({"number_stored_as_text": _range(last_line, last_column)})
    _print_setup(sheet, ledger, last_line, last_column)


def _hint(step: str) -> dict[str, str]:
    """Give what is shown when a heading of an editable column is chosen; it validates nothing."""
    said = f"这一列可以改。改后用 xinfang import 收回:空格填上的记一步“{step}”,原有的改了记“更正”。"
    return {"validate": "any", "input_title": "可以在表里改", "input_message": said}


def _style(**style: Any) -> dict[str, Any]:  # noqa: ANN401 - properties of a cell have no common type
    return {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#808080",
        **style,
    }


def _range(last_line: int, last_column: int) -> str:
    from xlsxwriter.utility import xl_range  # noqa: PLC0415 - as above

    found: str = xl_range(0, 0, last_line, last_column)
    return found


def _write(sheet: Worksheet, line: int, index: int, value: Value, style: Any) -> None:  # noqa: ANN401
    """Write a cell by the type of its value; a text is never looked into."""
    match value:
        case None:
            sheet.write_blank(line, index, None, style)
        case date():
            sheet.write_datetime(line, index, datetime.combine(value, time()), style)
        case int() | Decimal():
            sheet.write_number(line, index, value, style)
        case _:
            sheet.write_string(line, index, text(value), style)


def _print_setup(sheet: Worksheet, ledger: Extract, last_line: int, last_column: int) -> None:
    """Set up A3 landscape, two sheets wide, with the header and the numbers on every sheet."""
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)
    sheet.print_area(0, 0, last_line, last_column)
    sheet.fit_to_pages(2, 0)
    title = ledger.title[:_LONGEST_TITLE].replace("&", "&&")
    sheet.set_header(f'&L{_mark(ledger)}&C&"{_FONT},Bold"&14{title}&R{ledger.today}')
    sheet.set_footer(_FOOTER)


def _balance_sheet(book: Workbook, ledger: Extract) -> None:
    sheet = book.add_worksheet("增减平衡")
    note = book.add_format({"font_name": _FONT, "font_size": 10})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(_BALANCE_HEADINGS), 11)
    line = 0
    for name, group in ledger.tables.items():
        line = _balance_table(book, sheet, line, name, group) + 1
    for offset, definition in enumerate(DEFINITIONS):
        sheet.write_string(line + offset, 0, definition, note)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(_FOOTER)


def _balance_table(
    book: Workbook, sheet: Worksheet, line: int, name: str, group: Mapping[str, Balance]
) -> int:
    """Write one table from a line on; gives the line behind it."""
    head = book.add_format(_style(**_HEAD))
    names = book.add_format(_style(num_format=_TEXT_FORMAT))
    counts = book.add_format(_style(**_FORMATS[Kind.COUNT]))
    for index, heading in enumerate((name, *_BALANCE_HEADINGS)):
        sheet.write_string(line, index, heading, head)
    for below, (label, found) in enumerate(group.items(), line + 1):
        counted = (found.carried, found.received, found.closed, found.open)
        values: tuple[Value, ...] = (label, *counted, found.rate)
        for index, value in enumerate(values):
            _write(sheet, below, index, value, counts if index else names)
    return line + 1 + len(group)
