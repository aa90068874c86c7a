"""The measures: each runs what it needs, and says what came of it beside its target."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from tests.bench.generator import Module, Size, write_project
from tests.bench.peers import PRINTERS, write_peer
from tests.bench.programs import Machine, Run, Sample
from tests.bench.table import Row

CHECKOUT = Path(__file__).parents[2]
DAY = "2026-06-01"
FLOOR = 40
"""Modules that the bare libraries write; what one costs follows from them."""
WHOLE = 10
"""Whole modules in the large trees, which are edited; all others are cheap to build."""
MEBI = 2**20
GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org")


@dataclass
class Bench:
    """What is measured, where, and how much of it."""

    machine: Machine
    folder: Path
    """Where projects are written and built."""
    count: int
    """Modules of a clean build."""
    many: int
    """Modules of the tree with nothing to do."""
    large: bool
    """Whether to measure with ten times as many, too."""

    @cached_property
    def cores(self) -> int:
        """The processors that everybody may use."""
        return len(os.sched_getaffinity(0))

    @cached_property
    def project(self) -> Path:
        """The project of a clean build."""
        root = self.folder / "clean"
        write_project(root, [Size.WHOLE] * self.count)
        return root

    def build(self, project: Path, output: Path, jobs: int = 0, *, watched: bool = False) -> Run:
        """Run `leafdeck build`."""
        program = [sys.executable, "-m", "builder", "build", "--project", str(project)]
        program += ["--output", str(output), "--today", DAY, "--jobs", str(jobs or self.cores)]
        return self.machine.run(program, CHECKOUT, watched=watched)

    def clean(self, jobs: int = 0, *, watched: bool = False) -> Run:
        """A clean build of all modules, once the disk's cache is warm."""
        output = self.folder / "clean-output"
        shutil.rmtree(output, ignore_errors=True)
        run = self.build(self.project, output, jobs, watched=watched)
        made = [len(list(output.glob(pattern))) for pattern in ("*/*.pptx", "*/*.pdf")]
        if made != [self.count] * 2:
            raise RuntimeError(f"{made} files were made of {self.count} modules\n{run.printed}")
        return run

    @cached_property
    def cleaned(self) -> Run:
        """The clean build that several measures look at."""
        self.warm_up()
        return self.clean(watched=True)

    def warm_up(self) -> None:
        """Have a small build compile what is not compiled yet, and read what must be read."""
        root = self.folder / "warm"
        write_project(root, [Size.WHOLE] * self.cores)
        self.build(root, root / "output")

    def tree(self, name: str, sizes: list[Size]) -> Path:
        """A project that is built and committed, with nothing to do."""
        root = self.folder / name
        write_project(root, sizes)
        (root / ".gitignore").write_text("/output/\n", encoding="utf-8")
        self.build(root, root / "output")
        commit = ["commit", "-q", "--allow-empty", "-m", "All"]
        for command in (["init", "-q"], ["add", "-A"], commit):
            self.machine.run([*GIT, *command], root)
        return root

    @cached_property
    def tree_of_many(self) -> Path:
        """The tree with nothing to do: some whole modules, and small ones."""
        return self.tree("many", [Size.WHOLE] * WHOLE + [Size.SMALL] * (self.many - WHOLE))


def in_turn(rounds: int, *works: Callable[[], Run]) -> list[float]:
    """The medians of wall times, done in turn: what else the machine does slows all alike."""
    taken = [[work().wall for work in works] for _ in range(rounds)]
    return [median(each) for each in zip(*taken, strict=True)]


def clean(bench: Bench) -> list[Row]:
    """A clean build beside what else people would use."""
    ours, rows = bench.cleaned, []
    for peer, target in zip(PRINTERS, (1.0, 0.2), strict=True):
        run = _peer(bench, peer)
        note = f"{ours.wall:.1f} s against {run.wall:.1f} s"
        details = {"wall": ours.wall, "peer": run.wall, "peer processor": run.processor}
        label = f"clean build of {bench.count} modules / {peer}"
        rows.append(Row(label, ours.wall / run.wall, target, note=note, details=details))
    return rows


def _peer(bench: Bench, peer: str) -> Run:
    root = bench.folder / peer.replace(" ", "-")
    shutil.rmtree(root, ignore_errors=True)
    modules = [Module(number) for number in range(bench.count)]
    write_peer(root, peer, modules)
    first = root / modules[0].name
    targets = [f"{first.name}/slides.pptx", f"{first.name}/leaflet.pdf"]
    bench.machine.run(["make", *targets], root)  # warm
    for target in targets:
        (root / target).unlink()
    return bench.machine.run(["make", f"-j{bench.cores}"], root)


def processor(bench: Bench) -> list[Row]:
    """Our processor time beside that of the bare libraries for the same content."""
    root = bench.folder / "floor"
    count = min(FLOOR, bench.count)
    write_project(root, [Size.WHOLE] * count)
    shutil.rmtree(root / "output", ignore_errors=True)
    found = root / "floor.json"
    program = [sys.executable, "-m", "tests.bench.floors", str(root), str(found)]
    bench.machine.run(program, CHECKOUT)
    floor = json.loads(found.read_text(encoding="utf-8"))
    ours = bench.cleaned.processor / bench.count
    bare = floor["deck"] + floor["leaflet"]
    kept = floor["deck"] + floor["leaflet, style kept"]
    note = (
        f"{ours * 1000:.0f} ms a module against {floor['deck'] * 1000:.0f} and "
        f"{floor['leaflet'] * 1000:.0f} ms; {ours / kept:.2f} where WeasyPrint keeps the style"
    )
    label = "processor time / bare python-pptx and WeasyPrint"
    return [Row(label, ours / bare, 1.25, note=note, details={"ours": ours, **floor})]


def nothing(bench: Bench) -> list[Row]:
    """A build with nothing to do beside `git status` on the same tree."""
    root = bench.tree_of_many
    ours, git = _idle(bench, root)
    note = f"{ours:.3f} s against {git:.3f} s; {bench.many - WHOLE} of the modules are small ones"
    label = f"nothing to do, {bench.many} modules / git status"
    rows = [Row(label, ours / git, 2, note=note, details={"ours": ours, "git": git})]
    return rows + (_growth(bench) if bench.large else [])


def _idle(bench: Bench, root: Path) -> tuple[float, float]:
    """Seconds of our build with nothing to do, and of `git status`."""

    def build() -> Run:
        return bench.build(root, root / "output")

    def status() -> Run:
        return bench.machine.run(["git", "status"], root)

    once = build().wall  # not timed: it fills the disk's cache, as `git status` does
    status()
    before = _files(root)
    ours, git = in_turn(7 if once < 10 else 1, build, status)
    if _files(root) != before:
        raise RuntimeError("there was something to do")
    return ours, git


def _files(project: Path) -> dict[Path, int]:
    """When each file of the modules in `output/` was written, in nanoseconds."""
    return {each: each.stat().st_mtime_ns for each in (project / "output").glob("*/*")}


def _growth(bench: Bench) -> list[Row]:
    """Nothing to do with ten times the modules: withdrawn ones, of which only a page is made."""
    counts = (bench.many, 10 * bench.many)
    roots = [bench.tree(f"withdrawn-{count}", [Size.WITHDRAWN] * count) for count in counts]
    few, more = (_idle(bench, root)[0] for root in roots)
    note = f"{few:.3f} s and {more:.3f} s; withdrawn modules: five files, one of them made"
    label = f"nothing to do, {counts[1]} modules / {counts[0]} modules"
    return [Row(label, more / few, 10, note=note, details={"few": few, "more": more})]


def edit(bench: Bench) -> list[Row]:
    """One edit among many modules beside a build of that module alone, both from cold."""
    root, rounds = bench.tree_of_many, []
    bench.build(root, root / "output")
    for number in range(3):
        alone = bench.folder / f"alone-{number}"
        (module,) = write_project(alone, [Size.WHOLE], first=number)
        for project in (root, alone):
            facts = project / "sources" / module.name / "module.yaml"
            facts.write_text(facts.read_text().replace("title: ", "title: More on ", 1))
        shutil.rmtree(alone / "output", ignore_errors=True)
        before = _files(root)
        rounds.append([bench.build(each, each / "output").wall for each in (root, alone)])
        made = {file for file, when in _files(root).items() if before.get(file) != when}
        if made != {root / "output" / each.relative_to(alone / "output") for each in _files(alone)}:
            raise RuntimeError(f"an edit of {module.name} made {sorted(made)}")
    ours, floor = (median(each) for each in zip(*rounds, strict=True))
    note = f"{ours:.2f} s against {floor:.2f} s, a clean build of a project with that module alone"
    label = f"one edit among {bench.many} modules / start-up and artifacts"
    return [Row(label, ours / floor, 1.3, note=note, details={"ours": ours, "alone": floor})]


def start(bench: Bench) -> list[Row]:
    """`leafdeck --help` beside a Python that does nothing."""

    def python(*arguments: str) -> Callable[[], Run]:
        return lambda: bench.machine.run([sys.executable, *arguments], CHECKOUT)

    in_turn(1, python("-m", "builder", "--help"))
    none, ours = in_turn(15, python("-c", "pass"), python("-m", "builder", "--help"))
    note = f"{ours * 1000:.0f} ms against {none * 1000:.0f} ms"
    label = "leafdeck --help - python -c pass"
    details = {"ours": ours, "python": none}
    return [Row(label, (ours - none) * 1000, 100, "ms", note=note, details=details)]


def memory(bench: Bench) -> list[Row]:
    """How much a worker holds at most, and whether that grows."""
    samples = _workers(bench.cleaned.samples)
    peak = max(sample.peak for sample in samples) / MEBI
    third = len(samples) // 3
    warm = samples[third // 4 : third]  # at first a worker still imports what it needs
    parts = (warm, samples[-third:])
    first, last = (median(each.resident for each in part) / MEBI for part in parts)
    details = {"peak": peak, "early": first, "late": last}
    label = f"peak memory of a worker, {bench.count} modules"
    return [
        Row(label, peak, 200, "MiB", details=details),
        Row("its growth: last third / first third", last / first, 1.1,
            note=f"{first:.0f} MiB, then {last:.0f} MiB", details=details),
    ]  # fmt: skip


def _workers(samples: tuple[Sample, ...]) -> list[Sample]:
    """The samples of workers: processes that live long and hold what a writer needs.

    Short-lived ones are programs that a library asks for something; the others hold little.
    """
    count: dict[int, int] = {}
    for sample in samples:
        count[sample.process] = count.get(sample.process, 0) + 1
    peak: dict[int, int] = {each.process: each.peak for each in samples}
    living = {process for process, times in count.items() if times >= 20}
    if not living:
        raise RuntimeError("no worker was seen: did it build in one process?")
    most = max(peak[process] for process in living)
    return [each for each in samples if each.process in living and peak[each.process] > most / 2]


def workers(bench: Bench) -> list[Row]:
    """How much faster two workers are than one."""
    bench.warm_up()
    one, two = (bench.clean(jobs).wall for jobs in (1, 2))
    note = f"{one:.1f} s and {two:.1f} s"
    details = {"one": one, "two": two}
    label = f"speed-up of two workers over one, {bench.count} modules"
    return [Row(label, one / two, 1.8, at_least=True, note=note, details=details)]


MEASURES: dict[str, Callable[[Bench], list[Row]]] = {
    each.__name__: each for each in (clean, processor, nothing, edit, start, memory, workers)
}
"""By the name that asks for it, in the order in which they run."""
