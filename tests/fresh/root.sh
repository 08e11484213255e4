# What fresh.sh and faults.sh do with a bare root: sourced by them, after they have set source_tree and root.

mounts=(/dev /proc /var/cache/ccache)

mount_into_root() {
    mount -t proc proc "$root/proc"
    mount --rbind --make-rslave /dev "$root/dev" 2>/dev/null || mount --bind /dev "$root/dev"
}

# Without its mounts, a root can be removed as any folder.
release() {
    local folder
    for folder in "${mounts[@]}"; do ! mountpoint -q "$root$folder" || umount --lazy "$root$folder"; done
}

# [user=NAME] inside [VARIABLE=VALUE...] COMMAND...
inside() {
    chroot ${user:+--userspec="$user"} "$root" env -i \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
        TERM="${TERM:-dumb}" DEBIAN_FRONTEND=noninteractive "$@"
}

# clone FOLDER: the newest commit, inside.
clone() {
    rm -rf "${root:?}$1"
    git -c safe.directory='*' clone --quiet --no-local "$source_tree" "$root$1"
}

# The clone has what is committed.
say_what_is_left_out() {
    [ -z "$(git -c safe.directory='*' -C "$source_tree" status --porcelain)" ] ||
        say "what is not committed is not in the clone"
}
