"""The JSON Schema of `module.yaml`, made from the records themselves."""

from __future__ import annotations

import json

from builder.module.model import Facts


def schema_text() -> str:
    """The schema as JSON text (draft 2020-12)."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Facts.model_json_schema(),
        "title": "A Leafdeck module",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
