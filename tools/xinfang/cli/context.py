"""What every command shares: which register, which day, and how to say things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from xinfang.errors import XinfangError
from xinfang.model import Office
from xinfang.model.fields import parse_day
from xinfang.register import Register, open_register


class BrokenOfficeError(XinfangError):
    """A command needs a sound ``office.yaml`` and there is none."""

    def __init__(self, first: str) -> None:
        super().__init__(f"office.yaml 有错误,请先改正(xinfang check 可看全部):\n  {first}")


@dataclass
class Context:
    """Handed to every command; options fill it, commands read it."""

    folder: Path = Path()
    asked_today: date | None = None

    @cached_property
    def register(self) -> Register:
        """The register, opened."""
        return open_register(self.folder, _date_in_shanghai(), self.asked_today)

    @property
    def day(self) -> date:
        """The day, where no register is opened that could have its own."""
        return self.asked_today or _date_in_shanghai()

    @property
    def today(self) -> date:
        """The day the register is looked at."""
        return self.register.today

    @property
    def office(self) -> Office:
        """The office of the register.

        Raises:
            BrokenOfficeError: ``office.yaml`` has errors.
        """
        if self.register.office is None:
            raise BrokenOfficeError(str(min(self.register.loaded.findings)))
        return self.register.office

    @property
    def build(self) -> Path:
        """Folder of all output."""
        return self.register.folder / "build"

    def keys(self) -> list[Any]:
        """Read the keys that open sealed files here.

        Raises:
            MissingKeyError: There is none; commands that can do without one catch it.
        """
        from xinfang.sealed import keys_for  # noqa: PLC0415 - most commands open nothing

        return keys_for(self.register.folder, sample=self.office.register_.sample)

    def case_file(self, number: str) -> Path:
        """Find the file of a case by its number, a former one, or the code on its receipt.

        The short form ``7`` means this year's.

        Raises:
            NoSuchCaseError: There is no such file.
        """
        full = number.upper()
        if number.isdigit():
            full = f"XF-{self.today.year}-{int(number):04d}"
        file = self.register.file_of(full)
        if file.exists():
            return file
        found = self.register.find(full)
        if found is None:
            raise NoSuchCaseError(number)
        return found


class NoSuchCaseError(XinfangError):
    """No case has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有编号为 {number} 的事项;编号形如 XF-2026-0001,本年的可只写 1")


pass_context = click.make_pass_decorator(Context, ensure=True)


class DayType(click.ParamType[date]):
    """A day given as an option, ``2026-03-02``."""

    name = "日期"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click hands over anything
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Read the day or fail with a usage error."""
        try:
            return parse_day(value)
        except ValueError:
            self.fail(f"“{value}”不是日期,请写成 2026-03-02", param, ctx)


DAY = DayType()


class Command(click.Command):
    """A command that also takes ``-C`` and ``--today`` behind its own name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed through
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})
        self.params += shared_options()


def shared_options() -> list[click.Option]:
    """Make the options that every command takes."""
    return [
        click.Option(
            ["-C", "folder"],
            type=click.Path(path_type=Path),
            metavar="文件夹",
            expose_value=False,
            callback=_set_folder,
            help="登记册所在文件夹,默认当前文件夹",
        ),
        click.Option(
            ["--today"],
            type=DAY,
            expose_value=False,
            callback=_set_today,
            help="按哪一天计算,默认今天(样例登记册用其样例日期)",
        ),
    ]


def command(name: str, **kwargs: Any) -> Callable[[Callable[..., Any]], click.Command]:  # noqa: ANN401
    """Declare a command of xinfang."""
    return click.command(name, cls=Command, **kwargs)


def _set_folder(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(Context).folder = value


def _set_today(ctx: click.Context, _param: click.Parameter, value: date | None) -> None:
    if value is not None:
        ctx.ensure_object(Context).asked_today = value


def _date_in_shanghai() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
