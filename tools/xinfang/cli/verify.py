"""``xinfang verify``: whether a file or a print was issued by this register, and unchanged."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import click

from xinfang.cli.context import Context, command, pass_context
from xinfang.cli.papers import papers_of
from xinfang.documents.stamp import normalised
from xinfang.issuing import Found, by_code, by_digest
from xinfang.model.fields import SHORT_CODE_PATTERN
from xinfang.scan import look_at
from xinfang.volume import agrees, issued_digests, manifest_in, parse_manifest

#: How the manifest beside a volume ends.
_BESIDE = ".manifest.json"


@command(
    "verify",
    epilog="例: xinfang verify XF-2026-0001-D14-v1.pdf · xinfang verify 扫描件.png · "
    "xinfang verify 7K3M-9QXR",
)
@click.argument("what", metavar="文件或核验码")
@pass_context
def verify(context: Context, what: str) -> int:
    """核验一份文书:是不是本登记册出具的,哪一件、哪个文号,改动过没有。

    可以是出具的 PDF、扫描件、照片(png jpg tif,200 dpi 以上)、页脚的核验码,或案卷和它的清单。

    扫描件和核验码只说明确有其文书,内容请与留存件对照。扫描件认不出二维码时,请改用核验码。

    相符的退出码为 0;不是本登记册的、改动过的、文号已作废的为 1。
    """
    context.office  # noqa: B018 - a broken office.yaml is reported before anything is looked up
    file = Path(what)
    if not file.is_file():
        return _code(context, what)
    found = by_digest(context.register, sha256(file.read_bytes()).hexdigest())
    if found is not None:
        _yes(context, found, "是本登记册出具的文书,与出具时完全相同,没有改动")
        return _worth(found)
    volume = _volume(context, file)
    return _mark(context, file) if volume is None else volume


def _mark(context: Context, file: Path) -> int:
    """Say whose mark a file carries that is not one that went out as it is."""
    seen = look_at(file)
    for code in seen.codes:
        found = by_code(context.register, code)
        if found is not None and seen.has_text:
            _show(context, found, f"核验码 {code} 是本登记册的,但这个文件与出具的不同,已经改动过")
            return 1
        if found is not None:
            _yes(context, found, "是本登记册出具的文书的扫描件或照片;内容请与留存件对照")
            return _worth(found)
    if not seen.codes and not seen.has_text:
        click.secho("图上没有读到核验码,不能判断是不是本登记册出具的", fg="yellow")
        click.echo("请用 200 dpi 以上重新扫描整页,或改用: xinfang verify 页脚的核验码")
        return 1
    marks = f"核验码 {'、'.join(seen.codes)} 不在本登记册中" if seen.codes else "没有找到核验码"
    click.secho(f"不是本登记册出具的: {marks}", fg="red")
    return 1


def _code(context: Context, typed: str) -> int:
    code = normalised(typed.removeprefix("核验码"))
    if not re.fullmatch(SHORT_CODE_PATTERN, code):
        message = f"没有“{typed}”这个文件,它也不像核验码(核验码形如 7K3M-9QXR)"
        raise click.UsageError(message)
    found = by_code(context.register, code)
    if found is None:
        click.secho(f"本登记册没有出具过核验码为 {code} 的文书", fg="red")
        return 1
    _yes(context, found, "本登记册出具过这份文书;内容请与留存件对照")
    return _worth(found)


def _volume(context: Context, file: Path) -> int | None:
    """Verify a volume, or the manifest beside one; None where the file is neither."""
    content = file.read_bytes()
    if file.name.endswith(_BESIDE):
        bound = file.with_name(file.name.removesuffix(_BESIDE) + ".pdf")
        manifest = parse_manifest(content)
        if manifest is not None and not bound.is_file():
            message = f"清单旁边没有案卷 {bound.name},无从核验;请把两个文件放在一起"
            raise click.UsageError(message)
        content = bound.read_bytes() if bound.is_file() else b""
    else:
        beside = file.with_name(file.stem + _BESIDE)
        manifest = parse_manifest(beside.read_bytes()) if beside.is_file() else None
    inside = manifest_in(content)
    if inside is None and manifest is None:
        return None
    strange = [
        title
        for digest, title in issued_digests(manifest or inside or {"件": []}).items()
        if by_digest(context.register, digest) is None
    ]
    for title in strange:
        click.secho(f"卷内出具件不是本登记册出具的: {title}", fg="red")
    case = (manifest or inside or {})["登记编号"]
    if manifest is None:
        click.secho(f"{case} 的案卷,旁边没有清单({_BESIDE}),只核对了卷内的出具件", fg="yellow")
        return 1 if strange else 0
    if not agrees(manifest, content):
        click.secho(f"{case} 的案卷与清单不一致,已经改动过或不是同一卷", fg="red", bold=True)
        return 1
    click.secho(
        f"{case} 的案卷与清单一致,没有改动: {len(manifest['件'])} 件", fg="green", bold=True
    )
    return 1 if strange else 0


def _worth(found: Found) -> int:
    return 1 if found.voided else 0


def _yes(context: Context, found: Found, sentence: str) -> None:
    _show(context, found, sentence, colour="green")


def _show(context: Context, found: Found, sentence: str, *, colour: str = "red") -> None:
    step = found.step
    form = papers_of(context.register).forms.get(step.form)
    click.secho(sentence, fg=colour, bold=True)
    click.echo(f"事项: {found.case}")
    click.echo(f"文书: {step.form} {form.name if form else ''}".rstrip())
    if step.number:
        click.echo(f"文号: {step.number}")
    click.echo(f"出具: {step.day},第 {step.version} 版,核验码 {step.code}")
    if step.data:
        click.echo(f"数据: {step.data}")
    if found.latest > step.version:
        click.secho(f"这一版已由第 {found.latest} 版代替", fg="yellow")
    if found.voided:
        click.secho("该文号已经作废", fg="red", bold=True)
