"""What can be wrong, as plain data: the records, and the one table of codes.

A problem is found anywhere, kept in a list, and printed only by `builder.report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error keeps the module's artifacts from being published.

    A note is no fault at all: it tells what was done to an author's text.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem is: a file as the author knows it, and a line and column counted from 1."""

    path: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for, whatever the module."""

    severity: Severity
    summary: str


def _errors(**summaries: str) -> dict[str, Rule]:
    return {_code(name): Rule(Severity.ERROR, text) for name, text in summaries.items()}


def _warnings(**summaries: str) -> dict[str, Rule]:
    return {_code(name): Rule(Severity.WARNING, text) for name, text in summaries.items()}


def _notes(**summaries: str) -> dict[str, Rule]:
    return {_code(name): Rule(Severity.NOTE, text) for name, text in summaries.items()}


def _code(name: str) -> str:
    return name.replace("_", "-")


CODES: dict[str, Rule] = {
    # files
    **_errors(
        file_missing="A file that is needed or named does not exist.",
        file_unreadable="A file cannot be read.",
        file_too_large="A file is larger than its kind may be.",
        file_empty="A file that must hold text is empty.",
        not_utf8="A text file is not UTF-8.",
        path_leaves="A path or a symbolic link leads out of the folder it belongs to.",
        nothing_to_make="A module has no text to make a deck or a leaflet from.",
        module_twice="Two modules claim the same id.",
        module_name="A module's folder bears a name that something else needs.",
    ),
    # module.yaml, leafdeck.toml, theme.toml
    **_errors(
        yaml_syntax="A YAML file cannot be parsed.",
        yaml_alias="YAML anchors and aliases are not used here.",
        toml_syntax="A TOML file cannot be parsed.",
        key_unknown="A key that no field bears.",
        key_twice="A key is given twice.",
        field_missing="A required field is missing.",
        field_value="A field's value is not of its kind.",
        date_invalid="A date that is not in the calendar, or not written as year-month-day.",
        dates_order="Dates in an order that cannot be.",
        life_too_long="A life longer than the profile allows.",
        interests_missing="A person without a declaration of interest.",
        interests_empty="An empty declaration of interest; none must be said.",
        interests_amount="A sum of money in a declaration of interest.",
        profile_unknown="A profile that the settings do not define.",
        placeholder_left="Words of a new module that were not replaced.",
        image_undeclared="A picture whose credit and licence are not given.",
        series_unknown="A module of the series that does not exist.",
    ),
    **_warnings(
        interests_old="A declaration of interest, or an interest in it, that is too old.",
        image_unused="A picture that is declared but not used.",
        language_words="No words for the stamp in the module's language yet; English is used.",
        version_unchanged="The content changed but the version did not.",
    ),
    # the text
    **_errors(
        citation_unknown="A citation whose key is not in references.bib.",
        reference_syntax="An entry of references.bib that cannot be read.",
        reference_twice="Two entries of references.bib with one key.",
        picture_missing="A picture that does not exist.",
        picture_broken="A picture that cannot be decoded in full.",
        picture_format="A picture of a kind that decks and leaflets cannot both hold.",
        picture_too_large="A picture with more pixels than the limit.",
        picture_text="A picture without alternative text.",
        container_unknown="A container of a kind that does not exist.",
        container_unclosed="A container that is never closed.",
        columns_many="More columns than stand side by side.",
        footnote_unknown="A footnote mark without its footnote.",
        link_unsafe="A link or picture address that is not allowed.",
        heading_empty="A heading without words.",
        character_invalid="A character that no font shows.",
        text_too_deep="Lists or quotations nested deeper than can be read.",
        question_answer="A question without its one answer, or an answer without a question.",
        table_cells="A table's row that is not as long as its header, or a table without a header.",
        chart_kind="A chart of a kind that does not exist.",
        chart_text="A chart without a message for those who cannot see it.",
        chart_number="A cell of a chart that holds no number, or one that can be read in two ways.",
        chart_data="Numbers of a chart that are missing, or that its kind cannot show.",
        glyph_missing="A character that the theme's fonts do not hold.",
    ),
    **_warnings(
        reference_unused="An entry of references.bib that no text cites.",
        html_removed="Raw HTML that is not on the allow-list was removed.",
        heading_skips="A heading that skips a level.",
        list_faked="Lines that look like a list's items and are none.",
        picture_words="Alternative text that begins with words that fit any picture.",
        title_twice="A text that begins with the module's title, or another one below it.",
        citation_page="A page in a citation, which is not printed.",
        link_text="A link whose words do not say where it leads.",
        link_place="A link to a place that the text does not have.",
        list_flat="An item that is meant to be nested, but is not indented enough.",
        mark_left="A mark that is shown as it is typed.",
        footnote_unused="A footnote that no text uses.",
        picture_size="A picture's size, or how it fits, that cannot be read.",
        picture_thin="A picture so long and thin that hardly anything can be seen.",
        table_widths="Widths of a table's columns that cannot be read.",
        table_merged="A table's cell that spans several, which readers and programs lose track in.",
        glossary_unused="A word of the glossary that no text uses.",
        text_unshown="Text that is left out of what its file makes.",
        chart_message="A chart whose message says no more than its title.",
        chart_axis="A chart that does not say what its numbers are.",
        chart_crowded="A chart with more in it than can be read.",
        heading_missing="A slide without a heading of its own.",
        file_unused="A file in a module's folder that is not read.",
        role_unknown="A role on a heading that has no meaning.",
        part_missing="A part that the profile requires of a leaflet is not there.",
        reading_hard="A leaflet that is harder to read than the profile's goal.",
        sentence_long="A sentence with more words than the profile allows.",
        passive_voice="More sentences in the passive voice than the profile allows.",
    ),
    # translations
    **_errors(
        front_matter="A translation that does not say what it was made from.",
        translation_language="A translation in a language that does not exist, or its original's.",
        translation_original="A translation of a text that the module does not have.",
        translation_unfinished="A translation with words that are still to be translated.",
        translation_unreviewed="A machine's translation that no clinician has checked.",
    ),
    **_warnings(
        translation_stale="A translation whose original has moved on.",
        translation_gone="A translation of a section that its original does not have.",
        translation_differs="A translated section that differs in more than words.",
        translation_left="Words of a translation that are still those of the original.",
        translation_numbers="Numbers of a translated section that are not those of the original.",
        translation_expiry="A translation that would outlive its original.",
    ),
    # clinics
    **_errors(
        clinic_id="A clinic's id that cannot name a folder.",
        clinic_twice="Two clinics with the same id.",
        clinic_row="A row of a table of clinics whose cells cannot be told apart.",
        clinic_unknown="A clinic that is asked for and does not exist.",
        module_failed="A module that could not be read, by a fault of ours.",
        clinic_failed="A clinic that could not be read, by a fault of ours.",
        logo_small="A logo with too few pixels to be printed.",
    ),
    **_warnings(
        phone_odd="A telephone number that is unlike the others of its table.",
    ),
    # theme and artifacts
    **_errors(
        theme_unknown="A theme that does not exist, or that extends itself.",
        theme_file="A file that the theme must hold is missing or broken.",
        theme_layout="A slide layout that the theme promises is not in its master deck.",
        layout_unknown="A layout that the master deck does not have.",
        template_error="An error in a theme's template.",
        font_missing="A font file that the theme names does not exist or is broken.",
        contrast_low="Text and background of the theme are too alike.",
        text_overflows="Text that does not fit where it must.",
        pages_over_budget="A leaflet with more pages than its budget.",
        panels_overflow="A leaflet with more text than a tri-fold holds.",
        stamp_differs="An artifact read back with another stamp than it was given.",
        deck_inaccessible="A finished deck that some people could not use.",
        artifact_invalid="An artifact that would not conform.",
        git_failed="Git could not tell what was changed.",
        output_locked="Another build writes into the same folder.",
        artifact_failed="An artifact that could not be made.",
        output_unwritable="The output folder cannot be written.",
        executor_missing="What runs jobs on other machines is not installed.",
        scheduler_unreachable="A scheduler of other machines that is not there or has no workers.",
        workers_differ="Workers on other machines with other versions than this one has.",
    ),
    **_warnings(
        theme_key="A key of theme.toml that is probably a slip.",
        layout_unsuited="A layout asked for that does not suit what the slide holds.",
        theme_unread="A deck in a theme's folder that is not read, because of its name.",
        theme_macros="Macros in a master deck, which are left out.",
        theme_mended="Something in a master deck that is left out, because decks must not hold it.",
        deck_legibility="Words of the master deck that are hard to read.",
        render_warning="Something the PDF engine warned of.",
        module_expired="A module that has expired; it is marked on every page.",
        review_due="A module whose review is due.",
        not_published_yet="A module that is a draft because its day has not come.",
    ),
    **_notes(
        text_shrunk="Text that is smaller than designed, so that it fits.",
        text_continued="A slide that continues on further ones.",
        reading_level="How hard a leaflet is to read.",
        jargon="A word of the glossary that is used before it is explained.",
    ),
    # the cache
    **_errors(
        cache_address="An address of a cache that cannot be one.",
        cache_missing_extra="A cache whose kind needs something that is not installed.",
    ),
    **_warnings(cache_unreachable="A cache that cannot be used; what it held is made anew."),
    **_notes(cache_read_only="A cache that may be read but not written."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Raises:
        KeyError: the code is not in `CODES`.
    """

    code: str
    message: str
    place: Place = Place()
    hint: str = ""
    strict: bool = False
    """Whether the profile makes an error of what is a warning otherwise."""

    def __post_init__(self) -> None:
        CODES[self.code]

    @property
    def severity(self) -> Severity:
        """Error, warning or note, as the table of codes says, or an error by the profile."""
        return Severity.ERROR if self.strict else CODES[self.code].severity

    def at(self, place: Place) -> Problem:
        """The same problem at another place."""
        return replace(self, place=place)


class Rejected(Exception):  # noqa: N818 - it names what happened to the input, not a fault of ours
    """Raised where nothing sensible can follow; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the input was rejected."""
        return self.args

    def __str__(self) -> str:
        return "; ".join(problem.message for problem in self.problems)


class Problems:
    """A list of problems that is handed down and filled on the way."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found: dict[Problem, None] = dict.fromkeys(found)

    def add(self, code: str, message: str, place: Place | None = None, hint: str = "") -> None:
        """Note a problem; the same one twice is kept once."""
        self._found[Problem(code, message, place or Place(), hint)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        self._found.update(dict.fromkeys(problems))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep artifacts from being published."""
        return tuple(p for p in self if p.severity is Severity.ERROR)

    def ordered(self) -> tuple[Problem, ...]:
        """All problems by file, line and column."""
        return tuple(sorted(self, key=_order))


def _order(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return (place.path, place.line or 0, place.column or 0, problem.code)
