#!/usr/bin/env bash
# Installs leafdeck from the action's own checkout, every package pinned by its hash.
# Sets the outputs leafdeck (the program), cache (a folder for the cache) and key (what a cache is
# for: system, processor and what is pinned; a run's own number is put behind it).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

sh "$here/.setup/environment.sh" runtime

pinned=$(cat "$here/.setup/runtime.lock" "$here/.setup/packages.sh" | sha256sum | cut -c 1-16)
{
    echo "leafdeck=$here/.venv/bin/leafdeck"
    echo "cache=$RUNNER_TEMP/leafdeck-cache"
    echo "key=leafdeck-$RUNNER_OS-$RUNNER_ARCH-$pinned-"
} >>"$GITHUB_OUTPUT"
