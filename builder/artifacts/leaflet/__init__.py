"""The leaflet: HTML of the theme -> PDF/UA-1: laid out, inspected, written, sealed, read back."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # A machine without fonts is fine: the theme brings its own.
    warnings.filterwarnings("ignore", ".*Expect ugly output", UserWarning)
    import builder.artifacts.leaflet.engine  # noqa: F401 - first, so that both hold for all below

from builder.artifacts import Found, Made, Order
from builder.artifacts.leaflet.budget import overruns_in
from builder.artifacts.leaflet.inspect import faults_in
from builder.artifacts.leaflet.metadata import SEAL, read_stamp
from builder.artifacts.leaflet.papers import sheet_of
from builder.artifacts.leaflet.render import Layout, Sheet, lay_out, write
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
    """All that `make` would find by laying a leaflet out; it is not written.

    Raises:
        Rejected: it cannot be laid out at all.
    """
    return _told_by(lay_out(order, sheet_of(order)), order)


def _told_by(layout: Layout, order: Order) -> tuple[Problem, ...]:
    """What is wrong with the pages, and how much there is too much of them."""
    return (*layout.problems, *overruns_in(layout, order), *faults_in(layout, order))


def printed(order: Order, sheet: Sheet) -> Made:
    """A document on paper: laid out, inspected, written, sealed, read back.

    Raises:
        Rejected: it cannot be made as it must be; the problems say why.
    """
    layout = lay_out(order, sheet)
    problems = _told_by(layout, order)
    if Problems(problems).errors or not layout.fills_sheets:
        raise Rejected(*problems)
    data, noticed = write(layout, order)
    problems = (*problems, *noticed)
    if Problems(problems).errors:
        raise Rejected(*problems)
    data = seal(data, SEAL)
    if read_stamp(data) != _expected(order):
        message = "The PDF, read back, does not carry the stamp that it was given."
        raise Rejected(Problem("stamp-differs", message, Place(layout.source.path)))
    return Made(data, problems)


def _expected(order: Order) -> Found:
    clinic = order.edition.clinic
    if clinic is None:
        return Found(order.stamp, untouched=True)
    details = (clinic.id, clinic.digest)
    return Found(order.stamp, untouched=True, clinic=clinic.name, details=details)
