#!/usr/bin/env bash
# man_pages.sh PROGRAMS PAGES: each line that tcpsm and tcpsm-viz print for --help is in their man pages, no page has an
# option that its program has not, and nothing that judges pages finds fault with them.
set -euo pipefail
programs=$1 pages=$2
faults=0
complain() { printf '%s\n' "$*" >&2; faults=$((faults + 1)); }

# The words of a page, without what makes them bold or indented.
words() {
    sed -e '/^\.\\"/d' -e 's/^\.\(TH\|TP\|PP\|nf\|fi\|SH\|BR\|B\|I\) \?//' -e 's/\\f[BIR]//g' -e 's/\\-/-/g' \
        -e 's/\\&//g' -e 's/^"\(.*\)"$/\1/' -e 's/\\(dq/"/g' -e 's/\\e/\\/g' -e 's/^tcpsm-\([a-z]*\) (1),\?$/\1/' "$1" |
        tr -s ' \n' ' '
}

# options TEXT: those that it names as ones of its own, at the beginning of a line.
options() { sed -n 's/^ *\(-.,\)\?\(--[a-z-]*\).*/\2/p' <<<"$1" | sort -u; }

check_page() { # PAGE HELP
    local page=$pages/$1.1 help=$2 text line
    [ -s "$page" ] && [ -s "$page.gz" ] || { complain "$1 has no man page"; return; }
    text=$(words "$page")
    while IFS= read -r line; do
        [[ ! $line =~ ^[A-Z].*:$ ]] || { line=${line^^} line=${line%:} line=${line/SUBCOMMANDS/COMMANDS}; }
        [[ $text == *"$line"* ]] || complain "$page has not: $line"
    done < <(sed -e 's/^Usage: //' -e 's/`//g' -e 's/^ *//' -e 's/ *$//' -e 's/  */ /g' <<<"$help")
    [ "$(options "$help")" = "$(options "$(sed 's/\\f[BIR]//g; s/\\-/-/g' "$page")")" ] ||
        complain "$page and --help have different options"

    if command -v man >/dev/null; then
        line=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -Tutf8 -Z -l "$page" 2>&1 >/dev/null) ||
            true
        [ -z "$line" ] || complain "man: $page: $line"
    fi
    if command -v mandoc >/dev/null; then
        line=$(mandoc -T lint -W warning "$page") || complain "$line"
    fi
}

help=$("$programs/tcpsm" --help)
check_page tcpsm "$help"
subcommands=$(sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p' <<<"$help")
[ "$(wc -w <<<"$subcommands")" -ge 8 ] || complain "found in the help only these subcommands: $subcommands"
for subcommand in $subcommands; do
    check_page "tcpsm-$subcommand" "$("$programs/tcpsm" "$subcommand" --help)"
done
[ ! -x "$programs/tcpsm-viz" ] || check_page tcpsm-viz "$("$programs/tcpsm-viz" --help)"
[ $faults = 0 ]
