#!/usr/bin/env bash
# ./run fresh [--root DIR] [--cache DIR] [bookworm|trixie] [COMMAND...]: what a newcomer meets. A bare Debian is made
# (debootstrap, minbase), the newest commit is cloned into it, and `./run COMMAND` runs there as root, then in another
# clone as an ordinary user with sudo. COMMAND is "demo" where none is given; "none" makes the bare Debian only.
#   --root DIR   where it is made, and stays; where there is one already, it is used. Without, it is removed at the end.
#   --cache DIR  ccache's folder: what has been compiled before is not compiled again, and the times say less
# Mirror, proxy and certificates are those of this machine's apt.
set -Eeuo pipefail
source_tree=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
. "$source_tree/tests/fresh/root.sh"

say() { printf '== fresh: %s\n' "$*"; }
die() {
    trap - ERR
    printf './run fresh: %s\n' "$*" >&2
    exit 1
}
trap 'die "stopped in line $LINENO of tests/fresh/fresh.sh (exit status $?): $BASH_COMMAND"' ERR

root="" keep="" cache=""
while [[ ${1-} = --root || ${1-} = --cache ]]; do
    [ -n "${2-}" ] || die "$1 wants a folder"
    case $1 in
        --root) root=$(realpath -m "$2") keep=yes ;;
        --cache)
            [ -d "$2" ] || die "--cache wants ccache's folder, and there is none at $2"
            cache=$(realpath "$2")
            ;;
    esac
    shift 2
done
suite=bookworm
case ${1-} in bookworm | trixie) suite=$1; shift ;; esac
[ $# -gt 0 ] || set -- demo
case $1 in demo | test | viz | package | check | install | soak | fuzz | bench | format | none) ;;
    *) die "no such system or command: $1. Systems are bookworm and trixie; commands are those that ./run lists." ;;
esac

[ "$(id -u)" = 0 ] || die "making a bare Debian needs root (for debootstrap and chroot): sudo ./run fresh"
[ -x "$root/bin/sh" ] || [ -z "$(ls -A "$root" 2>/dev/null)" ] || die "$root is neither empty nor the root of a Debian"
"$source_tree/run" install fresh || exit 1

work=$(mktemp -d "${TMPDIR:-/var/tmp}/tcpsm-fresh.XXXXXX")
root=${root:-$work/root}
# A root that was not made to its end is removed, too: the next run would take it for a whole one.
finish() {
    local status=$?
    trap - ERR
    trap '' INT TERM HUP
    release
    [ -n "$keep" ] && [ -z "${making-}" ] || rm -rf --one-file-system "$root"
    rm -rf --one-file-system "$work"
    exit $status
}
interrupted() { # STATUS
    printf './run fresh: stopped; what was mounted or made is removed\n' >&2
    exit "$1"
}
trap finish EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' TERM
trap 'interrupted 129' HUP

# ---- the bare Debian -------------------------------------------------------------------------------------------------

make_root() {
    local mirror proxy
    mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 2>/dev/null | grep -v security |
        sed -n 's/^Debian //p' | head -n 1) || true
    proxy=$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null | sed -n "s/^proxy='\(.*\)'$/\1/p") || true
    say "a bare $suite in $root"
    making=yes
    http_proxy=${proxy:-${http_proxy-}} debootstrap --variant=minbase --include=git,ca-certificates "$suite" "$root" \
        ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 || {
        tail -n 20 "$work/debootstrap.log" >&2
        die "debootstrap could not make a bare $suite: what it said is above; is there a network, and 2 GB of disk?"
    }
    apt_of_this_machine
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no daemon is started
    chmod +x "$root/usr/sbin/policy-rc.d"
    making=""
}

# How apt reaches its mirror: proxy, certificates, and what else stands under Acquire::http and https.
apt_of_this_machine() {
    local file
    apt-config dump | grep -E '^Acquire::(http|https|ftp)::' >"$root/etc/apt/apt.conf.d/90machine" || true
    for file in $(sed -nE 's/^Acquire::.*(CaInfo|CAInfo|SslCert|SslKey|CaPath).* "(.*)";$/\2/pI' \
        "$root/etc/apt/apt.conf.d/90machine") /usr/local/share/ca-certificates/*.crt; do
        [ ! -f "$file" ] || install -D -m 644 "$file" "$root$file"
    done
    cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    cp -L /etc/hosts "$root/etc/hosts" 2>/dev/null || true
    chroot "$root" update-ca-certificates >/dev/null 2>&1 || true
}

# ---- a newcomer ------------------------------------------------------------------------------------------------------

as_root() {
    clone /root/tcpsm
    say "as root: ./run $*"
    timed inside "${compiling[@]}" sh -c 'cd /root/tcpsm && exec ./run "$@"' sh "$@"
}

# With sudo, in a folder whose name has a blank.
as_user() {
    inside apt-get -qq install --yes --no-install-recommends sudo >/dev/null 2>&1 || die "cannot install sudo there"
    inside id student >/dev/null 2>&1 || inside useradd --create-home --shell /bin/bash student
    echo 'student ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/student"
    clone "/home/student/my tcpsm"
    inside chown -R student: /home/student
    say "as an ordinary user with sudo: ./run $*"
    # Not by su, which takes Ctrl-C away from what it runs.
    user=student timed inside HOME=/home/student "${compiling[@]}" CCACHE_READONLY=1 \
        sh -c 'cd "$HOME/my tcpsm" && exec ./run "$@"' sh "$@"
}

# Warnings are errors there where they are here. Without --cache there is no ccache there at all.
compiling=()
compile_as_here() {
    [ -z "${CI-}" ] || compiling+=(CI="$CI")
    [ -n "$cache" ] || return 0
    inside apt-get -qq install --yes --no-install-recommends ccache >/dev/null 2>&1 || die "cannot install ccache there"
    mkdir -p "$root/var/cache/ccache"
    mount --bind "$cache" "$root/var/cache/ccache"
    compiling+=(CCACHE_DIR=/var/cache/ccache CCACHE_TEMPDIR=/tmp)
}

timed() {
    local begun=$SECONDS status=0
    "$@" || status=$?
    [ $status = 0 ] || die "in a bare $suite it ended with exit status $status, after $((SECONDS - begun)) s"
    took=$((SECONDS - begun))
}

begun=$SECONDS
[ -x "$root/bin/sh" ] || make_root
say "the bare $suite took $((SECONDS - begun)) s"
[ "$1" != none ] || exit 0
say_what_is_left_out
mount_into_root
compile_as_here
as_root "$@"
root_took=$took
as_user "$@"
say "./run $* in a bare $suite: $root_took s as root, $took s more as a user with sudo"
