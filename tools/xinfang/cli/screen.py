"""Asking at a terminal that can move its cursor: choose by number, arrow keys or a part of a word.

Each question is a small screen of its own that leaves one line behind. The answer is read while
it is typed; what was understood, or what is wrong with it, stands below.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import Final

import click
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from xinfang.asking import Option, Question, Reading, matching, shown
from xinfang.cli.ask import BACK, NOTHING, Read, StoppedError
from xinfang.entering import Kind
from xinfang.terminal import cut, pad, width

_STYLE: Final = Style(
    [
        ("title", "bold"),
        ("hint", "fg:ansibrightblack"),
        ("pointed", "reverse"),
        ("note", "fg:ansibrightblack"),
        ("fault", "fg:ansiyellow"),
        ("said", "fg:ansigreen"),
    ]
)
#: Lines besides the options.
_AROUND: Final = 7
_FEWEST, _MOST = 3, 12
_LARGEST_NOTE: Final = 40
#: Seconds in which the bytes of one key arrive, and in which Esc may still begin another key.
_KEY, _SEQUENCE = 0.05, 0.2


class Screen:
    """Asks each question on a small screen of its own."""

    def __init__(self) -> None:
        self._output = _output()

    def ask(self, question: Question, read: Read, start: str = "") -> Reading | None:
        """Ask until the answer will do, see :class:`xinfang.cli.ask.Asker`."""
        asked = _Asked(question, read, start)
        app: Application[Reading | None] = Application(
            Layout(asked.layout(), focused_element=asked.field),
            key_bindings=asked.keys(),
            style=_STYLE,
            color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None,
            output=self._output,
            erase_when_done=True,
        )
        app.ttimeoutlen, app.timeoutlen = _KEY, _SEQUENCE
        reading = app.run()
        if reading is not None:
            _leave_behind(question, reading)
        return reading


def _output() -> Output:
    """Open the terminal; where its cursor is need not be asked, not every terminal answers."""
    output = create_output()
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False
    return output


def _leave_behind(question: Question, reading: Reading) -> None:
    said = shown(reading.value, question.slot)
    first, _, more = said.partition("\n")
    text = first + (" ……" if more else "")
    click.echo(f"{click.style(question.title, bold=True)}  {text or '(空)'}")


def _part(told: Callable[[], StyleAndTextTuples], *, wrap: bool = False) -> ConditionalContainer:
    """Show some lines; none at all where there is nothing to tell."""
    window = Window(FormattedTextControl(told), wrap_lines=wrap, dont_extend_height=True)
    return ConditionalContainer(window, Condition(lambda: bool(told())))


class _Asked:
    """One question on the screen."""

    def __init__(self, question: Question, read: Read, start: str) -> None:
        self.question = question
        self.read = read
        self.long = question.slot.kind is Kind.TEXT
        values = [option.value for option in question.options]
        # What was chosen before is pointed at: as text it would hide the others.
        self.pointed = values.index(start) if start in values else None
        self.refused: str | None = None
        self.reading: Reading | None = None
        self.field = Window(
            BufferControl(
                self._buffer("" if start in values else start), input_processors=[BeforeInput("› ")]
            ),
            dont_extend_height=True,
            wrap_lines=True,
        )

    def _buffer(self, start: str) -> Buffer:
        self.buffer = Buffer(
            document=Document(start, len(start)),
            multiline=self.long,
            on_text_changed=lambda _buffer: self._typed(),
        )
        return self.buffer

    def layout(self) -> HSplit:
        """Put the parts below each other."""
        return HSplit(
            [
                _part(self._heading, wrap=True),
                self.field,
                _part(self._options),
                _part(self._said, wrap=True),
                _part(self._help, wrap=True),
            ]
        )

    # What stands on it

    def _heading(self) -> StyleAndTextTuples:
        must = "" if self.question.required else "(可不填)"
        return [
            ("class:title", self.question.title),
            ("class:hint", f"  {self.question.hint}{must}"),
        ]

    def _options(self) -> StyleAndTextTuples:
        found = self._found()
        if not found:
            return []
        room = max(_FEWEST, min(_MOST, shutil.get_terminal_size().lines - _AROUND))
        first = max(0, min((self.pointed or 0) - room // 2, len(found) - room))
        widest = max(width(option.value) for _, option in found)
        lines: StyleAndTextTuples = []
        for index, (number, option) in enumerate(found[first : first + room], first):
            lines += self._line(number, option, widest, pointed=index == self.pointed)
        more = len(found) - first - room
        if more > 0:
            lines.append(("class:hint", f"     ……下面还有{more}项\n"))
        lines[-1] = (lines[-1][0], lines[-1][1].rstrip("\n"))
        return lines

    @staticmethod
    def _line(number: int, option: Option, widest: int, *, pointed: bool) -> StyleAndTextTuples:
        columns = shutil.get_terminal_size().columns
        head = f"{'❯' if pointed else ' '} {number:>2} "
        value = cut(option.value, columns - width(head) - 1)
        room = columns - width(head) - widest - 3
        note = cut(option.note, room) if option.note and room > width("……") * 2 else ""
        padded = pad(value, min(widest, columns - width(head) - 1)) if note else value
        return [
            ("class:pointed" if pointed else "", f"{head}{padded}"),
            ("class:note", f"  {note}\n" if note else "\n"),
        ]

    def _said(self) -> StyleAndTextTuples:
        text, reading = self.buffer.text, self.reading
        if reading is None:
            default = self.question.default
            if text or not default:
                return []
            return [("class:hint", f"直接回车: {shown(default, self.question.slot)}")]
        if reading.fault:
            late = self.refused == text
            again = "。确实如此的,再按一次回车" if late and not reading.blocking else ""
            return [("class:fault" if late else "class:hint", reading.fault + again)]
        said = shown(reading.value, self.question.slot)
        return [("class:said", f"→ {said}")] if said and said != text.strip() else []

    def _help(self) -> StyleAndTextTuples:
        words = ["回车 确定"]
        if self.long:
            words.append("Ctrl-J 换行")
        if self.question.options:
            words.append("↑↓ 选,Tab 补全" + (",可选几项" if self.question.slot.several else ""))
        if self.question.default and not self.question.required:
            words.append(f"{NOTHING} 不填")
        return [("class:hint", " · ".join([*words, "Esc 上一项", "Ctrl-C 存下退出"]))]

    # What is typed

    def _typed(self) -> None:
        self.pointed = None
        self.refused = None
        text = self.buffer.text
        self.reading = self.read(text) if text.strip() and not self._narrows(text) else None

    def _narrows(self, text: str) -> bool:
        """Whether the text is on its way to one of several options."""
        return self.question.closed and len(matching(self.question.options, _last(text))) > 1

    def _found(self) -> list[tuple[int, Option]]:
        """List the options that hold what is typed, each with its number; where none does, all."""
        numbered = list(enumerate(self.question.options, 1))
        wanted = _last(self.buffer.text) if self.question.slot.several else self.buffer.text.strip()
        if not wanted or wanted.isdecimal():
            return numbered
        alike = matching(self.question.options, wanted)
        if self.question.closed and not alike:
            return numbered
        return [(number, option) for number, option in numbered if option in alike]

    def _take(self, option: Option) -> None:
        """Put an option into the answer; of several, behind those that are there."""
        text = option.value
        if self.question.slot.several:
            before = self.buffer.text
            text = f"{before[: len(before) - len(_last(before))]}{text}、"
        self.buffer.document = Document(text)

    # Keys

    def keys(self) -> KeyBindings:
        """Say what each key does."""
        keys = KeyBindings()
        choosing = Condition(lambda: bool(self._found()))
        pointing = Condition(lambda: self.pointed is not None)
        several = Condition(lambda: self.question.slot.several)
        keys.add("enter")(self._enter)
        keys.add("c-j")(self._newline if self.long else self._enter)
        keys.add("down", filter=choosing)(lambda _event: self._point(1))
        keys.add("up", filter=choosing)(lambda _event: self._point(-1))
        keys.add("tab", filter=choosing)(lambda _event: self._take(self._near()))
        keys.add(" ", filter=pointing & several)(lambda _event: self._take(self._near()))
        keys.add("escape")(lambda event: event.app.exit(result=None))
        keys.add("s-tab")(lambda event: event.app.exit(result=None))
        keys.add("c-c")(self._stop)
        keys.add("c-d")(self._stop)
        keys.add("<sigint>")(self._stop)
        return keys

    def _near(self) -> Option:
        return self._found()[self.pointed or 0][1]

    def _point(self, by: int) -> None:
        last = len(self._found()) - 1
        start = -1 if self.pointed is None else self.pointed
        self.pointed = last if start + by < 0 else min(start + by, last)

    def _newline(self, _event: KeyPressEvent) -> None:
        self.buffer.insert_text("\n")

    def _stop(self, event: KeyPressEvent) -> None:
        event.app.exit(exception=StoppedError(self.buffer.text))

    def _enter(self, event: KeyPressEvent) -> None:
        if self.pointed is not None:
            self._take(self._near())
            if self.question.slot.several:
                return
        text = self.buffer.text or self.question.default
        if text.strip() == BACK:
            event.app.exit(result=None)
            return
        reading = self.read("" if text.strip() == NOTHING else text)
        if not reading.fault or (self.refused == text and not reading.blocking):
            event.app.exit(result=reading)
            return
        self.reading, self.refused = reading, text


def _last(text: str) -> str:
    """Give the last part of a list as it is typed."""
    for mark in ",,;；":
        text = text.replace(mark, "、")
    return text.rpartition("、")[2].strip()
