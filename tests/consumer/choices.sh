#!/usr/bin/env bash
# choices.sh: which kind of library find_package gives, of those installed in $PREFIX. Everything is made in $WORK.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")

# gives KIND ARGUMENT...: what CMake calls the library's type, or "nothing".
gives() {
    cmake --fresh -S "$here/choices" -B "$WORK/choices" -DCMAKE_PREFIX_PATH="$PREFIX" -DEXPECT="$1" "${@:2}" \
        >"$WORK/choices.log" 2>&1 || { cat "$WORK/choices.log"; exit 1; }
}

gives STATIC
gives SHARED -DBUILD_SHARED_LIBS=ON
gives STATIC -DBUILD_SHARED_LIBS=ON -DASK=static
gives SHARED -DASK="shared;scenario"
gives nothing -DASK="tcpsm;window"
gives nothing -DASK="static;shared"
