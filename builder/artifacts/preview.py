"""The preview: the deck's slides as a web page of their own, to be looked at without PowerPoint."""

from __future__ import annotations

import base64
from dataclasses import replace
from urllib.parse import unquote

from lxml.html import HtmlElement

from builder.artifacts import Made, Order, page
from builder.artifacts.deck import numbered
from builder.artifacts.page import read_stamp
from builder.artifacts.screens import arranged, written
from builder.module.pictures import raster
from builder.problems import Place
from builder.workspace import Folder

__all__ = ["make", "read_stamp"]


def make(order: Order) -> Made:
    """The page, self-contained, from the same slide HTML as the deck.

    Raises:
        Rejected: a picture cannot be read, or part of the stamp is missing.
    """
    document = arranged(order.html, numbered(order))
    for image in document.iter("img"):
        _take_in(image, order.module.folder)
    return page.make(replace(order, html=written(document)))


def _take_in(image: HtmlElement, folder: Folder) -> None:
    """Put a picture's bytes into the page."""
    path = unquote(image.get("src", ""))
    shown = raster(folder.read(path), path, Place(folder.label(path)))
    data = base64.b64encode(shown.data).decode()
    image.set("src", f"data:{shown.kind};base64,{data}")
