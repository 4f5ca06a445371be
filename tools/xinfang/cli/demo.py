"""``xinfang demo``: a made-up register to look at and to learn on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from xinfang.cli.context import DAY, command
from xinfang.demo import write_demo
from xinfang.packaged import sample_folder

_FIRST: Final = date(2025, 1, 1)
_TODAY: Final = date(2026, 9, 16)


@command("demo", epilog="例: xinfang demo 练习 · xinfang demo 练习 --cases 600 --seed 7")
@click.argument(
    "target", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), default="demo"
)
@click.option("--cases", type=click.IntRange(1, 20000), default=600, help="多少件,默认 600")
@click.option("--seed", type=int, default=7, help="种子;同一种子生成的完全一样,默认 7")
@click.option("--from", "first", type=DAY, default=_FIRST, help=f"自哪天起登记,默认 {_FIRST}")
@click.option("--to", "last", type=DAY, default=_TODAY, help=f"“今天”,默认 {_TODAY}")
def demo(target: Path, cases: int, seed: int, first: date, last: date) -> None:
    """生成一个演示登记册,供练习和查看图表、报表;单位、人员、事项全部虚构。"""
    if last < first:
        message = "“今天”不得早于起日"
        raise click.UsageError(message)
    write_demo(target, sample_folder(), cases, seed, first, last)
    click.secho(f"已生成 {target}: {cases} 件,{first} 至 {last} 登记", fg="green")
    click.echo(f"接着可以: xinfang -C {target} build")
