#!/usr/bin/env bash
# Builds or checks a project, annotates its problems, and ends as leafdeck ended.
# Takes LEAFDECK (the program), CACHE (a folder; empty for none) and the action's inputs as INPUT_….
# Sets the outputs status (leafdeck's exit code), output (the folder that was written to; empty where
# nothing was built) and sarif (the file with the problems; empty where none was asked for).
set -uo pipefail

tell() {
    case $2 in
        *$'\n'*) echo "::error title=leafdeck::The value of $1 has more than one line." && exit 2 ;;
    esac
    echo "$1=$2" >>"$GITHUB_OUTPUT"
}

# Words with blanks between them: nothing in them is run or expanded.
read -r -d '' -a modules <<<"$INPUT_MODULES"
read -r -d '' -a args <<<"$INPUT_ARGS"
where=(--project "$INPUT_PROJECT")
output=${INPUT_OUTPUT:-$INPUT_PROJECT/output}

if [[ $INPUT_SARIF == true ]]; then
    sarif=$RUNNER_TEMP/leafdeck.sarif
    "$LEAFDECK" check "${where[@]}" --format sarif -- "${modules[@]}" >"$sarif"
    if [[ -s $sarif ]]; then tell sarif "$sarif"; fi
fi

if [[ $INPUT_CHECK_ONLY == true ]]; then
    "$LEAFDECK" check "${where[@]}" --format github "${args[@]}" -- "${modules[@]}"
    status=$?
else
    [[ $CACHE ]] && where+=(--cache "$CACHE")
    "$LEAFDECK" build "${where[@]}" --output "$output" --format github "${args[@]}" -- "${modules[@]}"
    status=$?
    if [[ -d $output ]]; then tell output "$output"; fi
fi
tell status "$status"
exit "$status"
