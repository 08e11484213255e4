#!/usr/bin/env bash
# CTest keeps how long each test took in a file, by which it orders tests that run in parallel. A name with a blank and
# a number is not read back as it was written: the name ends before its first number, that number is taken for the
# count of runs, and what follows for the time. So the count of a test that is named for what it shows, as doctest's
# are, begins again with each run, and the file holds times that nobody measured.
#
# Guess: a name is kept as it is, as in the list of tests and in reports.
# Seen: CMake 3.25.1 (Debian 12, package cmake 3.25.1-1). After the second run the file has, beside the names that were
# run, "lasts 100 0": 100 is of the name "lasts 100 octets". The name without blanks keeps its entry.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

version=3.25.1-1
libraries=$(apt-cache depends --recurse --no-{recommends,suggests,conflicts,breaks,replaces,enhances} "cmake=$version" |
    grep -E '^lib[a-z0-9.+-]+$' | grep -vE '^lib(c6|c-bin|crypt1)$' | sort -u)
apt-get -qq download "cmake=$version" "cmake-data=$version" $libraries 2>/dev/null
for package in *.deb; do dpkg-deb --extract "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu
export CMAKE_ROOT=$work/root/usr/share/cmake-3.25
bin=$work/root/usr/bin

cat >CMakeLists.txt <<'TEXT'
cmake_minimum_required(VERSION 3.25)
project(costs NONE)
enable_testing()
add_test(NAME "lasts 100 octets" COMMAND true)
add_test(NAME lasts_200_octets COMMAND true)
TEXT
"$bin/cmake" -S . -B build >/dev/null
costs=build/Testing/Temporary/CTestCostData.txt
for run in first second; do
    (cd build && "$bin/ctest") >/dev/null
    echo "after the $run run:"
    sed -E '/^---/,$d; s/ [0-9.]+$/ TIME/' "$costs" | tee "$run"
done

expect() { # FILE LINES
    [ "$(grep . "$1" | sort)" = "$(sort <<<"$2")" ] || { echo "the behaviour has changed: $1 run" >&2; exit 1; }
}
expect first $'lasts 100 octets 1 TIME\nlasts_200_octets 1 TIME'
expect second $'lasts 100 octets 1 TIME\nlasts 100 TIME\nlasts_200_octets 2 TIME'
echo "CMake $version: a name with a blank is read back as another, and its count begins again"
