#!/usr/bin/env bash
# symbols.sh LIBRARY SYMBOL...: of a shared library, shows what `nm -DC` does: each must be of the public API, and the
# symbols named must be among them.
set -euo pipefail
library=$1
shown=$(nm -DC --defined-only "$library" | cut -c 20-)
printf '%s\n' "$shown"

status=0
complain() { printf 'symbols: %s\n' "$1"; status=1; }
of_api='^((typeinfo|typeinfo name|vtable|VTT) for )?tcpsm::'
inside='boost|guard::|action::|Context|tcpsm::detail|fmt::'
if others=$(grep -vE "$of_api" <<<"$shown"); then complain "not of the public API: $others"; fi
if internal=$(grep -E "$inside" <<<"$shown"); then complain "of the inside: $internal"; fi
for symbol in "${@:2}"; do
    grep -qF "$symbol" <<<"$shown" || complain "missing: $symbol"
done
exit $status
