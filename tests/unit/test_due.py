"""What expires when: the soonest first, within the days asked for, without drafts."""

from __future__ import annotations

from builder.checks.due import due
from builder.module.library import read_library
from builder.settings import Profile
from builder.workspace import Folder
from tests.helpers import Project


def rows(project: Project, within: int) -> list[tuple[str, str, int]]:
    """Name, status and days of each row."""
    modules = read_library(Folder(project.root, "")).modules.values()
    found = due(modules, Profile(), project.today, within)
    return [(row.name, str(row.status), row.days) for row in found]


def added(project: Project, name: str, expires: str) -> None:
    """One more module, that expires on another day."""
    Project.from_(project.root / "sources" / "basic", project.root / "sources" / name)
    project.edit(f"sources/{name}/module.yaml", "BASIC-01", f"{name.upper()}-01")
    project.edit(f"sources/{name}/module.yaml", "expires: 2028-03-02", f"expires: {expires}")


def test_the_soonest_comes_first(basic: Project) -> None:
    added(basic, "past", "2026-05-31")
    added(basic, "today", "2026-06-01")
    added(basic, "soon", "2026-08-30")
    near = [("past", "expired", -1), ("today", "expired", 0), ("soon", "review-due", 90)]
    assert rows(basic, 90) == near
    assert rows(basic, 0) == near, "a review that is due is due, however far the expiry"
    assert [name for name, _, _ in rows(basic, 1000)] == ["past", "today", "soon", "basic"]


def test_nobody_relies_on_drafts_and_withdrawn_modules(basic: Project) -> None:
    added(basic, "draft", "2026-06-02")
    basic.edit("sources/draft/module.yaml", "sample: yes", "draft: yes")
    added(basic, "gone", "2026-06-02")
    withdrawn = "withdrawn: {on: 2026-05-01, by: The board, reason: New evidence.}"
    basic.edit("sources/gone/module.yaml", "sample: yes", withdrawn)
    assert rows(basic, 90) == []
