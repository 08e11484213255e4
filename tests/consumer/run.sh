#!/usr/bin/env bash
# run.sh WAY KIND COMPILER: a project outside the tree depends on tcpsm, and is configured, built and run.
#   WAY       find_package or pkg-config, from an installation in $PREFIX, without the headers of Boost, {fmt} and
#             yaml-cpp in reach; add_subdirectory or FetchContent, from the tree $SOURCE
#   KIND      static or shared
#   COMPILER  a C++ compiler; where there is none of that name, 77 is returned
# Everything is made in $WORK, and configured afresh each time. But one place there serves both kinds, and both ways of
# a subproject, so that the library and the programs are compiled once for each compiler. So two runs with one compiler
# must not be at the same time.
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
        add_subdirectory) as_subproject -DSCENARIO=OFF -DTCPSM_SCENARIO="$([ "$kind" = static ] && echo ON)" ;;
        FetchContent) as_subproject ;;
        *) die "unknown way: $way" ;;
    esac
}

find_package() {
    local build=$WORK/find_package-${compiler##*/} flags
    flags=$(without_boost)
    configure "$build" -DKIND="$kind" -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_CXX_FLAGS="$flags"
    build_and_run "$build"
}

by_pkg_config() {
    local build=$WORK/pkg-config-${compiler##*/} flags libdir program package libs objects
    mkdir -p "$build"
    PKG_CONFIG_PATH=$(dirname "$(find "$PREFIX" -name tcpsm.pc)")
    export PKG_CONFIG_PATH
    # The folder of headers that it names is none of the system's, so their warnings are seen here.
    flags="$(without_boost) -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wold-style-cast -Werror"
    [[ $("$compiler" --version) == *clang* ]] || flags+=" -Wuseless-cast"
    flags+=" $(pkg-config --cflags tcpsm-scenario)"

    say "build"
    cp "$here"/programs/*.cpp "$build"
    (cd "$PREFIX/include" && find tcpsm -name '*.hpp' | sort | sed 's/.*/#include <&>/') >"$build/all_headers.cpp"
    for program in all_headers consume program scenario; do
        $(launcher) "$compiler" $flags -c "$build/$program.cpp" -o "$build/$program.o"
    done

    libdir=$(pkg-config --variable=libdir tcpsm)
    for program in consume scenario; do
        package=tcpsm objects="$build/consume.o $build/program.o"
        [ $program = consume ] || package=tcpsm-scenario objects=$build/scenario.o
        libs=$(pkg-config --libs $package)
        # Where both kinds are installed, -ltcpsm is the shared one; the file's name says the other.
        [ "$kind" = shared ] || libs=$(pkg-config --static --libs $package | sed -E 's/-l(tcpsm\w*)/-l:lib\1.a/g')
        "$compiler" $objects -o "$build/$program" $libs -Wl,-rpath,"$libdir"
        run "$build/$program"
    done
}

# Compiles where it was compiled before, if ccache is there.
launcher() { command -v ccache || true; }

# The parent of a subproject. One that links no scenario does not build it.
as_subproject() {
    local build=$WORK/subproject-${compiler##*/}
    configure "$build" -DTCPSM_SOURCE="$SOURCE" -DBUILD_SHARED_LIBS="$([ "$kind" = static ] || echo ON)" "$@"
    find "$build/_deps" -name 'libtcpsm*.a' -o -name 'libtcpsm*.so*' | xargs rm -f
    build_and_run "$build"
    if [[ $* == *SCENARIO=OFF* ]]; then
        [ -z "$(find "$build/_deps" -type f -name 'libtcpsm_scenario.*')" ] ||
            die "tcpsm::scenario is built, and nobody links it"
    fi
    if [ "$kind" = shared ]; then # what Clang makes shows no more and no less than what GCC does
        "$here/symbols.sh" "$(find "$build/_deps" -name libtcpsm.so)" "tcpsm::category()" >"$build.log" ||
            { cat "$build.log"; die "the shared library shows something else than the public API"; }
    fi
    local other
    other=$([ "$kind" = static ] && echo 'libtcpsm*.so*' || echo 'libtcpsm*.a')
    [ -z "$(find "$build/_deps" -name "$other")" ] || die "the other kind was built, too"
}

# configure FOLDER ARGUMENT...: afresh, so that nothing is in its cache but what it puts there.
configure() {
    say "configure"
    cmake --fresh -S "$here" -B "$1" -G Ninja -DWAY="$way" -DCMAKE_CXX_COMPILER="$compiler" \
        -DCMAKE_UNITY_BUILD=ON -DCMAKE_CXX_COMPILER_LAUNCHER="$(launcher)" "${@:2}" \
        >"$1.log" 2>&1 || { cat "$1.log"; die "cannot be configured"; }
}

build_and_run() {
    say "build"
    cmake --build "$1" >"$1.log" 2>&1 || { cat "$1.log"; die "cannot be built"; }
    set -- "$1/programs"
    run "$1/program"
    run "$1/loader" "$1/plugin.so"
    [ "$(sed -n 's/^SCENARIO:BOOL=//p' "$1/../CMakeCache.txt")" = OFF ] || run "$1/scenario"
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
    if readelf --dynamic "$file" | grep 'NEEDED.*libtcpsm' >/dev/null; then needs=shared; fi
    [ "$needs" = "$kind" ] || die "${file##*/} is linked with the $needs library"
}

# without_boost: flags with which the compiler finds all headers that it would find, but not those that the
# library is built with. Folders that have them are replaced by folders of links to everything else.
without_boost() {
    local hidden="boost fmt yaml-cpp" flags="-nostdinc -nostdinc++" folder name links=$WORK/include-${compiler##*/}
    mkdir -p "$links"
    while read -r folder; do
        for name in $hidden; do
            [ -e "$folder/$name" ] || continue
            local instead=$links/${folder//\//_}
            mkdir -p "$instead"
            find "$folder" -mindepth 1 -maxdepth 1 -exec ln -sf -t "$instead" {} +
            (cd "$instead" && rm -f $hidden) # links, not what they lead to
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
