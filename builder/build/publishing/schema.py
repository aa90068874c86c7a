"""The JSON Schema of `output/manifest.json`, for programs that read what was published."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("manifest.schema.json")


def manifest_schema() -> str:
    """The schema as JSON text (draft 2020-12)."""
    return _FILE.read_text(encoding="utf-8")
