"""What goes before and after a form: who sits here, and whether the files go into Git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from xinfang import git
from xinfang.cli.ask import Asker, StoppedError, confirmed
from xinfang.cli.context import Context


def clerk_at(context: Context) -> str:
    """Name who is at the keyboard, as Git knows them, where they hold a post today; else empty."""
    name = git.answer(context.register.folder, "config", "user.name").strip()
    return name if name and context.office.post(name, context.today) else ""


def offer_commit(context: Context, asker: Asker, files: Sequence[Path], message: str) -> None:
    """Ask whether to commit the files, where the register is in Git at all."""
    folder = context.register.folder
    if not git.succeeds(folder, "rev-parse", "--git-dir"):
        return
    try:
        wanted = confirmed(asker, "提交到 Git", f"提交说明只有“{message}”")
    except StoppedError:
        wanted = False
        click.echo()
    if wanted:
        git.commit(folder, files, message)
        click.secho(f"已提交 {message}", fg="green")
