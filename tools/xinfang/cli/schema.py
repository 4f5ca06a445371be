"""``xinfang schema``: write the JSON Schemas of case and office files."""

from __future__ import annotations

from pathlib import Path

import click

from xinfang.cli.context import command
from xinfang.schema import SCHEMAS, schema_text
from xinfang.store import write_atomic


@command("schema", epilog="例: xinfang schema · xinfang schema --output .vscode")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas"),
    help="写到哪个文件夹,默认 schemas",
)
def schema(output: Path) -> None:
    """导出事项文件和 office.yaml 的 JSON Schema,供编辑器补全和说明每一项。"""
    for name in SCHEMAS:
        write_atomic(output / name, schema_text(name).encode())
        click.echo(f"已写入 {output / name}")
