"""The value of a form that nobody has filled in yet.

A form has one template for both uses. Filled, its names hold a case; blank, they hold a
:class:`Blank`, which answers every question with another blank, is repeated a few times
where a form lists something, and prints as room for handwriting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

#: How many empty lines a list has on a blank form.
_ROWS: Final = 3

_RULED: Final = Markup('<span class="ruled"></span>')
_DATE: Final = Markup(
    '<span class="ruled year"></span>年<span class="ruled day"></span>月'
    '<span class="ruled day"></span>日'
)
_MOMENT: Final = _DATE + Markup(
    '<span class="ruled day"></span>时<span class="ruled day"></span>分'
)
_MONEY: Final = Markup('<span class="ruled money"></span>元')
_LINES: Final = [Markup('<span class="ruled full"></span>')] * 2

#: Filter → room to write; any other gives a ruled line.
_ROOM: Final[dict[str, Markup | list[Markup]]] = {
    "日期": _DATE,
    "时刻": _MOMENT,
    "金额": _MONEY,
    "段落": _LINES,
    "题行": [_RULED],
}


class Blank:
    """Something to be written by hand: false, without a value, of any shape."""

    def __getattr__(self, name: str) -> Blank:
        """Give a blank for any attribute; names of Python's own protocols are not answered."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> Blank:
        """Give a blank for any key, except where Python tries an index to iterate."""
        return self

    def __call__(self, *_args: object) -> Blank:
        """Give a blank for any question."""
        return self

    def __iter__(self) -> Iterator[Blank]:
        """Give as many blanks as a list on a blank form has lines."""
        return iter([self] * _ROWS)

    def __len__(self) -> int:
        """Give the number of those lines."""
        return _ROWS

    def __bool__(self) -> bool:
        """Nothing has been filled in."""
        return False

    def __gt__(self, other: object) -> bool:
        """A number nobody wrote is not more than another."""
        return False

    __lt__ = __ge__ = __le__ = __gt__

    def __contains__(self, item: object) -> bool:
        """Nothing is ticked."""
        return False

    def __html__(self) -> str:
        """Print as a ruled line to write on."""
        return _RULED

    __str__ = __html__

    def as_(self, filter_name: str) -> Markup | list[Markup]:
        """Give the room that a value formatted by this filter would take."""
        return _ROOM.get(filter_name, _RULED)
