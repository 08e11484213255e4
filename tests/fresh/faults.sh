#!/usr/bin/env bash
# faults.sh ROOT [NAME]: what `./run` says where it cannot go on. In a bare Debian, such as `./run fresh --root ROOT
# bookworm none` makes, each fault of the table below makes `./run demo` end with the status that stands there, and its
# last sentence says what and what to do. Nothing is left half done; and where it says what to do, that is done, and the
# same command works. With NAME, only the cases whose name has it.
# (Needs root, for mounts and chroot. ROOT is not changed: it lies under an overlay. Neither a network nor a compiler is
# needed: apt and dpkg are real, but the packages that they install hold next to nothing.)
set -Eeuo pipefail
source_tree=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
. "$source_tree/tests/fresh/root.sh"

# name | fault, a function below | exit status | the last sentence, as a regular expression for all of it
cases() {
    cat <<'END'
no network           | no_network      | 1   | .* not be installed: g\+\+ .* The network does not answer, .*: mend .*
a proxy that refuses | refusing_proxy  | 1   | .* not be installed: g\+\+ .* or the proxy that apt is told to use: .*
no root, no sudo     | no_sudo         | 1   | .* needs root or sudo; whoever has either runs: apt-get install g\+\+ .*
a sudo that refuses  | refusing_sudo   | 1   | .* needs root or sudo; whoever has either runs: apt-get install g\+\+ .*
full: build          | full_build      | 1   | cannot configure .* disk is full, at /root/tcpsm/build: free some .*
full while it builds | full_later      | 1   | the release build failed .* disk is full, at /root/tcpsm/build: .*
full: apt's archives | full_archives   | 1   | The disk is full, at /var/cache/apt/archives: free some space there, .*
full: dpkg's folder  | full_dpkg       | 1   | The disk is full, at /var/lib/dpkg: free some space there, .*
full: /tmp           | full_tmp        | 1   | The disk is full, at /tmp: free some space there, .*
apt is locked        | locked          | 1   | .* not be installed: g\+\+ .* Another program is installing .*: wait .*
an old CMake         | old_cmake       | 1   | /usr/local/bin/cmake is version 3\.16\.3, and 3\.25 or newer is .*
dpkg was interrupted | interrupted     | 1   | .* not be installed: g\+\+ .*: run 'dpkg --configure -a' as root, .*
the same, in German  | in_german       | 1   | .* not be installed: g\+\+ .*: run 'dpkg --configure -a' as root, .*
half configured      | half_configured | 1   | .* not be installed: libfmt-dev\. .* 'dpkg --configure -a' as root, .*
half installed       | half_installed  | 1   | .* not be installed: g\+\+ .*: 'dpkg --remove .* NAME', as root, .*
a need unmet         | unmet           | 1   | .* not be installed: g\+\+ .*: 'apt-get -f install', run as root, says .*
an old Boost         | old_boost       | 1   | cannot configure .* Boost .*: run 'apt-get remove libboost1\.74-dev' .*
no Boost of 1.81     | no_new_boost    | 1   | cannot configure .* Boost must be 1\.81 or newer, .*: use a newer .*
a read-only checkout | read_only       | 1   | cannot write to /root/tcpsm, .*read-only, .* Copy the checkout, .*
another's checkout   | of_another      | 1   | cannot write to /srv/tcpsm, .* belongs to root\)\. Copy the checkout, .*
a path with blanks   | blanks          | 1   | the release build failed .* disk is full, at /root/my tcpsm/build: .*
a wrong command      | wrong_command   | 1   | unknown command: dmeo \(the commands are above\)
no apt               | no_apt          | 1   | CMake and Ninja are needed, and not here\. Install what is missing, .*
Ctrl-C, fetching     | ctrl_c_early    | 130 | stopped by Ctrl-C in .* 'installing g\+\+ .*'; the same command .*
Ctrl-C, unpacking    | ctrl_c_late     | 130 | stopped by Ctrl-C in .* 'installing g\+\+ .*'; the same command .*
END
}

# ---- faults ----------------------------------------------------------------------------------------------------------

# Each fault finds a new root, and may say who runs what, where and how (user, command, folder, wrap), what must be
# printed besides (printed), how a helper comes to its end (helper, let_go), and what mends the fault (mend).

no_network() { debian_sources; wrap=(unshare --net) mend=(our_sources); }

# Nobody listens at the port for discarding.
refusing_proxy() {
    debian_sources
    printf 'Acquire::%s::Proxy "http://127.0.0.1:9";\n' http https >"$root/etc/apt/apt.conf.d/99proxy"
    mend=(our_sources)
}

no_sudo() { user=student folder=/home/student/tcpsm mend=(install_as_told); }
install_as_told() {
    user="" inside sh -c "apt-get update && $(sed -n 's/.*whoever has either runs: //p' "$work/last") --yes"
}

refusing_sudo() {
    no_sudo
    script /usr/local/bin/sudo 'echo "student is not in the sudoers file." >&2; exit 1'
}

full_build() { with_packages; full /root/tcpsm/build; }
full_later() { with_packages; small "$folder/build"; }
full_archives() { full /var/cache/apt/archives; }
full_tmp() { full /tmp; }
full_dpkg() {
    cp -a "$root/var/lib/dpkg" "$work/dpkg"
    small /var/lib/dpkg 20m
    cp -a "$work/dpkg/." "$root/var/lib/dpkg"
    fill /var/lib/dpkg
    rm -r "$work/dpkg"
    mend=(rm "$root/var/lib/dpkg/filler")
}

# By another apt-get, that is in the middle of a package. It is waited for a second instead of two minutes.
locked() {
    script /usr/local/bin/apt-get 'exec /usr/bin/apt-get "${@/Timeout=120/Timeout=1}"'
    inside apt-get -q update >"$work/other" 2>&1
    slow ninja-build
    inside apt-get -q install --yes ninja-build >>"$work/other" 2>&1 &
    helper=$! let_go=(go_on ninja-build) mend=(true)
    wait_for being_configured
}

old_cmake() {
    with_packages
    script /usr/local/bin/cmake 'echo "cmake version 3.16.3"'
    mend=(rm "$root/usr/local/bin/cmake")
}

interrupted() { : >"$root/var/lib/dpkg/updates/0001"; mend=(inside dpkg --configure -a); }
in_german() { interrupted; wrap=(env LANGUAGE=de); }

half_configured() {
    hook libfmt-dev 'exit 1'
    ! inside dpkg --install /srv/packages/libfmt-dev.deb >"$work/dpkg.log" 2>&1
    mend=(configure_again libfmt-dev)
}
configure_again() { go_on "$1"; inside dpkg --configure -a; }

# dpkg was killed while it unpacked, and the package is not to be had any more.
half_installed() {
    known half 'install reinstreq half-installed'
    mend=(inside dpkg --force-remove-reinstreq --remove half)
}

unmet() {
    known lonely 'install ok installed' 'Depends: never-heard-of'
    mend=(inside apt-get -q -f --yes install)
}

old_boost() {
    inside dpkg --install /srv/packages/libboost1.74-dev.deb >"$work/dpkg.log"
    mend=(inside apt-get -q remove --yes libboost1.74-dev)
}

no_new_boost() {
    rm "$root/srv/packages/"libboost1.81-dev.* "$root/srv/packages/"libboost-dev.*
    index_packages
}

read_only() {
    mount --bind "$root/root/tcpsm" "$root/root/tcpsm"
    mount -o remount,bind,ro "$root/root/tcpsm"
    mend=(umount "$root/root/tcpsm")
}

of_another() { user=student folder=/srv/tcpsm mend=(copy_it); }
copy_it() { folder=/home/student/tcpsm; user="" with_packages; }

blanks() { folder="/root/my tcpsm"; full_later; }

wrong_command() { command=dmeo; }

no_apt() {
    mv "$root/usr/bin/apt-get" "$root/usr/bin/away"
    printed='By CMake.s names:.*for tcpsm +yaml-cpp, CLI11'
    mend=(mv "$root/usr/bin/away" "$root/usr/bin/apt-get")
}

# A proxy that takes the connection and is silent keeps packages from coming. (Lists must not wait for it, too.)
ctrl_c_early() {
    debian_sources
    script /usr/local/bin/apt-get '[[ " $* " == *" update "* ]] || exec /usr/bin/apt-get "$@"'
    inside perl -MIO::Socket::INET -e '$| = 1; alarm 60;
        $at = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1");
        printf "Acquire::%s::Proxy \"http://127.0.0.1:%s\";\n", $_, $at->sockport for "http", "https";
        $peer = $at->accept; open $there, ">", "/run/being-fetched";
        1 while <$peer>' >"$root/etc/apt/apt.conf.d/99proxy" &
    let_go=(wait $!) mend=(without_proxy)
    wait_for proxy_listens
    ctrl_c_once being_fetched
}
proxy_listens() { grep -q https "$root/etc/apt/apt.conf.d/99proxy"; }
being_fetched() { [ -e "$root/run/being-fetched" ]; }
without_proxy() { rm "$root/usr/local/bin/apt-get"; our_sources; }

ctrl_c_late() {
    slow ninja-build
    ctrl_c_once being_configured go_on ninja-build
    mend=(true)
}

# ---- what faults are made of -----------------------------------------------------------------------------------------

script() { # FILE LINE
    printf '#!/bin/bash\n%s\n' "$2" >"$root$1"
    chmod 755 "$root$1"
}

debian_sources() { cp "$root/etc/apt/debian.list" "$root/etc/apt/sources.list"; }
our_sources() { echo 'deb [trusted=yes] copy:/srv/packages ./' >"$root/etc/apt/sources.list"; }

with_packages() { inside sh -c 'cd /root/tcpsm && ./run install demo' >"$work/install.log" 2>&1; }

small() { # FOLDER [SIZE]: a disk of its own
    mkdir -p "$root$1"
    mount -t tmpfs -o "size=${2-64k}" tmpfs "$root$1"
    mend=(umount "$root$1")
}
fill() { head -c 30m /dev/zero >"$root$1/filler" 2>/dev/null || true; }
full() { small "$1"; fill "$1"; }

known() { # PACKAGE STATUS [FIELD]: dpkg believes so
    printf 'Package: %s\nStatus: %s\nVersion: 1\nArchitecture: all\nMaintainer: nobody\n%sDescription: broken\n\n' \
        "$1" "$2" "${3:+$3$'\n'}" >>"$root/var/lib/dpkg/status"
    : >"$root/var/lib/dpkg/info/$1.list"
}

hook() { # PACKAGE LINE: what is done when it is configured
    mkdir -p "$root/run/hooks"
    script "/run/hooks/$1" "$2"
}
slow() { hook "$1" ': >/run/being-configured; while [ -e "$0" ]; do sleep 0.1; done'; }
being_configured() { [ -e "$root/run/being-configured" ]; }
go_on() { rm -f "$root/run/hooks/$1"; }

# As a terminal does, for all that run in the foreground; so they must not be of this script's own session. What Ctrl-C
# does not end is killed.
ctrl_c_once() { # CONDITION [COMMAND...]: a second later, the command is run
    wrap=(env --default-signal=INT setsid sh -c 'echo $$ >/run/leader; exec "$@"' sh)
    {
        wait_for "$1" && kill -INT -- "-$(cat "$root/run/leader")" && sleep 1 && "${@:2}" && wait_for ended ||
            { end_processes; exit 1; }
    } &
    helper=$!
}
ended() { ! kill -0 -- "-$(cat "$root/run/leader")" 2>/dev/null; }

wait_for() { # CONDITION, for twenty seconds
    for _ in {1..200}; do
        ! "$1" || return 0
        sleep 0.1
    done
    echo "it never came to this: $1" >&2
    return 1
}

# The folders in /proc of all that run inside.
processes() { find /proc/[0-9]*/root -maxdepth 0 -lname "$root" -printf '%h\n' 2>/dev/null || true; }

# ---- packages --------------------------------------------------------------------------------------------------------

# All that ./run demo needs, and two of Boost.
make_packages() {
    local name
    mkdir -p "$root/srv/packages"
    for name in $(sed -nE 's/^(build|tool)_packages="([^"]*)".*/\2/p' "$source_tree/run") libboost1.{74,81}-dev; do
        make_package "$name"
    done
    index_packages
}

make_package() { # NAME
    local files=$root/srv/$1 deb=$root/srv/packages/$1.deb fields=""
    mkdir -p "$files/DEBIAN" "$files/usr/bin" "$files/usr/share/doc/$1"
    echo "next to nothing" >"$files/usr/share/doc/$1/README" # dpkg drops a package that has no file of its own
    case $1 in
        cmake) stands_for_cmake >"$files/usr/bin/cmake" ;;
        ninja-build) echo '#!/bin/sh' >"$files/usr/bin/ninja" ;;
        libboost-dev) fields=$'Depends: libboost1.81-dev\n' ;;
        libboost1.*) fields=$'Provides: one-boost\nConflicts: one-boost\n' ;;
    esac
    printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: nobody\n%sDescription: next to nothing\n' \
        "$1" "$fields" >"$files/DEBIAN/control"
    printf '#!/bin/sh\nhook=/run/hooks/%s\n[ ! -e $hook ] || $hook\n' "$1" >"$files/DEBIAN/postinst"
    chmod -R 755 "$files"
    inside dpkg-deb --root-owner-group --build "/srv/$1" "/srv/packages/$1.deb" >"$work/dpkg.log"
    {
        cat "$files/DEBIAN/control"
        printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$1" "$(stat -c %s "$deb")" \
            "$(sha256sum <"$deb" | cut -d ' ' -f 1)"
    } >"$root/srv/packages/$1.stanza"
    rm -r "$files"
}

index_packages() { cat "$root/srv/packages"/*.stanza >"$root/srv/packages/Packages"; }

# It asks for two packages, writes where CMake writes, and builds a tcpsm that says one word.
stands_for_cmake() {
    cat <<'END'
#!/bin/sh
set -e
case $1 in
    --version) echo "cmake version 3.25.1" ;;
    --preset)
        for package in libboost1.81-dev libfmt-dev; do
            [ "$(dpkg-query -W -f '${db:Status-Status}' $package)" = installed ] || {
                echo "CMake Error: Could NOT find $package"
                exit 1
            }
        done
        mkdir -p build/release/bin
        echo configured >build/release/CMakeCache.txt ;;
    --build)
        head -c 200000 /dev/zero >build/release/object
        printf '#!/bin/sh\necho ladder\n' >build/release/bin/tcpsm
        chmod +x build/release/bin/tcpsm ;;
esac
END
}

# ---- roots -----------------------------------------------------------------------------------------------------------

# over_the_bare CHANGES [LAYER]: $root shows the bare root and the layer, and what changes is written elsewhere.
over_the_bare() {
    mkdir "$1" "$1.overlay"
    mount -t overlay -o "lowerdir=${2:+$2:}$bare,upperdir=$1,workdir=$1.overlay" overlay "$root" ||
        die "cannot mount an overlay over $bare"
    mount_into_root
}

# What all cases begin with: packages, clones, an ordinary user.
make_base() {
    local folder
    over_the_bare "$work/base"
    mv "$root/etc/apt/sources.list" "$root/etc/apt/debian.list"
    our_sources
    inside useradd --create-home --shell /bin/bash student
    clone /root/tcpsm
    for folder in "/root/my tcpsm" /home/student/tcpsm /srv/tcpsm; do cp -a "$root/root/tcpsm" "$root$folder"; done
    inside chown -R student: /home/student
    make_packages
    drop_root
}

end_processes() {
    local process
    for process in $(processes); do kill -KILL "$(basename "$process")" 2>/dev/null || true; done
}

drop_root() {
    end_processes
    umount --recursive --lazy "$root"
}

# ---- trying ----------------------------------------------------------------------------------------------------------

try() { # NAME FAULT STATUS PATTERN
    local user="" folder=/root/tcpsm command=demo printed="" helper="" status=0 wrong="" before files
    local wrap=() let_go=() mend=()
    over_the_bare "$work/changes" "$work/base"
    "$2"
    before=$(half_done) files=$(temporary)
    run_there >"$work/output" 2>"$work/errors" || status=$?
    "${let_go[@]}" || wrong+=" its helper failed;"
    [ -z "$helper" ] || wait "$helper" || wrong+=" its helper failed;"
    tail -n 1 "$work/errors" >"$work/last"
    [ "$status" = "$3" ] || wrong+=" the status is not $3;"
    grep -qxE "\./run: $4" "$work/last" || wrong+=" this sentence is not expected;"
    tr '\n' ' ' <"$work/errors" | grep -qE "$printed" || wrong+=" it does not print: $printed;"
    [ -z "$(processes)" ] || wrong+=" something still runs;"
    [[ $(half_done) == @("$before"|) ]] || wrong+=" packages are left half done: $(half_done);"
    [ "$(temporary)" = "$files" ] || wrong+=" files are left: $(temporary);"
    printf '%-20s  %3d  %s\n' "$1" "$status" "$(sed 's#^\./run: ##' "$work/last")"
    [ ${#mend[@]} = 0 ] || works_again || wrong+=" it does not work afterwards;"
    [ -z "$wrong" ] || failed "$1" "$wrong"
    drop_root
    rm -r "$work/changes" "$work/changes.overlay"
}

failed() { # NAME WHAT
    failures+=("$1:$2")
    printf '   WRONG:%s what was printed:\n' "$2"
    sed 's/^/   | /' "$work/output" "$work/errors"
}

run_there() { inside "${wrap[@]}" sh -c 'cd "$1" && exec ./run "$2"' sh "$folder" "$command"; }

# What mends the fault is what the last sentence says, where it can be done by a command.
works_again() {
    wrap=()
    "${mend[@]}" >"$work/output" 2>&1 && run_there >>"$work/output" 2>&1 && [ -z "$(half_done)" ]
}

half_done() { user="" inside dpkg --audit; }
temporary() { ls -A "$root/tmp" "$root/var/tmp"; }

exec {screen}>&2 # where a trap finds the screen while the output of a case goes to a file
say() { printf '== faults: %s\n' "$*"; }
note() { printf 'faults.sh: %s\n' "$*" >&"$screen"; }
die() {
    trap - ERR
    note "$@"
    exit 1
}

[ "$(id -u)" = 0 ] || die "this needs root (for mounts and chroot): sudo tests/fresh/faults.sh ROOT"
[ -n "${1-}" ] && [ -x "$1/usr/bin/dpkg" ] && [ "$(realpath "$1")" != / ] ||
    die "which bare Debian? First ./run fresh --root ROOT bookworm none, then faults.sh ROOT"
# Mounts are seen by this process alone and by what it starts, and go with them, however that ends.
[ -n "${TCPSM_MOUNTS_ALONE-}" ] || TCPSM_MOUNTS_ALONE=yes exec unshare --mount "$0" "$@"

bare=$(realpath "$1") only=${2-} failures=()
umask 022
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tcpsm-faults.XXXXXX")
root=$work/root
finish() {
    local status=$?
    trap - ERR
    trap '' INT TERM HUP
    ! mountpoint -q "$root" || drop_root
    ! mountpoint -q "$work" || umount --lazy "$work"
    rmdir "$work"
    exit $status
}
stopped() { # STATUS
    trap - ERR
    note "stopped; what was mounted or made is removed"
    exit "$1"
}
trap finish EXIT
trap 'stopped 130' INT
trap 'stopped 143' TERM
trap 'stopped 129' HUP
trap 'die "stopped in line $LINENO (exit status $?): $BASH_COMMAND"' ERR
mount -t tmpfs -o size=1g tmpfs "$work"
mkdir "$root"

say_what_is_left_out
make_base
while IFS='|' read -r name fault status pattern; do
    name=$(sed 's/ *$//' <<<"$name")
    [[ $name != *"$only"* ]] || try "$name" ${fault// /} ${status// /} "${pattern# }" </dev/null
done < <(cases)
[ ${#failures[@]} = 0 ] || die "${#failures[@]} cases went wrong: ${failures[*]}"
say "each case ended as it should"
