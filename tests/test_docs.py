"""What the documents say is true: fields, defaults, paths, commands."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from pydantic import BaseModel

from builder.checks.code import Text, verify_code
from builder.module.facts import read_facts
from builder.module.library import read_library
from builder.module.localised import TranslationFacts
from builder.module.model import Facts
from builder.module.schema import schema_text
from builder.problems import Problems
from builder.settings import Settings
from builder.workspace import Folder
from tests.helpers import CHECKOUT, TODAY, Project

GUIDE = (CHECKOUT / "sources" / "README.md").read_text(encoding="utf-8")


def block(language: str, text: str = GUIDE) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def fields(schema: dict[str, Any], model: dict[str, Any], at: str = "") -> set[str]:
    """The dotted names of all fields below a part of a JSON Schema."""
    found: set[str] = set()
    for name, part in model.get("properties", {}).items():
        found.add(at + name)
        for reference in re.findall(r"#/\$defs/(\w+)", str(part)):
            found |= fields(schema, schema["$defs"][reference], f"{at}{name}.")
    return found


def named(values: Any, at: str = "") -> set[str]:
    """The dotted names of all keys in an example."""
    if isinstance(values, list | tuple):
        return {name for each in values for name in named(each, at)}
    if not isinstance(values, dict):
        return set()
    inner = {name for key, value in values.items() for name in named(value, f"{at}{key}.")}
    return {at + key for key in values} | inner


def test_example_is_a_sound_module(tmp_path: Any) -> None:
    """The example of `module.yaml` is read without a problem."""
    (tmp_path / "module.yaml").write_text(block("yaml"), encoding="utf-8")
    problems = Problems()
    facts, _ = read_facts(Folder(tmp_path, "sources/hand-washing"), problems)
    assert (list(problems), facts is not None) == ([], True)


def test_example_shows_every_field(tmp_path: Any) -> None:
    """Every field of the schema stands in the example, but the one that excludes another."""
    (tmp_path / "module.yaml").write_text(block("yaml"), encoding="utf-8")
    facts, _ = read_facts(Folder(tmp_path, ""), Problems())
    assert facts
    schema = Facts.model_json_schema()
    shown = named(facts.model_dump(exclude_unset=True))
    assert fields(schema, schema) - shown == {"valid_for"}


def test_defaults_of_the_settings_are_as_documented() -> None:
    """The settings in the guide are the defaults."""
    documented = Settings.model_validate(tomllib.loads(block("toml")))
    assert documented == Settings()


@pytest.mark.parametrize("document", ["README.md", "sources/README.md"])
def test_codes_that_are_shown_are_of_a_sample(document: str) -> None:
    """Each code that a document asks `leafdeck verify` of is that of a sample's text today."""
    codes = re.findall(
        r"leafdeck verify ([A-Z]+-\d+-\w+)", (CHECKOUT / document).read_text(encoding="utf-8")
    )
    library = read_library(Folder(CHECKOUT, ""))
    for code in codes:
        found = verify_code(code, library, {}, Settings().rules, TODAY)
        now = [stamp.short_code for stamp in found.stamps]
        assert found.text is Text.CURRENT, f"{code} is now one of {now}"
    assert codes


def test_schema_beside_the_samples_is_current() -> None:
    """`sources/module.schema.json` is what `leafdeck schema` prints."""
    committed = (CHECKOUT / "sources" / "module.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text()


def test_schema_is_one_that_editors_take() -> None:
    """An independent reader of JSON Schema takes it, passes the samples and sees a slip."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    schema = CHECKOUT / "sources" / "module.schema.json"
    samples = sorted((CHECKOUT / "sources").glob("*/module.yaml"))
    done = subprocess.run([*command, schema, *samples], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    slips = samples[0].read_text(encoding="utf-8").replace("kind: ", "kind: x")
    done = subprocess.run(
        [*command, schema, "-"], input=slips, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1


def test_each_sample_names_the_schema() -> None:
    """An editor finds the schema from the first line of each `module.yaml`."""
    for path in sorted((CHECKOUT / "sources").glob("*/module.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../module.schema.json", path


def test_every_field_is_described() -> None:
    """Each field of each record has its sentence: it is the help that an editor shows."""
    schemas = [Facts.model_json_schema(), TranslationFacts.model_json_schema()]
    records = [each for schema in schemas for each in (schema, *schema["$defs"].values())]
    parts = [
        (r["title"], name, part) for r in records for name, part in r.get("properties", {}).items()
    ]
    assert [(title, name) for title, name, part in parts if not part.get("description")] == []


@pytest.mark.parametrize("document", ["builder/ARCHITECTURE.md", "tests/README.md"])
def test_paths_named_exist(document: str) -> None:
    """Every path in backticks that looks like one exists, from the root or beside the page."""
    text = (CHECKOUT / document).read_text(encoding="utf-8")
    home = (CHECKOUT / document).parent
    for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|yaml))`", text):
        if not path.startswith(("output/", "sources/<", "images/")):
            assert (CHECKOUT / path).exists() or (home / path).exists(), path


def test_skeleton_builds_at_once(tmp_path: Any) -> None:
    """What `leafdeck new` writes is sound."""
    from builder.skeleton import write_skeleton

    project = Project(tmp_path)
    write_skeleton(tmp_path, "hand-washing", project.today)
    assert [each for each in project.check() if each.severity != "note"] == []


def test_models_are_frozen() -> None:
    """No record of a module can be changed after it was read."""
    assert issubclass(Facts, BaseModel) and Facts.model_config["frozen"]
