"""The leaflet: HTML of the theme -> PDF/UA-1: laid out, inspected, written, sealed, read back."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # A machine without fonts is fine: the theme brings its own.
    warnings.filterwarnings("ignore", ".*Expect ugly output", UserWarning)
    import weasyprint  # noqa: F401 - imported here first, so that the filter holds for all below

from builder.artifacts import Found, Made, Order
from builder.artifacts.leaflet.budget import overruns_in
from builder.artifacts.leaflet.inspect import faults_in
from builder.artifacts.leaflet.metadata import SEAL, read_stamp
from builder.artifacts.leaflet.papers import sheet_of
from builder.artifacts.leaflet.render import Sheet, lay_out, write
from builder.artifacts.seal import seal
from builder.problems import Place, Problem, Problems, Rejected

__all__ = ["make", "printed", "read_stamp", "rehearse"]


def make(order: Order) -> Made:
    """The leaflet as a PDF file.

    Raises:
        Rejected: it cannot be made as it must be; the problems say why.
    """
    return printed(order, sheet_of(order))


def rehearse(order: Order) -> tuple[Problem, ...]:
    """Whether a leaflet that may only be so long is longer: it is laid out, and not written.

    Raises:
        Rejected: it cannot be laid out at all.
    """
    return tuple(overruns_in(lay_out(order, sheet_of(order)), order))


def printed(order: Order, sheet: Sheet) -> Made:
    """A document on paper: laid out, inspected, written, sealed, read back.

    Raises:
        Rejected: it cannot be made as it must be; the problems say why.
    """
    layout = lay_out(order, sheet)
    problems = (*layout.problems, *overruns_in(layout, order))
    if not layout.fills_sheets:
        raise Rejected(*problems)
    problems = (*problems, *faults_in(layout, order))
    if Problems(problems).errors:
        raise Rejected(*problems)
    data, noticed = write(layout, order)
    problems = (*problems, *noticed)
    if Problems(problems).errors:
        raise Rejected(*problems)
    data = seal(data, SEAL)
    clinic = order.edition.clinic.name if order.edition.clinic else ""
    if read_stamp(data) != Found(order.stamp, untouched=True, clinic=clinic):
        message = "The PDF, read back, does not carry the stamp that it was given."
        raise Rejected(Problem("stamp-differs", message, Place(layout.source.path)))
    return Made(data, problems)
