"""Charts drawn at build time: plain SVG inside the page, no script, the same bytes every time.

Each number stands in the chart as text, and series differ by their fill (solid, hollow,
striped, dotted), so that nothing is lost on a grey printer. Colours come from ``charts.css``;
without it everything is drawn in the colour of the text.

Drawn here because no library fits: pygal 3.1.3, the one that is kept well, writes the day of
the build, a script and a style sheet into every chart (12 KB for four columns) and knows no
fills but colours; leather and svgwrite's successors draw neither links nor fills.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from xinfang.pages.markup import safe

#: What XML cannot hold, not even as a reference.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Fills of the series, in their order; a chart has no more series than these.
_FILLS: Final = ("solid", "hollow", "striped", "dotted")
_DASHES: Final = {"striped": "1.5 1.5", "dotted": "1 3"}
#: Units of the drawing: about a pixel on a phone.
_WIDTH: Final = 360
_NARROW: Final = 220
_TEXT: Final = 10.0
_SMALL: Final = 8.5
_LINE: Final = 13.0
_ROW: Final = 18.0
_LONGEST: Final = 11
#: Above it characters are, or may be, as wide as high.
_CHINESE: Final = 0x1FFF


@dataclass(frozen=True, slots=True)
class Point:
    """One column, bar or part of one.

    Attributes:
        label: What it stands for; a second line may follow after a line end.
        value: How many; None where it may not be shown.
        href: Where a click on it leads; empty for nowhere.
        text: What is written as its number; empty for the value itself.
    """

    label: str
    value: int | None
    href: str = ""
    text: str = ""

    @property
    def number(self) -> str:
        """The number as text."""
        return self.text or ("—" if self.value is None else str(self.value))

    @property
    def length(self) -> int:
        """What is drawn: nothing for what may not be shown."""
        return self.value or 0


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together, in the order of their labels."""

    name: str
    points: Sequence[Point]


def columns(
    title: str, series: Sequence[Series], *, unit: str = "件", tiny: bool = False
) -> Markup:
    """Draw columns side by side, one group a label.

    Args:
        title: What the chart shows, read aloud.
        series: At most four, all with the same labels.
        unit: What is counted, for those who listen.
        tiny: Small, with the first and last label and the numbers of the last one only.
    """
    width, tall = (_NARROW, 44.0) if tiny else (_WIDTH, 120.0)
    labels = [point.label for point in series[0].points]
    most = max((point.length for one in series for point in one.points), default=0) or 1
    step = width / max(len(labels), 1)
    thick = min(24.0, step * 0.82 / len(series))
    legend, above = _legend([_named(one, tiny=tiny) for one in series], width)
    size = min(_SMALL, max(6.0, thick / (0.62 * len(str(most)))))
    base = above + _LINE + tall
    parts: list[Markup] = [legend]
    for at, one in enumerate(series):
        for place, point in enumerate(one.points):
            x = place * step + (step - thick * len(series)) / 2 + at * thick
            height = point.length / most * tall
            shape = _shape(at, (x, base - height, thick, height), upright=True)
            if not tiny:
                middle = x + thick / 2
                shape += _text(middle, base - height - 3, point.number, size=size, anchor="middle")
            parts.append(_linked(point, f"{_line(point.label)} {one.name}", unit, shape))
    parts.append(_rule(0, base, width, base))
    widest = max((_room(label, _SMALL) for label in labels), default=0)
    every = max(1, ceil(widest / step))
    for place, label in enumerate(labels):
        if (place in {0, len(labels) - 1}) if tiny else not place % every:
            parts += _label(label, (place + 0.5) * step, base + 11, width)
    lines = 2 if any("\n" in label for label in labels) else 1
    return _drawing(title, series, unit, (width, base + 4 + lines * 10), parts)


def bars(title: str, points: Sequence[Point], *, unit: str = "件", tiny: bool = False) -> Markup:
    """Draw one bar a row, its label before it and its number behind it."""
    return stacked(title, [Series("", (point,)) for point in points], (), unit=unit, tiny=tiny)


def stacked(
    title: str,
    rows: Sequence[Series],
    names: Sequence[str],
    *,
    unit: str = "件",
    tiny: bool = False,
) -> Markup:
    """Draw one bar a row, made of parts; the numbers stand behind it in the order of the parts.

    Args:
        title: What the chart shows, read aloud.
        rows: One bar each: its name (or the label of its only point) and its parts.
        names: Names of the parts, for the legend; empty for bars of one part.
        unit: What is counted, for those who listen.
        tiny: Narrow.
    """
    width = _NARROW if tiny else _WIDTH
    heads = [row.name or row.points[0].label for row in rows]
    numbers = [" · ".join(point.number for point in row.points) for row in rows]
    left = max((_room(_short(head)) for head in heads), default=0) + 6
    right = max((_room(number) for number in numbers), default=0) + 6
    most = max((sum(point.length for point in row.points) for row in rows), default=0) or 1
    scale = (width - left - right) / most
    legend, above = _legend(names, width)
    parts: list[Markup] = [legend]
    for place, (row, head, number) in enumerate(zip(rows, heads, numbers, strict=True)):
        y, x = above + place * _ROW, float(left)
        parts.append(_text(left - 5, y + 12.5, _short(head), anchor="end"))
        for at, point in enumerate(row.points):
            length = point.length * scale
            shape = _shape(at, (x, y + 3, length, _ROW - 6), upright=False)
            x += length
            if len(row.points) == 1:
                shape += _text(x + 4, y + 12.5, point.number)
            about = f"{head} {names[at]}" if names else head
            parts.append(_linked(point, about, unit, shape))
        if len(row.points) > 1:
            parts.append(_text(x + 4, y + 12.5, number))
    height = above + len(rows) * _ROW + 1
    parts.append(_rule(left, above, left, height))
    return _drawing(title, [*_told(rows, heads, names)], unit, (width, height), parts)


def _told(rows: Sequence[Series], heads: Sequence[str], names: Sequence[str]) -> Iterator[Series]:
    """Give rows as they are read aloud: each part by its name."""
    for row, head in zip(rows, heads, strict=True):
        labels = names or [head] * len(row.points)
        yield Series(
            row.name,
            [
                Point(label, p.value, text=p.text)
                for label, p in zip(labels, row.points, strict=True)
            ],
        )


def _drawing(
    title: str,
    series: Iterable[Series],
    unit: str,
    size: tuple[float, float],
    parts: Iterable[Markup],
) -> Markup:
    """Put a chart together, with its name and all its numbers in words."""
    spoken = "；".join(
        f"{one.name}：{_spoken(one)}" if one.name else _spoken(one) for one in series
    )
    inside = Markup("").join(parts)
    kind = "x-chart x-chart-tiny" if size[0] == _NARROW else "x-chart"
    return _tag(
        "svg",
        _tag("title", title) + _tag("desc", f"{spoken}（单位：{unit}）") + inside,
        class_=kind,
        # What has links in it is no picture: a picture hides them from those who listen.
        role="group" if "<a " in inside else "img",
        viewBox=f"0 0 {_n(size[0])} {_n(size[1])}",
        width=size[0],
        height=size[1],
        fill="currentColor",
    )


def _spoken(series: Series) -> str:
    return "，".join(f"{_line(point.label)} {point.number}" for point in series.points)


def _linked(point: Point, about: str, unit: str, shape: Markup) -> Markup:
    """Wrap a shape in its link; the link says where it leads."""
    told = f"{about} {point.number}" + ("" if point.value is None else unit)
    inside = _tag("title", told) + shape
    return _tag("a", inside, href=point.href) if point.href else _tag("g", inside)


def _shape(at: int, box: tuple[float, float, float, float], *, upright: bool) -> Markup:
    """Draw one bar in the fill of its series; stripes are a broad dashed line, which has no id."""
    x, y, width, height = box
    fill = _FILLS[at]
    if not width * height:
        return Markup("")
    wide, tall = max(width - 1, 0.5), max(height - 1, 0.5)
    if fill == "solid":
        return _tag("rect", class_="x-solid", x=x + 0.5, y=y, width=wide, height=height)
    outline = _tag(
        "rect",
        class_=f"x-{fill}",
        x=x + 0.5,
        y=y + 0.5,
        width=wide,
        height=tall,
        fill="none",
        stroke="currentColor",
    )
    if fill not in _DASHES:
        return outline
    middle = x + width / 2 if upright else y + height / 2
    x1, y1, x2, y2 = (middle, y + height, middle, y) if upright else (x, middle, x + width, middle)
    return outline + _tag(
        "line",
        class_=f"x-{fill}",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke="currentColor",
        stroke_width=wide if upright else tall,
        stroke_dasharray=_DASHES[fill],
    )


def _legend(names: Sequence[str], width: float) -> tuple[Markup, float]:
    """Draw what each fill means, and say how much height it takes; nothing without names."""
    if not any(names):
        return Markup(""), 0.0
    made, x, y = Markup(""), 0.0, 1.0
    for at, name in enumerate(names):
        room = 25 + _room(name)
        if x and x + room > width:
            x, y = 0.0, y + _LINE
        made += _shape(at, (x, y, 11, 9), upright=True)
        made += _text(x + 15, y + 8.5, name)
        x += room
    return made, y + _LINE + 3


def _named(series: Series, *, tiny: bool) -> str:
    """Name a series in a legend, in a tiny chart with the number of its last column."""
    return f"{series.name} {series.points[-1].number}" if tiny and series.points else series.name


def _label(label: str, x: float, y: float, width: float) -> Iterator[Markup]:
    """Write a label under a column, one line below the other, inside the drawing."""
    for line, text in enumerate(label.split("\n")):
        half = _room(text, _SMALL) / 2
        at = min(max(x, half), width - half)
        yield _text(at, y + 10 * line, text, size=_SMALL, anchor="middle")


def _text(x: float, y: float, text: str, *, size: float = _TEXT, anchor: str = "start") -> Markup:
    return _tag("text", text, x=x, y=y, font_size=size, text_anchor=anchor)


def _rule(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return _tag("line", class_="x-axis", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor")


def _tag(name: str, inside: str = Markup(""), **attributes: str | float) -> Markup:
    """Write an element; texts and values become safe to XML, HTML and Markdown alike."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _plain(value))
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, _plain(inside))


def _plain(value: str | float) -> Markup:
    if isinstance(value, str):
        return value if isinstance(value, Markup) else safe(_NOT_XML.sub("", value))
    return Markup(_n(value))  # noqa: S704 - a number


def _line(label: str) -> str:
    return label.replace("\n", " ")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _room(text: str, size: float = _TEXT) -> int:
    """Estimate how wide the widest line of a text is drawn."""
    wide = (sum(1 if ord(c) > _CHINESE else 0.65 for c in line) for line in text.split("\n"))
    return round(max(wide, default=0) * size) + 1


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
