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
    local word words=$1
    local -A missing=()
    for word in $words; do missing[$word]=yes; done
    shift 2
    complete_line "$@"
    for word in "${COMPREPLY[@]}"; do
        [ -n "${missing[$word]-}" ] || { complain "$*: offers $word, which is none of: $words"; continue; }
        unset "missing[$word]"
    done
    [ ${#missing[@]} = 0 ] || complain "$*: does not offer ${!missing[*]}"
}
complain() { printf '%s\n' "$*" >&2; faults=$((faults + 1)); }

# expect_files LINE...: files are offered, and nothing else.
expect_files() {
    expect "" -- "$@"
    [ "$files" = yes ] || complain "$*: no files were offered"
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
[[ " ${COMPREPLY[*]} " == *" /usr "* ]] || complain "tcpsm list: no folders were offered"

if command -v tcpsm-viz >/dev/null; then
    expect "$(options tcpsm-viz)" -- tcpsm-viz --
    expect "lost-final-ack-forever" -- tcpsm-viz lost-final-ack-f
    expect "light dark projector" -- tcpsm-viz --theme ""
    expect "en zh" -- tcpsm-viz --lang ""
    expect "" -- tcpsm-viz --at ""
    expect_files tcpsm-viz --screenshot ""
fi
[ $faults = 0 ]
