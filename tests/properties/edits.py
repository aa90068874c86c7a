"""What people do to a project between two builds: edits, accidents, the passing of days."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from builder.module.library import read_library
from builder.module.translation import MARK
from builder.skeleton.translation import skeleton
from builder.workspace import Folder
from tests.properties.world import (
    BASIC,
    CLINIC,
    DAYS,
    ENTRY,
    MODULES,
    TEXT,
    World,
    id_of,
    put_back,
)

Edit = Callable[[World, str], None]
"""Does something to a world, to the module of that name if to any; nothing where it cannot."""


def _append(path: Path, words: str) -> None:
    if path.is_file():
        path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def _replaced(path: Path, old: str, new: str) -> None:
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_words(world: World, name: str) -> None:
    for path in world.texts(name)[:1]:
        _append(path, f"\nParagraph {world.number()}.\n")


def same_size(world: World, name: str) -> None:
    """An edit that keeps the size, and puts the time stamp back."""
    for path in world.texts(name)[:1]:
        seen = path.stat()
        _replaced(path, "words" if "words" in path.read_text() else "wards", "wards")
        _replaced(path, "wards", ("words", "wards", "wires")[world.number() % 3])
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def comment(world: World, name: str) -> None:
    """An edit that changes nothing that is made."""
    _append(world.folder(name) / "module.yaml", f"# {world.number()}\n")


def blank_line(world: World, name: str) -> None:
    """Move everything down a line: what is told of it stands elsewhere."""
    for path in (world.folder(name) / "module.yaml", *world.texts(name)[:1]):
        _replaced(path, "", "\n")


def touch(world: World, name: str) -> None:
    for path in world.texts(name):
        os.utime(path)


def title(world: World, name: str) -> None:
    _replaced(world.folder(name) / "module.yaml", "title: ", f"title: {world.number()} ")


def version(world: World, name: str) -> None:
    path = world.folder(name) / "module.yaml"
    if path.is_file():
        new = f'version: "{world.number()}.0"'
        path.write_text(re.sub(r'version: "\d+\.\d"', new, path.read_text(encoding="utf-8")))


def taken_id(world: World, name: str) -> None:
    _replaced(world.folder(name) / "module.yaml", f"id: {id_of(name)}", f"id: {id_of(MODULES[0])}")


def own_id(world: World, name: str) -> None:
    _replaced(world.folder(name) / "module.yaml", f"id: {id_of(MODULES[0])}", f"id: {id_of(name)}")


def break_facts(world: World, name: str) -> None:
    _replaced(world.folder(name) / "module.yaml", "title:", "titel: [")


def mend_facts(world: World, name: str) -> None:
    _replaced(world.folder(name) / "module.yaml", "titel: [", "title:")


def withdraw(world: World, name: str) -> None:
    said = "withdrawn: {on: 2026-06-01, by: The board, reason: New evidence, replaced_by: alpha}\n"
    path = world.folder(name) / "module.yaml"
    if path.is_file() and said not in path.read_text(encoding="utf-8"):
        _append(path, said)
    else:
        _replaced(path, said, "")


def rename(world: World, name: str) -> None:
    here, there = world.folder(name), world.folder(f"{name}x")
    if here.exists() and not there.exists():
        here.rename(there)
    elif there.exists() and not here.exists():
        there.rename(here)


def remove_module(world: World, name: str) -> None:
    shutil.rmtree(world.folder(name), ignore_errors=True)


def remove_text(world: World, name: str) -> None:
    for path in world.texts(name)[:1]:
        path.unlink()


def add_slides(world: World, name: str) -> None:
    if world.folder(name).exists():
        world.project.write(f"sources/{name}/slides.md", TEXT)


def name_picture(world: World, name: str) -> None:
    """Show a picture, which may not be there yet."""
    for path in world.texts(name)[:1]:
        _append(path, "\n![A square](images/square.png)\n")
    path = world.folder(name) / "module.yaml"
    if path.is_file() and "images:" not in path.read_text(encoding="utf-8"):
        credit = "credit: Us, licence: CC BY 4.0"
        _append(path, f"images: [{{file: images/square.png, {credit}}}]\n")


def add_picture(world: World, name: str) -> None:
    if world.folder(name).exists():
        picture = (BASIC / "images" / "square.png").read_bytes()
        world.project.write(f"sources/{name}/images/square.png", picture)


def remove_picture(world: World, name: str) -> None:
    (world.folder(name) / "images" / "square.png").unlink(missing_ok=True)


def cite(world: World, name: str) -> None:
    for path in world.texts(name)[:1]:
        _append(path, "\nCited [@lamer1994].\n")


def add_references(world: World, name: str) -> None:
    if world.folder(name).exists():
        text = (BASIC / "references.bib").read_text(encoding="utf-8")
        said = text.replace("1994}", f"{1900 + world.number() % 100}}}")
        world.project.write(f"sources/{name}/references.bib", said)


def add_stranger(world: World, name: str) -> None:
    """Put a file there that no module holds, or take it away."""
    path = world.folder(name) / "leaflet.txt"
    if path.exists():
        path.unlink()
    elif world.folder(name).exists():
        path.write_text("mine")


def translate(world: World, name: str) -> None:
    """Translate the leaflet as it is now; a later edit of it makes that old."""
    module = read_library(Folder(world.project.root, "")).modules.get(name)
    if module and "leaflet" in module.texts:
        text = skeleton(module, "leaflet", world.project.today).replace(MARK, "Pues")
        world.project.write(f"sources/{name}/leaflet.es.md", text)


def spoil_translation(world: World, name: str) -> None:
    _append(world.folder(name) / "leaflet.es.md", "\n## Y más {.no-such-role}\n\nNada [@none].\n")


def link_text(world: World, name: str) -> None:
    """Put a link in the place of a text, to a file that is not read otherwise."""
    for path in world.texts(name)[:1]:
        if not path.is_symlink():
            target = path.with_name("text.txt")
            path.replace(target)
            path.symlink_to(target.name)


def circle(world: World, name: str) -> None:
    """Make a text unreadable: a link that leads to itself."""
    for path in world.texts(name)[:1]:
        path.unlink()
        path.symlink_to(path.name)


def move_day(world: World, name: str) -> None:
    """Go to another day, forward or back."""
    day = DAYS[(world.number() * 5 + MODULES.index(name)) % len(DAYS)]
    world.project = replace(world.project, today=day)


def ask_for_kinds(world: World, name: str) -> None:
    world.kinds = world.choices[MODULES.index(name) % len(world.choices)]


def own_theme(world: World, name: str) -> None:
    """A theme of one's own, or again the one that comes with Leafdeck."""
    write = world.project.write
    write("themes/own/theme.toml", f'name = "Own {world.number()}"\nextends = "clinic"\n')
    world.set("theme", None if "theme" in world.settings else "own")


def theme_colour(world: World, name: str) -> None:
    text = f'extends = "clinic"\n[colours]\naccent = "#0F{world.number() % 100:02d}6E"\n'
    world.project.write("themes/own/theme.toml", text)


def theme_style(world: World, name: str) -> None:
    """A style of the theme's own, changed or taken away."""
    path = f"themes/own/{('page', 'leaflet', 'audit')[MODULES.index(name)]}.css"
    if (world.project.root / path).exists() and world.number() % 2:
        (world.project.root / path).unlink()
    else:
        style = (CLINIC / Path(path).name).read_text(encoding="utf-8")
        world.project.write(path, f"{style}/* {world.number()} */\n")


def theme_template(world: World, name: str) -> None:
    path = f"{('page', 'deck', 'leaflet')[MODULES.index(name)]}.html.j2"
    template = (CLINIC / path).read_text(encoding="utf-8")
    world.project.write(f"themes/own/{path}", f"{template}<!-- {world.number()} -->\n")


def remove_theme(world: World, name: str) -> None:
    shutil.rmtree(world.project.root / "themes", ignore_errors=True)


def base_url(world: World, name: str) -> None:
    world.set("base-url", f"https://example.org/{world.number() % 2}/")


def profile(world: World, name: str) -> None:
    rules = ({"expired": "refuse"}, {"stale-translation": "refuse"}, {"review-notice": 3000})
    world.set("profiles", {"default": rules[world.number() % len(rules)]})


def formats(world: World, name: str) -> None:
    world.set("leaflet", (None, {"formats": ["a4", "trifold"]})[world.number() % 2])


def extras(world: World, name: str) -> None:
    world.set("extras", (None, ["preview"])[world.number() % 2])


def break_settings(world: World, name: str) -> None:
    world.set("theem", None if "theem" in world.settings else "own")


def ask_for_clinics(world: World, name: str) -> None:
    world.set("clinics", (None, ["all"], ["one"])[world.number() % 3])


def clinic(world: World, name: str) -> None:
    """Write down a clinic, or change its telephone."""
    entry = ENTRY.format(number=world.number())
    world.project.write(f"clinics/{('one', 'two', 'one')[MODULES.index(name)]}.yaml", entry)


def break_clinic(world: World, name: str) -> None:
    world.project.write("clinics/one.yaml", f"nam: {world.number()}\n")


def remove_clinic(world: World, name: str) -> None:
    (world.project.root / "clinics" / "one.yaml").unlink(missing_ok=True)


def meddle(world: World, name: str) -> None:
    """Change a published file by hand."""
    for path in world.published()[world.number() % 3 :][:1]:
        data = path.read_bytes() + b"changed"
        path.write_bytes(data)
        world.meddled[path.relative_to(world.project.output).as_posix()] = data


def remove_output(world: World, name: str) -> None:
    for path in world.published()[world.number() % 3 :][:1]:
        path.unlink()


def _hit(world: World, file: str) -> None:
    """Damage a file of our own, or take it away."""
    path = world.project.output / file
    if path.exists():
        if world.number() % 2:
            path.unlink()
        else:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] + b"x" + data[len(data) // 2 :])


def hit_manifest(world: World, name: str) -> None:
    _hit(world, "manifest.json")


def hit_state(world: World, name: str) -> None:
    _hit(world, ".leafdeck-state")


def hit_glance(world: World, name: str) -> None:
    _hit(world, ".leafdeck-glance")


def hit_sums(world: World, name: str) -> None:
    _hit(world, "SHA256SUMS")


def killed(world: World, name: str) -> None:
    """Leave what a build leaves that was killed before it wrote its manifest."""
    if world.project.output.exists():
        (world.project.output / ".leafdeck-under-way").touch()


EDITS: tuple[Edit, ...] = (
    *(add_words, same_size, comment, blank_line, touch, title, version, taken_id, own_id),
    *(break_facts, mend_facts, withdraw, rename, remove_module, put_back, remove_text, add_slides),
    *(name_picture, add_picture, remove_picture, cite, add_references, add_stranger),
    *(translate, spoil_translation, link_text, circle, move_day, ask_for_kinds),
    *(own_theme, theme_colour, theme_style, theme_template, remove_theme),
    *(base_url, profile, formats, extras, break_settings),
    *(ask_for_clinics, clinic, break_clinic, remove_clinic),
    *(meddle, remove_output, hit_manifest, hit_state, hit_glance, hit_sums, killed),
)
"""Everything that may happen."""
