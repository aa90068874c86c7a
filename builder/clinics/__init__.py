"""The clinics that hand leaflets out: who they are, and how patients reach them.

A project keeps them in `clinics/`: a YAML file for each, or CSV files of many.
"""

from __future__ import annotations

from builder.clinics.directory import (
    FOLDER,
    FORM,
    are_all_named,
    clinic_names,
    is_id,
    known_clinics,
    read_clinics,
)
from builder.clinics.records import Clinic

__all__ = [
    "FOLDER",
    "FORM",
    "Clinic",
    "are_all_named",
    "clinic_names",
    "is_id",
    "known_clinics",
    "read_clinics",
]
