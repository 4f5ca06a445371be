"""Templates of pages, and the one place where text becomes safe to stand in them.

Every value that a template prints passes through :func:`safe`. It leaves nothing that HTML or
Markdown would understand, so that a text of a case can never become markup, a link or a
script, whatever it holds and wherever a template puts it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from xinfang.compiled import Compiled
from xinfang.errors import XinfangError
from xinfang.formatting import chinese_date, chinese_moment, citation, clock_time, listed, yuan
from xinfang.model.fields import Moment
from xinfang.model.steps import Evidence

#: Characters that mean something to HTML, to Markdown or to its extensions, each as a character
#: reference; a new line could begin a block.
_REFERENCES: Final = {ord(c): f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~!+\n\r\t"}
#: Marks of ASCII beside Chinese, but for those with a space behind them.
_HALF_WIDTH: Final = re.compile(r"(?<=[^\x00-\x7f)])[,;:?!](?! )|[,;](?=[^\x00-\x7f])|[()]")
_FULL_WIDTH: Final = str.maketrans(",;:?!()", "，；：？！（）")
_WEEKDAYS: Final = "一二三四五六日"
_COMPILED: Final = {kind: Compiled() for kind in (Environment, ImmutableSandboxedEnvironment)}


class TemplateFaultError(XinfangError):
    """A template of a page is at fault."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"页面模板 {name} 有错误: {reason}")


def fill(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    """Fill a template.

    Raises:
        TemplateFaultError: It has a slip, or asks for what is not there.
    """
    try:
        return environment.get_template(name).render(values)
    except TemplateError as error:
        raise TemplateFaultError(name, str(error)) from error


def environment(folders: Sequence[Path]) -> Environment:
    """Make the environment of pages; a misspelt name in a template stops the build.

    Args:
        folders: Folders of templates; an earlier one overrides a later one. The last one comes
            with the program; templates of a register itself run in a sandbox, at half the speed.
    """
    kind = Environment if len(folders) == 1 else ImmutableSandboxedEnvironment
    made: Environment = kind(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED[kind],
        # Markdown writes the id of a heading as {#id}.
        comment_start_string="{##",
        comment_end_string="##}",
    )
    made.code_generator_class = _Printing
    made.filters |= {
        "日期": chinese_date,
        "时刻": chinese_moment,
        "周": weekday,
        "金额": yuan,
        "顿号": listed,
        "依据": citation,
        "段": lines,
        "手册": manual,
        "值": shown,
        "题头": front_matter,
        "全角": prose,
    }
    return made


class _Printing(CodeGenerator):
    """Prints what :func:`safe` gives as it stands; to escape it once more changes nothing.

    That second look is half the time of a page.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ANN401
        if finalize.src is None or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"({finalize.src}")


def prose(text: str) -> str:
    """Print what stands in the program or in office.yaml with the punctuation of Chinese prose.

    What a clerk is to type as it stands keeps its colon and space: “书面: 是”.
    """
    if text.isascii():
        return text
    return _HALF_WIDTH.sub(lambda match: match[0].translate(_FULL_WIDTH), text)


def safe(value: object) -> Markup:
    """Write a value so that neither HTML nor Markdown finds anything in it to act on."""
    return value if isinstance(value, Markup) else _escaped(str(value))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> Markup:
    """Escape a text; names, days and words stand on many pages."""
    return Markup(text.translate(_REFERENCES))  # noqa: S704 - that is what makes it safe


def front_matter(text: str) -> Markup:
    """Write a text as a value of a page's front matter: a JSON string of escaped HTML.

    The theme prints titles as they stand, so that they have to be safe before they get there.
    """
    return Markup(json.dumps(str(safe(text)), ensure_ascii=False))  # noqa: S704 - as above


def weekday(day: date) -> str:
    """Name the day of the week: 周三."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def lines(text: str) -> list[str]:
    """Split a text into its paragraphs, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a manual page: a paragraph, or an example that keeps its lines."""

    text: str
    code: bool


def manual(text: str) -> list[Block]:
    """Split a manual page into blocks; an indented block is an example."""
    return [_block(block) for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]


def _block(text: str) -> Block:
    if all(line.startswith("    ") for line in text.splitlines()):
        return Block(dedent(text), code=True)
    # A line end between Chinese characters is no space.
    return Block(re.sub(r"(?<=[ -~])\n(?=[ -~])", " ", text.strip()).replace("\n", ""), code=False)


def shown(value: Any) -> str:  # noqa: ANN401, PLR0911 - a field may hold anything; a table of types
    """Write the value of any field for a reader."""
    match value:
        case bool():
            return "是" if value else "否"
        case Moment():
            return chinese_moment(value)
        case date():
            return chinese_date(value)
        case time():
            return clock_time(value)
        case Decimal():
            return yuan(value)
        case Evidence():
            return f"{value.number} {value.name}"
        case BaseModel():
            return _pairs(
                {str(f.alias): getattr(value, n) for n, f in type(value).model_fields.items()}
            )
        case dict():
            return _pairs(value)
        case list() | tuple():
            joined = "；" if any(isinstance(item, BaseModel) for item in value) else "、"
            return joined.join(shown(item) for item in value)
        case _:
            return str(value)


def _pairs(fields: dict[str, Any]) -> str:
    told = {key: value for key, value in fields.items() if value is not None and value != []}
    return "，".join(f"{key} {shown(value)}" for key, value in told.items())
