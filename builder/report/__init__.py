"""How answers are printed: the one place that speaks.

Nothing heavy is imported here: a build that has nothing to do prints its line at once.
"""

from builder.report.due import due_calendar, print_due
from builder.report.formats import (
    FORMATS,
    QUIET,
    print_annotations,
    print_build,
    print_check,
    print_planned,
    print_rejected,
    print_sarif,
)
from builder.report.plans import explained_values, print_compared, print_explained, print_plan
from builder.report.survey import print_survey
from builder.report.terminal import put
from builder.report.turns import print_first, print_turn
from builder.report.values import (
    code_values,
    due_values,
    outcome_values,
    plan_values,
    print_json,
    problem_values,
    survey_values,
    verdict_values,
)
from builder.report.verdicts import print_code, print_verdict
from builder.report.words import print_outcome, print_problems, print_summary, progress

__all__ = [
    "FORMATS",
    "QUIET",
    "code_values",
    "due_calendar",
    "due_values",
    "explained_values",
    "outcome_values",
    "plan_values",
    "print_annotations",
    "print_build",
    "print_check",
    "print_code",
    "print_compared",
    "print_due",
    "print_explained",
    "print_first",
    "print_json",
    "print_outcome",
    "print_plan",
    "print_planned",
    "print_problems",
    "print_rejected",
    "print_sarif",
    "print_summary",
    "print_survey",
    "print_turn",
    "print_verdict",
    "problem_values",
    "progress",
    "put",
    "survey_values",
    "verdict_values",
]
