"""What a build stands on: what was asked for, what the last build noted, what there is to see."""

from __future__ import annotations

from dataclasses import dataclass

from builder.build.executors import Executor
from builder.build.knowing.environment import Environment, environment_of
from builder.build.knowing.findings import Finder
from builder.build.knowing.recipients import Recipients, recipients
from builder.build.knowing.shared import Shared
from builder.build.knowing.sight import Sight
from builder.build.making.make import Workshop
from builder.build.planning.plan import Asked
from builder.build.publishing.manifest import Manifest
from builder.build.publishing.state import State, read_state
from builder.build.requests import Request
from builder.checks.theme import check_theme
from builder.problems import Problems, Rejected
from builder.settings import Settings
from builder.theme import Theme, read_theme
from builder.workspace import Folder


@dataclass(frozen=True, slots=True)
class Ground:
    """What a build stands on."""

    request: Request
    executor: Executor
    manifest: Manifest
    problems: Problems
    """What is wrong with the theme, the clinics, the output: with no module."""
    is_fit: bool
    """Whether there is a theme to build with."""
    environment: Environment
    recipients: Recipients
    asked: Asked
    state: State
    sight: Sight
    workshop: Workshop
    shared: Shared | None

    def finder(self, *, tells: bool = False) -> Finder:
        """What finds out about the modules.

        Args:
            tells: whether everything is rehearsed and told, as `check` does.
        """
        return Finder(
            project=self.request.project,
            workshop=self.workshop,
            asked=self.asked,
            environment=self.environment,
            state=self.state,
            executor=self.executor,
            day=self.request.day,
            changed=self.sight.changed,
            shared=self.shared,
            tells=tells,
            rehearses=self.is_fit,
        )


def ground_of(request: Request, executor: Executor, manifest: Manifest) -> Ground:
    """Look at all that a build stands on, but for the modules.

    Args:
        request: what was asked for.
        executor: where the work is done.
        manifest: what is in the output folder.
    """
    problems = Problems()
    theme = _theme(request.project, request.settings, problems)
    is_fit = not problems.errors
    environment = environment_of(request.settings, theme)
    asked_for = recipients(request, problems)
    state = read_state(request.output)
    sight = Sight(request.project, request.output, theme, state.rows)
    if request.seen:
        sight.trust(request.seen.still)
    cache = request.cache
    return Ground(
        request=request,
        executor=executor,
        manifest=manifest,
        problems=problems,
        is_fit=is_fit,
        environment=environment,
        recipients=asked_for,
        asked=Asked(request.settings, asked_for.asked, request.kinds),
        state=state,
        sight=sight,
        workshop=Workshop(request.project.root, request.settings, environment.id, cache),
        shared=Shared(cache, request.project, sight, environment.id) if cache else None,
    )


def _theme(project: Folder, settings: Settings, problems: Problems) -> Theme | None:
    """The theme in force, None where there is none; what is wrong with it goes to `problems`."""
    try:
        theme = read_theme(project, settings.theme)
        problems.extend(check_theme(theme))
    except Rejected as rejected:
        problems.extend(rejected.problems)
        return None
    return theme
