"""案卷: all papers of a matter in one PDF, with cover, contents, notes and a manifest.

What concludes comes first, what it rests on behind it (10号令, DA/T 22). Pages are numbered
through at the upper right corner; cover, contents and notes, as custom has it, are not. The
manifest names every paper with its pages and digest, so that the volume can be verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from itertools import accumulate
from typing import Any, Final

import pikepdf

from xinfang import __version__
from xinfang.archival import saved
from xinfang.documents import Paper
from xinfang.formatting import chinese_date
from xinfang.matter import Matter
from xinfang.model.steps import Approval, Archiving, Countersignature, Instruction, Investigation
from xinfang.render import Sheet, pdf

MANIFEST_NAME: Final = "manifest.json"
#: Key of the volume's own digest in the manifest beside it.
_VOLUME: Final = "案卷散列"
_MM: Final = 72 / 25.4
#: Box of a page number, and how far it stands from the upper and the outer edge.
_BOX: Final = (30 * _MM, 8 * _MM)
_EDGE: Final = 8 * _MM
_NOT_KEPT: Final = "纸质材料，未存电子文件"


@dataclass(frozen=True, slots=True)
class Item:
    """One paper in the volume.

    Attributes:
        paper: The paper.
        content: Its PDF.
        pages: How many pages it has.
        issued: Whether it is the file that went out.
    """

    paper: Paper
    content: bytes
    pages: int
    issued: bool


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Pick the finals that belong into a volume, in the prescribed order."""
    kept = [p for p in papers if p.is_final and p.form.in_volume is not None]
    return sorted(kept, key=lambda p: (p.form.in_volume or 0, p.form.id, p.ordinal))


def pages_in(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)


def first_pages(items: Sequence[Item]) -> list[int]:
    """Give the number of each paper's first page, from 1."""
    return list(accumulate((item.pages for item in items), initial=1))[:-1]


# What stands on the cover, in the contents and in the notes


def record_of(matter: Matter, items: Sequence[Item], absent: Sequence[Paper]) -> dict[str, Any]:
    """Give what the forms of the cover (D25a), the contents and the notes show.

    Args:
        matter: The matter.
        items: Papers of the volume, in order.
        absent: Papers that are no finals and are left out; the notes say so.
    """
    archiving = matter.last(Archiving)
    last = archiving or matter.closure
    pages = sum(item.pages for item in items)
    return {
        "题名": _title(matter),
        "立卷单位": matter.office.own_unit.name,
        "登记编号": matter.case.number,
        "起止日期": f"{chinese_date(matter.case.registered)}至"
        f"{chinese_date(last.day if last else matter.today)}",
        "保管期限": archiving.retention if archiving else matter.least_retention[1],
        "档号": archiving.number if archiving else "（归档时编）",
        "件数": len(items),
        "页数": pages,
        "件": [
            _line(number, item, first, matter)
            for number, (item, first) in enumerate(zip(items, first_pages(items), strict=True), 1)
        ],
        "附件": list(_attachments(matter)),
        "情况说明": _notes(items, absent),
        "立卷人": (archiving.handler if archiving else None) or "",
        "检查人": "",
        "日期": last.day if last else matter.today,
    }


def _title(matter: Matter) -> str:
    return f"关于{matter.case.title}信访事项的案卷"


def _line(number: int, item: Item, first: int, matter: Matter) -> dict[str, Any]:
    paper, office = item.paper, matter.office
    return {
        "序号": number,
        "文号": paper.number or "",
        "责任者": office.own_unit.short if paper.number else office.office_department,
        "题名": paper.title,
        "日期": f"{paper.day:%Y%m%d}" if paper.day else "",
        "页号": first,
        "备注": "出具件" if item.issued else "",
    }


def _attachments(matter: Matter) -> Iterator[dict[str, Any]]:
    """List what lies beside the papers: evidence, signed originals, handed-in material."""
    found: list[tuple[str, str | None]] = [
        (f"{evidence.number} {evidence.name}", evidence.digest)
        for step in matter.of(Investigation)
        for evidence in step.evidence
    ]
    signed: list[Approval | Countersignature] = [*matter.of(Approval), *matter.of(Countersignature)]
    signed.sort(key=lambda step: step.day)
    found += [
        (f"{step.KIND}件（{step.signer}，{chinese_date(step.day)}，{step.medium}）", step.digest)
        for step in signed
    ]
    found += [
        (f"批示件（{step.leader}，{chinese_date(step.day)}，{step.medium}）", step.digest)
        for step in matter.of(Instruction)
    ]
    found += [(name, None) for name in matter.case.materials]
    for number, (name, digest) in enumerate(found, 1):
        yield {"序号": number, "名称": name, "散列": digest or _NOT_KEPT}


def _notes(items: Sequence[Item], absent: Sequence[Paper]) -> str:
    issued = sum(item.issued for item in items)
    lines = [f"本卷收文书{len(items)}件，其中{issued}件为出具时的原文件，其余按案卷记录印制。"]
    if absent:
        names = "、".join(dict.fromkeys(paper.form.name for paper in absent))
        lines.append(f"未成正式件、没有入卷的：{names}。")
    lines.append("附件清单所列电子文件另存，散列相同即内容未变；身份信息封存，不在本卷电子目录中。")
    return "\n".join(lines)


# The PDF


def bind(
    front: Sequence[bytes], items: Sequence[Item], back: bytes, manifest: dict[str, Any]
) -> bytes:
    """Bind cover and contents, papers and notes into one PDF with bookmarks and page numbers.

    Args:
        front: Cover and contents.
        items: The papers.
        back: The notes.
        manifest: Embedded, so that the volume says itself what it holds.
    """
    bound = pikepdf.new()
    with bound.open_outline() as outline:
        for title, content in zip(("案卷封面", "卷内文件目录"), front, strict=True):
            outline.root.append(pikepdf.OutlineItem(title, _append(bound, content)))
        unnumbered = len(bound.pages)
        for number, item in enumerate(items, 1):
            title = f"{number} {item.paper.title}"
            outline.root.append(pikepdf.OutlineItem(title, _append(bound, item.content)))
        numbered = len(bound.pages) - unnumbered
        outline.root.append(pikepdf.OutlineItem("备考表", _append(bound, back)))
    _number_pages(bound, unnumbered, numbered)
    _label_pages(bound, unnumbered, numbered)
    _describe(bound, front[0], manifest)
    return saved(bound)


def _append(bound: pikepdf.Pdf, content: bytes) -> int:
    """Append the pages of a PDF; gives the index of the first."""
    first = len(bound.pages)
    with pikepdf.open(BytesIO(content)) as part:
        for page in part.pages:
            # Tags of single papers do not survive binding; their remains would be dangling.
            for key in ("/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
        bound.pages.extend(part.pages)
    return first


def _number_pages(bound: pikepdf.Pdf, start: int, count: int) -> None:
    width, height = _BOX
    rows = "".join(f"<p>{number}</p>" for number in range(1, count + 1))
    style = (
        "@page{size:30mm 8mm;margin:0}p{margin:0;height:8mm;break-after:page;"
        'font:12pt/8mm "FandolSong-Regular","Noto Serif CJK SC";text-align:right}'
    )
    page_numbers = pdf(Sheet(f"<html lang=zh-CN><style>{style}</style><body>{rows}", archival=True))
    with pikepdf.open(BytesIO(page_numbers)) as numbers:
        for index in range(count):
            page = bound.pages[start + index]
            box = page.mediabox
            place = float(box[2]) - _EDGE - width, float(box[3]) - _EDGE - height
            picture = bound.copy_foreign(numbers.pages[index].as_form_xobject())
            _put(page, picture, f"/PageNumber{index + 1}", *place)


def _put(
    page: pikepdf.Page, picture: pikepdf.Object, name: str, left: float, bottom: float
) -> None:
    """Draw a picture on a page, under a name of its own: pages of a paper share their names."""
    page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name(name))
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {left:.3f} {bottom:.3f} cm {name} Do Q".encode(), prepend=False)


def _label_pages(bound: pikepdf.Pdf, start: int, count: int) -> None:
    """Let a viewer show the numbers that are printed."""
    label = pikepdf.Dictionary
    bound.Root.PageLabels = label(
        Nums=pikepdf.Array(
            [
                0, label(P="目录", S=pikepdf.Name.r),
                start, label(S=pikepdf.Name.D),
                start + count, label(P="备考", S=pikepdf.Name.r),
            ]
        )
    )  # fmt: skip


def _describe(bound: pikepdf.Pdf, cover: bytes, manifest: dict[str, Any]) -> None:
    """Give the volume its title, colour profile, language and manifest: PDF/A-3b."""
    with pikepdf.open(BytesIO(cover)) as first:
        intents = first.make_indirect(first.Root.OutputIntents)
        bound.Root.OutputIntents = bound.copy_foreign(intents)
    bound.Root.Lang = pikepdf.String("zh-CN")
    bound.Root.PageMode = pikepdf.Name.UseOutlines
    bound.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    day = manifest["日期"].replace("-", "")
    bound.docinfo["/Title"] = manifest["题名"]
    bound.docinfo["/CreationDate"] = bound.docinfo["/ModDate"] = f"D:{day}000000Z"
    bound.docinfo["/Producer"] = f"xinfang {__version__}"
    with bound.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta.load_from_docinfo(bound.docinfo)
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
    attached = pikepdf.AttachedFileSpec(
        bound,
        manifest_text(manifest).encode(),
        filename=MANIFEST_NAME,
        mime_type="application/json",
        description="卷内文件清单和散列",
        relationship=pikepdf.Name.Data,
        creation_date=f"D:{day}000000Z",
        mod_date=f"D:{day}000000Z",
    )
    bound.attachments[MANIFEST_NAME] = attached
    bound.Root.AF = pikepdf.Array([attached.obj])


# The manifest


def manifest_of(
    matter: Matter, items: Sequence[Item], day: date, commit: str | None
) -> dict[str, Any]:
    """List every paper with its pages and digest, and what the volume was made from."""
    return {
        "schema_version": 1,
        "题名": _title(matter),
        "登记编号": matter.case.number,
        "日期": day.isoformat(),
        "数据版本": commit,
        "件": [
            {
                "文书": item.paper.form.id,
                "序": item.paper.ordinal,
                "题名": item.paper.title,
                "文号": item.paper.number,
                "页号": first,
                "页数": item.pages,
                "散列": sha256(item.content).hexdigest(),
                "出具件": item.issued,
            }
            for item, first in zip(items, first_pages(items), strict=True)
        ],
    }


def manifest_text(manifest: dict[str, Any]) -> str:
    """Write a manifest."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def with_volume(manifest: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Complete the manifest that lies beside a volume by the volume's own digest."""
    return {**manifest, _VOLUME: sha256(content).hexdigest()}


def manifest_in(content: bytes) -> dict[str, Any] | None:
    """Read the manifest that a volume carries; None where a file is no volume."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if MANIFEST_NAME not in document.attachments:
                return None
            return parse_manifest(document.attachments[MANIFEST_NAME].get_file().read_bytes())
    except pikepdf.PdfError:
        return None


def parse_manifest(data: bytes) -> dict[str, Any] | None:
    """Read a manifest; None where the text is none."""
    try:
        found = json.loads(data)
    except ValueError:
        return None
    is_one = isinstance(found, dict) and isinstance(found.get("件"), list) and "登记编号" in found
    return found if is_one else None


def agrees(manifest: dict[str, Any], content: bytes) -> bool:
    """Whether a volume is the one that the manifest beside it was written for."""
    inside = manifest_in(content)
    return inside is not None and with_volume(inside, content) == manifest


def issued_digests(manifest: dict[str, Any]) -> dict[str, str]:
    """List the digests of the issued papers in a volume, each with the paper's title."""
    return {
        str(item.get("散列")): str(item.get("题名"))
        for item in manifest["件"]
        if isinstance(item, dict) and item.get("出具件")
    }
