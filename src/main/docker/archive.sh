#!/bin/sh
# Makes the archive of loaded classes (AppCDS) with which the image starts: from the classes that a demo, a defender without servers
# and an election agent load. Jar and runtime have to be at the places, and the jar of the age, that they have at run time.
# usage: archive.sh JAVA JAR ARCHIVE
set -eu
java=$1
jar=$2
archive=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LOG_LEVEL=error DEFENDER_HTTP_HOST=127.0.0.1 DEFENDER_HTTP_PORT=${TRAINING_PORT:-39090}
export DEFENDER_ELECTION_AGENT_PORT=0 DEFENDER_ELECTION_AGENT_STORAGE=$work/agent

# train ROLE PROBE: the classes that a process loads until it answers, while it ends, and those of who asks it.
train() {
    "$java" -XX:DumpLoadedClassList="$work/$1.classes" -jar "$jar" "$1" >/dev/null 2>&1 &
    pid=$!
    tries=0
    until "$java" -XX:DumpLoadedClassList="$work/health.classes" -jar "$jar" health $2 >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] && kill -0 "$pid" || { echo "$1 does not answer its probes" >&2; exit 1; }
        sleep 1
    done
    kill -TERM "$pid"
    wait "$pid"
}

"$java" -XX:DumpLoadedClassList="$work/demo.classes" -jar "$jar" demo --runs 20 >/dev/null
# It waits for servers and is never ready, but has its probes up at once.
train run --live
train election-agent ""

sort -u "$work"/*.classes > "$work/all"
"$java" -Xshare:dump -XX:SharedClassListFile="$work/all" -XX:SharedArchiveFile="$archive" --class-path "$jar" >"$work/log" 2>&1 \
    || { tail -n 20 "$work/log" >&2; exit 1; }
