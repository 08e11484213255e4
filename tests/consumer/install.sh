#!/usr/bin/env bash
# install.sh BUILD PREFIX: installs the library of a build, both of its components.
# install.sh: what `cmake --install` installs, by component, where the library alone was built. That is about rules,
# not about code: instead of being compiled, each source becomes an empty object. Everything is made in $WORK, of the
# tree $SOURCE.
set -euo pipefail
if [ $# = 2 ]; then
    rm -rf "$2"
    for component in runtime dev; do cmake --install "$1" --prefix "$2" --component $component; done
    exit
fi
build=$WORK/alone
die() { printf 'install: %s\n' "$*" >&2; exit 1; }

# installed NAME ARGUMENT...: the files that `cmake --install` puts below a prefix.
installed() {
    rm -rf "$build.$1"
    cmake --install "$build" --prefix "$build.$1" "${@:2}" >"$build.log" 2>&1 || { cat "$build.log" >&2; die "$1"; }
    (cd "$build.$1" && find . ! -type d | sort)
}

has() { grep -qE "$2" <<<"$1" || die "nothing like $2 in: $1"; }
has_no() { ! grep -E "$2" <<<"$1" || die "that should not be installed"; }

mkdir -p "$WORK"
cat >"$WORK/empty.sh" <<'END'
#!/bin/sh
while [ "$1" != -o ]; do shift; done
exec as -o "$2" /dev/null
END
chmod +x "$WORK/empty.sh"

cmake --fresh -S "$SOURCE" -B "$build" -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER="$WORK/empty.sh" >"$build.log" 2>&1 ||
    { cat "$build.log"; die "cannot be configured"; }
rm -f "$build"/libtcpsm/libtcpsm*.*
cmake --build "$build" --target libtcpsm >"$build.log" 2>&1 || { cat "$build.log" >&2; die "cannot be built"; }

all=$(installed all)
has "$all" '/libtcpsm\.a$'
has "$all" '/libtcpsm\.so\.0$'
has "$all" '/tcpsm/tcpsm\.hpp$'
has_no "$all" 'tcpsm[_-]scenario|tcpsm/scenario/'
has_no "$all" '^\./bin/'

runtime=$(installed runtime --component runtime)
has "$runtime" '/libtcpsm\.so\.0$'
has_no "$runtime" '\.(a|hpp|cmake|pc)$|\.so$'

dev=$(installed dev --component dev)
for file in 'libtcpsm\.a' 'libtcpsm\.so' 'tcpsm\.pc' 'tcpsmConfig\.cmake' 'tcpsmConfigVersion\.cmake' 'version\.hpp'; do
    has "$dev" "/$file\$"
done
has_no "$dev" '\.so\.'

cmake --build "$build" --target libtcpsm_scenario >"$build.log" 2>&1 || { cat "$build.log" >&2; die "cannot be built"; }
dev=$(installed dev --component dev)
for file in 'libtcpsm_scenario\.a' 'libtcpsm_scenario\.so' 'tcpsm-scenario\.pc' 'tcpsm/scenario/scenario\.hpp'; do
    has "$dev" "/$file\$"
done
