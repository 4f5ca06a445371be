"""The font of the fields: one, small, with every character that a clerk types.

A reader that shows typed text draws it with the font of the field, so that font must be in the
file, whole: whatever will be typed is not known yet. Noto Sans CJK cut down to GB/T 2312—1980
and the rare characters of names takes 1.3 MB; each Fandol takes 3 MB and has no rare ones.

A character's code in the font is its own Unicode number. So every way in which a reader finds
the code of a typed character arrives at the same place: through ToUnicode backwards (Acrobat,
pdfium, pdf.js), as an identity (poppler), or as plain UTF-16 without looking at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from xinfang.cache import digest, user_folder
from xinfang.errors import XinfangError
from xinfang.render import APT
from xinfang.store import write_atomic

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

#: PostScript name of the font that is cut down.
FACE: Final = "NotoSansCJKsc-Regular"
#: A changed font may not keep its name (OFL 1.1, 3), and a name with the mark of a subset would
#: tell readers that nothing else can be typed with it.
NAME: Final = "XinfangHei"
#: Characters of names beyond GB/T 2312 that the papers are tested with, and common signs.
EXTRA: Final = "喆堃祎翀䶮㛃𬭎旳㎡㎥"

#: Where :func:`field_font` keeps the font in its PDF.
KEY: Final = Name("/XinfangFont")

#: First code of a character that has none of its own below 65,536: the private use area.
_PRIVATE: Final = 0xE000
_BEYOND: Final = 0x10000
#: Changed whenever the same font would be cut differently.
_RECIPE: Final = "2"
_UNITS: Final = 1000
_BYTE: Final = 0x100
#: Most ranges that a block of a CMap may hold.
_BLOCK: Final = 100
#: Flags of a font with a character set of its own; thickness of its stems.
_SYMBOLIC: Final = 4
_STEM: Final = 80
_CMAP: Final = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
@endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class NoTypefaceError(XinfangError):
    """The font of the fields is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "本机没有 Noto Sans CJK SC 字体,做不出可填写的表格。"
            f"补装: {APT} fonts-noto-cjk;手写用的空白表格不受影响"
        )


def field_font() -> pikepdf.Pdf:
    """Give the font as a PDF that holds it as :data:`KEY`, made once for a machine.

    Raises:
        NoTypefaceError: The font it is cut from is not installed.
    """
    source = _installed()
    if source is None:
        raise NoTypefaceError
    parts = (digest(source), _fonttools().encode(), characters().encode(), _RECIPE.encode())
    file = user_folder() / f"typeface-{hashlib.sha256(b'/'.join(parts)).hexdigest()[:32]}.pdf"
    try:
        return pikepdf.open(file)
    except (OSError, pikepdf.PdfError):
        made = _made(source)
    with suppress(OSError):  # without memory it is only slower
        write_atomic(file, made)
    return pikepdf.open(BytesIO(made))


@cache
def characters() -> str:
    """List what can be typed: ASCII, GB/T 2312 with its symbols and full-width forms, extras."""
    rows = [*range(0xA1, 0xAA), *range(0xB0, 0xF8)]
    codes = [bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)]
    # By the table of GBK, whose 间隔号 and 破折号 are those that a keyboard gives.
    national = {code.decode("gbk", "ignore") for code in codes}
    latin = set(map(chr, range(0x20, 0x7F)))
    return "".join(sorted((national | latin | set(EXTRA)) - {""}))


def _fonttools() -> str:
    from fontTools import version as found  # noqa: PLC0415

    return str(found)


def _installed() -> Path | None:
    """Ask fontconfig for the file of the font, in the way in which WeasyPrint does."""
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415

    answer = ffi.new("FcChar8 **")
    wanted = ffi.gc(fontconfig.FcPatternCreate(), fontconfig.FcPatternDestroy)
    fontconfig.FcPatternAddString(wanted, b"postscriptname", FACE.encode())
    settings = fontconfig.FcInitLoadConfigAndFonts()
    found = fontconfig.FcFontMatch(settings, wanted, ffi.new("FcResult *"))
    fontconfig.FcPatternGetString(found, b"postscriptname", 0, answer)
    if ffi.string(answer[0]).decode() != FACE:
        return None
    fontconfig.FcPatternGetString(found, b"file", 0, answer)
    return Path(ffi.string(answer[0]).decode())


def _made(source: Path) -> bytes:
    """Cut the font and wrap it up as PDF objects."""
    with _face(source) as font:
        _cut(font)
        glyphs = font.getBestCmap()
        codes = _codes(glyphs)
        widths = {codes[point]: font["hmtx"][name][0] for point, name in glyphs.items()}
        descriptor = _descriptor(font)
        program = _program(font, {name: codes[point] for point, name in glyphs.items()})
    pdf = pikepdf.new()
    descriptor.FontFile3 = pdf.make_stream(program, Subtype=Name.CIDFontType0C)
    pdf.Root[KEY] = pdf.make_indirect(_type0(pdf, descriptor, codes, widths))
    result = BytesIO()
    pdf.save(result, deterministic_id=True)
    return result.getvalue()


def _cut(font: TTFont) -> None:
    """Leave only the characters that can be typed."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415

    # What places accents and writes upright is not for forms; hints are not for paper.
    options = Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters()))
    subsetter.subset(font)


def _face(source: Path) -> TTFont:
    """Open the font, which may be one of several in its file."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415

    if source.suffix.lower() != ".ttc":
        return TTFont(source)
    with TTCollection(source, lazy=True) as faces:
        found = [face["name"].getDebugName(6) for face in faces]
    return TTFont(source, fontNumber=found.index(FACE))


def _codes(points: Iterable[int]) -> dict[int, int]:
    """Give each character its code: its own number, or a private one where that is too large."""
    private = count(_PRIVATE)
    return {point: point if point < _BEYOND else next(private) for point in sorted(points)}


def _program(font: TTFont, codes: Mapping[str, int]) -> bytes:
    """Number the glyphs by their codes, and give the bare CFF (ISO 32000-1, table 126)."""
    cff = font["CFF "].cff
    top = cff.topDictIndex[0]
    new = [f"cid{codes[old]:05}" if old in codes else old for old in top.charset]
    indices = top.CharStrings.charStrings
    top.CharStrings.charStrings = {
        name: indices[old] for name, old in zip(new, top.charset, strict=True)
    }
    top.charset = new
    top.CIDCount = _BEYOND
    cff.fontNames = [NAME]
    font.setGlyphOrder(new)
    result = BytesIO()
    cff.compile(result, font)
    return result.getvalue()


def _descriptor(font: TTFont) -> Dictionary:
    # Readers set lines of typed text as far apart as the font is high: as high as in print, 1.45.
    lines, top = font["hhea"], font["CFF "].cff.topDictIndex[0]
    top.recalcFontBBox()
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + NAME),
        Flags=_SYMBOLIC,
        FontBBox=top.FontBBox,
        ItalicAngle=0,
        Ascent=lines.ascent,
        Descent=lines.descent,
        CapHeight=font["OS/2"].sCapHeight,
        StemV=_STEM,
    )


def _type0(
    pdf: pikepdf.Pdf,
    descriptor: Dictionary,
    codes: Mapping[int, int],
    widths: Mapping[int, int],
) -> Dictionary:
    """Describe the font as composite, of two-byte codes that are its glyphs' numbers."""
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/" + NAME),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_UNITS,
        W=_narrow(widths),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{NAME}-Identity-H"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=pdf.make_stream(_to_unicode(codes).encode("ascii")),
    )


def _narrow(widths: Mapping[int, int]) -> Array:
    """List the widths that are not those of a Chinese character: first code, widths, …."""
    result = Array()
    narrow = {code: width for code, width in widths.items() if width != _UNITS}
    for run in _runs([(code, code) for code in sorted(narrow)]):
        result.append(run[0][0])
        result.append(Array([narrow[code] for code, _ in run]))
    return result


def _to_unicode(codes: Mapping[int, int]) -> str:
    """Write the CMap from codes to characters (ISO 32000-1, 9.10.3)."""
    runs = list(_runs(sorted((code, point) for point, code in codes.items())))
    ranges = [
        f"<{run[0][0]:04x}> <{run[-1][0]:04x}> <{chr(run[0][1]).encode('utf-16-be').hex()}>"
        for run in runs
    ]
    blocks = [ranges[start : start + _BLOCK] for start in range(0, len(ranges), _BLOCK)]
    body = "".join(
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange\n" for block in blocks
    )
    return _CMAP.replace("@", body)


def _runs(pairs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Join pairs that go on by one on both sides, within codes of one first byte."""
    run: list[tuple[int, int]] = []
    for code, point in pairs:
        if run and (run[-1] != (code - 1, point - 1) or code % _BYTE == 0):
            yield run
            run = []
        run.append((code, point))
    if run:
        yield run
