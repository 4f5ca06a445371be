"""From pages to the site: write what changed, then let MkDocs build a new site beside the old one.

MkDocs is imported only here and only when a site is built. The site on disk is replaced in one
step at the end, so that a reader never meets half of it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import escape

from xinfang.errors import XinfangError
from xinfang.pages import Pages
from xinfang.search_index import FOLDER, fingerprint, update
from xinfang.store import write_atomic

#: Settings of MkDocs, beside the folder of templates.
SETTINGS: Final = "mkdocs.yml"


class SiteError(XinfangError):
    """MkDocs could not build the site."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"网站未能生成: {reason}")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the pages on disk: how many were written, left alone, removed."""

    changed: int
    kept: int
    removed: int


def write_pages(pages: Pages, folder: Path) -> Written:
    """Write the pages that changed, and remove those that are no more.

    Args:
        pages: Address → text.
        folder: Where they stand; it belongs to the site alone.
    """
    changed = 0
    for address, text in pages.items():
        file, content = folder / address, text.encode()
        if not file.is_file() or file.read_bytes() != content:
            write_atomic(file, content)
            changed += 1
    stale = [file for file in folder.rglob("*") if _is_stale(file, folder, pages)]
    for file in stale:
        file.unlink()
    return Written(changed, len(pages) - changed, len(stale))


def _is_stale(file: Path, folder: Path, pages: Pages) -> bool:
    return file.is_file() and file.relative_to(folder).as_posix() not in pages


def build_site(
    settings: Path, name: str, pages: Pages, pages_folder: Path, site_folder: Path
) -> list[str]:
    """Build the site from its pages.

    Args:
        settings: ``mkdocs.yml``.
        name: Name of the site.
        pages: Its pages, for its search.
        pages_folder: The Markdown pages.
        site_folder: Where the site shall stand.

    Returns:
        What MkDocs warned about; nothing for a sound site.

    Raises:
        SiteError: It could not be built.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415 - slow to import
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    fresh = site_folder.with_name(f".{site_folder.name}-new")
    with _listening() as warnings:
        try:
            config = load_config(
                str(settings),
                # The theme prints names as they stand.
                site_name=str(escape(name)),
                docs_dir=str(pages_folder),
                site_dir=str(fresh),
            )
            build(config)
        except (MkDocsException, SystemExit) as error:
            raise SiteError("; ".join(warnings) or str(error)) from error
    if (site_folder / FOLDER).is_dir():
        shutil.copytree(site_folder / FOLDER, fresh / FOLDER, copy_function=os.link)
    write_search(pages, fresh)
    _replace(fresh, site_folder)
    return warnings


def write_search(pages: Pages, site: Path) -> None:
    """Bring the search index of a site up to its pages; what did not change is left alone."""
    prints = {address: fingerprint(text) for address, text in pages.items()}
    made = update(prints, pages.__getitem__, lambda address: (site / address).read_text("utf-8"))
    if made.whole:
        shutil.rmtree(site / FOLDER, ignore_errors=True)
    for address, text in made.files.items():
        write_atomic(site / address, text.encode())
    for address in made.removed:
        (site / address).unlink(missing_ok=True)


def _replace(fresh: Path, site: Path) -> None:
    """Put the new site in the place of the old one."""
    old = site.with_name(f".{site.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


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


def template_folders(register: Path, packaged: Path) -> Sequence[Path]:
    """Folders of page templates: the register's own, where it has any, then the packaged ones."""
    folders = (register / "site_templates" / "pages", packaged / "pages")
    return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))


def settings_file(register: Path, packaged: Path) -> Path:
    """Find ``mkdocs.yml``: the register's own, else the packaged one."""
    own = register / SETTINGS
    return own if own.is_file() else packaged.parent / SETTINGS
