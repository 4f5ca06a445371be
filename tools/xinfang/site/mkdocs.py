"""MkDocs, which is imported only here and only when a site is built."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from markupsafe import escape

from xinfang.compiled import Compiled
from xinfang.site.faults import SiteError

_COMPILED: Final = Compiled()


def run(settings: Path, name: str, pages: Path, site: Path) -> list[str]:
    """Build a site with MkDocs alone.

    Args:
        settings: ``mkdocs.yml``.
        name: Name of the site.
        pages: Folder of its Markdown.
        site: Folder where it shall stand; whatever is in there goes.

    Returns:
        What MkDocs warned about; nothing for a sound site.

    Raises:
        SiteError: MkDocs gave up.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415 - slow to import
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    with _listening() as warnings:
        try:
            config = load_config(
                str(settings),
                # The theme prints names as they stand.
                site_name=str(escape(name)),
                docs_dir=str(pages),
                site_dir=str(site),
            )
            environment = config.theme.get_env()
            environment.bytecode_cache = _COMPILED
            # There is no option for it.
            config.theme.get_env = lambda: environment  # type: ignore[method-assign]
            build(config)
        except (MkDocsException, SystemExit) as error:
            raise SiteError("; ".join(warnings) or str(error)) from error
    return warnings


class _Collector(logging.Handler):
    """Keeps warnings instead of printing them."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.kept.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Catch what MkDocs would print."""
    kept: list[str] = []
    logger, handler = logging.getLogger("mkdocs"), _Collector(kept)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield kept
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
