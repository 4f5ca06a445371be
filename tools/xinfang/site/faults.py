"""What may go wrong while a site is built."""

from __future__ import annotations

from xinfang.errors import XinfangError


class SiteError(XinfangError):
    """The site could not be built."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"网站未能生成: {reason}")
        self.reason = reason

    def __reduce__(self) -> tuple[type[SiteError], tuple[str]]:
        """Come out of another process as it went in."""
        return type(self), (self.reason,)


class PageShapeError(SiteError):
    """The template of case pages does not give them the form that they all must have."""
