"""All that a worker imports to make any artifact: to be imported before workers are forked.

What is imported before is shared by all of them, in time and in memory. Nothing is made here: fonts
and styles belong to a theme, and each worker reads its own.
"""

from __future__ import annotations

import email.policy  # noqa: F401 - by WeasyPrint, for each picture's media type

import babel.numbers  # noqa: F401 - by Jinja's extension for words in other languages
import jinja2.ext  # noqa: F401
from PIL import Image

import builder.artifacts.audit
import builder.artifacts.deck.gate
import builder.artifacts.deck.master.adding
import builder.artifacts.deck.write
import builder.artifacts.deck.write.package
import builder.artifacts.handout
import builder.artifacts.html
import builder.artifacts.leaflet
import builder.artifacts.page
import builder.artifacts.preview  # noqa: F401

Image.preinit()  # Pillow's rooms for the usual kinds of pictures
