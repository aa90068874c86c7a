"""Which clinics a build is for, and whose editions it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from builder.build.requests import Request
from builder.clinics import FOLDER, FORM, Clinic, are_all_named, clinic_names, is_id, read_clinics
from builder.fields import nearest
from builder.problems import Place, Problem, Problems
from builder.settings import FILE as SETTINGS
from builder.settings import line_of
from builder.workspace import Folder


@dataclass(frozen=True, slots=True)
class Recipients:
    """The clinics that a build is for."""

    asked: tuple[Clinic, ...]
    left_alone: Callable[[str], bool]
    """Whether a clinic's editions stay as they are: it is broken, or not asked for this time."""
    gone: Callable[[str], bool] = lambda name: False
    """Whether a clinic is no longer written down, so that no module keeps an edition for it."""


def recipients(request: Request, problems: Problems) -> Recipients:
    """The clinics that a build is for; what is wrong with them goes to `problems`."""
    wanted = request.clinics or frozenset(request.settings.clinics)
    if not wanted:
        return Recipients((), lambda name: False)
    everyone = "all" in wanted
    known = clinic_names(request.project)
    sound = read_asked(wanted, request.project, problems)
    problems.extend(unknown(wanted, request.project))

    lost = not known or not are_all_named(request.project)

    def left_alone(name: str) -> bool:
        """A clinic that nobody asked for this time, that is broken, or that cannot be found."""
        asked = everyone or name in wanted
        if name not in known:
            return bool(name) and (name in wanted or lost)
        return name not in sound if asked else bool(request.clinics)

    def gone(name: str) -> bool:
        return bool(name) and name not in known and not left_alone(name)

    return Recipients(tuple(sound.values()), left_alone, gone)


def read_asked(wanted: Collection[str], project: Folder, problems: Problems) -> dict[str, Clinic]:
    """The sound clinics that are asked for, by id."""
    if not wanted:
        return {}
    return read_clinics(project, problems, () if "all" in wanted else wanted)


def unknown(wanted: Collection[str], project: Folder) -> Iterator[Problem]:
    """The clinics that are asked for and that nobody wrote down."""
    if not wanted:
        return
    known = clinic_names(project)
    if "all" in wanted and not known:
        hint = "Write clinics/NAME.yaml or a table of many, or do not ask for all."
        yield Problem("clinic-unknown", "There is no clinic.", Place(FOLDER), hint)
    text = project.text(SETTINGS) if project.has(SETTINGS) else ""
    for name in sorted({*wanted} - {"all", *known}):
        instead = f"Write clinics/{name}.yaml, or take it off." if is_id(name) else FORM
        hint = nearest(name, known) or instead
        place = Place(SETTINGS, line_of(text, "clinics"))
        yield Problem("clinic-unknown", f"There is no clinic “{name}”.", place, hint)
