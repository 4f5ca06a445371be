"""Where the forms, site templates and samples that come with the program stand.

In a checkout they are folders at the root of the repository; in an installed package they
stand inside it. Nothing else knows the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent


def forms_folder() -> Path:
    """Give the folder of the packaged forms."""
    return _folder("forms")


def site_templates_folder() -> Path:
    """Give the folder of the packaged site templates."""
    return _folder("site_templates")


def sample_folder() -> Path:
    """Give the sample register; made-up registers are drawn from it."""
    installed = _HERE / "_data" / "sample"
    return installed if installed.is_dir() else _HERE.parents[1]


def _folder(name: str) -> Path:
    installed = _HERE / "_data" / name
    return installed if installed.is_dir() else _HERE.parents[1] / name
