"""Everybody can use the site: axe finds nothing serious on any kind of page.

Looked at in the light on a desktop and in the dark on a phone; the pages that are built of most
parts also the other way round. Anything at all is listed; only what is serious fails.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE
from playwright.sync_api import Browser, Page
from shots import kinds

SERIOUS = {"serious", "critical"}
#: Pages that together have nearly every part of the site.
RICH = {"home", "cases-one", "ledger", "statistics"}
OPTIONS = {"resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def addresses(sample_site_folder: Path) -> dict[str, str]:
    return kinds(sample_site_folder)


def violations(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        {
            "impact": violation["impact"],
            "rule": violation["id"],
            "where": [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]],
        }
        for violation in found
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "only"),
    [
        (DESKTOP, "light", None),
        (PHONE, "dark", None),
        (DESKTOP, "dark", RICH),
        (PHONE, "light", RICH),
    ],
    ids=["电脑浅色", "手机深色", "电脑深色", "手机浅色"],
)
def test_axe_finds_nothing_serious(
    browser: Browser,
    sample_site: str,
    addresses: dict[str, str],
    width: int,
    scheme: Literal["light", "dark"],
    only: set[str] | None,
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    found = {}
    for name, address in addresses.items():
        if only is None or name in only:
            page.goto(sample_site + address)
            found[name] = violations(page)
    context.close()
    serious = {name: [v for v in all_ if v["impact"] in SERIOUS] for name, all_ in found.items()}
    amiss = {name: all_ for name, all_ in serious.items() if all_}
    assert amiss == {}, json.dumps(amiss, ensure_ascii=False, indent=1)


def test_axe_sees_what_is_amiss(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=zh><title>页</title><main><h1>页</h1><img src=x></main></html>")
    assert [violation["rule"] for violation in violations(page)] == ["image-alt"]
    page.close()
