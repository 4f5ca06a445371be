"""How the office reads what the rules leave open: A1 to A17 with the values in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from xinfang.clocks import Clock
from xinfang.formatting import chinese_date
from xinfang.law.office_rules import Reading, readings
from xinfang.model import Office
from xinfang.model.office import Policy
from xinfang.model.words import Category, Closing, GraveReason
from xinfang.pages.citing import READINGS, Use, uses
from xinfang.pages.frame import Frame
from xinfang.pages.markup import shown

_CODE: Final = "程序固定"


@dataclass(frozen=True, slots=True)
class Value:
    """One value in force: its name, the value, and where it is held."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Held:
    """A reading with its values and with what acts on it."""

    reading: Reading
    values: tuple[Value, ...]
    uses: tuple[Use, ...]


def pages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Make the page of readings."""
    acting = uses(frame.register).get(READINGS, {})
    clocks = {clock.id: clock for clock in frame.register.clocks}
    held = [
        Held(
            reading,
            tuple(_values(reading, frame.office, clocks)),
            tuple(acting.get(reading.id, ())),
        )
        for reading in readings().values()
    ]
    yield "basis/policy.md", frame.page("policy.md", root="../", held=held)


def _values(reading: Reading, office: Office, clocks: Mapping[str, Clock]) -> Iterator[Value]:
    for name in reading.policy:
        yield Value(name, _policy(office, name), "office.yaml “口径”")
    for name in reading.shows:
        where, show = _SHOWN[name]
        yield Value(name, show(office) or "未填", where)
    for key in reading.clocks:
        yield _limit(clocks[key])


def _policy(office: Office, name: str) -> str:
    field = next(key for key, field in Policy.model_fields.items() if field.alias == name)
    return shown(getattr(office.policy, field))


def _limit(clock: Clock) -> Value:
    target = f"，目标{clock.target}日" if clock.target is not None else ""
    where = "office.yaml “期限”，比默认更严" if clock.own_basis else "程序默认"
    return Value(f"{clock.id} {clock.name}", clock.span + target, where)


def _reviews(office: Office) -> str:
    if office.reviews is None:
        return ""
    bodies = (("复查", office.reviews.review), ("复核", office.reviews.rereview))
    return "；".join(
        f"{name}：{office.unit_name(body.unit)}（{'已确认' if body.confirmed else '未确认'}）"
        for name, body in bodies
    )


def _effective(office: Office) -> str:
    return chinese_date(office.effective_from) if office.effective_from else "施行日期未确认"


def _categories(office: Office) -> str:
    return "；".join(
        f"{department.name}：{shown(department.categories)}"
        for department in office.departments
        if department.categories and department.categories != [Category.SEALED]
    )


def _discipline(office: Office) -> str:
    return shown([d.name for d in office.departments if Category.SEALED in d.categories])


def _names(office: Office) -> str:
    aliased = [d for d in office.departments if d.aliases]
    told = [f"{d.name}（又称{shown(d.aliases)}）" for d in aliased]
    return "；".join([f"{office.own_unit.name}（简称{office.own_unit.short}）", *told])


#: Values beside 口径 that readings show: where they are held, and how to write them.
_SHOWN: Final[Mapping[str, tuple[str, Callable[[Office], str]]]] = {
    "答复授权": ("office.yaml “答复授权”", lambda office: (office.reply_authority or "").strip()),
    "主管类别": ("office.yaml “部门”", _categories),
    "复查机构": ("office.yaml “复查机构”", _reviews),
    "施行日期": ("office.yaml “施行日期”", _effective),
    "检举控告主管": ("office.yaml “部门”", _discipline),
    "名称": ("office.yaml “单位”“部门”", _names),
    "办结方式": (_CODE, lambda _office: shown(list(Closing))),
    "重大判据": (_CODE, lambda _office: shown(list(GraveReason))),
}
