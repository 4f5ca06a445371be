"""The records: case, steps and office, as closed and frozen models with Chinese aliases."""

from xinfang.model.case import Case, Claim, Origin, Party
from xinfang.model.decision import Assessment
from xinfang.model.inspection import Inspection
from xinfang.model.load import (
    Loaded,
    load_assessment,
    load_case,
    load_inspection,
    load_office,
)
from xinfang.model.office import Office
from xinfang.model.steps import STEP_TYPES, StepBase

__all__ = [
    "STEP_TYPES",
    "Assessment",
    "Case",
    "Claim",
    "Inspection",
    "Loaded",
    "Office",
    "Origin",
    "Party",
    "StepBase",
    "load_assessment",
    "load_case",
    "load_inspection",
    "load_office",
]
