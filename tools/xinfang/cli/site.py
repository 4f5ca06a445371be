"""``xinfang site``: the pages and the site of the office."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import click

from xinfang.check import check
from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.progress import bar
from xinfang.history import history
from xinfang.packaged import site_templates_folder
from xinfang.pages import Frame
from xinfang.register import Register
from xinfang.site import Order, build_site, settings_file, template_folders


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site.

    Attributes:
        folder: Where it stands.
        pages: How many pages it has.
        changed: How many of them were written anew.
        unread: How many case files could not be read, and are not in it.
        warnings: What the builder warned about.
        seconds: How long it took.
    """

    folder: Path
    pages: int
    changed: int
    unread: int
    warnings: list[str]
    seconds: float

    @property
    def sentence(self) -> str:
        """What a clerk is told."""
        return (
            f"网站已生成: {self.folder / 'index.html'}"
            f"({self.pages} 页,更新 {self.changed} 页,用时 {self.seconds:.1f} 秒)"
        )


def make_site(register: Register, build: Path) -> Built:
    """Check the register, make its pages and build its site; needs a sound ``office.yaml``."""
    started = time.monotonic()
    with bar("检查", len(register.case_files())) as advance:
        checked = check(register, progress=advance)
    packaged = site_templates_folder()
    frame = Frame(
        register,
        checked.entries,
        checked.findings,
        template_folders(register.folder, packaged),
        history(register),
    )
    settings = settings_file(register.folder, packaged)
    with bar("事项页", len(checked.entries)) as advance:
        made = build_site(Order(frame, checked.digests, settings, build), advance)
    return Built(
        build / "site",
        made.pages,
        made.changed,
        checked.files - len(checked.entries),
        made.warnings,
        time.monotonic() - started,
    )


def report(built: Built) -> None:
    """Say what was built, and what is amiss."""
    for warning in built.warnings:
        click.secho(f"警告: {warning}", fg="yellow", err=True)
    if built.unread:
        click.secho(
            f"警告: {built.unread} 个事项文件有错误,没有列入网站(xinfang check 可看全部)",
            fg="yellow",
            err=True,
        )
    click.secho(built.sentence, fg="green")


@command(
    "site",
    epilog="例: xinfang site · xinfang -C 某登记册 site · xinfang site --audience public",
)
@click.option(
    "--audience",
    type=click.Choice(["office", "public"]),
    default="office",
    show_default=True,
    metavar="读者",
    help="给谁看: office 内部网站;public 办事指南,给信访人看,不含任何事项",
)
@pass_context
def site(context: Context, audience: str) -> None:
    """生成内部网站:首页、待办与期限、台账、每件事项一页、规则和期限。

    写到 build/site;用浏览器打开其中的 index.html,或用 xinfang serve 在本机浏览。网站不含身份信息。

    --audience public 生成办事指南,写到 build/public,含渠道、步骤和期限、权利、法定途径、空白表格、
    年度总数和告示牌,可以公开,也可以拷给别人看。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported first
    if audience == "public":
        # Papers know what is sealed; the site of the office does not even import that.
        from xinfang.cli import public  # noqa: PLC0415

        public.report(public.make_guide(context))
        return
    built = make_site(context.register, context.build)
    report(built)
