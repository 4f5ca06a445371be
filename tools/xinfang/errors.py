"""Trouble that is not a finding: a wrong request (exit 2) or a missing means.

Each class owns its sentence, so that tests match on the type and wording lives in one place.
Library code raises these; only the command line turns them into exit codes.
"""

from __future__ import annotations


class XinfangError(Exception):
    """A request that cannot be carried out; the message is a Chinese sentence for the clerk."""


class NoRegisterError(XinfangError):
    """The folder given is not a register."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} 不是登记册: 缺少 office.yaml 或 cases/ 文件夹。请用 -C 指明登记册所在文件夹"
        )
