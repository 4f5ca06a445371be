"""A new register: from a few answers to a folder with all that an office needs.

``answers`` is what is known of an office, ``questions`` how it is asked for, ``stock`` what comes
from the house's own pattern, ``files`` what stands in the folder. Nothing here writes or starts
Git; ``xinfang init`` does.
"""

from xinfang.founding.answers import Answers, load_answers, open_points
from xinfang.founding.files import Host, office_text, register_files

__all__ = [
    "Answers",
    "Host",
    "load_answers",
    "office_text",
    "open_points",
    "register_files",
]
