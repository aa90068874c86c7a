"""`module.yaml` -> `Facts`."""

from __future__ import annotations

from pydantic import ValidationError

from builder.fields import problems_of
from builder.module.model import Facts
from builder.module.yaml_text import Positions, place_of, read_yaml
from builder.problems import Place, Problem, Problems, Rejected
from builder.workspace import Folder

FILE = "module.yaml"


def read_facts(folder: Folder, problems: Problems) -> tuple[Facts | None, Positions]:
    """The facts of a module, or None where they cannot be had; what is wrong goes to `problems`.

    Raises:
        Rejected: the file cannot be read, or is not YAML.
    """
    path = folder.label(FILE)
    text = folder.text(FILE)
    if not text.strip():
        hint = "`leafdeck new` writes one to start from."
        raise Rejected(Problem("file-empty", "The file is empty.", Place(path), hint))
    values, positions = read_yaml(text, path, problems)
    try:
        return Facts.model_validate(values), positions
    except ValidationError as error:
        problems.extend(problems_of(error, Facts, lambda where: place_of(path, positions, where)))
        return None, positions
