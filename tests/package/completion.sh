#!/usr/bin/env bash
# completion.sh PROGRAMS FILE: what bash completes with the functions of FILE is what the programs have.
set -euo pipefail
PATH=$1:$PATH
# shellcheck source=/dev/null
. "$2"
faults=0

files= # whether bash was told to complete files, too
compopt() { files=yes; }

# complete_line WORD...: as if TAB were pressed behind the last one; a = is a word of its own, as it is to bash.
complete_line() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=() files=
    _tcpsm "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
}

# expect WORDS -- LINE...: just these are offered.
expect() {
    local expected
    expected=$(tr ' ' '\n' <<<"$1" | sed '/^$/d' | sort)
    shift 2
    complete_line "$@"
    local offered
    offered=$(printf '%s\n' "${COMPREPLY[@]}" | sed '/^$/d' | sort)
    [ "$offered" = "$expected" ] && return
    printf '%s: expected %s, was offered %s\n' "$*" "${expected//$'\n'/ }" "${offered//$'\n'/ }" >&2
    faults=$((faults + 1))
}

# expect_files LINE...: files are offered, and nothing else.
expect_files() {
    expect "" -- "$@"
    [ "$files" = yes ] || { printf '%s: no files were offered\n' "$*" >&2; faults=$((faults + 1)); }
}

options() { "$@" --help | sed -n '/^Options:/,/^$/s/^  \(-.,\)\?\(--[a-z-]*\).*/\2/p' | tr '\n' ' '; }

subcommands=$(tcpsm --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | tr '\n' ' ')
expect "$subcommands help" -- tcpsm ""
expect "$subcommands help" -- tcpsm help ""
expect "--version --help" -- tcpsm --
for subcommand in $subcommands; do
    expect "$(options tcpsm "$subcommand")" -- tcpsm "$subcommand" --
done

expect "text json svg csv" -- tcpsm run --format ""
expect "json" -- tcpsm run --format j
expect "text json svg csv" -- tcpsm run --format =
expect "json" -- tcpsm run --format = j
expect "rfc9293 linux" -- tcpsm step --profile ""
expect "en zh" -- tcpsm claims --lang ""
expect "" -- tcpsm run --seed ""
expect "lost-final-ack-forever" -- tcpsm run --why lost-final-ack-f
expect "lost-final-ack-forever" -- tcpsm netstat --at 1s lost-final-ack-f
expect "$(tcpsm list | sed -n 's/^\([^ ][^ ]*\) .*/\1/p')" -- tcpsm check ""
expect "fin-timeout-shortens-time-wait" -- tcpsm claims fin-timeout
expect "fin-timeout-shortens-time-wait" -- tcpsm run fin-timeout
expect "" -- tcpsm states ""
expect_files tcpsm run --output ""
expect_files tcpsm run ./my
expect_files tcpsm new ""
complete_line tcpsm list /
[[ " ${COMPREPLY[*]} " == *" /usr "* ]] || { echo "tcpsm list: no folders were offered" >&2; faults=$((faults + 1)); }

if command -v tcpsm-viz >/dev/null; then
    expect "$(options tcpsm-viz)" -- tcpsm-viz --
    expect "lost-final-ack-forever" -- tcpsm-viz lost-final-ack-f
    expect "light dark projector" -- tcpsm-viz --theme ""
    expect "en zh" -- tcpsm-viz --lang ""
    expect "" -- tcpsm-viz --at ""
    expect_files tcpsm-viz --screenshot ""
fi
[ $faults = 0 ]
