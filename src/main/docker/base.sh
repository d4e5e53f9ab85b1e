#!/bin/sh
# Makes the two base images of the Dockerfile out of Debian packages, for machines that reach no registry of images. Needs root,
# debootstrap and a Docker engine.
# usage: base.sh [SUITE [MIRROR]]
set -eu
suite=${1:-bookworm}
mirror=${2:-http://deb.debian.org/debian}
arch=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/debs"

# make NAME PACKAGES CHANGE: the small variant with these packages, without what only people and apt read.
make() {
    root="$work/$1"
    debootstrap --variant=minbase --cache-dir="$work/debs" ${2:+--include="$2"} "$suite" "$root" "$mirror" >"$work/log" 2>&1 \
        || { tail -n 20 "$work/log" >&2; exit 1; }
    find "$root/var/lib/apt/lists" "$root/var/cache" "$root/var/log" "$root/usr/share/man" "$root/usr/share/locale" "$root/usr/share/info" \
        "$root/usr/share/doc" \( -type f -o -type l \) ! -name copyright -delete
    tar --numeric-owner --one-file-system -C "$root" -c . | docker import --change "$3" - "$1:$suite" >/dev/null
    rm -rf "$root"
    echo "$1:$suite"
}

make defender-base "" "CMD [\"/bin/sh\"]"
make defender-jdk openjdk-17-jdk-headless "ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-$arch"
