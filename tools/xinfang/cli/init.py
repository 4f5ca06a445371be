"""``xinfang init``: make a register for an office, or what an old one still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from xinfang import git
from xinfang.check import check
from xinfang.cli.ask import can_ask
from xinfang.cli.context import Context, command, pass_context
from xinfang.diagnostics import exit_code
from xinfang.drafts import Draft
from xinfang.errors import XinfangError
from xinfang.founding import (
    Answers,
    Host,
    load_answers,
    office_text,
    open_points,
    register_files,
)
from xinfang.landing import hooks
from xinfang.model import Office, load_office
from xinfang.register import OFFICE_FILE, open_register
from xinfang.report import summary
from xinfang.sealed import create_key, key_file, load_keys, public_keys
from xinfang.source import read_text
from xinfang.store import found

_NONE: Final = "none"
#: What may stand in a folder that becomes a register.
_MAY_STAND: Final = frozenset({".git"})


class NotEmptyError(XinfangError):
    """The folder holds something else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} 里已有别的文件,也不是登记册(没有 {OFFICE_FILE});请换一个新的文件夹名"
        )


class CannotWriteError(XinfangError):
    """The folder, or the place of the key, cannot be written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} 写不进去,没有建立登记册;请换一个有权限写的位置,并看看磁盘是否已满"
        )


class NobodyAnswersError(XinfangError):
    """Nobody sits at the keyboard and nothing else answers."""

    def __init__(self) -> None:
        super().__init__(
            "没有人在键盘前回答。用 --from 答案.yaml 给出答案,或用 --yes 先建,不知道的标“待填”"
        )


class WrongAnswersError(XinfangError):
    """A file of answers has errors."""

    def __init__(self, findings: Sequence[object]) -> None:
        lines = "\n  ".join(map(str, findings))
        super().__init__(f"答案文件有错误,没有建立登记册:\n  {lines}")


@command(
    "init",
    epilog="例: xinfang init 信访登记册 · xinfang init 信访登记册 --from 答案.yaml --ci gitlab · "
    "xinfang init 信访登记册 --yes",
)
@click.argument("place", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from",
    "source",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="文件",
    help="从 YAML 文件取得答案,- 为标准输入;写法同 office.yaml",
)
@click.option("--yes", is_flag=True, help="不询问;不知道的标“待填”,检查会逐处指出")
@click.option(
    "--ci",
    type=click.Choice([*map(str, Host), _NONE]),
    multiple=True,
    help="哪种 Git 网站的自动任务,可多次;不指定又不询问的四种都写,别家不会理会",
)
@pass_context
def init(
    context: Context,
    place: Path,
    source: Any,  # noqa: ANN401 - an opened file
    yes: bool,  # noqa: FBT001 - click passes flags so
    ci: tuple[str, ...],
) -> int:
    """建立本单位的登记册:机构配置、第一把密钥、文件夹、Git 和钩子、自动任务、编辑器设置、说明。

    逐项询问单位和人员,暂不知道的直接回车。已有的登记册只补上缺少的部分,原有文件一个也不改。
    """
    today = context.day
    folder = place.absolute()
    office_file = folder / OFFICE_FILE
    hosts = [Host(name) for name in ci if name != _NONE]
    if office_file.exists():
        office = _office(office_file.read_bytes().decode("utf-8-sig"))
        return _complete(folder, {}, office, hosts, today)
    if folder.exists() and {file.name for file in folder.iterdir()} - _MAY_STAND:
        raise NotEmptyError(folder)
    hosts = hosts if ci else list(Host)
    draft: Draft | None = None
    if source is not None:
        answers = _read(source.read())
    elif yes:
        answers = Answers.model_validate({})
    elif can_ask():
        # What asking needs takes longer to load than all the rest.
        from xinfang.cli.init_questions import ask  # noqa: PLC0415

        form, draft = ask(folder, today, ask_host=not ci)
        answers = form.answers(draft.answers)
        hosts = hosts if ci else form.hosts(draft.answers)
    else:
        raise NobodyAnswersError
    text = office_text(answers, _public_key(today), today)
    code = _complete(folder, {OFFICE_FILE: text}, _office(text), hosts, today)
    if draft is not None:
        draft.discard()
    return code


def _read(text: str) -> Answers:
    loaded = load_answers(read_text(text, "答案"))
    if loaded.answers is None:
        raise WrongAnswersError(loaded.findings)
    return loaded.answers


def _office(text: str) -> Office:
    loaded = load_office(read_text(text, OFFICE_FILE))
    if loaded.record is None:
        raise WrongAnswersError(loaded.findings)
    return loaded.record


def _public_key(today: date) -> str:
    """Give the public half of the key of this machine; makes the first one, never another."""
    path = key_file()
    if path.exists():
        click.echo(f"沿用本机已有的密钥 {path}")
        return public_keys(load_keys(path))[0]
    public = create_key(path, today)
    click.secho(f"已新建密钥 {path}", fg="green")
    click.secho(
        "立即另存一份到 U 盘锁好,再打印一份纸质的封存: 密钥丢失,封存的信息再也打不开", bold=True
    )
    return public


def _complete(
    folder: Path, own: Mapping[str, str], office: Office, hosts: Sequence[Host], today: date
) -> int:
    """Write what is missing, set Git up, and say how the register stands."""
    contents = {**own, **register_files(office, hosts, today)}
    new = bool(own)
    try:
        made = found(folder, {name: text.encode() for name, text in contents.items()})
    except OSError as error:
        raise CannotWriteError(folder) from error
    left = [name for name in contents if name not in made]
    done = "已建立登记册" if new else "已补充登记册" if made else "没有缺少的文件"
    click.secho(f"{done} {folder}", fg="green", bold=True)
    if made:
        click.echo(f"  写入 {len(made)} 个文件: {_listed(made)}")
    if left:
        click.echo(f"  原有 {len(left)} 个文件没有改动: {_listed(left)}")
    _set_git_up(folder, made, first=new)
    return _report(folder, today, own)


def _listed(names: Sequence[str]) -> str:
    """Name files, those of a folder together."""
    parts = (name.partition("/")[0] + ("/" if "/" in name else "") for name in names)
    return "、".join(sorted(dict.fromkeys(parts)))


def _set_git_up(folder: Path, made: Sequence[str], *, first: bool) -> None:
    """Make the repository, commit what was made, then set the hooks that look at later commits."""
    if not (folder / ".git").exists() and not git.succeeds(folder, "init", "-q", "-b", "main"):
        click.secho(
            "没有建立 Git 仓库: 本机没有 Git。装好后在文件夹里重新运行 xinfang init .", fg="yellow"
        )
        return
    if made:
        message = "登记册: 建立" if first else "登记册: 补充文件"
        try:
            git.commit(folder, [folder / name for name in made], message)
            click.echo(f"  已提交到 Git: {message}")
        except git.GitError:
            click.secho("没有提交: 先告诉 Git 您是谁,再提交", fg="yellow")
            click.echo("  git config --global user.name 姓名")
            click.echo("  git config --global user.email 邮箱")
            click.echo(f'  git -C "{folder}" commit -m "{message}"')
    try:
        if hooks.install(folder):
            click.echo("  已装 Git 钩子: 提交前检查,两人同时登记也能合并")
    except XinfangError as error:
        click.secho(f"没有装钩子: {error}", fg="yellow")


def _report(folder: Path, today: date, own: Mapping[str, str]) -> int:
    """Say how the register stands; of a new one also what is open, and what comes next."""
    checked = check(open_register(folder, today, today), remember=False)
    count = open_points("".join(own.values()))
    shown = checked.findings if own and not count else ()
    click.echo()
    for finding in shown:
        click.echo(f"  {finding}")
    click.secho(summary(checked.findings, checked.files), bold=True)
    if own:
        _tell_what_is_next(folder, count, wrong=bool(exit_code(shown)))
    return exit_code(shown)


def _tell_what_is_next(folder: Path, count: int, *, wrong: bool) -> None:
    confirm = f"与上级核实 {OFFICE_FILE} 的“复查机构”,向当地机关核实“途径”,确认后照说明改"
    fill = (
        f"填好 {OFFICE_FILE} 里的 {count} 处“待填”(编辑器里有说明),再运行 xinfang check"
        if count
        else f"改正 {OFFICE_FILE} 的上述错误,再运行 xinfang check"
        if wrong
        else confirm
    )
    click.echo("\n接下来:")
    for number, step in enumerate(
        (
            f'cd "{folder}"',
            fill,
            "xinfang new 登记第一件;xinfang build 生成文书、台账、网站",
            "同事加入、备份、代码托管,见 README.md",
        ),
        1,
    ):
        click.echo(f"  {number}. {step}")
