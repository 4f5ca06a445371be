"""An extract of the ledger: the entries asked for, and the balance of their period.

Every export, and the site, is written from an extract; none of them counts for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xinfang.balance import DIMENSIONS, Balance, balance, balances
from xinfang.ledger import Entry
from xinfang.model import Office
from xinfang.selection import Period, Selection
from xinfang.tables import Row, rows

TITLE: Final = "信访台账"

BalanceTable = Mapping[str, Mapping[str, Balance]]


@dataclass(frozen=True, slots=True)
class Extract:
    """A part of the ledger, ready to be written.

    Attributes:
        unit: Full name of the unit.
        register: Name of the register.
        sample: Whether all of it is sample data.
        today: The day of looking.
        selection: What was asked for.
        entries: The entries selected, in order.
        total: Balance of the period, of the department asked for; a state never narrows it.
        groups: The same by department, channel and category.
    """

    unit: str
    register: str
    sample: bool
    today: date
    selection: Selection
    entries: Sequence[Entry]
    total: Balance
    groups: BalanceTable

    @property
    def rows(self) -> list[Row]:
        """The rows of the table."""
        return rows(self.entries)

    @property
    def tables(self) -> BalanceTable:
        """The tables of the balance in their order: the whole first, then each breakdown."""
        return {"合计": {"全部": self.total}, **self.groups}

    @property
    def title(self) -> str:
        """Title of the table: the unit's ledger, and what part of it."""
        part = str(self.selection)
        return f"{self.unit}{TITLE}" + (f"({part})" if part else "")


def extract(office: Office, today: date, entries: Iterable[Entry], selection: Selection) -> Extract:
    """Select entries and balance them; a period without an end ends today.

    Raises:
        PeriodError: The period begins after today.
    """
    known = list(entries)
    counted = Selection(department=selection.department).of(known)
    period = Period(selection.period.first, selection.period.last or today)
    return Extract(
        unit=office.own_unit.name,
        register=office.register_.name,
        sample=office.register_.sample,
        today=today,
        selection=selection,
        entries=selection.of(known),
        total=balance(counted, period),
        groups={name: balances(counted, period, group) for name, group in DIMENSIONS.items()},
    )
