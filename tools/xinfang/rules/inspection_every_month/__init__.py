"""每个部室每月都要报送排查情况,没有发现的报零报告。

从有第一份排查报告的月份起,到上一个月为止,每个部室每月一份。少了哪个部室,就不知道那里是没有问题,还是没有人看。
月末之后五日内报送;当月不催。

怎样改:请该部室补报,放在 cases/inspections/月份/部室.yaml;没有发现的写“零报告: 是”。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.register import INSPECTIONS_FOLDER, Register
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "三·二"), cite("细则", "二·一"))
ROWS = ("R18",)

#: Days after the end of a month within which it is reported (house practice).
_GRACE: Final = timedelta(days=5)


def check_books(register: Register) -> Iterator[Fault]:
    """Yield each department that did not report a month."""
    office = register.office
    records = [loaded.record for loaded in register.inspections if loaded.record is not None]
    if office is None or not records:
        return
    reported = {(record.month, record.department) for record in records}
    for month in _months(min(record.month for record in records), register.today):
        for department in office.departments:
            if (month, department.name) not in reported:
                place = f"{INSPECTIONS_FOLDER}/{month}/{department.name}.yaml"
                yield Fault(
                    (), f"{month} 缺{department.name}的排查报告", "请补报;没有发现的报零报告", place
                )


def _months(first: str, today: date) -> Iterator[str]:
    """Every month from the first one on whose days of grace are over."""
    year, month = map(int, first.split("-"))
    while True:
        following = date(year + month // 12, month % 12 + 1, 1)
        if today <= following + _GRACE:
            return
        yield f"{year}-{month:02d}"
        year, month = following.year, following.month
