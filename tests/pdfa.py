"""Whether a PDF keeps to PDF/A-3a (ISO 19005-3:2012), as far as its structure tells.

No validator can be had from the package registries that the project uses, so the clauses that
can be looked up in the file are looked up here, each by the number it has in ISO 19005-3. What
is left out needs eyes (whether tags mean what is seen) or an interpreter of font programs.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final
from xml.etree.ElementTree import fromstring

import pikepdf
from fontTools.ttLib import TTFont

Problems = Iterator[str]
#: An object of a PDF, of whatever type: pikepdf knows only when it is asked.
Thing = Any


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILTERS: Final = {
    "/FlateDecode",
    "/DCTDecode",
    "/RunLengthDecode",
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/JPXDecode",
}
_ACTIONS: Final = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
_NAMED_ACTIONS: Final = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_NO_ANNOTATIONS: Final = {"/3D", "/Sound", "/Screen", "/Movie"}
_BLENDS: Final = _set(
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn"
    " /HardLight /SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity"
)
_INTENTS: Final = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
#: ISO 32000-1, 14.8.4.
_TYPES: Final = _set(
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private"
    " /P /H /H1 /H2 /H3 /H4 /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot"
    " /Span /Quote /Note /Reference /BibEntry /Code /Link /Annot /Ruby /RB /RT /RP /Warichu /WT"
    " /WP /Figure /Formula /Form"
)
#: What may stand in what (ISO 32000-1, 14.8.4.3).
_PARENTS: Final[Mapping[str, set[str]]] = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}
#: ISO 32000-1, annex A.
_OPERATORS: Final = _set(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K"
    " k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v"
    " w W W* y ' \""
)
_SHOWS: Final = {"Tj", "TJ", "'", '"'}
_PAINTS: Final = _SHOWS | {
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "s",
    "S",
    "sh",
    "Do",
    "INLINE IMAGE",
}
_RESOURCES: Final = {
    "gs": "ExtGState",
    "Do": "XObject",
    "Tf": "Font",
    "cs": "ColorSpace",
    "CS": "ColorSpace",
    "sh": "Shading",
}
_DEVICE_OPERATORS: Final = {"k": "CMYK", "K": "CMYK", "rg": "RGB", "RG": "RGB"}
_DEEPEST: Final = 28
_LONGEST_STRING: Final = 32767
_LONGEST_NAME: Final = 127
_SIDES: Final = (3, 14400)
_XMP: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MIME: Final = re.compile(r"/[\w.+-]+/[\w.+-]+")
_PRINT_ONLY: Final = 4
_PRINT_MASK: Final = 0b100100111  # Invisible, Hidden, Print, NoView, ToggleNoView


def problems(content: bytes) -> list[str]:
    """Say what keeps a PDF from being PDF/A-3a, each with its clause of ISO 19005-3."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        contents = [_Contents(page) for page in pdf.pages]
        found = [
            *_syntax(content, pdf),
            *_objects(pdf),
            *_output_intents(pdf, contents),
            *(problem for page in contents for problem in page.problems),
            *_fonts(contents),
            *_annotations(pdf),
            *_actions(pdf),
            *_metadata(pdf),
            *_structure(pdf, contents),
            *_embedded_files(pdf),
            *_what_is_not_allowed(pdf),
        ]
    return [
        f"{problem} ({count} times)" if count > 1 else problem
        for problem, count in Counter(found).items()
    ]


def _syntax(content: bytes, pdf: pikepdf.Pdf) -> Problems:
    """6.1: header, trailer, limits."""
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", content):
        yield "6.1.2: no header %PDF-1.n with a comment of four bytes above 127"
    if not content.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows the last %%EOF"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: no file identifier"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3: encrypted"
    for fault in pdf.check_pdf_syntax():
        yield f"6.1.1: {fault}"
    for page in pdf.pages:
        sides = [
            float(page.mediabox[2] - page.mediabox[0]),
            float(page.mediabox[3] - page.mediabox[1]),
        ]
        if not all(_SIDES[0] <= side <= _SIDES[1] for side in sides):
            yield "6.1.13: a page is too small or too large"


def _objects(pdf: pikepdf.Pdf) -> Problems:
    """6.1.7 to 6.1.13, 6.2.5, 6.2.8, 6.2.9: what every object must keep to."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            yield from _stream(thing)
        if isinstance(thing, (pikepdf.Stream, pikepdf.Dictionary)):
            yield from _graphics_state(thing)
        for value in _flat(thing):
            if isinstance(value, pikepdf.String) and len(bytes(value)) > _LONGEST_STRING:
                yield "6.1.13: a string is longer than 32,767 bytes"
            if isinstance(value, pikepdf.Name) and len(str(value).encode()) > _LONGEST_NAME + 1:
                yield "6.1.13: a name is longer than 127 bytes"


def _stream(stream: Thing) -> Problems:
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
        yield "6.1.7.1: a stream is kept in another file"
    filters = stream.get("/Filter", [])
    for name in [filters] if isinstance(filters, pikepdf.Name) else filters:
        if str(name) not in _FILTERS:
            yield f"6.1.7.2: filter {name}"
    kind = stream.get("/Subtype")
    if kind == "/Image":
        if {"/Alternates", "/OPI"} & set(stream.keys()) or stream.get("/Interpolate", False):
            yield "6.2.8: an image has alternates or is interpolated"
        if str(stream.get("/Intent", "/Perceptual")) not in _INTENTS:
            yield "6.2.6: unknown rendering intent"
    if kind == "/PS" or (
        kind == "/Form" and {"/OPI", "/PS", "/Ref", "/Subtype2"} & set(stream.keys())
    ):
        yield "6.2.9: a form with PostScript, OPI or a reference"


def _graphics_state(state: Thing) -> Problems:
    if state.get("/Type") == "/ExtGState" or {"/ca", "/CA", "/SMask", "/BM"} & set(state.keys()):
        modes = state.get("/BM", [])
        for mode in [modes] if isinstance(modes, pikepdf.Name) else modes:
            if str(mode) not in _BLENDS:
                yield f"6.2.10: blend mode {mode}"
    if state.get("/Type") == "/ExtGState" and {"/TR", "/HTP", "/HTO"} & set(state.keys()):
        yield "6.2.5: a transfer function or halftone"


def _flat(thing: Thing) -> Iterator[Thing]:
    """Give everything that stands directly in an object, not what it refers to."""
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in thing.items():
            yield pikepdf.Name(key)
            if not getattr(value, "is_indirect", False):
                yield from _flat(value)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                yield from _flat(value)
    else:
        yield thing


class _Contents:
    """What the content of a page does, and the problems found on the way (6.2)."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.problems: list[str] = []
        self.devices: set[str] = set()
        self.fonts: dict[tuple[int, int], tuple[Thing, set[int]]] = {}
        self.marks: list[int] = []
        self.page = page
        self._font: Thing = None
        self._read(page.obj, page.resources)

    def _read(self, stream: Thing, resources: Thing, *, marked: bool = False) -> None:
        # A form XObject drawn inside marked content belongs to that mark (ISO 32000-1 14.7.4.3).
        depth, marks = 0, list[str]()
        for step in pikepdf.parse_content_stream(stream):
            operands: Thing = step.operands
            operator = str(step.operator)
            if operator not in _OPERATORS | {"INLINE IMAGE"}:
                self.problems.append(f"6.2.2: operator {operator}")
            depth += (operator == "q") - (operator == "Q")
            if depth > _DEEPEST:
                self.problems.append(f"6.1.13: q nested deeper than {_DEEPEST}")
            self._mark(operator, operands, marks)
            self._colour(operator, operands)
            self._use(operator, operands, resources, marked=marked or bool(marks))
            if operator in _PAINTS and not (marks or marked) and operator != "Do":
                self.problems.append(f"6.7.2: {operator} is neither tagged nor an artefact")
        if depth or marks:
            self.problems.append("6.2.2: q or marked content is not closed")

    def _mark(self, operator: str, operands: Thing, marks: list[str]) -> None:
        if operator in {"BDC", "BMC"}:
            if {"/Artifact", str(operands[0])} <= {*marks, str(operands[0])} and marks:
                self.problems.append(f"6.7.2: {operands[0]} within {marks[-1]}")
            if operator == "BDC" and "/MCID" in operands[1]:
                self.marks.append(int(operands[1].MCID))
            elif str(operands[0]) != "/Artifact" and not marks:
                self.problems.append(f"6.7.2: {operands[0]} is not in the structure")
            marks.append(str(operands[0]))
        elif operator == "EMC":
            if not marks:
                self.problems.append("6.2.2: EMC without a beginning")
            else:
                marks.pop()

    def _colour(self, operator: str, operands: Thing) -> None:
        if operator in _DEVICE_OPERATORS:
            self.devices.add(_DEVICE_OPERATORS[operator])
        if operator in {"cs", "CS"} and str(operands[0]) in {"/DeviceCMYK", "/DeviceRGB"}:
            self.devices.add(str(operands[0]).removeprefix("/Device"))
        if operator == "ri" and str(operands[0]) not in _INTENTS:
            self.problems.append("6.2.6: unknown rendering intent")

    def _use(self, operator: str, operands: Thing, resources: Thing, *, marked: bool) -> None:
        kind = _RESOURCES.get(operator)
        name = str(operands[0]) if kind else ""
        if kind and not name.startswith(("/Device", "/Pattern")):
            if name not in resources.get(f"/{kind}", {}):
                self.problems.append(f"6.2.2: {kind} {name} is not among the resources")
                return
            used = resources[f"/{kind}"][name]
            if operator == "Tf":
                self._font = used
            elif operator == "Do" and used.Subtype == "/Form":
                self._read(used, used.get("/Resources", resources), marked=marked)
        if operator in _SHOWS and self._font is None:
            self.problems.append("6.2.2: text without a font")
        elif operator in _SHOWS:
            _, codes = self.fonts.setdefault(self._font.objgen, (self._font, set()))
            parts = operands[-1] if operator == "TJ" else [operands[-1]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    shown = bytes(part)
                    codes.update(
                        int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)
                    )


def _output_intents(pdf: pikepdf.Pdf, contents: list[_Contents]) -> Problems:
    """6.2.3 and 6.2.4: one profile, and no device colours that it does not cover."""
    intents: Thing = [one for one in pdf.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    devices = set().union(*(page.devices for page in contents))
    if not intents:
        yield "6.2.3: no output intent for PDF/A"
        return
    if "/OutputConditionIdentifier" not in intents[0]:
        yield "6.2.3: the output intent does not say its condition"
    profiles = {one.DestOutputProfile.objgen for one in intents if "/DestOutputProfile" in one}
    if len(profiles) != 1:
        yield "6.2.3: there must be one output profile"
        return
    stream = intents[0].DestOutputProfile
    profile = stream.read_bytes()
    components = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20])
    if (
        profile[36:40] != b"acsp"
        or len(profile) != int.from_bytes(profile[:4], "big")
        or profile[12:16] not in {b"mntr", b"prtr"}
        or int(stream.N) != components
    ):
        yield "6.2.3: the output profile is broken or of the wrong kind"
    covered = {3: {"RGB"}, 4: {"CMYK"}}.get(components or 0, set())
    for device in sorted(devices - covered):
        yield f"6.2.4.3: Device{device} without a profile for it"


def _fonts(contents: list[_Contents]) -> Problems:
    """6.2.11: every font is in the file, says what its glyphs are and how wide."""
    used: dict[tuple[int, int], tuple[Thing, set[int]]] = {}
    for page in contents:
        for key, (font, codes) in page.fonts.items():
            used.setdefault(key, (font, set()))[1].update(codes)
    for font, codes in used.values():
        name = str(font.get("/BaseFont", "/Type3"))
        if font.Subtype != "/Type0":
            yield f"6.2.11: {name} is {font.Subtype}, which is not looked into here"
            continue
        yield from (f"{problem}: {name}" for problem in _composite_font(font, codes))


def _composite_font(font: Thing, codes: set[int]) -> Problems:
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    if font.Encoding != "/Identity-H":
        yield "6.2.11.3.3: not encoded by Identity-H"
    if inner.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
        yield "6.2.11.3.2: no CIDToGIDMap"
    if {str(font.BaseFont), str(descriptor.FontName)} != {str(inner.BaseFont)}:
        yield "6.2.11.2: the names of the font disagree"
    file = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    if file is None:
        yield "6.2.11.4.1: not embedded"
        return
    if "/CIDSet" in descriptor:
        yield "6.2.11.4.2: has a CIDSet, which would have to be complete"
    glyphs = _advances(file.read_bytes())
    widths = dict(_widths(inner))
    for code in sorted(codes):
        if code == 0 or code not in glyphs:
            yield f"6.2.11.8: glyph {code:04x} is missing"
        elif abs(glyphs[code] - widths.get(code, float(inner.get("/DW", 1000)))) > 1:
            yield f"6.2.11.5: glyph {code:04x} is not as wide as said"
    yield from _meant(font, codes)


def _meant(font: Thing, codes: set[int]) -> Problems:
    meanings = dict(_meanings(font))
    for code in sorted(codes):
        text = meanings.get(code, "")
        if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
            yield f"6.2.11.7.2: glyph {code:04x} has no meaning"
        elif any("\ue000" <= letter <= "\uf8ff" or letter >= "\U000f0000" for letter in text):
            yield f"6.2.11.7.3: glyph {code:04x} means a letter of private use"


@lru_cache(maxsize=16)
def _advances(program: bytes) -> dict[int, float]:
    """Read how wide each glyph of a font program is, by what a code of two bytes selects."""
    font = TTFont(io.BytesIO(program))
    order = font.getGlyphOrder()
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    top = font["CFF "].cff[0] if "CFF " in font else None
    if top is None or not hasattr(top, "ROS"):
        return {at: metrics[name][0] * scale for at, name in enumerate(order)}
    cids = {name: int(name.removeprefix("cid")) for name in order if name.startswith("cid")}
    return {cids.get(name, 0): metrics[name][0] * scale for name in order}


def _widths(font: Thing) -> Iterator[tuple[int, float]]:
    entries: list[Thing] = list(font.get("/W", []))
    while entries:
        first, then, *entries = entries
        if isinstance(then, pikepdf.Array):
            yield from ((int(first) + at, float(width)) for at, width in enumerate(then))
        else:
            width, *entries = entries
            yield from ((code, float(width)) for code in range(int(first), int(then) + 1))


def _meanings(font: Thing) -> Iterator[tuple[int, str]]:
    if "/ToUnicode" not in font:
        return
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            begin = int(text, 16)
            for at in range(int(last, 16) - int(first, 16) + 1):
                yield int(first, 16) + at, chr(begin + at)


def _annotations(pdf: pikepdf.Pdf) -> Problems:
    """6.3: annotations are printed and look the same everywhere."""
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            kind = str(note.Subtype)
            if kind in _NO_ANNOTATIONS:
                yield f"6.3.1: annotation {kind}"
            if kind != "/Popup" and int(note.get("/F", 0)) & _PRINT_MASK != _PRINT_ONLY:
                yield f"6.3.2: annotation {kind} is not simply printed"
            left, lower, right, upper = map(float, note.Rect)
            empty = (left, lower) == (right, upper)
            if kind not in {"/Popup", "/Link"} and not empty and "/N" not in note.get("/AP", {}):
                yield f"6.3.3: annotation {kind} has no appearance"
            if kind == "/Widget" and {"/A", "/AA"} & set(note.keys()):
                yield "6.4.1: a field with an action"
            if kind == "/Link" and "/StructParent" not in note:
                yield "6.7.3: a link is not in the structure"
    form: Thing = pdf.Root.get("/AcroForm", {})
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "6.4: a form that needs appearances or is XFA"


def _actions(pdf: pikepdf.Pdf) -> Problems:
    """6.5: nothing starts anything."""
    holders = [pdf.Root, *(page.obj for page in pdf.pages)]
    if any("/AA" in holder for holder in holders):
        yield "6.5.2: additional actions"
    if "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "6.5.1: JavaScript"
    for thing in pdf.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        for action in (thing.get("/A"), thing.get("/OpenAction"), thing):
            if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
                continue
            if action is thing and action.get("/Type") != "/Action":
                continue
            if thing.get("/Type") == "/StructElem":
                continue
            name = str(action.S)
            if name not in _ACTIONS or (name == "/Named" and str(action.N) not in _NAMED_ACTIONS):
                yield f"6.5.1: action {name}"


def _metadata(pdf: pikepdf.Pdf) -> Problems:
    """6.6: XMP that says PDF/A-3a, and the same as the information dictionary."""
    stream: Thing = pdf.Root.get("/Metadata")
    if stream is None:
        yield "6.6.2.1: no metadata"
        return
    packet = stream.read_bytes()
    header = packet.partition(b"?>")[0]
    if b"bytes=" in header or b"encoding=" in header:
        yield "6.6.2.1: the header of the packet has bytes or encoding"
    if "/Type" not in stream or stream.Subtype != "/XML":
        yield "6.6.2.1: the metadata stream is not called so"
    said = _said(packet)
    identity = (said.get("pdfaid:part"), said.get("pdfaid:conformance"))
    if identity != ("3", "A"):
        yield f"6.6.4: says to be PDF/A-{'-'.join(map(str, identity))}"
    info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
    same = {
        "Title": "dc:title",
        "Author": "dc:creator",
        "Subject": "dc:description",
        "Keywords": "pdf:Keywords",
        "Creator": "xmp:CreatorTool",
        "Producer": "pdf:Producer",
    }
    for key, name in same.items():
        if info.get(key) != said.get(name):
            yield f"6.1.5: {key} is not {name}"
    for key, name in {"CreationDate": "xmp:CreateDate", "ModDate": "xmp:ModifyDate"}.items():
        if _day(info.get(key, "")) != _day(said.get(name, "")):
            yield f"6.1.5: {key} is not {name}"
    if not said.get("dc:title"):
        yield "6.6.2: no title"


def _said(packet: bytes) -> dict[str, str]:
    """Read the properties of an XMP packet, the first value of each."""
    names = {f"{{{space}}}": prefix for prefix, space in _XMP.items()}
    root = fromstring(packet)  # noqa: S314 - made by ourselves
    found: dict[str, str] = {}
    for description in root.iter(f"{{{_XMP['rdf']}}}Description"):
        values = description.attrib | {
            child.tag: ", ".join(t.strip() for t in child.itertext() if t.strip())
            for child in description
        }
        for key, value in values.items():
            space, _, name = key.rpartition("}")
            found[f"{names.get(space + '}', space)}:{name}"] = value
    return found


def _day(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def _structure(pdf: pikepdf.Pdf, contents: list[_Contents]) -> Problems:
    """6.7: marked, in a language, with a tree of known types that holds all content."""
    root: Thing = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "6.7.2.2: not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "6.7.1: the title is not displayed (ISO 14289-1, 7.1)"
    if not _LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "6.7.4: no language"
    if "/StructTreeRoot" not in root:
        yield "6.7.3.3: no structure"
        return
    tree = root.StructTreeRoot
    elements = list(_elements(tree))
    roles = {str(key): str(value) for key, value in tree.get("/RoleMap", {}).items()}
    for element, parent in elements:
        yield from _element(element, parent, roles)
    if len({element.objgen for element, _ in elements}) != len(elements):
        yield "6.7.3: an element stands twice in the structure (ISO 32000-1, 14.7.2)"
    named = [bytes(element.ID) for element, _ in elements if "/ID" in element]
    if sorted(named) != sorted(set(_names(tree.get("/IDTree", {})))):
        yield "6.7.3: elements with names that are not in an IDTree (ISO 32000-1, 14.7.2)"
    yield from _marked(tree, [element for element, _ in elements], contents)


def _marked(tree: Thing, elements: list[Thing], contents: list[_Contents]) -> Problems:
    """Look whether marked content and its element find each other."""
    owners = {at: element.objgen for element in elements for at in _contents_of(element)}
    listed = _numbers(tree.ParentTree)
    for number, page in enumerate(contents, 1):
        if len(page.marks) != len(set(page.marks)):
            yield f"6.7.3: marks of page {number} are not unique"
        parents = listed.get(int(page.page.obj.get("/StructParents", -1)), [])
        for mark in page.marks:
            owner = owners.get((page.page.obj.objgen, mark))
            if owner is None:
                yield f"6.7.3: content of page {number} is marked, but not in the structure"
            elif mark >= len(parents) or parents[mark].objgen != owner:
                yield f"6.7.3: content of page {number} does not find its element (ParentTree)"


def _element(element: Thing, above: Thing, roles: Mapping[str, str]) -> Problems:
    kind, parent = (roles.get(str(one.get("/S")), str(one.get("/S"))) for one in (element, above))
    if kind not in _TYPES:
        yield f"6.7.3.4: structure type {element.S}"
    if parent not in _PARENTS.get(kind, {parent}):
        yield f"6.7.3.4: {kind} in {parent}"
    if element.P.objgen != above.objgen:
        yield f"6.7.3: {kind} does not know what it stands in"
    if kind == "/Figure" and not {"/Alt", "/ActualText"} & set(element.keys()):
        yield "6.7.5: a figure without words for it"
    if "/Lang" in element and not _LANGUAGE.fullmatch(str(element.Lang)):
        yield "6.7.4: language of an element"


def _elements(root: Thing) -> Iterator[tuple[Thing, Thing]]:
    """Walk through the structure: every element and what it stands in."""
    waiting = [(kid, root) for kid in _kids(root)]
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        waiting += [(kid, element) for kid in _kids(element)]


def _names(tree: Thing) -> Iterator[bytes]:
    yield from (bytes(name) for name in list(tree.get("/Names", []))[::2])
    for kid in tree.get("/Kids", []):
        yield from _names(kid)


def _numbers(tree: Thing) -> dict[int, Thing]:
    found = {}
    entries = list(tree.get("/Nums", []))
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        found[int(key)] = value
    for kid in tree.get("/Kids", []):
        found |= _numbers(kid)
    return found


def _kids(element: Thing) -> list[Thing]:
    kids = element.get("/K", [])
    several = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in several if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _contents_of(element: Thing) -> Iterator[tuple[tuple[int, int], int]]:
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)


def _embedded_files(pdf: pikepdf.Pdf) -> Problems:
    """6.8 and annex E: what is attached says what it is, and how it belongs to the paper."""
    listed = [file.objgen for file in pdf.Root.get("/AF", [])]
    if len(listed) != len(set(listed)):
        yield "6.8: a file is associated twice"
    for file in pdf.objects:
        if not isinstance(file, pikepdf.Dictionary) or "/EF" not in file:
            continue
        if not {"/F", "/UF"} <= set(file.keys()):
            yield "6.8: a file has no name"
        if "/AFRelationship" not in file or file.objgen not in listed:
            yield "6.8: a file is not associated with the document"
        stream = file.EF.F
        if not _MIME.fullmatch(str(stream.get("/Subtype", ""))):
            yield "6.8: a file does not say its MIME type"
        if "/ModDate" not in stream.get("/Params", {}):
            yield "annex E: a file does not say when it was changed"


def _what_is_not_allowed(pdf: pikepdf.Pdf) -> Problems:
    """6.1.12, 6.9 to 6.11."""
    root = pdf.Root
    if set(root.get("/Perms", {}).keys()) - {"/UR3", "/DocMDP"}:
        yield "6.1.12: permissions"
    if "/OCProperties" in root:
        yield "6.9: optional content, which is not looked into here"
    if "/AlternatePresentations" in root.get("/Names", {}) or any(
        "/PresSteps" in page for page in pdf.pages
    ):
        yield "6.10: alternate presentations"
    if "/Requirements" in root:
        yield "6.11: requirements"
