"""扫描或电子签名的签批、会签、批示要记下文件的散列值。

散列值证明所记的签字就是那一份文件。纸质的存原件,不需要散列值。

怎样改:在那一步中填“散列”(文件的 SHA-256);原件为纸质的,介质写“纸质”。
"""

from __future__ import annotations

from collections.abc import Iterator

from xinfang.diagnostics import Level
from xinfang.law import cite
from xinfang.matter import Matter
from xinfang.model.steps import Approval, Countersignature, Instruction
from xinfang.model.words import Medium
from xinfang.rules import Fault

LEVEL = Level.WARNING
CITES = (cite("细则", "四·三·1"), cite("细则", "四·三·4"))
ROWS = ("R31",)


def check_case(matter: Matter) -> Iterator[Fault]:
    """Yield each signature on another medium than paper without a digest."""
    for step in matter.steps:
        if (
            isinstance(step, (Approval, Countersignature, Instruction))
            and step.medium is not Medium.PAPER
            and step.digest is None
        ):
            yield Fault(
                matter.at(step, "介质"),
                f"{step.KIND}介质为{step.medium},没有散列值",
                "请填写文件的 SHA-256,或把纸质原件归档后写“纸质”",
            )
