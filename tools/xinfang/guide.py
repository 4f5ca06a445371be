"""The guide for the public (办事指南) as values: address → text. It knows of no case.

It is made from ``office.yaml``, the clocks in force, the register of bases, blank forms and
yearly totals; what it is given can lead to no record. The pages are plain HTML with one style
sheet, no script and no picture, so that an old phone on a building site opens them at once, and
a copy on a stick works as well. Templates stand in ``site_templates/public``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from xinfang.clocks import Clock, Jurisdiction
from xinfang.errors import XinfangError
from xinfang.formatting import chinese_date, citation, full_width, listed, phrase, sentence
from xinfang.law import Mark, Work, parse_citation, recognise
from xinfang.model.office import LegalRoute, Office
from xinfang.model.words import Category
from xinfang.yearly import DEFINITIONS, Year

#: Pages of the guide, in the order of its menu: template → what the menu calls it.
PAGES: Final[Mapping[str, str]] = {
    "index.html": "办事指南",
    "routes.html": "法定途径",
    "forms.html": "表格下载",
    "figures.html": "年度数据",
}
STYLE: Final = "guide.css"
#: What is not checked says so, wherever it stands.
UNCHECKED: Final = "待核对"
UNCHECKED_MARK: Final = Markup('<b class="unchecked">（{}）</b>').format(UNCHECKED)
#: Works of this kind are called by their short name, which the foot of the page explains.
_OWN: Final = "本单位"
#: The readings of the house say why a limit counts as it does; they are no basis for anybody else.
_READINGS: Final = "口径"

#: The event that starts a clock, as a petitioner would say it.
_SINCE: Final[Mapping[str, str]] = {
    "首问": "您第一次说起",
    "收到": "我们收到",
    "登记": "登记",
    "签收": "部门签收",
    "受理": "受理",
    "原意见送达": "您收到书面答复",
    "答复送达": "您收到书面答复",
    "复查收到": "上级收到复查请求",
    "复查送达": "您收到复查意见",
    "复核收到": "上级收到复核请求",
}
_WHOSE: Final = {Jurisdiction.NATIONAL: "国家规定", Jurisdiction.INTERNAL: "本单位规定"}
#: Numbers that can be dialled: with an area code, mobile, 400, and services such as 12348.
_PHONE: Final = re.compile(
    r"(?<![\d-])(?:0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}"
    r"|12\d{3}(?![\d元年月日]))(?![\d-])"
)
_KILO: Final = 1024


class GuideTemplateError(XinfangError):
    """A template of the guide is at fault."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"办事指南的模板 {name} 有错误: {reason}")


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be fetched: its address below the guide, and its size in bytes."""

    address: str
    bytes: int

    @property
    def size(self) -> str:
        """Its size for a reader, in KB or MB."""
        kilo = -(-self.bytes // _KILO)
        return f"{kilo} KB" if kilo < _KILO else f"{kilo / _KILO:.1f} MB"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A blank form that a petitioner may want.

    Attributes:
        id: Its number, D02.
        name: Its title.
        when: When it is wanted, for the petitioner.
        printed: To be filled in by hand.
        fillable: To be filled in on a screen.
    """

    id: str
    name: str
    when: str
    printed: File
    fillable: File


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as a petitioner reads it.

    Attributes:
        clock: Its id.
        text: From when and how long: 我们收到后15天内.
        whose: 国家规定 or 本单位规定.
        grounds: What it rests on, ready to print.
    """

    clock: str
    text: str
    whose: str
    grounds: Markup


@dataclass(frozen=True, slots=True)
class Guide:
    """All that the guide is made from.

    Attributes:
        office: The office.
        clocks: The clocks in force.
        years: Yearly totals.
        sheets: Blank forms.
        poster: The notice board, where it could be made.
        today: Day of the guide.
    """

    office: Office
    clocks: tuple[Clock, ...]
    years: Sequence[Year]
    sheets: Sequence[Sheet]
    poster: File | None
    today: date


def guide_pages(guide: Guide, folders: Sequence[Path]) -> dict[str, str]:
    """Make every page of the guide.

    Args:
        guide: What they are made from.
        folders: Folders of templates; an earlier one overrides a later one.

    Raises:
        GuideTemplateError: A template has a slip, or asks for what is not there.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "日期": chinese_date,
        "顿号": listed,
        "短语": phrase,
        "句": sentence,
        "全角": full_width,
        "可拨": dialled,
    }
    return {name: _page(environment, name, guide) for name in PAGES}


def _page(environment: ImmutableSandboxedEnvironment, name: str, guide: Guide) -> str:
    bases = Bases()
    office = guide.office
    try:
        return environment.get_template(name).render(
            here=name,
            menu=PAGES,
            style=STYLE,
            office=office,
            unit=office.own_unit,
            board=office.notice_board,
            limits=lambda *clocks: list(_limits(guide.clocks, clocks, bases)),
            days={clock.id: days(clock) for clock in guide.clocks},
            basis=bases.cite,
            works=bases.works,
            categories=_in_charge(office),
            routes_for=lambda category: _routes_for(office, category),
            sheets={sheet.id: sheet for sheet in guide.sheets},
            poster=guide.poster,
            years=guide.years,
            definitions=DEFINITIONS,
            today=guide.today,
        )
    except TemplateError as error:
        raise GuideTemplateError(name, error.message or type(error).__name__) from error


class Bases:
    """What a page cites, gathered while it is made, so that its foot can say when it was read."""

    def __init__(self) -> None:
        self._cited: dict[str, Work] = {}

    def cite(self, *texts: str) -> Markup:
        """Write bases out, the title of a work once; what nobody checked says so."""
        written: list[Markup] = []
        before: str | None = None
        for text in texts:
            work = recognise(text)
            title, place = _written(text, work)
            mark = "" if _is_checked(work) else UNCHECKED_MARK
            written.append(Markup("{}{}{}").format("" if title == before else title, place, mark))
            before = title
            if work is not None:
                self._cited.setdefault(work.id, work)
        return Markup("、").join(written)

    def works(self) -> list[tuple[str, str]]:
        """Give what was cited so far: its name, and the day up to which it was read."""
        return [
            (_named(work), chinese_date(work.last_checked_on))
            if _is_checked(work) and work.last_checked_on
            else (_named(work), UNCHECKED)
            for work in self._cited.values()
        ]


def _written(text: str, work: Work | None) -> tuple[str, str]:
    """Write a basis as a reader knows it: the short name of its work, and the place in it."""
    if work is None:
        return "", full_width(text)
    cited = parse_citation(text)
    whole = cited.full if cited.work == work.id else citation(text).partition("（原文")[0]
    if work.kind == _OWN:
        return work.id, whole.removeprefix(work.name)
    return work.name.replace("《中华人民共和国", "《"), whole.removeprefix(work.name)


def _named(work: Work) -> str:
    return f"{work.id}：{work.name}" if work.kind == _OWN else work.name


def _is_checked(work: Work | None) -> bool:
    """Whether somebody read the text, and knows its title."""
    return work is not None and work.mark is not Mark.MEMORY and bool(work.title)


def _limits(clocks: Sequence[Clock], wanted: Sequence[str], bases: Bases) -> Iterator[Limit]:
    """Give the limits of a step; a stricter one of the unit stands beside the period of law."""
    for id_ in wanted:
        for clock in clocks:
            if id_ in (clock.id, clock.stricter_than):
                cited = [str(basis) for basis in clock.basis if basis.work != _READINGS]
                own = clock.own_basis
                grounds = escape(full_width(own)) if own else bases.cite(*cited)
                yield Limit(clock.id, period(clock), _WHOSE[clock.jurisdiction], grounds)


def days(clock: Clock) -> str:
    """Write the length of a clock in days: 当天, 15天, 5个工作日."""
    if clock.until:
        return f"以{clock.until}为准"
    if not clock.length:
        return "当天"
    return f"{clock.length}{'天' if clock.unit == '日' else '个工作日'}"


def period(clock: Clock) -> str:
    """Say when a clock runs out: 我们收到后15天内."""
    if clock.until:
        return f"以来函写明的{clock.until}为准"
    if clock.after:
        return f"原来的期限满后，最多再加{days(clock)}"
    since = _SINCE[clock.start[0]]
    if not clock.length:
        return f"{since}的{days(clock)}"
    if clock.target is not None:
        return f"{since}后{clock.target}天内，最迟{days(clock)}"
    return f"{since}后{days(clock)}内"


def dialled(text: str) -> Markup:
    """Print a text with its telephone numbers ready to be dialled."""
    parts: list[Markup] = []
    end = 0
    for match in _PHONE.finditer(text):
        parts.append(escape(full_width(text[end : match.start()])))
        end = match.end()
        number = match[0].replace("-", "")
        parts.append(Markup('<a class="tel" href="tel:{}">{}</a>').format(number, match[0]))
    return Markup("").join([*parts, escape(full_width(text[end:]))])


def _in_charge(office: Office) -> dict[Category, list[str]]:
    """Category → the departments in charge of it; accusations are told apart."""
    return {
        category: [d.name for d in office.departments if category in d.categories]
        for category in Category
        if category is not Category.SEALED
    }


def _routes_for(office: Office, category: str) -> list[LegalRoute]:
    return [route for route in office.routes if category in route.categories]
