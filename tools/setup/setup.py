"""Set everything up: system packages, fonts, a virtual environment with exactly pinned packages.

Runs on a fresh machine with nothing but Python, so it uses the standard library only. It can
be run again at any time; what is in place is left alone. What it may not install it names,
with the one command that mends it, and goes on: checking, deadlines and most exports need
none of the system packages.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / ".xinfang-setup"

#: What WeasyPrint and the papers need, and why a clerk would miss it.
PRINTING = {
    "libpango-1.0-0": "排版",
    "libpangoft2-1.0-0": "排版",
    "libharfbuzz-subset0": "快速打印(没有它每页慢 40 倍)",
    "fontconfig": "查找字体",
    "fonts-noto-cjk": "生僻字",
}
TESTING = {
    "age": "核对封存文件",
    "chromium": "测试网站",
    "poppler-utils": "测量文书",
    "qpdf": "核对文书结构",
}
#: The Fandol fonts are taken out of this package; its 22 dependencies are not wanted.
FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL = (
    "FandolSong-Bold.otf",
    "FandolSong-Regular.otf",
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
)
TRIES = 3


def main() -> None:
    """Set up, and end with what is still missing."""
    parser = argparse.ArgumentParser(description="安装所需的一切")
    parser.add_argument("--tests", action="store_true", help="连同测试所需")
    tests: bool = parser.parse_args().tests
    wanted = {**PRINTING, **(TESTING if tests else {})}
    if importlib.util.find_spec("ensurepip") is None:
        wanted["python3-venv"] = "虚拟环境"
    missing = missing_packages(wanted)
    if missing and may_install():
        install_packages(missing)
        missing = missing_packages(wanted)
    lacks = [f"{name}({wanted[name]})" for name in missing]
    install_python(tests=tests)
    if not install_fandol():
        lacks.append("Fandol 字体(仿宋、楷体、黑体、宋体、小标宋)")
    if lacks:
        say("还缺: " + "、".join(lacks))
        say(
            "补装: sudo apt-get update && sudo apt-get install -y --no-install-recommends "
            + " ".join(missing or [FANDOL_PACKAGE])
        )
        say("缺这些时,检查、期限和 xlsx/csv/json 台账照常可用,文书和网站可能不可用")


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def missing_packages(wanted: Sequence[str] | dict[str, str]) -> list[str]:
    """List the Debian packages that are not installed; none where there is no dpkg to ask."""
    if shutil.which("dpkg-query") is None:
        return []
    return [name for name in wanted if not is_installed(name)]


def is_installed(package: str) -> bool:
    """Ask dpkg about one package."""
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.endswith(" installed")


def may_install() -> bool:
    """Whether packages can be installed without asking for a password."""
    if shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or not run([*as_root(), "true"], quiet=True)


def as_root() -> list[str]:
    """The words before a command that needs root."""
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, trying again where the network fails."""
    say("安装系统软件: " + " ".join(packages))
    keep = ["env", "DEBIAN_FRONTEND=noninteractive"]

    def attempt() -> bool:
        return not run([*as_root(), *keep, "apt-get", "update", "-qq"]) and not run(
            [
                *as_root(),
                *keep,
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                *packages,
            ]
        )

    retry(attempt)


def install_fandol() -> bool:
    """Take the Fandol fonts out of their package into the user's font folder."""
    folder = font_folder()
    if all((folder / name).exists() for name in FANDOL):
        return True
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return False
    say("取出 Fandol 字体")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        # The download drops its rights to a user who must be able to write here.
        work.chmod(0o777)

        def attempt() -> bool:
            return not run(["apt-get", "download", "-qq", FANDOL_PACKAGE], cwd=work)

        if not retry(attempt):
            return False
        run(["dpkg-deb", "-x", str(next(work.glob("*.deb"))), str(work / "out")])
        folder.mkdir(parents=True, exist_ok=True)
        for font in FANDOL:
            shutil.copy(next((work / "out").rglob(font)), folder)
        for text in sorted((work / "out").rglob("doc/fonts/fandol/*")):
            if text.is_file() and text.suffix != ".pdf":
                shutil.copy(text, folder)
        notice = work / "out/usr/share/doc" / FANDOL_PACKAGE / "copyright"
        if notice.exists():
            shutil.copy(notice, folder / "FANDOL-LICENCE.txt")
    if shutil.which("fc-cache"):
        run(["fc-cache", "-f", str(folder)], quiet=True)
    return True


def font_folder() -> Path:
    """Where fontconfig looks for a user's fonts; it outlives ``build/``."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local/share") / "fonts/xinfang"


def install_python(*, tests: bool) -> None:
    """Make the virtual environment and install exactly the pinned packages."""
    wanted = stamp(tests=tests)
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
    if wanted in done:
        return
    say("安装 Python 组件" + ("(含测试所需)" if tests else ""))
    if not (VENV / "bin/python").exists() and run([sys.executable, "-m", "venv", str(VENV)]):
        sys.exit("虚拟环境建不起来。请运行: sudo apt-get install -y python3-venv 后重试")
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    requirements = str(ROOT / ("requirements-dev.txt" if tests else "requirements.txt"))
    # What builds the package is pinned with the rest, so nothing is fetched here.
    ourselves = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]

    def attempt() -> bool:
        return not run([*pip, "-r", requirements]) and not run([*pip, *ourselves])

    if not retry(attempt):
        sys.exit("Python 组件没有装全。请检查网络后重试: make build")
    kept = [stamp(tests=False)] if tests else []
    STAMP.write_text("\n".join([*kept, wanted]), encoding="utf-8")


def stamp(*, tests: bool) -> str:
    """Name what an installed environment was made from."""
    names = ["pyproject.toml", "requirements.txt", *(["requirements-dev.txt"] if tests else [])]
    content = b"\0".join((ROOT / name).read_bytes() for name in names)
    return hashlib.sha256(content + str(ROOT).encode() + sys.version.encode()).hexdigest()


def retry(attempt: Callable[[], bool]) -> bool:
    """Try a few times, waiting longer each time."""
    for number in range(TRIES):
        if number:
            say(f"没有成功,{number * 5} 秒后重试")
            time.sleep(number * 5)
        if attempt():
            return True
    return False


def run(arguments: Sequence[str], *, cwd: Path | None = None, quiet: bool = False) -> int:
    """Run a program; its output is shown only where it fails and is worth showing."""
    done = subprocess.run(
        arguments, cwd=cwd, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode and not quiet:
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    main()
