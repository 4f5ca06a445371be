"""An old ledger as offices keep them in Excel: invented, seeded, and as messy as asked for.

``python tools/sample/old_ledger.py FILE.xlsx --rows 300`` writes one to practise on.

Every name is made of a stem and a numeral character, every phone begins with 0999-555, every
identity number with the area code 999999: none of them can be anybody's.
"""

from __future__ import annotations

import argparse
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from xinfang.identity.values import id_check_character

HEADINGS = (
    "序号",
    "信访编号",
    "来访时间",
    "来访人姓名",
    "联系电话",
    "身份证号码",
    "家庭住址",
    "人数",
    "信访形式",
    "问题类别",
    "反映的主要问题",
    "主要诉求",
    "涉及金额（元）",
    "责任部门",
    "转办时间",
    "日期",
    "结果",
    "是否办结",
    "车辆号牌",
    "备  注",
)
#: The last two of these stand below one heading that spreads over both.
SPREAD = (15, 16, "处理情况")
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
_GIVEN = "山河林田石泉峰岭川洲桥塘坡湾冈岩溪谷原野松柏桐楠梓檀槐榆柳杉"
_PLACES = ("一标段", "二标段", "厂房", "开关站", "引水洞", "营地", "砂石场", "导流洞")
_MATTERS = (
    ("工资", "{}班组{}月工资未付", "支付{}月工资", "劳务管理部"),
    ("食宿", "{}宿舍{}号房漏雨", "修好{}号房", "后勤管理部"),
    ("噪音", "{}夜间打磨噪声{}点不停", "夜间{}点后停工", "安全环保部"),
    ("道路", "{}便道{}公里处被压坏", "修复{}公里处", "工程技术部"),
    ("材料款", "{}砂石料款第{}批未结", "结清第{}批", "物资设备部"),
    ("结算", "{}班组第{}期结算未办", "办理第{}期结算", "劳务管理部"),
    ("房屋开裂", "{}旁第{}户墙体开裂", "鉴定第{}户", "工程技术部"),
)
_CHANNELS = ("来访", "来信", "来电", "走访", "微信", "集体访", "网上信访", " 来 访 ")
_RESULTS = ("已与班组核对，支付完毕", "已安排整改", "已向本人说明", "已修复，本人认可", "协调中")
_FULL = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
#: Rest of a row's number by 50 → a column, and what no program may guess at.
_SPOILT: dict[int, tuple[int, Any]] = {
    5: (2, "2025-02-30"),
    10: (5, 999999199001011234),  # a number of 18 digits: Excel kept fifteen
    15: (12, "=100*2"),  # never calculated
    20: (13, "已撤销的科室"),
    25: (8, "托人捎话"),
    30: (5, "9.99999E+17"),
    35: (2, None),
    40: (7, "若干"),
    45: (2, "上周五"),
}


@dataclass
class Made:
    """A ledger as made.

    Attributes:
        rows: Its rows, headings and all, as cells.
        merged: Merged ranges: first row, first column, last row, last column, from 0.
        secrets: Names and numbers in it that must stand nowhere in clear.
        faulty: Rows (from 0) that cannot be imported as they are.
        doubled: Rows that are there twice.
    """

    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    faulty: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)


def messy(count: int, seed: int, year: int = 2025) -> Made:
    """Make a ledger of ``count`` rows with every kind of mess in it."""
    return _Maker(count, random.Random(seed), year).make()  # noqa: S311 - a sample, not a secret


class _Maker:
    def __init__(self, count: int, draw: random.Random, year: int) -> None:
        self.count, self.draw, self.year = count, draw, year
        self.made = Made()

    def make(self) -> Made:
        width, rows = len(HEADINGS), self.made.rows
        rows.append([f"青岚水电站机电安装项目部{self.year}年信访台账", *[None] * (width - 1)])
        rows.append([None] * width)
        left, right, above = SPREAD
        upper = [None if left <= i <= right else name for i, name in enumerate(HEADINGS)]
        upper[left] = above
        rows.append(upper)
        rows.append([name if left <= i <= right else None for i, name in enumerate(HEADINGS)])
        self.made.merged += [(0, 0, 0, width - 1), (2, left, 2, right)]
        self.made.merged += [(2, i, 3, i) for i in range(width) if not left <= i <= right]
        for number in range(1, self.count + 1):
            self._between(number)
            rows.append(self._row(number))
        rows.append(["合计", *[None] * 11, f"=SUM(M5:M{len(rows)})", *[None] * 7])
        rows.append(["注：本表由各部室填报，金额以合同为准", *[None] * (width - 1)])
        return self.made

    def _between(self, number: int) -> None:
        """Put in what stands between the rows of real ledgers."""
        width = len(HEADINGS)
        if number % 60 == 0:
            self.made.rows.append(["小计", *[None] * (width - 1)])
        if number % 90 == 0:
            self.made.rows.append([None] * width)
        if number % 120 == 0:
            self.made.rows.append(list(HEADINGS))

    def _row(self, number: int) -> list[Any]:
        day = date(self.year, 1, 4) + timedelta(number * 350 // self.count)
        category, title, claim, department = self.draw.choice(_MATTERS)
        place, what = self.draw.choice(_PLACES), f"{number}"
        name, phone, identity = self._person(number)
        ended = day + timedelta(self.draw.randrange(3, 10))
        row: list[Any] = [
            number,
            f"{self.year}-{number:04d}",
            self._day(day),
            name,
            phone,
            identity,
            self.draw.choice((None, "甲省乙县丙镇丁村", "不详")),
            self.draw.choice((None, 1, "3人", "５", "二十三")) if number % 9 else "23人",
            self.draw.choice(_CHANNELS),
            category,
            f"{title.format(place, what)}。\n{self.draw.choice(('请尽快处理', '已反映多次'))}　",
            f"1.{claim.format(what)}；2.书面答复" if number % 7 == 0 else claim.format(what),
            self._amount(number),
            department,
            self._day(day + timedelta(1)) if number % 3 else None,
            self._day(ended),
            self.draw.choice(_RESULTS),
            self.draw.choice(("是", "已办结", "√", " 办结 ")),
            f"甲A{number:05d}" if number % 11 == 0 else None,
            "家属代为反映" if number % 13 == 0 else None,
        ]
        self._spoil(number, row)
        return row

    def _person(self, number: int) -> tuple[Any, Any, Any]:
        first = self._name(number)
        phone = f"0999-555{20000 + number}"
        born = date(1960, 1, 1) + timedelta(number % 14000)
        body = f"999999{born:%Y%m%d}{number % 1000:03d}"
        identity = body + id_check_character(body)
        self.made.secrets |= {first, phone, identity}
        if number % 9 == 0:
            other = self._name(number + 7000)
            self.made.secrets.add(other)
            return f"{first}、{other}等{2 + number % 5}人", phone, None
        shown: Any = phone.translate(_FULL) if number % 5 == 0 else phone
        return self.draw.choice((first, f" {first}　")), shown, identity if number % 2 else None

    def _name(self, number: int) -> str:
        stem = _STEMS[number % len(_STEMS)]
        high, low = divmod(number // len(_STEMS), len(_GIVEN))
        return (
            f"{stem}{_GIVEN[high % len(_GIVEN)]}{_GIVEN[low]}{'之' if high >= len(_GIVEN) else ''}"
        )

    def _day(self, day: date) -> Any:  # noqa: ANN401 - a cell
        forms: tuple[Any, ...] = (
            datetime(day.year, day.month, day.day),  # noqa: DTZ001 - a cell has no zone
            day.isoformat(),
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month}/{day.day} ",
            f"{day:%Y%m%d}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.month}月{day.day}日",
            f"{day.year}-{day.month}-{day.day}".translate(_FULL),
            (day - date(1899, 12, 30)).days,
        )
        return self.draw.choice(forms)

    def _amount(self, number: int) -> Any:  # noqa: ANN401 - a cell
        if number % 4:
            return None
        return self.draw.choice((41860, 1234.5, "41,860.00", "4.186万", "４１８６０元", "￥500"))

    def _spoil(self, number: int, row: list[Any]) -> None:
        """Spoil a row as hands do; what cannot be read is noted."""
        rows = len(self.made.rows)
        spoilt = _SPOILT.get(number % 50)
        if spoilt is not None:
            row[spoilt[0]] = spoilt[1]
            self.made.faulty.add(rows)
        elif number % 75 == 0 and isinstance(self.made.rows[-1][0], int):
            row[:] = [number, *self.made.rows[-1][1:]]
            self.made.doubled.add(rows)
        elif number % 17 == 0:
            row[10] = f"{str(row[3]).strip().split('、')[0]}反映{row[10]}"


def as_xlsx(made: Made) -> bytes:
    """Write a ledger as Excel would have it: merged headings, a hidden column, formulas."""
    from openpyxl import Workbook  # noqa: PLC0415 - csv needs none

    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for index, row in enumerate(made.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(index, column, value)
    for first, left, last, right in made.merged:
        sheet.merge_cells(
            start_row=first + 1, start_column=left + 1, end_row=last + 1, end_column=right + 1
        )
    sheet.column_dimensions["S"].hidden = True
    book.create_sheet("填表说明")["A1"] = "每月月底前填报"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def main() -> None:
    """Write a ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    asked.file.write_bytes(as_xlsx(messy(asked.rows, asked.seed)))


if __name__ == "__main__":
    main()
