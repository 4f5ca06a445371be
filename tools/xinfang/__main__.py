"""``python -m xinfang`` is the same as ``xinfang``."""

from xinfang.cli import main

main()
