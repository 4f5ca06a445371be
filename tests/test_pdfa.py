"""The check of archival papers: it passes what is sound and sees each fault."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from pdfa import problems
from pikepdf import Array, Dictionary, Name
from weasyprint import Attachment

from xinfang import render

PAPER = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<title>答复</title>
<meta name="dcterms.created" content="2026-03-11">
<style>body { font-family: FandolSong } td { border: 1px solid }</style>
</head>
<body><h1>答复</h1><p>来信收悉，现答复如下。</p><table><tr><td>支持</td></tr></table></body>
</html>"""


def made(variant: str = "pdf/a-3a") -> bytes:
    day = datetime(2026, 3, 11, tzinfo=UTC)
    source = Attachment(
        string="编号: XF-2026-0001\n",
        name="record.txt",
        relationship="Source",
        created=day,
        modified=day,
    )
    document = render._html(PAPER).render(font_config=render._font_configuration())
    with warnings.catch_warnings():
        # WeasyPrint leaves it to chance when the file of its colour profile is closed.
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = document.write_pdf(pdf_variant=variant, attachments=[source])
    return content


@pytest.fixture(scope="module")
def paper() -> bytes:
    """An archival paper; WeasyPrint lists its attachment twice."""
    with pikepdf.open(io.BytesIO(made())) as pdf:
        del pdf.Root.AF[1]
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    content = io.BytesIO()
    pdf.save(
        content,
        deterministic_id=True,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return content.getvalue()


def contents(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    stream: Any = pdf.pages[0].obj.Contents
    before = stream.read_bytes()
    assert old in before
    stream.write(before.replace(old, new, 1))


def font(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401 - an object of a PDF
    fonts: Any = pdf.pages[0].resources.Font
    return next(iter(fonts.values()))


def first(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401 - as above
    """The first element of the structure below the document."""
    root: Any = pdf.Root
    return root.StructTreeRoot.K[0].K[0]


def file(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401 - as above
    root: Any = pdf.Root
    return root.AF[0]


def described_as(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    stream: Any = pdf.Root.Metadata
    before = stream.read_bytes()
    assert old in before
    stream.write(before.replace(old, new))


def annotated(pdf: pikepdf.Pdf, **keys: Any) -> None:  # noqa: ANN401 - as above
    note = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **keys)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


#: A fault → how to make it and the clause that names it.
FAULTS: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "another filter": (
        lambda pdf: pdf.Root.__setattr__("X", _stream(pdf, Filter=Name.LZWDecode)),
        "6.1.7.2",
    ),
    "an unknown operator": (lambda pdf: contents(pdf, b"BT", b"XX BT"), "6.2.2"),
    "a deep stack": (lambda pdf: contents(pdf, b"q", b"q " * 30 + b"Q " * 29), "6.1.13"),
    "no output intent": (lambda pdf: pdf.Root.__delattr__("OutputIntents"), "6.2.3"),
    "colours of print": (lambda pdf: contents(pdf, b"0 0 0 rg", b"0 0 0 1 k"), "6.2.4.3"),
    "a font elsewhere": (
        lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.__delattr__("FontFile3"),
        "6.2.11.4.1",
    ),
    "wrong widths": (
        lambda pdf: (
            font(pdf).DescendantFonts[0].__setattr__("W", Array([]))
            or font(pdf).DescendantFonts[0].__setattr__("DW", 700)
        ),
        "6.2.11.5",
    ),
    "glyphs without meaning": (lambda pdf: font(pdf).__delattr__("ToUnicode"), "6.2.11.7.2"),
    "a missing glyph": (lambda pdf: contents(pdf, b"[<", b"[<0000"), "6.2.11.8"),
    "a hidden note": (
        lambda pdf: annotated(pdf, Subtype=Name.Text, F=2, AP=Dictionary(N=pdf.make_stream(b""))),
        "6.3.2",
    ),
    "a note without appearance": (lambda pdf: annotated(pdf, Subtype=Name.Text, F=4), "6.3.3"),
    "an action": (
        lambda pdf: annotated(
            pdf, Subtype=Name.Link, F=4, StructParent=9, A=Dictionary(S=Name.Launch)
        ),
        "6.5.1",
    ),
    "no metadata": (lambda pdf: pdf.Root.__delattr__("Metadata"), "6.6.2.1"),
    "another level": (lambda pdf: described_as(pdf, b'"A"', b'"B"'), "6.6.4"),
    "another title": (lambda pdf: described_as(pdf, "答复".encode(), b"x"), "6.1.5"),
    "not marked": (lambda pdf: pdf.Root.__delattr__("MarkInfo"), "6.7.2.2"),
    "untagged text": (lambda pdf: contents(pdf, b"EMC", b"EMC BT ET (x) Tj"), "6.7.2"),
    "no structure": (lambda pdf: pdf.Root.__delattr__("StructTreeRoot"), "6.7.3.3"),
    "an unknown type": (lambda pdf: first(pdf).__setattr__("S", Name.Title), "6.7.3.4"),
    "a cell outside a table": (lambda pdf: first(pdf).__setattr__("S", Name.TD), "6.7.3.4"),
    "content outside the tree": (lambda pdf: first(pdf).__setattr__("K", Array([])), "6.7.3"),
    "names without a tree": (lambda pdf: first(pdf).__setattr__("ID", b"a"), "6.7.3"),
    "no language": (lambda pdf: pdf.Root.__delattr__("Lang"), "6.7.4"),
    "a file that belongs to nothing": (
        lambda pdf: file(pdf).__delattr__("AFRelationship"),
        "6.8",
    ),
    "a file of no kind": (lambda pdf: file(pdf).EF.F.__delattr__("Subtype"), "6.8"),
    "a file of no day": (lambda pdf: file(pdf).EF.F.Params.__delattr__("ModDate"), "annex E"),
    "layers": (lambda pdf: pdf.Root.__setattr__("OCProperties", Dictionary()), "6.9"),
}


def _stream(pdf: pikepdf.Pdf, **keys: Any) -> Any:  # noqa: ANN401 - as above
    return pikepdf.Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", **keys)


def test_a_sound_paper_has_no_problems(paper: bytes) -> None:
    assert problems(paper) == []


def test_what_weasyprint_leaves_to_mend() -> None:
    assert problems(made()) == ["6.8: a file is associated twice"]


def test_a_paper_of_a_lower_level_is_told_so() -> None:
    found = problems(made("pdf/a-3u"))
    assert "6.6.4: says to be PDF/A-3-U" in found
    assert "6.7.3.3: no structure" in found


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(paper: bytes, fault: str) -> None:
    break_, clause = FAULTS[fault]
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        break_(pdf)
        content = saved(pdf)
    assert any(problem.startswith(f"{clause}:") for problem in problems(content))


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        (b"%PDF-1.7", b"%PDF-2.0", "6.1.2"),
        (b"%%EOF", b"%%EOF\nmore", "6.1.3"),
        (b"/ID [", b"/Id [", "6.1.3"),
    ],
)
def test_faults_of_the_file_itself(paper: bytes, old: bytes, new: bytes, clause: str) -> None:
    assert old in paper
    assert any(problem.startswith(f"{clause}:") for problem in problems(paper.replace(old, new)))
