"""What is asked about a new matter or a step, as values; how it is asked is another's affair.

A form says which questions its answers so far call for, and makes the record of them. Answers are
kept by the path of their value in the record, so that each can be looked at, corrected and kept
in a draft by itself. Nothing here asks, shows or writes.
"""

from xinfang.asking.of_case import CaseForm
from xinfang.asking.of_step import StepForm
from xinfang.asking.possible import Possible, possible_steps
from xinfang.asking.questions import (
    ASIDE,
    Answers,
    Form,
    Option,
    Question,
    Reading,
    live,
    matching,
    missing,
    next_question,
    pick,
    read_answer,
    shown,
)

__all__ = [
    "ASIDE",
    "Answers",
    "CaseForm",
    "Form",
    "Option",
    "Possible",
    "Question",
    "Reading",
    "StepForm",
    "live",
    "matching",
    "missing",
    "next_question",
    "pick",
    "possible_steps",
    "read_answer",
    "shown",
]
