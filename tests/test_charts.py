"""Charts: sound SVG whatever the texts, every number written, nothing told by colour alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from xinfang.pages.charts import Point, Series, bars, columns, stacked

HOSTILE = (
    "<script>alert(1)</script>&lt;b&gt; \"'` [去](javascript:alert(3)) {{ 7*7 }} *重* "
    "\x00\x0b\x1f --> ]]>"
)

points = st.builds(
    Point,
    st.text(max_size=20),
    st.none() | st.integers(0, 20_000),
    st.just("") | st.text(max_size=20).map(lambda text: f"ledger.html#f-{text}"),
)


def drawn(chart: Markup) -> ET.Element:
    """Read a chart as strictly as XML is read."""
    return ET.fromstring(chart)  # noqa: S314 - made here


def texts(chart: Markup) -> list[str]:
    return [element.text or "" for element in drawn(chart).iter("text")]


def series(values: Sequence[int | None], name: str = "新收") -> Series:
    return Series(name, [Point(f"{place}月", value) for place, value in enumerate(values, 1)])


CHARTS: dict[str, Callable[[str], Markup]] = {
    "columns": lambda text: columns(text, [Series(text, [Point(text, 3, text)])]),
    "two": lambda text: columns(text, [Series(text, [Point(text, 3)])] * 4, unit=text),
    "tiny": lambda text: columns(text, [Series(text, [Point(text, 3, text)])], tiny=True),
    "bars": lambda text: bars(text, [Point(text, 3, text), Point(text, None, text=text)]),
    "stacked": lambda text: stacked(
        text, [Series(text, [Point(text, 3, text), Point(text, 1)])], (text, text)
    ),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_hostile_texts_stay_texts(kind: str) -> None:
    chart = CHARTS[kind](HOSTILE)
    tags = {element.tag for element in drawn(chart).iter()}
    assert tags <= {"svg", "title", "desc", "g", "a", "rect", "line", "text"}
    attributes = {name for element in drawn(chart).iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}
    assert "\n" not in chart
    assert not re.search(r"[\[`*{]", str(chart)), "Markdown would find something to do"
    kept = re.sub(r"[\x00-\x1f]", "", HOSTILE)
    assert kept in "".join(drawn(chart).itertext())


@given(st.lists(points, max_size=14), st.booleans())
def test_every_chart_is_sound_and_inside_its_frame(found: list[Point], tiny: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    for chart in (
        columns("图", [Series("甲", found), Series("乙", found)], tiny=tiny),
        bars("图", found, tiny=tiny),
    ):
        frame = drawn(chart)
        _, _, width, height = map(float, frame.attrib["viewBox"].split())
        for rect in frame.iter("rect"):
            left, top, wide, tall = (float(rect.attrib[k]) for k in ("x", "y", "width", "height"))
            assert wide >= 0
            assert tall >= 0
            assert left >= 0
            assert left + wide <= width + 0.5
            assert 0 <= top <= top + tall <= height + 0.5


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_every_number_is_written_and_drawn_to_scale(values: list[int]) -> None:
    chart = columns("图", [series(values)])
    assert [text for text in texts(chart) if text.isdigit()] == list(map(str, values))
    heights = [float(rect.attrib["height"]) for rect in drawn(chart).iter("rect")][1:]
    seen = [value for value in values if value]
    for value, height in zip(seen, heights, strict=True):
        assert height == pytest.approx(120 * value / max(seen), abs=0.06)


def test_what_may_not_be_shown_is_written_and_has_no_length() -> None:
    chart = bars("图", [Point("工资支付", 7), Point("其他", None, text="不足5")])
    assert "不足5" in texts(chart)
    assert len(list(drawn(chart).iter("rect"))) == 1


def test_series_differ_by_more_than_colour() -> None:
    chart = columns("图", [series([5], name) for name in "甲乙丙丁"])
    shapes = set()
    for group in drawn(chart).iter("g"):
        rects, lines = list(group.iter("rect")), list(group.iter("line"))
        fills = [rect.attrib.get("fill", "full") for rect in rects]
        shapes.add((*fills, *(line.attrib["stroke-dasharray"] for line in lines)))
    assert len(shapes) == 4
    colours = {
        v for e in drawn(chart).iter() for k, v in e.attrib.items() if k in {"fill", "stroke"}
    }
    assert colours == {"currentColor", "none"}


def test_it_is_a_picture_until_it_has_links() -> None:
    plain = bars("各类", [Point("工资支付", 7)])
    assert drawn(plain).attrib["role"] == "img"
    linked = bars("各类", [Point("工资支付", 7, "ledger.html#f-c01")])
    assert drawn(linked).attrib["role"] == "group"
    link = next(drawn(linked).iter("a"))
    assert link.attrib["href"] == "ledger.html#f-c01"
    assert link.findtext("title") == "工资支付 7件"
    for chart in (plain, linked):
        assert drawn(chart).findtext("title") == "各类"
        assert drawn(chart).findtext("desc") == "工资支付 7（单位：件）"


def test_the_same_values_give_the_same_bytes_and_no_ids() -> None:
    chart = columns("图", [series([1, 2, 3]), series([3, 2, 1], "办结")])
    assert chart == columns("图", [series([1, 2, 3]), series([3, 2, 1], "办结")])
    assert " id=" not in chart
