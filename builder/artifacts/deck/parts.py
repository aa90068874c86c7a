"""The parts of an Office file: their names, content types and relations (ECMA-376 part 2).

Entries of a zip -> `Package` -> entries. Targets of relations are kept as names of parts, so that
a file's own way to write them (relative, absolute, percent-encoded, in other letters) is of no
consequence any more.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from lxml import etree

from builder.artifacts.deck.archive import TYPES
from builder.artifacts.deck.readback import parsed

ROOT = ""
"""The source of the relations that begin at the file itself."""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
UNTOLD = "application/octet-stream"
"""The content type of a part whose file does not tell one."""


class Damaged(Exception):  # noqa: N818 - what the file is, not a fault of ours
    """A part that cannot be used, in words that follow its name."""

    def __init__(self, part: str, what: str) -> None:
        super().__init__(part, what)
        self.part, self.what = part, what

    def __str__(self) -> str:
        return f"{self.part} {self.what}"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part is related to."""

    kind: str
    """The last word of its type, as in `slideLayout`."""
    uri: str
    """The whole type."""
    target: str
    """The name of a part, or an address outside of the file."""
    external: bool = False


@dataclass
class Package:
    """The parts of a file, to be changed at will; names are without the leading slash."""

    parts: dict[str, bytes]
    kinds: dict[str, str]
    """Content types."""
    relations: dict[str, dict[str, Relation]]
    """By source and identity."""
    _trees: dict[str, Any] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    def tree(self, name: str) -> Any:
        """The root element of a part; say `changed` after changing it.

        Raises:
            Damaged: it is not XML, or declares a document type.
        """
        if name not in self._trees:
            self._trees[name] = _root(self.parts, name)
        return self._trees[name]

    def changed(self, name: str) -> None:
        """Note that the tree of a part was changed."""
        self._changed.add(name)

    def of(self, source: str, kind: str) -> dict[str, str]:
        """The parts that one is related to in this way: identity -> name."""
        found = self.relations.get(source, {}).items()
        return {key: each.target for key, each in found if each.kind == kind and not each.external}

    def target(self, source: str, kind: str) -> str:
        """The first part that one is related to in this way; empty where there is none."""
        return next(iter(self.of(source, kind).values()), "")

    def relate(self, source: str, uri: str, target: str) -> str:
        """Add a relation to a part; its identity."""
        known = self.relations.setdefault(source, {})
        number = len(known) + 1
        while f"rId{number}" in known:
            number += 1
        known[f"rId{number}"] = Relation(uri.rpartition("/")[2], uri, target)
        return f"rId{number}"

    def rename(self, old: str, new: str) -> None:
        """Give a part another name, everywhere."""
        if old == new:
            return
        tables: tuple[dict[str, Any], ...] = (self.parts, self.kinds, self.relations, self._trees)
        for table in tables:
            if old in table:
                table[new] = table.pop(old)
        if old in self._changed:
            self._changed.add(new)
        for source, known in self.relations.items():
            self.relations[source] = {key: _moved(each, old, new) for key, each in known.items()}

    def reachable(self) -> set[str]:
        """The parts that relations lead to, from the file itself on."""
        found: set[str] = set()
        waiting = [ROOT]
        while waiting:
            for each in self.relations.get(waiting.pop(), {}).values():
                if not each.external and each.target in self.parts and each.target not in found:
                    found.add(each.target)
                    waiting.append(each.target)
        return found

    def prune(self) -> None:
        """Leave out what no relation leads to."""
        kept = self.reachable()
        self.parts = {name: data for name, data in self.parts.items() if name in kept}
        self.relations = {
            name: known for name, known in self.relations.items() if name in kept or name == ROOT
        }

    def entries(self) -> dict[str, bytes]:
        """The entries of a zip that holds these parts, their types and relations."""
        found = dict(self.parts)
        for name in self._changed & found.keys():
            found[name] = etree.tostring(
                self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
            )
        for source, known in self.relations.items():
            if known:
                found[relations_name(source)] = _written(known).encode()
        return found | {TYPES: self._types().encode()}

    def _types(self) -> str:
        listed = "".join(
            f"<Override PartName={quoteattr(f'/{name}')} "
            f"ContentType={quoteattr(self.kinds.get(name, UNTOLD))}/>"
            for name in sorted(self.parts)
        )
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        return (
            f'{HEAD}<Types xmlns="{KINDS}"><Default Extension="rels" ContentType="{relations}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        )


def read_package(entries: Mapping[str, bytes]) -> Package:
    """The package that a zip's entries make.

    Raises:
        Damaged: the table of content types or a table of relations cannot be read.
    """
    parts = {name: data for name, data in entries.items() if _is_part(name)}
    known = {name.lower(): name for name in parts}
    relations: dict[str, dict[str, Relation]] = {}
    for name in entries:
        source = _source(name)
        if source is not None:
            source = known.get(source.lower(), source)
            relations[source] = dict(_relations(_root(entries, name), name, source, known))
    return Package(parts, _kinds(entries, parts), relations)


def relations_name(source: str) -> str:
    """The entry that holds the relations of a part."""
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _is_part(name: str) -> bool:
    return name != TYPES and not name.endswith("/") and _source(name) is None


def _source(name: str) -> str | None:
    """The part whose relations an entry holds; None for an entry of another kind."""
    folder, file = posixpath.split(name)
    above, last = posixpath.split(folder)
    if last.lower() != "_rels" or not file.lower().endswith(".rels"):
        return None
    return posixpath.join(above, file[: -len(".rels")])


def _root(parts: Mapping[str, bytes], name: str) -> Any:
    if name not in parts:
        raise Damaged(name, "is missing")
    root = parsed(parts[name])
    if root is not None:
        return root
    declares = b"<!DOCTYPE" in parts[name].upper()
    raise Damaged(name, "declares a document type" if declares else "is not well-formed XML")


def _relations(
    root: Any, name: str, source: str, known: Mapping[str, str]
) -> Iterator[tuple[str, Relation]]:
    seen: set[str] = set()
    for each in root.iterchildren(f"{{{LINKS}}}Relationship"):
        key, uri, target = (str(each.get(word, "")) for word in ("Id", "Type", "Target"))
        if key in seen:
            raise Damaged(name, f"names “{key}” twice")
        seen.add(key)
        external = each.get("TargetMode") == "External"
        where = target if external else _resolved(target, source, known)
        yield key, Relation(uri.rpartition("/")[2], uri, where, external)


def _resolved(target: str, source: str, known: Mapping[str, str]) -> str:
    """The name of the part that a target means: as it is written, else decoded."""
    names = [
        posixpath.normpath(posixpath.join("/", posixpath.dirname(source), written)).lstrip("/")
        for written in (target, unquote(target))
    ]
    found = [known[name.lower()] for name in names if name.lower() in known]
    return found[0] if found else names[0]


def _kinds(entries: Mapping[str, bytes], parts: Iterable[str]) -> dict[str, str]:
    root = _root(entries, TYPES)
    defaults = _table(root, "Default", "Extension")
    overrides = _table(root, "Override", "PartName")
    found = {}
    for name in parts:
        suffix = posixpath.splitext(name)[1].lower().lstrip(".")
        kind = overrides.get(f"/{name}".lower()) or defaults.get(suffix)
        if kind:
            found[name] = kind
    return found


def _table(root: Any, element: str, key: str) -> dict[str, str]:
    listed = root.iterchildren(f"{{{KINDS}}}{element}")
    return {str(each.get(key)).lower(): str(each.get("ContentType")) for each in listed}


def _moved(relation: Relation, old: str, new: str) -> Relation:
    if relation.external or relation.target != old:
        return relation
    return Relation(relation.kind, relation.uri, new)


def _written(known: Mapping[str, Relation]) -> str:
    listed = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(each.uri)} "
        + (
            f'Target={quoteattr(each.target)} TargetMode="External"/>'
            if each.external
            else f"Target={quoteattr(f'/{each.target}')}/>"
        )
        for key, each in known.items()
    )
    return f'{HEAD}<Relationships xmlns="{LINKS}">{listed}</Relationships>'
