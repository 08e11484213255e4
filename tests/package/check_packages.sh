#!/usr/bin/env bash
# check_packages.sh PACKAGES [ROOT]: lintian finds no error in the .debs of a folder, and each holds what it should. In
# a bare root, such as debootstrap makes and whose apt can install, tcpsm is installed, used by an ordinary user, and
# removed, and nothing is left. (Needs root, for chroot. The root is changed; give a copy.)
set -euo pipefail
packages=$(realpath "$1") root=${2:+$(realpath "$2")}
source_tree=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")

say() { printf '== %s\n' "$*"; }
die() { printf 'check_packages.sh: %s\n' "$*" >&2; exit 1; }

work=$(mktemp -d)
finish() {
    [ -z "$root" ] || for folder in proc dev; do ! mountpoint -q "$root/$folder" || umount -l "$root/$folder"; done
    rm -rf "$work"
}
trap finish EXIT

# ---- the packages ----------------------------------------------------------------------------------------------------

package() { # NAME: the one file of a package
    local files=("$packages/$1"_*.deb)
    [ ${#files[@]} = 1 ] && [ -f "${files[0]}" ] || die "not one package $1 in $packages"
    printf '%s\n' "${files[0]}"
}

# holds NAME PATTERN...: each pattern, a regular expression for a whole path, is some file's of the package; and there
# is nothing in it that no pattern is for.
holds() {
    local name=$1 file listing pattern rest
    shift
    file=$(package "$name")
    listing=$(dpkg-deb --fsys-tarfile "$file" | tar -tf - | sed -n 's/^\.\(\/.*[^\/]\)$/\1/p')
    for pattern; do grep -qxE -- "$pattern" <<<"$listing" || die "$name has no $pattern"; done
    rest=$(grep -vxE "$(printf '%s\n' "$@")" <<<"$listing" || true)
    [ -z "$rest" ] || die "$name has more than it should: $rest"
    [ -z "$(dpkg-deb --contents "$file" | grep -v ' root/root ')" ] || die "$name has what is not root's"
    mkdir -p "$work/$name"
    dpkg-deb --extract "$file" "$work/$name"
    ! grep -rlF "$source_tree" "$work/$name" || die "$name knows where it was built"
}

say "lintian"
lintian --allow-root --fail-on error "$packages"/*.deb

say "contents"
doc() { printf '/usr/share/doc/%s/(copyright|changelog.gz)' "$1"; }
man=/usr/share/man/man1
holds tcpsm "$(doc tcpsm)" /usr/bin/tcpsm /usr/bin/tcpsm-viz \
    '/usr/share/tcpsm/scenarios/[^/]*\.yaml' '/usr/share/tcpsm/claims/[^/]*\.yaml' \
    /usr/share/tcpsm/schemas/scenario.schema.json /usr/share/tcpsm/schemas/trace.schema.json \
    $man/tcpsm.1.gz $man/tcpsm-viz.1.gz "$man/tcpsm-(run|step|netstat|list|check|claims|states|new).1.gz" \
    /usr/share/bash-completion/completions/tcpsm /usr/share/bash-completion/completions/tcpsm-viz \
    /usr/share/applications/tcpsm-viz.desktop /usr/share/icons/hicolor/scalable/apps/tcpsm.svg
[ "$(find "$work/tcpsm/usr/share/tcpsm/scenarios" -name '*.yaml' | wc -l)" = \
    "$(find "$source_tree/examples/scenarios" -name '*.yaml' | wc -l)" ] || die "tcpsm has not every scenario"
lib='/usr/lib/[^/]*'
holds libtcpsm0 "$(doc libtcpsm0)" "$lib/libtcpsm.so.0" "$lib/libtcpsm[a-z_]*.so.[0-9.]*"
holds libtcpsm-dev "$(doc libtcpsm-dev)" /usr/include/tcpsm/tcpsm.hpp '/usr/include/tcpsm/.*\.hpp' \
    "$lib/libtcpsm.a" "$lib/libtcpsm.so" "$lib/libtcpsm[a-z_]*\.(a|so)" \
    "$lib/cmake/tcpsm/tcpsmConfig.cmake" "$lib/cmake/tcpsm/tcpsm[A-Za-z_-]*.cmake" \
    "$lib/pkgconfig/tcpsm.pc" "$lib/pkgconfig/tcpsm[a-z_-]*.pc"
for file in "$packages"/*.deb; do
    printf '%s\n  needs %s\n' "${file##*/}" "$(dpkg-deb --field "$file" Depends)"
done
[ -n "$root" ] || exit 0

# ---- a bare root -----------------------------------------------------------------------------------------------------

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
apt() { inside apt-get -qq -o Dpkg::Use-Pty=0 -o APT::Sandbox::User=root "$@" >"$work/apt.log" 2>&1 || {
    cat "$work/apt.log" >&2; die "apt-get $* failed"; }; }
# What keeps count of packages, and what was fetched, may change.
files() { inside find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/log -o \
    -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/cache/apt \) -prune -o -print | LC_ALL=C sort; }

# A container may not allow this; then the programs and apt must do without.
mount --bind /proc "$root/proc" 2>/dev/null || say "cannot mount /proc there; going on without"
mount --bind /dev "$root/dev" 2>/dev/null || say "cannot mount /dev there; going on without"
# Its name is no easy one, and what it has of scenarios is another program's.
odd="/tmp/an odd folder, é"
rm -rf "${root:?}$odd"
mkdir -p "$root$odd/examples/scenarios"
printf 'scenario: of another program\n' >"$root$odd/examples/scenarios/theirs.yaml"
chown -R 65534:65534 "$root$odd"
cp "$(package tcpsm)" "$root/tmp/"
tcpsm_deb=/tmp/$(basename "$(package tcpsm)")

as_user() { # COMMAND...: as nobody, in the odd folder
    chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME="$odd" \
        sh -c 'cd "$1" && shift && exec "$@"' sh "$odd" "$@"
}

say "installing in $root"
! inside dpkg-query -W tcpsm 2>/dev/null || die "tcpsm is installed there already"
files >"$work/bare"
apt update
apt install --yes "$tcpsm_deb"
# What it needs stays when it goes, until autoremove: what is compared is before and after tcpsm alone.
apt remove --yes tcpsm
files >"$work/before"
apt install --yes "$tcpsm_deb"

say "using it as an ordinary user"
as_user tcpsm run lost-final-ack >"$work/run"
grep -q 'client: TIME-WAIT to CLOSED' "$work/run" || grep -q TIME-WAIT "$work/run" || die "tcpsm run shows no ladder"
as_user tcpsm list >"$work/list"
for file in "$work"/tcpsm/usr/share/tcpsm/scenarios/*.yaml; do
    grep -q "^$(basename "$file" .yaml) " "$work/list" || die "tcpsm list does not name $file"
done
as_user tcpsm claims >"$work/claims" || die "tcpsm claims answers $?"
tail -n 1 "$work/claims"
as_user tcpsm-viz lost-final-ack --at 1.35s --screenshot picture.png 2>"$work/viz" || die "tcpsm-viz answers $?"
# A note is of a font that was taken for another. One that is missing would be named, too; then it has no package.
! grep -v -e ' was not found, .* is used instead\.$' "$work/viz" || die "tcpsm-viz complains"
head -c 8 "$root$odd/picture.png" | cmp - <(printf '\211PNG\r\n\032\n')
[ "$(stat -c %s "$root$odd/picture.png")" -gt 20000 ] || die "the picture is empty"

say "removing it"
apt remove --yes tcpsm
files >"$work/after"
diff "$work/before" "$work/after" || die "apt remove does not leave things as they were"
! inside dpkg-query -W tcpsm 2>/dev/null || die "dpkg still knows tcpsm"
apt autoremove --yes --purge
files >"$work/end"
LC_ALL=C comm -13 "$work/bare" "$work/end" >"$work/left"
! grep tcpsm "$work/left" || die "something of tcpsm is left"
rm -rf "${root:?}$odd" "$root$tcpsm_deb"
say "all is well"
