#!/usr/bin/env bash
# run.sh WAY KIND COMPILER: a project outside the tree depends on tcpsm, and is configured, built and run.
#   WAY       find_package or pkg-config, from an installation in $PREFIX, without the headers of Boost, {fmt} and
#             yaml-cpp in reach; add_subdirectory or FetchContent, from the tree $SOURCE
#   KIND      static or shared
#   COMPILER  a C++ compiler; where there is none of that name, 77 is returned
# Everything is made in $WORK. What adds a subdirectory and what fetches content is built in one place there, so that
# the library is compiled once for each compiler.
set -euo pipefail
way=$1 kind=$2 compiler=$3
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
unset CXXFLAGS LDFLAGS
export LC_ALL=C

say() { printf '== %s\n' "$*"; }
die() { printf 'consumer: %s\n' "$*" >&2; exit 1; }

main() {
    if ! command -v "$compiler" >/dev/null; then
        say "skipped: there is no $compiler here"
        exit 77
    fi
    case $way in
        find_package) find_package ;;
        pkg-config) by_pkg_config ;;
        add_subdirectory) as_subproject -DSCENARIO=OFF ;;
        FetchContent) as_subproject ;;
        *) die "unknown way: $way" ;;
    esac
}

find_package() {
    local build=$WORK/$way-$kind-${compiler##*/}
    configure "$build" -DKIND="$kind" -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_CXX_FLAGS="$(without_boost "$build")"
    build_and_run "$build"
}

by_pkg_config() {
    local build=$WORK/$way-$kind-${compiler##*/} flags libs libdir
    flags=$(without_boost "$build")
    PKG_CONFIG_PATH=$(dirname "$(find "$PREFIX" -name tcpsm.pc)")
    export PKG_CONFIG_PATH
    # Its own folder of headers is none of the system's, so their warnings are seen here.
    flags+=" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wold-style-cast -Werror"
    [[ $("$compiler" --version) == *clang* ]] || flags+=" -Wuseless-cast"
    # Every public header, so that each is seen by both compilers.
    (cd "$PREFIX/include" && find tcpsm -name '*.hpp' | sort | sed 's/.*/#include <&>/') >"$build/all_headers.cpp"
    "$compiler" $flags $(pkg-config --cflags tcpsm-scenario) -fsyntax-only "$build/all_headers.cpp"

    libdir=$(pkg-config --variable=libdir tcpsm)
    for program in consume:tcpsm scenario:tcpsm-scenario; do
        local sources=("$here/${program%:*}.cpp") package=${program#*:}
        [ "${program%:*}" = scenario ] || sources+=("$here/program.cpp")
        libs=$(pkg-config --libs "$package")
        # Where both kinds are installed, -ltcpsm is the shared one; the file's name says the other.
        [ "$kind" = shared ] || libs=$(pkg-config --static --libs "$package" | sed -E 's/-l(tcpsm\w*)/-l:lib\1.a/g')
        "$compiler" $flags $(pkg-config --cflags "$package") "${sources[@]}" -o "$build/${program%:*}" $libs \
            -Wl,-rpath,"$libdir"
        run "$build/${program%:*}"
    done
}

# The consumer of a subproject: OFF is what a parent says that wants no scenario.
as_subproject() {
    local build=$WORK/subproject-${compiler##*/}
    configure "$build" -DTCPSM_SOURCE="$SOURCE" -DBUILD_SHARED_LIBS="$([ "$kind" = static ] || echo ON)" "$@"
    find "$build/_deps" -name 'libtcpsm*.a' -o -name 'libtcpsm*.so*' | xargs rm -f
    build_and_run "$build"
    if [[ $* == *SCENARIO=OFF* ]]; then
        [ -z "$(find "$build" -name 'libtcpsm_scenario*.*')" ] || die "tcpsm::scenario was built, and nobody links it"
    fi
    local other
    other=$([ "$kind" = static ] && echo 'libtcpsm*.so*' || echo 'libtcpsm*.a')
    [ -z "$(find "$build/_deps" -name "$other")" ] || die "the other kind was built, too"
}

# configure FOLDER ARGUMENT...: afresh, so that nothing is in its cache but what it puts there.
configure() {
    say "configure"
    cmake --fresh -S "$here" -B "$1" -G Ninja -DWAY="$way" -DCMAKE_CXX_COMPILER="$compiler" \
        -DCMAKE_UNITY_BUILD="${UNITY:-OFF}" -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" "${@:2}" \
        >"$1.log" 2>&1 || { cat "$1.log"; die "cannot be configured"; }
}

build_and_run() {
    say "build"
    cmake --build "$1" >"$1.log" 2>&1 || { cat "$1.log"; die "cannot be built"; }
    run "$1/program"
    run "$1/loader" "$1/plugin.so"
    [ ! -e "$1/scenario" ] || run "$1/scenario"
    # A plugin hides what the archive hides.
    if nm -DC --defined-only "$1/plugin.so" | grep -E 'boost|guard::|action::|Context|tcpsm::detail'; then
        die "the plugin shows what is inside the library"
    fi
}

# It runs well, and needs the shared library just where that was asked for.
run() {
    say "run ${1##*/}"
    "$@" >"$1.out" 2>&1 || { cat "$1.out"; die "${1##*/} fails"; }
    local needs=static file=${2:-$1}
    if readelf --dynamic "$file" | grep -q 'NEEDED.*libtcpsm'; then needs=shared; fi
    [ "$needs" = "$kind" ] || die "${file##*/} is linked with the $needs library"
}

# without_boost FOLDER: flags with which the compiler finds all headers that it would find, but not those that the
# library is built with. Folders that have them are replaced by folders of links to everything else.
without_boost() {
    local hidden="boost fmt yaml-cpp" flags="-nostdinc -nostdinc++" folder name links=$1/include
    rm -rf "$links"
    mkdir -p "$links"
    while read -r folder; do
        for name in $hidden; do
            [ -e "$folder/$name" ] || continue
            local instead=$links/${folder//\//_}
            mkdir -p "$instead"
            find "$folder" -mindepth 1 -maxdepth 1 -exec ln -sf -t "$instead" {} +
            (cd "$instead" && rm -f $hidden)
            folder=$instead
            break
        done
        flags+=" -isystem $folder"
    done < <("$compiler" -E -v -x c++ /dev/null 2>&1 | sed -n '/^#include <...>/,/^End of search/s/^ //p')
    compiles '#include <vector>' $flags || die "without Boost in reach, the standard library is not, either"
    for name in boost/version.hpp fmt/core.h yaml-cpp/yaml.h; do
        ! compiles "#include <$name>" $flags || die "$name is in reach"
    done
    printf '%s' "$flags"
}

compiles() { "$compiler" "${@:2}" -fsyntax-only -x c++ - <<<"$1" 2>/dev/null; }

main
