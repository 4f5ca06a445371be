"""A report on paper: A4 across, by the form D27, with charts that a grey printer prints."""

from __future__ import annotations

import re
from typing import Final

from xinfang.documents import Papers
from xinfang.fonts import STACKS
from xinfang.model import Office
from xinfang.pages.drawing import drawn
from xinfang.render import pdf
from xinfang.reports import Chart, Report

FORM: Final = "D27"
#: Grey enough to save toner, dark enough to stand out from hollow and striped bars.
_SOLID: Final = ('class="x-solid"', 'class="x-solid" fill="#666"')
#: What is read aloud on the screen is no text on paper; the title stays, as words for a reader.
_SPOKEN: Final = re.compile(r"<(desc)>.*?</\1>", re.DOTALL)
_PLACE: Final = re.compile(r"<!--chart ([a-z-]+) (\d+)-->")


def as_pdf(report: Report, papers: Papers, office: Office) -> bytes:
    """Print a report."""
    return pdf(as_html(report, papers, office))


def as_html(report: Report, papers: Papers, office: Office) -> str:
    """Fill the form of reports, then put the charts in their places.

    What keeps dates whole in the text of a page must not touch a drawing.
    """
    html = papers.of_register(papers.forms[FORM], office, {"record": report, "day": report.today})
    charts = {table.id: table.charts for table in report.tables}
    return _PLACE.sub(lambda place: _drawing(charts[place[1]][int(place[2])]), html)


def _drawing(chart: Chart) -> str:
    """Draw a chart for paper; families stand without quotes, which drawings do not understand."""
    made = _SPOKEN.sub("", str(drawn(chart)))
    fonts = ",".join(STACKS["宋体"])
    made = made.replace("<svg ", f'<svg color="#000" font-family="{fonts}" ', 1)
    return made.replace(*_SOLID)
