#!/bin/sh
# Prints the name of a Python that leafdeck can run on: $PYTHON if set, else the first that will do.
set -eu

for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$python"
        exit
    fi
done

found=$("${PYTHON:-python3}" --version 2>/dev/null) || found="none"
echo "leafdeck needs Python 3.11 or newer, and found here: $found." \
    "Install one, or name it: make PYTHON=/path/to/python3" >&2
exit 1
