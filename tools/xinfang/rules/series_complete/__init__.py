"""每种要编号的文书都要有代字。

没有代字,签批以后就编不出文号,经办人只好临时编一个,以后对不上发文登记。几种文书可以共用一个代字。

怎样改:在 office.yaml 的“代字”中按印发的发文代字补上。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.model.words import PaperKind
from xinfang.register import Register
from xinfang.rules import Fault
from xinfang.rules._placeholders import is_placeholder

LEVEL = Level.WARNING
CITES = (cite("细则", "四·三·1"), cite("公文条例"), cite("公文格式"))
ROWS = ("R03",)

#: Papers that an office may do without, or that its superior numbers.
_MAY_LACK: Final = frozenset(
    {
        PaperKind.OTHER,
        PaperKind.MINUTES,
        PaperKind.SPECIAL_REPORT,
        PaperKind.AGREEMENT,
        PaperKind.REVIEW_OPINION,
        PaperKind.REREVIEW_OPINION,
    }
)
#: Every other paper that a step numbers.
_NUMBERED: Final = (
    *(paper for paper in PaperKind if paper not in _MAY_LACK),
    "转办单",
    "催办单",
    "督办单",
)


def check_office(register: Register) -> Iterator[Fault]:
    """Yield the papers without a series in one finding, and series that are no letters yet."""
    office = register.office
    if office is None:
        return
    table = cast("dict[str, str]", office.series)
    missing = [paper for paper in _NUMBERED if paper not in table]
    if missing:
        yield Fault(("代字",), f"没有代字:{'、'.join(missing)}", "请按印发的发文代字补上")
    open_ = [str(paper) for paper, series in table.items() if is_placeholder(series)]
    if open_:
        yield Fault(
            ("代字", open_[0]),
            f"代字没有真正填写:{'、'.join(open_)}",
            "请按印发的发文代字填写",
        )
