"""Progress bars: on a terminal only, on standard error only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

#: Fewer things than this are done before a bar could be read.
_WORTH_A_BAR: Final = 10


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar while the block runs; gives the function that moves it on."""
    if length < _WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(
        length=length, label=label, file=sys.stderr, show_pos=True, fill_char="█", empty_char="░"
    ) as shown:
        yield shown.update
