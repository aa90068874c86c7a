"""The manifest's schema: what builds write keeps to it, and what they do not write does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from builder.artifacts import KINDS
from builder.build.publishing.manifest import FORMAT, read_manifest
from builder.build.publishing.schema import manifest_schema
from builder.module.lifecycle import Status
from builder.module.values import Kind
from tests.helpers import Project

SCHEMA = json.loads(manifest_schema())
PAGE = "basic/index.html"


def wrong(values: Any) -> list[str]:
    """What is wrong with a manifest."""
    judge = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in judge.iter_errors(values)]


def manifest_of(project: Project) -> Any:
    """A project's manifest as plain values."""
    return json.loads(project.read("manifest.json"))


def test_the_schema_is_one() -> None:
    """It keeps to draft 2020-12, and every field has its sentence."""
    Draft202012Validator.check_schema(SCHEMA)

    def undescribed(part: Any, at: str) -> list[str]:
        found = []
        for name, field in part.get("properties", {}).items():
            told = "description" in field or field.get("$ref", "").startswith("#/$defs/stamp")
            found += [] if told else [f"{at}.{name}"]
            found += undescribed(field, f"{at}.{name}")
        return found

    parts = {"": SCHEMA, **SCHEMA["$defs"]}
    assert [name for at, part in parts.items() for name in undescribed(part, at)] == []


def test_it_knows_what_there_is() -> None:
    """Format, kinds and states are those of the program."""
    stamp = SCHEMA["$defs"]["stamp"]["properties"]
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert stamp["artifact"]["enum"] == list(KINDS)
    assert stamp["status"]["enum"] == list(Status)
    assert stamp["kind"]["enum"] == list(Kind)


def test_what_is_built_keeps_to_it(basic: Project) -> None:
    """All kinds, papers and a clinic's edition; again once the module has expired and is gone."""
    everything = (
        'clinics = ["st-example"]\nextras = ["handout", "preview"]\n'
        '[leaflet]\nformats = ["a4", "trifold"]\n'
    )
    basic.write("leafdeck.toml", everything)
    basic.write(
        "clinics/st-example.yaml",
        "name: St Example\naddress: [1 High Street]\nphone: 020 7946 0123\n",
    )
    assert not [each for each in basic.build().problems if each.severity == "error"]
    values = manifest_of(basic)
    assert wrong(values) == []
    assert len(values["artifacts"]["basic"]) >= len(KINDS)
    later = basic.on("2039-06-01")
    later.build()
    assert wrong(manifest_of(later)) == []


def test_an_adopted_file_keeps_to_it(basic: Project) -> None:
    """What is noted of a file from its own stamp alone is valid too."""
    basic.build()
    (basic.output / "manifest.json").unlink()
    assert wrong(json.loads(read_manifest(basic.output).to_json())) == []


def _entry(values: Any) -> Any:
    return values["artifacts"]["basic"][PAGE]


WRONG: dict[str, Callable[[Any], Any]] = {
    "another format": lambda v: v.update(format=1),
    "no versions": lambda v: v.pop("versions"),
    "a key more": lambda v: v.update(made_at="today"),
    "a module without files": lambda v: v["artifacts"].update(other={}),
    "a path beside the folders": lambda v: v["artifacts"]["basic"].update({"x": _entry(v)}),
    "a short digest": lambda v: _entry(v).update(sha256="abc"),
    "made from nothing known": lambda v: _entry(v).update(made_from=None),
    "a day that is none": lambda v: _entry(v)["stamp"].update(expires="2026-02-31"),
    "a state that is none": lambda v: _entry(v)["stamp"].update(status="fine"),
    "a kind that is none": lambda v: _entry(v)["stamp"].update(artifact="poster"),
    "a stamp without its expiry": lambda v: _entry(v)["stamp"].pop("expires"),
    "an error published": lambda v: _entry(v)["problems"].append(
        {"code": "jargon", "message": "", "hint": "", "strict": True,
         "place": {"path": "", "line": None, "column": None}}
    ),
    "a line in words": lambda v: _entry(v)["problems"].append(
        {"code": "jargon", "message": "", "hint": "", "strict": False,
         "place": {"path": "", "line": "3", "column": None}}
    ),
    "a version without a digest": lambda v: v["versions"].update(basic={"1.0": {"deck en": ""}}),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A manifest that a build wrote."""
    from tests.helpers import TESTS

    project = Project.from_(TESTS / "cases" / "basic", tmp_path_factory.mktemp("built"))
    project.build()
    return manifest_of(project)


@pytest.mark.parametrize("what", WRONG)
def test_what_no_build_writes_does_not(built: Any, what: str) -> None:
    """Each slip is seen."""
    values = json.loads(json.dumps(built))
    assert wrong(values) == []
    WRONG[what](values)
    assert wrong(values)
