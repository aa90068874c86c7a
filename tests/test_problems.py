"""Bad input gets a clear problem: each case says what is done, and all that must be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.problems import CODES
from tests.helpers import TESTS, Project
from tests.problem_cases import Case, read_cases, rewrite

FILE = TESTS / "cases" / "problems.md"
CASES = list(read_cases(FILE))
SHOWN_ELSEWHERE = {
    "artifact-failed": "unit/test_build.py::test_a_worker_that_dies_takes_down_its_job_only",
    "cache-address": "unit/test_cache.py::test_an_address_that_cannot_be_one_is_rejected",
    "cache-missing-extra": "unit/test_cache.py::test_what_is_not_installed_is_named",
    "cache-read-only": "unit/test_cache_folder.py::test_who_may_not_write_still_reads",
    "cache-unreachable": "unit/test_cache.py::test_a_store_that_fails_is_given_up",
    "clinic-failed": "unit/test_clinics.py::test_a_fault_of_ours_costs_one_clinic_alone",
    "deck-inaccessible": "unit/test_deck_gate.py::test_a_defect_is_found",
    "deck-legibility": "unit/test_deck_gate.py::test_what_the_master_decides_is_a_warning",
    "executor-missing": "e2e/test_dask.py::test_without_dask_it_is_said_how_to_get_it",
    "git-failed": "unit/test_since.py::test_a_commit_that_git_does_not_know",
    "module-failed": "unit/test_build.py::test_a_worker_that_dies_while_reading_costs_one_module",
    "output-locked": "unit/test_lock.py::test_the_second_build_is_told_who_is_first",
    "file-missing": "e2e/test_cli.py::test_block",
    "file-unreadable": "unit/test_workspace.py::test_a_path_that_cannot_be_read_is_a_problem",
    "output-unwritable": "unit/test_build.py::test_output_that_cannot_be_written_is_a_problem",
    "phone-odd": "unit/test_clinics.py::test_a_number_unlike_the_others_is_told",
    "scheduler-unreachable": "e2e/test_dask.py::test_a_scheduler_that_does_not_answer",
    "theme-macros": "unit/test_master_file.py::test_what_people_would_miss_is_said",
    "theme-mended": "unit/test_master_file.py::test_what_people_would_miss_is_said",
    "front-matter": "unit/test_translation.py::test_case",
    "translation-differs": "unit/test_translation.py::test_case",
    "translation-left": "unit/test_translation.py::test_case",
    "translation-numbers": "unit/test_translation.py::test_case",
    "translation-expiry": "unit/test_translation.py::test_case",
    "translation-gone": "unit/test_translation.py::test_case",
    "translation-language": "unit/test_translation.py::test_a_language_that_cannot_be",
    "translation-original": "unit/test_translation.py::test_a_translation_of_nothing",
    "translation-stale": "unit/test_translation.py::test_case",
    "translation-unfinished": "unit/test_translation.py::test_case",
    "translation-unreviewed": "unit/test_translation.py::test_case",
    "workers-differ": "e2e/test_dask.py::test_workers_of_another_version_are_refused",
    "version-unchanged": "unit/test_build.py::test_a_change_without_a_new_version_is_noticed",
}
"""Codes that no author's mistake alone brings about, with the test that does."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case, basic: Project, update_golden: bool) -> None:
    """The problems found are those that the case lists, to the letter."""
    found = case.found(basic)
    if update_golden:
        rewrite(FILE, {case.title: found})
    else:
        assert found == case.expected


def test_each_code_has_a_case() -> None:
    """Every code in the table is shown by a case, or by a test that is named here."""
    shown = {code for code in CODES if any(f"[{code}]" in text for c in CASES for text in c.lines)}
    assert shown | set(SHOWN_ELSEWHERE) == set(CODES)


def test_tests_named_for_codes_exist() -> None:
    """A code that is shown elsewhere names a test that exists."""
    for place in SHOWN_ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in (Path(TESTS) / file).read_text(encoding="utf-8")
