"""Limits that an office sets for itself: only stricter, each with its own basis (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from xinfang.clocks.clock import Clock, Jurisdiction
from xinfang.clocks.counting import Unit

_Key = TypeVar("_Key", bound=str)


class Limit(Protocol):
    """A limit as ``office.yaml`` gives it."""

    @property
    def length(self) -> int:
        """Number of days."""

    @property
    def unit(self) -> Unit | None:
        """日 or 工作日; None for the unit of the clock."""

    @property
    def basis(self) -> str:
        """The unit's own rule: document and article."""


@dataclass(frozen=True, slots=True)
class OverrideProblem:
    """A limit that was not applied.

    Attributes:
        clock: Id of the clock.
        message: What is wrong, a Chinese sentence.
        mend: What would be right.
    """

    clock: str
    message: str
    mend: str


def apply_overrides(
    clocks: tuple[Clock, ...], overrides: Mapping[_Key, Limit]
) -> tuple[tuple[Clock, ...], tuple[OverrideProblem, ...]]:
    """Apply the limits of an office; what is not stricter is left out and told.

    An internal clock takes the stricter limit. A period of law keeps running as it is, and the
    limit runs beside it as a clock of its own, so that neither hides the other.
    """
    problems: dict[str, OverrideProblem] = {}
    known = {clock.id for clock in clocks}
    applied: list[Clock] = []
    for key in overrides:
        if key not in known:
            mend = f"可用的有:{'、'.join(sorted(known))}"
            problems[key] = OverrideProblem(key, f"没有编号为“{key}”的期限", mend)
    for clock in clocks:
        limit = _limit_for(clock, overrides)
        if limit is None:
            applied.append(clock)
            continue
        problem = _problem(clock, limit)
        if problem:
            problems[clock.id] = problem
            applied.append(clock)
        else:
            applied += _stricter(clock, limit)
    return tuple(applied), tuple(problems.values())


def _limit_for(clock: Clock, overrides: Mapping[_Key, Limit]) -> Limit | None:
    return next((limit for key, limit in overrides.items() if key == clock.id), None)


def _problem(clock: Clock, limit: Limit) -> OverrideProblem | None:
    """Say why a limit cannot be applied, or None."""
    unit = limit.unit or clock.unit
    if not clock.whose.is_ours:
        return OverrideProblem(
            clock.id,
            f"期限“{clock.name}”属于{clock.whose},本单位不得缩短或延长",
            "请删去这一项",
        )
    if clock.until:
        return OverrideProblem(
            clock.id, f"期限“{clock.name}”由来文载明,不能统一设定", "请在案件的来源中填写办理期限"
        )
    if not limit.basis.strip():
        return OverrideProblem(
            clock.id, f"期限“{clock.name}”的内部规定缺少依据", "请写明本单位规定的名称和条款"
        )
    # So many working days always take at least as long as so many calendar days.
    looser_unit = unit == "工作日" and clock.unit == "日"
    if looser_unit or limit.length > clock.length:
        return OverrideProblem(
            clock.id,
            f"期限“{clock.name}”设为{limit.length}{unit},并不比{clock.length}{clock.unit}更严",
            f"内部规定只能更严,请设为不超过{clock.length}{clock.unit}",
        )
    return None


def _stricter(clock: Clock, limit: Limit) -> tuple[Clock, ...]:
    """Give the clock or clocks that run where a limit holds."""
    stricter = replace(
        clock,
        length=limit.length,
        unit=limit.unit or clock.unit,
        target=clock.target if clock.target and clock.target < limit.length else None,
        own_basis=limit.basis,
    )
    if clock.jurisdiction is Jurisdiction.INTERNAL:
        return (stricter,)
    beside = replace(
        stricter,
        id=f"{clock.id}-{Jurisdiction.INTERNAL}",
        jurisdiction=Jurisdiction.INTERNAL,
        stricter_than=clock.id,
    )
    return clock, beside
