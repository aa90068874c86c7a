"""The clinics that hand leaflets out: who they are, and how patients reach them.

A project keeps them in `clinics/`: a YAML file for each, or CSV files of many.
"""

from __future__ import annotations

from builder.clinics.directory import clinic_names, read_clinics
from builder.clinics.records import Clinic

__all__ = ["Clinic", "clinic_names", "read_clinics"]
