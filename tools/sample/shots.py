"""Pictures of every kind of page: ``python tools/sample/shots.py`` (``make shots``).

The site of the sample register is built in a folder of its own, looked at on its fixed day with
a browser that may ask no other machine, and every kind of page is taken on a desktop and on a
phone, some in dark and as printed. All lie in ``build/shots`` to be looked at; those that the
manual and the READMEs show are also written where they show them. The same site gives the same
pictures.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
from browser import program
from contact_sheet import first_page
from form_samples import ROOT, TODAY, filled, papers
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from xinfang.cli.site import make_site
from xinfang.register import open_register
from xinfang.render import pdf

FOLDER: Final = ROOT / "build" / "shots"
MANUAL: Final = ROOT / "site_templates" / "theme" / "assets" / "manual"
#: Picture of the READMEs → the one in ``build/shots`` that it is.
README: Final = {"site-home.png": "home.png", "site-case.png": "cases-one.png"}
DESKTOP: Final = (1280, 860)
PHONE: Final = (390, 844)
#: So many colours are enough for a page.
COLOURS: Final = 64
#: No picture is longer than so many screens: who wants to see more opens the page.
SCREENS: Final = {DESKTOP: 1.1, PHONE: 1.3}
#: Dots of a printed page to the inch.
DPI: Final = 96
#: What a page shows best of itself: a rich case, a department with much to do.
CHOSEN: Final = {
    "cases": "XF-2026-0013",
    "ledger": "2026-03",
    "departments": "d02",
    "manual": "answer",
}
#: Who wrote the sample register into Git, and when.
COMMITTED: Final = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "信访办"),
        ("EMAIL", "xinfang@qinglan.example"),
        ("DATE", f"{TODAY}T08:30:00+08:00"),
    )
}
#: Letters are drawn the same way each time.
DRAWN: Final = ("--no-sandbox", "--disable-lcd-text")
#: Nothing moves; words in fields are drawn the same way each time.
_STILL: Final = """
*, ::before, ::after, ::placeholder { animation: none !important; transition: none !important }
input { text-rendering: geometricPrecision !important }
"""


@dataclass(frozen=True)
class Shot:
    """A picture to be taken: its name, of which page, and how."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    printed: bool = False


def kinds(site: Path) -> dict[str, str]:
    """Every kind of page of a built site → the address of one; a folder of records is one kind."""
    found: dict[str, str] = {}
    addresses = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    for address in sorted(addresses - {"404.html"}):
        found.setdefault(kind(address), address)
        for folder, chosen in CHOSEN.items():
            if re.fullmatch(f"{folder}/(.*/)?{chosen}.html", address):
                found[kind(address)] = address
    return found


def kind(address: str) -> str:
    """Name the kind of a page: all records and chapters of a folder are one kind."""
    folder, _, name = address.removesuffix(".html").rpartition("/")
    first = folder.partition("/")[0]
    if re.search(r"\d", name) or (first == "manual" and name != "index"):
        return f"{first}-one"
    if name == "index":
        return first or "home"
    return f"{first}-{name}".removeprefix("-")


def shots(site: Path) -> Iterator[Shot]:
    """All pictures of a site."""
    for name, address in kinds(site).items():
        yield Shot(name, address)
        yield Shot(f"{name}-phone", address, PHONE)
        if name in {"home", "cases-one", "intake", "first-contact"}:
            yield Shot(f"{name}-dark", address, dark=True)
            yield Shot(f"{name}-print", address, printed=True)


def take(browser: Browser, site: Path, shot: Shot) -> Image.Image:
    """Open a page in a fresh browser window and take its picture."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if shot.size == PHONE else 1.25,
        color_scheme="dark" if shot.dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        offline=True,
        bypass_csp=True,  # for the style that holds everything still
    )
    page = context.new_page()
    page.clock.set_fixed_time(TODAY.isoformat())
    address = (site / shot.address).as_uri()
    page.goto(address)
    if shot.printed:
        picture = _printed(page)
    else:
        length: int = page.evaluate("document.documentElement.scrollHeight")
        longest = int(height * SCREENS[shot.size])
        page.set_viewport_size({"width": width, "height": min(length, longest)})
        page.goto(address)
        picture = _seen(page)
    context.close()
    return picture


def _seen(page: Page) -> Image.Image:
    page.add_style_tag(content=_STILL)
    page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _printed(page: Page) -> Image.Image:
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    picture: Image.Image = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    document.close()
    return picture


def write(picture: Image.Image, file: Path) -> None:
    """Write a picture in few colours: the most frequent as they are, and the rare ones kept."""
    counted: list[Any] = picture.getcolors(picture.width * picture.height) or []
    frequent = [colour for _, colour in sorted(counted, reverse=True)[: COLOURS // 2]]
    rare = picture.quantize(COLOURS // 2, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in frequent for part in colour] + rare)
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, optimize=True)


def paper(name: str) -> Image.Image:
    """Give the first page of a form, filled in for its sample: ``paper-D14.png``."""
    form = papers().forms[name.removeprefix("paper-").removesuffix(".png")]
    file = FOLDER / f"{form.id}.pdf"
    file.write_bytes(pdf(filled(form)))
    return first_page(file, DPI)


def shown() -> set[str]:
    """Names of the pictures that the manual shows."""
    texts = (file.read_text("utf-8") for file in (ROOT / "site_templates/manual").glob("*.md"))
    return {name for text in texts for name in re.findall(r"^!\[.+\]\((.+)\)$", text, re.MULTILINE)}


def site_of_the_sample(folder: Path) -> Path:
    """Build the site of the sample register, away from the register itself."""
    for name in ("cases", "sealed", "keys"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "office.yaml", folder)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "登记册"]):
        subprocess.run(["git", *command], cwd=folder, env=os.environ | COMMITTED, check=True)
    return make_site(open_register(folder, TODAY, TODAY), folder / "build").folder


def main() -> None:
    """Take all pictures, and write those that are shown where they are shown."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = site_of_the_sample(Path(folder))
        browser = playwright.chromium.launch(executable_path=program(), args=DRAWN)
        for shot in shots(site):
            write(take(browser, site, shot), FOLDER / f"{shot.name}.png")
        browser.close()
    for name in sorted(shown()):
        if name.startswith("paper-"):
            write(paper(name), FOLDER / name)
        shutil.copy(FOLDER / name, MANUAL / name)
    for name, source in README.items():
        shutil.copy(FOLDER / source, ROOT / "docs" / "images" / name)
    taken = list(FOLDER.glob("*.png"))
    size = sum(file.stat().st_size for file in taken) / 2**20
    print(f"{len(taken)} 幅,{size:.1f} MiB,在 {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
