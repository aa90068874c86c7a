"""All clinics of a project; one with an error is left out, and keeps no other from being read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from pydantic import ValidationError

from builder.clinics.entries import Entry, entries_in
from builder.clinics.logo import read_logo
from builder.clinics.phones import check_phones
from builder.clinics.records import Clinic, ClinicFile
from builder.fields import problems_of
from builder.problems import Problems, Rejected
from builder.workspace import Folder

FOLDER = "clinics"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
"""Characters of an id: it names a folder."""
FORM = f"Use small letters, digits and single hyphens, as in st-example; {LONGEST} at most."


def clinic_names(project: Folder) -> tuple[str, ...]:
    """The ids of all clinics that are written down, in order, also of those with an error."""
    entries = _entries(project, Problems())
    return tuple(sorted({entry.id for entry in entries if is_id(entry.id)}))


def are_all_named(project: Folder) -> bool:
    """Whether every clinic's id can be read; else one that is not named may not be gone."""
    problems = Problems()
    entries = _entries(project, problems)
    return not problems.errors and all(is_id(entry.id) for entry in entries)


def read_clinics(
    project: Folder, problems: Problems, names: Collection[str] = ()
) -> dict[str, Clinic]:
    """The sound clinics of a project, by id and in its order.

    Of two with the same id neither is taken: nobody can tell whose telephone number is right.

    Args:
        project: its folder.
        problems: gets what is wrong with files, and with the clinics asked for.
        names: the ids of those asked for; all where there are none.
    """
    entries = _entries(project, problems)
    _check_ids(entries)
    check_phones(entries)
    count = Counter(entry.id for entry in entries)
    folder = project.folder(FOLDER) if entries else project
    clinics = {}
    for entry in entries:
        if names and entry.id not in names:
            continue
        clinic = _clinic(entry, folder)
        problems.extend(entry.problems)
        if clinic and not entry.problems.errors and count[entry.id] == 1:
            clinics[entry.id] = clinic
    return dict(sorted(clinics.items()))


def known_clinics(project: Folder) -> dict[str, Clinic | None]:
    """All clinics that are written down, by id; None for one that has an error."""
    sound = read_clinics(project, Problems())
    return {name: sound.get(name) for name in clinic_names(project)}


def _entries(project: Folder, problems: Problems) -> tuple[Entry, ...]:
    try:
        return tuple(entries_in(project.folder(FOLDER), problems))
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return ()


def is_id(name: str) -> bool:
    """Whether a word can name a clinic's folder."""
    return bool(ID.fullmatch(name)) and len(name) <= LONGEST


def _check_ids(entries: Iterable[Entry]) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        place = entry.place(())
        if not entry.id:  # where the row can be read at all
            message, hint = "The field “clinic” is missing.", f"It names the clinic. {FORM}"
            if entry.values is not None:
                entry.problems.add("field-missing", message, place, hint)
        elif not is_id(entry.id):
            message = f"“{entry.id}” cannot name a clinic's folder."
            entry.problems.add("clinic-id", message, place, FORM)
        elif entry.id in first:
            other = first[entry.id].place(())
            hint = f"The other is {other}. Neither is built until one is gone."
            entry.problems.add("clinic-twice", f"There are two clinics “{entry.id}”.", place, hint)
        first.setdefault(entry.id, entry)


def _clinic(entry: Entry, folder: Folder) -> Clinic | None:
    """The clinic of an entry, or None; what is wrong goes to the entry's problems."""
    if entry.values is None:
        return None
    try:
        told = ClinicFile.model_validate(entry.values)
        image = read_logo(folder, told.logo, entry.place(("logo",))) if told.logo else None
    except ValidationError as error:
        entry.problems.extend(problems_of(error, ClinicFile, entry.place))
        return None
    except Rejected as rejected:
        entry.problems.extend(rejected.problems)
        return None
    except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the other clinics
        message = f"The clinic could not be read: {type(error).__name__}."
        hint = "This is a fault of Leafdeck; please report it with the lines of this clinic."
        entry.problems.add("clinic-failed", message, entry.place(()), hint)
        return None
    return Clinic.model_construct(**dict(told), id=entry.id, image=image)
