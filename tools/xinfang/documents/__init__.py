"""From a matter and a form to a paper: the values that fill it, and what stops it.

A paper is HTML with everything in it, so that it can be looked at, compared and printed
anywhere. A field that is missing stops the paper with a finding; nothing is ever guessed or
left as a hole. Names stand in it only where the caller hands them over (DESIGN §5).
"""

from xinfang.documents.papers import Paper, Papers, stopped
from xinfang.documents.stamp import Stamp
from xinfang.documents.stops import Locate
from xinfang.documents.values import SEALED, Identities, Person

__all__ = ["SEALED", "Identities", "Locate", "Paper", "Papers", "Person", "Stamp", "stopped"]
