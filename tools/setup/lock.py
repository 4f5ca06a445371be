"""Pin every package, with hashes, into requirements.txt and requirements-dev.txt.

Reads what pyproject.toml asks for directly and writes what that brings along, in versions that
run from Debian's Python 3.11.2 on. Run by ``make lock`` after a change of pyproject.toml.
The files name packages, versions and hashes only: where they come from is pip's own setting.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
RUNTIME: Final = ROOT / "requirements.txt"
DEV: Final = ROOT / "requirements-dev.txt"

#: What each file says of itself.
_HEADS: Final = {
    RUNTIME: "# All that runs, exactly pinned by `make lock` from pyproject.toml.\n",
    DEV: "# What tests need besides, exactly pinned by `make lock`.\n-r requirements.txt\n",
}
_COMPILE: Final = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-header"),
    *("--generate-hashes", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
)


def _pin(file: Path, asked: list[str], *more: str) -> None:
    """Pin the ``asked`` packages and what they bring into ``file``; sound older pins stay."""
    subprocess.run(
        [*_COMPILE, "--output-file", str(file), "-", *more],
        cwd=ROOT,
        check=True,
        input="\n".join(asked),
        text=True,
        stdout=subprocess.DEVNULL,
    )
    file.write_text(_HEADS[file] + file.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Write both files; the first holds for the second."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    _pin(RUNTIME, project["build-system"]["requires"] + project["project"]["dependencies"])
    _pin(DEV, project["dependency-groups"]["dev"], "--constraint", RUNTIME.name)


if __name__ == "__main__":
    main()
