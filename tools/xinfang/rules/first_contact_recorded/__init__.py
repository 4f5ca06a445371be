"""来访、来电的事项,要记下首问人。

首问负责制要求任何岗位的人都不得拒绝、推诿:先记下、再移交。写明首问人,才知道事情是从哪里接进来的、
何时移交的。首问人只登记和移交,不评价诉求。

怎样改:在“首问人”中填写最先接待或接听的人。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.words import Channel
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "七·一"), cite("口径", "A3"))
ROWS = ("R59",)

_FACE_TO_FACE: Final = frozenset({Channel.VISIT, Channel.PHONE})


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield a visit or call of which nobody knows who took it first."""
    case = matter.case
    if case.channel in _FACE_TO_FACE and not case.first_contact and not matter.is_sealed:
        yield Fault(("首问人",), f"{case.channel}的事项没有记首问人", "请填写最先接待的人")
