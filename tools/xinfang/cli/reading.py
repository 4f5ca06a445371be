"""Reading the whole ledger for a command, and naming what could not be read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from xinfang.check import Checked, check
from xinfang.cli.context import Context
from xinfang.cli.progress import bar
from xinfang.ledger import Entry
from xinfang.store import write_atomic

#: Stands for standard output where a file is asked for.
STDOUT: Final = "-"
_NAMED: Final = 5


def read_ledger(context: Context) -> tuple[list[Entry], int]:
    """Read every matter of a register; gives the entries and the exit code, see below."""
    checked, code = read_checked(context)
    return list(checked.entries.values()), code


def read_checked(context: Context) -> tuple[Checked, int]:
    """Read every matter of a register with what a check finds; gives it and the exit code.

    A file that is no sound record cannot stand in the ledger. It is named, and the exit code
    is 1: a ledger that lacks a matter never looks complete.
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is read
    register = context.register
    files = register.case_files()
    with bar("读取", len(files)) as advance:
        checked = check(register, (), advance)
    if len(checked.entries) == len(files):
        return checked, 0
    present = {entry.path for entry in checked.entries.values()}
    missing = [name for name in map(register.name_of, files) if name not in present]
    more = f" 等 {len(missing)} 个文件" if len(missing) > _NAMED else ""
    click.secho(
        f"未列入(文件有错误,请先 xinfang check): {'、'.join(missing[:_NAMED])}{more}",
        fg="red",
        err=True,
    )
    return checked, 1


def department_of(context: Context, name: str) -> str:
    """Give the name of a department by its name or an alias; empty for none.

    Raises:
        click.UsageError: There is no such department.
    """
    if not name:
        return ""
    found = context.office.department(name)
    if found is None:
        known = "、".join(department.name for department in context.office.departments)
        message = f"没有“{name}”这个部室;有: {known}"
        raise click.UsageError(message)
    return found.name


def put_out(content: bytes, output: Path, said: str) -> None:
    """Write bytes to a file, or to standard output where ``-`` is asked for; say so."""
    if str(output) == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_atomic(output, content)
    click.secho(f"已写入 {shown(output)}", fg="green", bold=True, err=True)
    click.echo(said, err=True)


def shown(path: Path) -> str:
    """Write a path as the reader would: from the current folder on."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)
