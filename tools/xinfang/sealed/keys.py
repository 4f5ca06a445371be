"""The key: an age identity file outside the register, readable by its owner only."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Final

from pyrage import IdentityError, x25519

from xinfang.errors import XinfangError
from xinfang.store import create

#: Key of the sample register, published with it: it protects nothing.
DEMO_KEY: Final = "keys/demo.key"

_VARIABLE: Final = "XINFANG_KEY_FILE"
_SECRET: Final = "AGE-SECRET-KEY-1"  # noqa: S105 - how every age key begins


class MissingKeyError(XinfangError):
    """A command needs the key and there is none."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"没有密钥文件 {path}。请向保管人取得密钥文件放到该处,或用环境变量 {_VARIABLE} 指明;"
            "新登记册用 xinfang keys new 新建。样例登记册用 keys/demo.key"
        )


class BrokenKeyError(XinfangError):
    """The key file holds no age key."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 不是 age 密钥文件: 应有一行以 {_SECRET} 开头")


class KeyExistsError(XinfangError):
    """A new key would overwrite an old one, and with it all that only the old one opens."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已有密钥,不会覆盖;另建请用 --output 指定文件")


def key_file() -> Path:
    """Where the key is looked for: the variable, else the user's own configuration folder."""
    named = os.environ.get(_VARIABLE)
    if named:
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(home) if home else Path.home() / ".config") / "xinfang" / "key.txt"


def load_keys(path: Path | None = None) -> list[x25519.Identity]:
    """Read the keys of a key file; it may hold several, as after a change of key.

    Raises:
        MissingKeyError: There is no such file.
        BrokenKeyError: It holds no key, or a damaged one.
    """
    path = path or key_file()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise MissingKeyError(path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenKeyError(path) from error
    try:
        keys = [
            x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except IdentityError as error:
        raise BrokenKeyError(path) from error
    if not keys:
        raise BrokenKeyError(path)
    return keys


def keys_for(folder: Path, *, sample: bool) -> list[x25519.Identity]:
    """Read the keys to open a register with: the user's own, and a sample's published one.

    Raises:
        MissingKeyError: There are none at all.
        BrokenKeyError: A key file is damaged.
    """
    demo = folder / DEMO_KEY
    files = [file for file in (key_file(), demo if sample else None) if file and file.exists()]
    if not files:
        raise MissingKeyError(key_file())
    return [key for file in files for key in load_keys(file)]


def public_keys(keys: list[x25519.Identity]) -> list[str]:
    """Give the public halves, as they stand among the recipients in ``office.yaml``."""
    return [str(key.to_public()) for key in keys]


def create_key(path: Path, today: date) -> str:
    """Make a new key and give its public half; only the owner may read the file.

    Raises:
        KeyExistsError: A key stands there already.
    """
    key = x25519.Identity.generate()
    public = str(key.to_public())
    text = f"# created: {today}\n# public key: {public}\n{key}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not create(path, text.encode(), mode=0o600):
        raise KeyExistsError(path)
    return public
