"""Forms filled in on the screen, read back: the fields of a PDF become fields of a record.

The forms are those that ``xinfang.fillable`` makes. Their fields bear the words of the printed
labels; what they are worth is said here. Nothing that somebody wrote is dropped: what has no field
of its own is handed on as it is.
"""

from xinfang.filled.feedback import FeedbackSheet, feedback_sheet
from xinfang.filled.reading import Filled, UnreadablePdfError, is_pdf, read_filled
from xinfang.filled.registration import RegistrationSheet, registration_sheet

__all__ = [
    "FeedbackSheet",
    "Filled",
    "RegistrationSheet",
    "UnreadablePdfError",
    "feedback_sheet",
    "is_pdf",
    "read_filled",
    "registration_sheet",
]
