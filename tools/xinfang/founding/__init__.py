"""A new register: from a few answers to a folder with all that an office needs.

``answers`` is what is asked, ``stock`` what comes from the house's own pattern, ``files`` what
stands in the folder. Nothing here writes, asks or starts Git; ``xinfang init`` does.
"""

from xinfang.founding.answers import Answers, PersonAnswer, UnitAnswer, load_answers, open_points
from xinfang.founding.files import Host, office_text, register_files
from xinfang.founding.stock import departments, is_given, letters, routes

__all__ = [
    "Answers",
    "Host",
    "PersonAnswer",
    "UnitAnswer",
    "departments",
    "is_given",
    "letters",
    "load_answers",
    "office_text",
    "open_points",
    "register_files",
    "routes",
]
