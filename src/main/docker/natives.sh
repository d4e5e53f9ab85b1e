#!/bin/sh
# Takes the native libraries for this kind of machine out of the jar: a process then unpacks none, and needs no folder that it may both
# write to and run code from.
# usage: natives.sh JDK_HOME JAR FOLDER
set -eu
jdk=$1
jar=$2
folder=$3
case $(uname -m) in
    x86_64) arch=x86_64; short=amd64; netty=x86_64 ;;
    aarch64) arch=aarch64; short=aarch64; netty=aarch_64 ;;
    *) echo "the jar has no libraries for $(uname -m)" >&2; exit 1 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$jdk/bin/jar" tf "$jar" | grep '\.so$' > "$work/all"
# take PATTERN NAME: exactly one library, under the name that its loader looks for.
take() {
    found=$(grep -E "$1" "$work/all")
    [ "$(echo "$found" | wc -l)" = 1 ] || { echo "more than one library is $1: $found" >&2; exit 1; }
    (cd "$work" && "$jdk/bin/jar" xf "$jar" "$found")
    install -D -m 0755 "$work/$found" "$folder/$2"
}
take "^org/sqlite/native/Linux/$arch/libsqlitejdbc\.so" libsqlitejdbc.so
take "^linux/$short/libzstd-jni-.*\.so" libzstd-jni.so
take "^net/jpountz/util/linux/$short/liblz4-java\.so" liblz4-java.so
take "^jni/$arch-Linux/libjffi-.*\.so" libjffi-1.2.so
take "^META-INF/native/.*_epoll_$netty\.so" "liborg_apache_ratis_thirdparty_netty_transport_native_epoll_$netty.so"
