"""What a file or a code found in the wild is worth, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.report.terminal import Piece, put

if TYPE_CHECKING:
    from builder.checks.code import CodeVerdict
    from builder.checks.verify import Verdict
    from builder.module.stamp import Stamp


def print_verdict(file: str, verdict: Verdict) -> None:
    """What a file found in the wild is worth, in words."""
    stamp = verdict.stamp
    if stamp is None:
        put((f"{file}: no Leafdeck stamp found", "bold red"))
        put("    It was not made by Leafdeck, or its stamp was removed.")
        return
    put(f"{file}: ", _mark(verdict))
    touched = "no" if verdict.untouched else "yes, or saved again by another program"
    for label, value in (
        ("Module", f"{stamp.module}, {stamp.title}"),
        ("Version", f"{stamp.version} ({verdict.kind}, {stamp.language})"),
        *([("Clinic", verdict.clinic)] if verdict.clinic else []),
        ("Published", stamp.published),
        ("Expires", stamp.expires),
        ("Status today", verdict.status),
        ("Sources", verdict.sources),
        ("Edited", touched),
    ):
        put(f"    {label + ':':<14}{value}")
    for at, sentence in enumerate(stamp.declaration):
        put(f"    {'' if at else 'Interests:':<14}{sentence}")


def _mark(verdict: Verdict) -> Piece:
    """The verdict in a word, and why. A copy that is only changed must be compared, not thrown."""
    if verdict.good:
        return "good", "bold green"
    edited = verdict.shown and not verdict.untouched and len(verdict.reasons) == 1
    word = "compare with the original" if edited else "do not use"
    return f"{word}: {'; '.join(verdict.reasons)}", "bold yellow" if edited else "bold red"


def print_code(code: str, verdict: CodeVerdict) -> None:
    """What a code copied by hand stands for, in words."""
    from builder.checks.code import Text
    from builder.module.short_code import id_in

    colour = "bold green" if verdict.good else "bold red"
    status = verdict.status
    more = "" if status is None or status.holds else f", and {status}"
    version = f", version {verdict.version}" if verdict.text is Text.OLDER else ""
    put(f"{code}: ", (f"{verdict.text}{version}{more}", colour))
    for stamp in verdict.stamps:
        language = f"{stamp.artifact}, {stamp.language}"
        put(f"    {stamp.short_code}  {stamp.title} ({language}), {_until(stamp)}")
    if not verdict.stamps:
        known = f"No module {id_in(code)} is among the sources in this project"
        put(f"    {known}; name another with --project.")
        put("    A code looks like PAIN-01-7K3F. Was it copied as it is printed?")


def _until(stamp: Stamp) -> str:
    return f"version {stamp.version}, {stamp.status}, expires {stamp.expires}"
