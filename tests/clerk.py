"""A clerk's command as a process of its own, without the second that starting Python takes.

The process is a copy of this one (fork), in which the program is loaded already: its own folder,
environment, output and exit code, and nothing of what it does comes back. What has to hold from
one start of Python to the next, such as the same bytes, is to be tested with whole processes:
copies hash alike.
"""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import sys
import traceback
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn

from xinfang.cli import main

_OUR_FAULT = 70


def commanded(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``xinfang`` with these arguments in a folder; nobody sits at its keyboard."""
    _loaded()
    with TemporaryFile() as said, TemporaryFile() as warned:
        child = os.fork()
        if not child:
            _become(folder, arguments, environment, said, warned)
        _, status = os.waitpid(child, 0)
        texts = []
        for file in (said, warned):
            file.seek(0)
            texts.append(file.read().decode())
    code = os.waitstatus_to_exitcode(status)
    assert code != _OUR_FAULT, texts[1]
    return subprocess.CompletedProcess(["xinfang", *arguments], code, *texts)


@cache
def _loaded() -> None:
    """Load what most commands need."""
    for name in ("weasyprint", "xinfang.render", "xinfang.check", "xinfang.documents"):
        import_module(name)


def _become(
    folder: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    said: BinaryIO,
    warned: BinaryIO,
) -> NoReturn:
    """Be the program, from its first to its last moment; of the tests nothing is left."""
    code = _OUR_FAULT
    try:
        atexit._clear()
        logging.getLogger().handlers.clear()
        warnings.resetwarnings()
        for kind in (DeprecationWarning, PendingDeprecationWarning, ResourceWarning):
            warnings.simplefilter("ignore", kind)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said.fileno(), 1)
        os.dup2(warned.fileno(), 2)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        sys.argv = ["xinfang", *arguments]
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - nothing may go on as a second run of the tests
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
