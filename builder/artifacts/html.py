"""A module and a theme -> HTML: the theme's Jinja templates in a sandbox, nothing undefined."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from builder.artifacts.edition import PLAIN, Edition
from builder.artifacts.status_page import status_page
from builder.module.language import Language
from builder.module.localised import printed_facts
from builder.module.model import Image, Module
from builder.module.stamp import Stamp
from builder.module.text import Text
from builder.module.words import ENGLISH, catalogue_for, marked_up, words_in, words_over
from builder.problems import Place, Problem, Rejected
from builder.reading.audit import Later
from builder.settings import Settings
from builder.theme import Theme

PLAIN_METHODS = frozenset({
    "capitalize", "endswith", "get", "items", "keys", "lower", "lstrip", "replace", "rstrip",
    "split", "startswith", "strip", "upper", "values",
})  # fmt: skip
"""What a template may do with a text or a table."""
GREEDY = ("center", "format", "indent", "wordwrap", "filesizeformat")
"""Filters that make gigabytes of one number."""
LONGEST = 20_000_000
"""Characters of a rendered document; a template that writes more has run away."""
MOST_COMPILED = 100
"""Templates that are kept compiled; a theme has about five."""


def render(theme: Theme, template: str, context: Mapping[str, Any]) -> str:
    """The document that a template of the theme makes of the context.

    Raises:
        Rejected: the template is missing, or has an error; the problem names its file and line.
    """
    environment = _environment(theme)
    environment.globals.update(_words_of(context.get("language") or Language(ENGLISH), theme))
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
    artifact: str | None,
    stamp: Stamp,
    theme: Theme,
    settings: Settings,
    titles: Mapping[str, str],
    edition: Edition = PLAIN,
    files: Sequence[object] = (),
) -> dict[str, Any]:
    """What a template can name.

    Args:
        module: the module.
        artifact: the name of the text that is `text`.
        stamp: the artifact's stamp.
        theme: its tokens are `theme`.
        settings: its rules are `rules`.
        titles: the titles of all modules of the project by folder, for the series.
        edition: the language, the paper and the clinic that it is for.
        files: everything that can be had of the module.
    """
    text = module.texts.get(artifact or "") or Text(path="", sections=())
    return {
        "module": printed_facts(module),
        "name": module.name,
        "text": text,
        "texts": tuple(module.texts),
        "stamp": stamp,
        "language": Language(module.facts.language),
        "theme": theme.tokens,
        "rules": settings.rules.model_dump(),
        "base_url": settings.base_url,
        "extras": settings.extras,
        "handout": settings.handout,
        "titles": titles,
        "edition": edition,
        "original": module.original,
        "status_page": status_page(settings.base_url, module.name, edition.language),
        "files": files,
        "audit": Later(module, settings.rules),
        "images": tuple(image.model_dump() for image in used_images(module, text)),
    }


def used_images(module: Module, text: Text) -> tuple[Image, ...]:
    """The credits of the pictures that a text shows, in the order of `module.yaml`."""
    shown = {picture.path for picture in text.pictures}
    return tuple(image for image in module.facts.images if image.file in shown)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, tightened: a template comes from anyone.

    It sees plain data, and calls nothing but its own macros, the methods of plain data, and the
    two functions that write a day in words.
    """

    intercepted_binops = frozenset(("*", "**", "%"))

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something."""
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        if isinstance(owner, Stamp | Language):
            return name == "date"
        if isinstance(owner, str | Mapping):
            return name in PLAIN_METHODS
        return isinstance(owner, LoopContext) or self._is_of_jinja(obj)

    def _is_of_jinja(self, obj: Any) -> bool:
        return type(obj).__module__ == "jinja2.runtime" or obj in self.globals.values()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers; a text is not multiplied or formatted into gigabytes."""
        if operator == "**" or isinstance(left, str) or isinstance(right, str):
            raise SecurityError(f"the operator {operator} is not allowed here")
        return super().call_binop(context, operator, left, right)


class _Compiled(BytecodeCache):
    """The templates that this process compiled, by name and text: a changed one is another."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self.codes) >= MOST_COMPILED:
            self.codes.clear()
        self.codes[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()


def _environment(theme: Theme) -> Environment:
    environment = _Sandbox(
        loader=_ThemeLoader(theme),
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_compiled,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name in GREEDY:
        del environment.filters[name]
    del environment.globals["lipsum"]
    # `{% trans %}` then hands over by name what is put in.
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # of the extension
    return environment


def _words_of(language: Language, theme: Theme) -> dict[str, Callable[..., Markup]]:
    """What a template calls for words in the language of the module."""
    words = _catalogue(language, theme)

    def gettext(message: str, /, **values: object) -> Markup:
        return marked_up(words.gettext(message), values)

    def pgettext(context: str, message: str, /, **values: object) -> Markup:
        return marked_up(words.pgettext(context, message), values)

    def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
        return marked_up(words.ngettext(one, many, number), {"num": number, **values})

    return {"_": gettext, "gettext": gettext, "pgettext": pgettext, "ngettext": ngettext}


def _catalogue(language: Language, theme: Theme) -> NullTranslations:
    """Our words, those of the theme laid over them."""
    name = catalogue_for(language.tag) or ENGLISH
    path = f"catalogues/{name}.po"
    if not theme.has(path):
        return words_in(name)
    try:
        return words_over(theme.read(path), name)
    except ValueError as error:
        message = f"This is no catalogue of words: {error}."
        place = Place(theme.holder(path).label(path))
        raise Rejected(Problem("theme-file", message, place)) from None


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
