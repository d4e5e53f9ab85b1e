#!/bin/sh
# Makes the archive of loaded classes (AppCDS) with which the image starts: from the classes that a demo and a process without
# servers load. Jar and runtime have to be at the places, and the jar of the age, that they have at run time.
# usage: archive.sh JAVA JAR ARCHIVE
set -eu
java=$1
jar=$2
archive=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LOG_LEVEL=error DEFENDER_HTTP_HOST=127.0.0.1 DEFENDER_HTTP_PORT=${TRAINING_PORT:-39090}

"$java" -XX:DumpLoadedClassList="$work/demo" -jar "$jar" demo --runs 20 >/dev/null

# A process that waits for servers has its probes up at once.
"$java" -XX:DumpLoadedClassList="$work/run" -jar "$jar" run >/dev/null 2>&1 &
pid=$!
tries=0
until "$java" -XX:DumpLoadedClassList="$work/health" -jar "$jar" health --live >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] && kill -0 "$pid" || { echo "the process does not answer its probes" >&2; exit 1; }
    sleep 1
done
kill -TERM "$pid"
wait "$pid"

sort -u "$work/demo" "$work/run" "$work/health" > "$work/classes"
"$java" -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$archive" --class-path "$jar" >"$work/log" 2>&1 \
    || { tail -n 20 "$work/log" >&2; exit 1; }
