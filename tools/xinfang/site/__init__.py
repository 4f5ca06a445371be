"""From pages to the site: made whole, or only where something changed.

MkDocs builds all pages but those of cases, and a specimen of a case page. Every other case page
is its Markdown in the shell of that specimen (:mod:`.shell`). A case whose key
(:func:`xinfang.pages.cases.keys`) is the one of the last build is neither read nor made nor
written (:mod:`.memory`).

The site is mended in place, not exchanged as a whole: each file is replaced in one step, what
pages lead to comes before them and goes after them, and what has the same bytes is not touched.
So a reader meets neither half a page nor a link that leads nowhere, copying the folder elsewhere
costs what changed, and one changed case costs one file, not ten thousand. MkDocs works in a
folder of its own, so that the old site stays as it is when it gives up.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xinfang.site.building import Made, Order, build_site
from xinfang.site.faults import SiteError

#: Settings of MkDocs, beside the folder of templates.
SETTINGS: Final = "mkdocs.yml"


def template_folders(register: Path, packaged: Path) -> Sequence[Path]:
    """Folders of page templates: the register's own, where it has any, then the packaged ones."""
    folders = (register / "site_templates" / "pages", packaged / "pages")
    return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))


def settings_file(register: Path, packaged: Path) -> Path:
    """Find ``mkdocs.yml``: the register's own, else the packaged one."""
    own = register / SETTINGS
    return own if own.is_file() else packaged.parent / SETTINGS


__all__ = [
    "SETTINGS",
    "Made",
    "Order",
    "SiteError",
    "build_site",
    "settings_file",
    "template_folders",
]
