"""扫描或电子签名的签批要记下文件的散列值。

散列值证明所记的签批就是那一份文件。纸质签批存原件,不需要散列值。

怎样改:在“签批”中填“散列”(文件的 SHA-256);原件为纸质的,介质写“纸质”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Approval
from xinfang.model.words import Medium
from xinfang.rules import Fault

LEVEL = Level.HINT
CITES = (cite("细则", "四·三·1"), cite("细则", "四·三·4"))
ROWS = ("R31",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each approval on another medium than paper without a digest."""
    for approval in matter.of(Approval):
        if approval.medium is not Medium.PAPER and approval.digest is None:
            yield Fault(
                matter.at(approval, "介质"),
                f"签批介质为{approval.medium},没有散列值",
                "请填写文件的 SHA-256,或把纸质原件归档后写“纸质”",
            )
