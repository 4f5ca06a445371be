"""Which browser looks at the site: Debian's chromium, without a window."""

from __future__ import annotations

import shutil
from typing import Final

#: The first that is there is taken. Chromium's own shell for work without a window needs a fifth
#: of the time: each tab of the whole browser first starts a process for a tab yet to come.
_PROGRAMS: Final = ("chromium-headless-shell", "chromium")


def program() -> str | None:
    """Give the program; None where ``make test`` has not set it up."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)
