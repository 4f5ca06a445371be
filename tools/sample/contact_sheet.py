"""One picture of all papers: ``python tools/sample/contact_sheet.py PICTURE`` (``make papers``).

Each form is shown filled in for its sample; the PDFs lie in a folder beside each other under
``build/papers/样张``, filled and blank, to be looked at in full.
"""

from __future__ import annotations

import base64
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import pypdfium2
from form_samples import ROOT, blank, filled, papers
from PIL import Image

from xinfang.fonts import with_fonts
from xinfang.forms import Form
from xinfang.render import Failure, Sheet, pdf, pdfs

FOLDER: Final = ROOT / "build/papers/样张"
#: Papers side by side, and the width of one in millimetres.
COLUMNS: Final = 8
CELL: Final = 42
#: Dots an inch of the picture.
DPI: Final = 150
#: So many colours are enough for black, grey and the red of official papers.
COLOURS: Final = 48
STYLE: Final = """
@page { size: %dmm %dmm; margin: 4mm; background: #e8e8e4; }
body { margin: 0; font: 7pt/1.3 var(--黑体); }
div { display: inline-block; width: 42mm; height: 62mm; vertical-align: bottom; }
img { display: block; max-width: 38mm; max-height: 54mm; margin: 0 0 1.5mm; background: #fff; }
"""


@dataclass(frozen=True)
class Sample:
    """A printed sample: the form, filled or blank, and where its PDF lies."""

    form: Form
    name: str
    html: str

    @property
    def file(self) -> Path:
        """Where the PDF lies."""
        return FOLDER / f"{self.form.id}-{self.form.name}-{self.name}.pdf"


def samples() -> list[Sample]:
    """Every form, filled and blank."""
    return [
        Sample(form, name, html)
        for form in papers().forms.values()
        for name, html in (("样例", filled(form)), ("空白", blank(form)))
    ]


def print_all(wanted: list[Sample]) -> None:
    """Print the samples; one that cannot be printed ends the program."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    results = pdfs([Sheet(sample.html) for sample in wanted])
    for sample, result in zip(wanted, results, strict=True):
        if isinstance(result, Failure):
            sys.exit(f"{sample.form.id}: {result.reason}")
        sample.file.write_bytes(result)


def first_page(file: Path, dpi: int) -> Image.Image:
    """Give the first page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(file.read_bytes())
    picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return picture


def cell(sample: Sample) -> str:
    """Give the first page of a sample with its name below."""
    picture = first_page(sample.file, 48 if sample.form.size == "A3" else 72)
    png = BytesIO()
    picture.save(png, "png")
    data = base64.b64encode(png.getvalue()).decode()
    label = f"{sample.form.id} {sample.form.name}"
    return f'<div><img src="data:image/png;base64,{data}">{label}</div>'


def board(shown: list[Sample]) -> Image.Image:
    """Lay the first pages out in rows."""
    rows = -(-len(shown) // COLUMNS)
    style = with_fonts(STYLE % (COLUMNS * CELL + 8, rows * 62 + 9))
    cells = "".join(map(cell, shown))
    file = FOLDER / "全部文书.pdf"
    file.write_bytes(pdf(f"<html lang=zh-CN><style>{style}</style><body>{cells}"))
    return first_page(file, DPI)


def main(target: str) -> None:
    """Print the samples and write the picture."""
    made = samples()
    print_all(made)
    picture = board([sample for sample in made if sample.name == "样例"])
    picture.quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
