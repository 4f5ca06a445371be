"""Charts of reports as drawings: the plain numbers of a report, in the charts of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from xinfang.pages.charts import Point, Series, bars, columns, stacked
from xinfang.reports import Chart


def drawn(chart: Chart) -> Markup:
    """Draw a chart of a report."""
    return _SHAPES[chart.shape](chart)


def _columns(chart: Chart) -> Markup:
    return columns(chart.title, [*_series(chart)], unit=chart.unit)


def _bars(chart: Chart) -> Markup:
    ((_, values),) = chart.series
    points = [Point(*point) for point in zip(chart.labels, values, strict=True)]
    return bars(chart.title, points, unit=chart.unit)


def _stacked(chart: Chart) -> Markup:
    names = [name for name, _ in chart.series]
    parts = zip(*(values for _, values in chart.series), strict=True)
    rows = [
        Series(label, [Point(label, value) for value in values])
        for label, values in zip(chart.labels, parts, strict=True)
    ]
    return stacked(chart.title, rows, names, unit=chart.unit)


def _series(chart: Chart) -> list[Series]:
    return [
        Series(name, [Point(*point) for point in zip(chart.labels, values, strict=True)])
        for name, values in chart.series
    ]


_SHAPES: Final[Mapping[str, Callable[[Chart], Markup]]] = {
    "columns": _columns,
    "bars": _bars,
    "stacked": _stacked,
}
