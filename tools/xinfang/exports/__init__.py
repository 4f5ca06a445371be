"""The ledger as files: xlsx, csv and json. One table, three writers, each giving bytes.

The same extract gives the same bytes. No writer opens sealed information, and none lets a
spreadsheet take a text for a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xinfang.exports.csv_ import as_csv
from xinfang.exports.json_ import as_json
from xinfang.exports.xlsx import as_xlsx
from xinfang.extract import Extract

__all__ = ["WRITERS", "as_csv", "as_json", "as_xlsx"]

#: Formats that need neither fonts nor system libraries, by the ending of their files.
WRITERS: Final[Mapping[str, Callable[[Extract], bytes]]] = {
    "xlsx": as_xlsx,
    "csv": as_csv,
    "json": as_json,
}
