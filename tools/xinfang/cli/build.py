"""``xinfang build``: check, papers, ledger, site and public guide in one go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from xinfang.check import check
from xinfang.cli import public
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.ledger import write_ledger
from xinfang.cli.printing import print_papers, report
from xinfang.cli.progress import bar
from xinfang.cli.reading import shown
from xinfang.cli.site import make_site
from xinfang.diagnostics import exit_code
from xinfang.errors import XinfangError
from xinfang.extract import extract
from xinfang.report import as_text, summary
from xinfang.selection import Period, Selection
from xinfang.terminal import pad

_PART_WIDTH = 10
_RESULT_WIDTH = 64


@dataclass
class Summary:
    """What was made, where, and how long it took."""

    rows: list[tuple[str, str, float]] = field(default_factory=list)
    code: int = 0

    def worse(self, code: int) -> None:
        """Keep the gravest exit code."""
        self.code = max(self.code, code)

    @contextmanager
    def part(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time one part; trouble with it is said and the other parts are still made."""
        started = time.monotonic()
        results: list[str] = []
        try:
            yield results.append
        except XinfangError as error:
            click.secho(f"{name}: {error}", fg="red", err=True)
            results = ["未完成"]
            self.worse(2)
        self.rows.append((name, ";".join(results), time.monotonic() - started))

    def show(self) -> None:
        """Print the table."""
        click.echo()
        for name, result, seconds in self.rows:
            click.echo(f"{pad(name, _PART_WIDTH)}{pad(result, _RESULT_WIDTH)}{seconds:5.1f} 秒")
        total = sum(seconds for _, _, seconds in self.rows)
        click.echo(f"{pad('合计', _PART_WIDTH)}{pad('', _RESULT_WIDTH)}{total:5.1f} 秒")


@command("build", epilog="例: xinfang build · xinfang build -C 某登记册")
@pass_context
def build(context: Context) -> int:
    """检查、文书、台账、网站、办事指南一次做完,结果在 build/;没有变化的不重做。

    检查有错误时其余部分照做,退出码为 1。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is made
    done = Summary()
    register, files = context.register, context.register.case_files()
    with done.part("检查") as tell, bar("检查", len(files)) as advance:
        checked = check(register, (), advance)
        click.echo(as_text(checked.findings), nl=False)
        done.worse(exit_code(checked.findings))
        tell(summary(checked.findings, checked.files))
    with done.part("文书") as tell:
        printed = print_papers(context)
        report(context, printed)
        done.worse(printed.code)
        folder = shown(context.build / "papers")
        tell(f"{len(printed.files)} 份,其中 {printed.fresh} 份有变化,在 {folder}")
    with done.part("台账") as tell:
        found = extract(
            context.office, context.today, checked.entries.values(), Selection(Period())
        )
        written = write_ledger(context, found)
        tell(f"{len(found.entries)} 件,{'、'.join(written)},在 {shown(context.build / 'ledger')}")
    with done.part("网站") as tell:
        built = make_site(register, context.build)
        tell(f"{built.pages} 页,打开 {shown(built.folder / 'index.html')}")
    with done.part("办事指南") as tell:
        guide = public.make_guide(context, checked.entries.values())
        where = shown(guide.folder / "index.html")
        tell(f"{guide.pages} 页,{guide.files} 份表格和告示,打开 {where}")
    done.show()
    return done.code
