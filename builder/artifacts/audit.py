"""The audit: a page for those who write and check a leaflet, on how it reads and what it lacks.

The template writes it from `builder.reading.audit`; stamp and seal are those of the page.
"""

from __future__ import annotations

from builder.artifacts import Made, Order, page
from builder.artifacts.page import read_stamp

__all__ = ["make", "read_stamp"]


def make(order: Order) -> Made:
    """The audit as an HTML file.

    Raises:
        Rejected: the template's HTML has no head, or lacks part of the stamp.
    """
    return page.make(order)
