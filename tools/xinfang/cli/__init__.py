"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

import gettext
import os
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from xinfang import RULES_EDITION, __version__
from xinfang.cli.context import Context, shared_options
from xinfang.errors import XinfangError

#: Command → (module, attribute, one line for the list). Modules load only when called.
COMMANDS: Final = {
    "init": ("init", "init", "建立本单位的登记册"),
    "new": ("new", "new", "登记一件新事项"),
    "intake": ("intake", "intake", "收来件、填好的表格、部室的反馈"),
    "step": ("step", "step", "给事项追加一步办理"),
    "hand-out": ("hand_out", "hand_out", "把事项交给部室:文件夹或邮件草稿"),
    "check": ("check", "check", "检查登记册:必填、期限、职责"),
    "today": ("today", "today", "今天要办的,各附要输入的命令"),
    "due": ("due", "due", "列出将到期和已超期的期限"),
    "explain": ("explain", "explain", "解释一条规则、一个期限,或一件事项的日期怎样算出"),
    "render": ("render", "render", "打印文书(PDF),或空白表格"),
    "issue": ("issue", "issue", "出具文书:编文号、冻结、留痕"),
    "verify": ("verify", "verify", "核验文书是否本登记册出具、是否改动"),
    "archive": ("archive", "archive", "成卷:封面、目录、全部文书、备考表合成一册"),
    "ledger": ("ledger", "ledger", "导出台账(pdf xlsx csv json)"),
    "import": ("import_", "import_", "导入旧台账,收回在 Excel 里改过的台账"),
    "report": ("periodic", "report", "出月报、季报、年报(pdf xlsx json)"),
    "site": ("site", "site", "生成内部网站;或给信访人看的办事指南"),
    "serve": ("serve", "serve", "在本机浏览网站"),
    "build": ("build", "build", "检查、文书、台账、网站、办事指南,一次做完"),
    "seal": ("seal", "seal", "封存信访人身份信息"),
    "open": ("open_", "open_", "打开封存的信息(需要密钥)"),
    "keys": ("keys", "keys", "密钥:新建、查看、增减收件人"),
    "lateness": ("lateness", "lateness", "列出逾期的环节:时限、实际时间、岗位、原因"),
    "retention": ("erase", "retention_", "列出保管期限:何时鉴定、何时可销毁"),
    "erase": ("erase", "erase", "销毁保管期满的封存信息"),
    "demo": ("demo", "demo", "生成演示登记册,供练习"),
    "hook": ("hook", "hook", "Git 钩子:提交、合并、推送之前先检查"),
    "renumber": ("renumber", "renumber", "改号:两件事项同号时,一件改用下一个编号"),
    "schema": ("schema", "schema", "导出文件格式的 JSON Schema"),
    "doctor": ("doctor", "doctor", "检查本机装了什么、缺什么、怎样补"),
}


class Xinfang(click.Group):
    """The group of all commands; lists them without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names in the order of a clerk's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and give one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"xinfang.cli.{module}"), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list from the table above."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(
    cls=Xinfang,
    params=shared_options(),
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    epilog="例: xinfang check · xinfang due --within 7 · xinfang render XF-2026-0001",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, message=f"xinfang %(version)s,规则版本 {RULES_EDITION}", help="显示版本"
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """信访登记册:一件事项一个文件,算清每个期限,印好每份文书。"""
    ctx.ensure_object(Context)


def main() -> None:
    """Run the program: the one boundary between trouble and exit codes.

    Exit 0 fine, 1 findings of level 错误, 2 wrong usage, 3 a fault of the program.
    """
    _speak_chinese()
    try:
        status = cli.main(prog_name="xinfang", standalone_mode=False)
        code = status if isinstance(status, int) else 0
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        click.echo("已中止,未写入任何文件", err=True)
        code = 2
    except XinfangError as error:
        click.secho(f"错误: {error}", fg="red", err=True)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:  # noqa: BLE001 - the boundary: a clerk never meets a traceback
        click.secho(f"程序出错,未完成。详情已记入 {_log()},请交给维护人员", fg="red", err=True)
        code = 3
    sys.exit(code)


def _speak_chinese() -> None:
    """Let click speak Chinese, whatever the machine's own language."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(Path(__file__).parents[1] / "locale"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _log() -> Path:
    """Write the traceback where maintainers can read it; it stays on this machine."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="xinfang-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exc(file=log)
    return Path(log.name)
