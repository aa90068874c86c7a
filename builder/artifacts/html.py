"""A module and a theme -> HTML: the theme's Jinja templates in a sandbox, nothing undefined."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from builder.module.language import Language
from builder.module.model import Image, Module, Text
from builder.module.stamp import Stamp
from builder.problems import Place, Problem, Rejected
from builder.settings import Settings
from builder.theme import Theme

LONGEST = 20_000_000
"""Characters of a rendered document; a template that writes more has run away."""


def render(theme: Theme, template: str, context: Mapping[str, Any]) -> str:
    """The document that a template of the theme makes of the context.

    Raises:
        Rejected: the template is missing, or has an error; the problem names its file and line.
    """
    environment = _environment(theme)
    try:
        html = environment.get_template(template).render(context)
    except TemplateSyntaxError as error:
        place = Place(error.filename or template, error.lineno)
        raise Rejected(_problem(place, error)) from None
    except TemplateNotFound as error:
        message = f"The theme “{theme.name}” holds no template {error.name}."
        raise Rejected(Problem("theme-file", message, Place(theme.label))) from None
    except Rejected:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a template can do wrong is the template's error
        raise Rejected(_problem(_last_line(theme, error), error)) from None
    if len(html) > LONGEST:
        message = f"The template writes more than {LONGEST // 1_000_000} million characters."
        raise Rejected(
            Problem("template-error", message, Place(theme.holder(template).label(template)))
        )
    return html


def context_of(
    module: Module,
    artifact: str,
    stamp: Stamp,
    theme: Theme,
    settings: Settings,
    titles: Mapping[str, str],
) -> dict[str, Any]:
    """What a template can name.

    Args:
        module: the module.
        artifact: the kind of artifact, which says which text is `text`.
        stamp: the artifact's stamp.
        theme: its tokens are `theme`.
        settings: its rules are `rules`.
        titles: the titles of all modules of the project by folder, for the series.
    """
    text = module.texts.get(artifact) or Text(path="", sections=())
    return {
        "module": module.facts,
        "name": module.name,
        "text": text,
        "texts": module.texts,
        "stamp": stamp,
        "language": Language(module.facts.language),
        "theme": theme.tokens,
        "rules": settings.rules,
        "base_url": settings.base_url,
        "titles": titles,
        "images": used_images(module, text),
    }


def used_images(module: Module, text: Text) -> tuple[Image, ...]:
    """The credits of the pictures that a text shows, in the order of `module.yaml`."""
    shown = {picture.path for picture in text.pictures}
    return tuple(image for image in module.facts.images if image.file in shown)


def _environment(theme: Theme) -> Environment:
    return ImmutableSandboxedEnvironment(
        loader=_ThemeLoader(theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class _ThemeLoader(BaseLoader):
    """Templates of the theme; each error then names the file that the template came from."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        if not self.theme.has(template):
            raise TemplateNotFound(template)
        holder = self.theme.holder(template)
        return holder.text(template), holder.label(template), None


def _last_line(theme: Theme, error: BaseException) -> Place:
    """The innermost line of a template that an error passed through; Jinja puts it in the trace."""
    labels = {folder.label("") for folder in theme.folders}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(frame.filename.startswith(label) for label in labels):
            return Place(frame.filename, frame.lineno)
    return Place(theme.label)


def _problem(place: Place, error: BaseException) -> Problem:
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    hint = "`themes/README.md` lists what a template can name."
    return Problem("template-error", f"{words.rstrip('.')}.", place, hint)
