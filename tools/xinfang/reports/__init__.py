"""Reports of a month, a quarter or a year (domain/3 §3.2, 条例 41): values, no file and no page.

A report is what the office tells its leaders of one period: tables with their definitions, the
balance, the comparison with earlier periods, what came more often than usual. Every number is a
:class:`~xinfang.reports.cells.Cell` with a name of its own and the cases behind it, so that each
can be traced. What is too small to be told is no number anywhere, in no form of output.
"""

from xinfang.reports.cells import Cell, Chart, Report, Row, Section, Table
from xinfang.reports.making import Reports
from xinfang.reports.terms import Kind, NoReportError, Term, containing, latest, parse

__all__ = [
    "Cell",
    "Chart",
    "Kind",
    "NoReportError",
    "Report",
    "Reports",
    "Row",
    "Section",
    "Table",
    "Term",
    "containing",
    "latest",
    "parse",
]
