"""The JSON Schemas of what authors write in YAML, made from the records themselves."""

from __future__ import annotations

import json

from builder.module.localised import TranslationFacts
from builder.module.model import Facts, Record

RECORDS: dict[str, tuple[type[Record], str]] = {
    "module": (Facts, "A Leafdeck module"),
    "translation": (TranslationFacts, "The front matter of a translation for Leafdeck"),
}
"""What there is a schema of: `module.yaml`, and the front matter of `leaflet.es.md`."""


def schema_text(of: str = "module") -> str:
    """The schema of one of `RECORDS` as JSON text (draft 2020-12)."""
    record, title = RECORDS[of]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **record.model_json_schema(),
        "title": title,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
