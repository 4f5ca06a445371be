"""Pin every package, with hashes, into requirements.txt and requirements-dev.txt.

Reads what pyproject.toml asks for directly and writes what that brings along, for every
platform. Run by ``make lock`` after a change of pyproject.toml; needs ``uv`` on PATH.
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

_COMPILE: Final = (
    *("uv", "pip", "compile", "--quiet", "--no-config", "--no-header", "--generate-hashes"),
    *("--universal", "--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links"),
)


def _compile(output: Path, sources: tuple[str, ...], asked: list[str]) -> None:
    """Pin ``sources`` and the ``asked`` lines (given on standard input) into ``output``."""
    subprocess.run(
        [*_COMPILE, "--output-file", str(output), *sources],
        cwd=ROOT,
        check=True,
        input="\n".join(asked),
        text=True,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    """Write both files; the second agrees with the first, which is its constraint."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    _compile(RUNTIME, ("pyproject.toml", "-"), project["build-system"]["requires"])
    _compile(DEV, ("-", "--constraint", RUNTIME.name), project["dependency-groups"]["dev"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
