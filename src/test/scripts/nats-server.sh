#!/usr/bin/env bash
# Unpacks nats-server from a newer Debian suite into a folder and prints its path; the system is left as it is.
# usage: nats-server.sh FOLDER SUITE     SUITE: trixie (2.10) or sid (newer)
# Uses the mirror of the machine's own package sources. Called once per suite by the tests' harness, which caches the folder.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
suite=$2
program=$folder/usr/sbin/nats-server
if [ -x "$program" ]; then echo "$program"; exit 0; fi
command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "no apt-get on this machine: set NATS_SERVER to a nats-server of 2.10 or newer" >&2; exit 1; }
mirror=$( { grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/ 2>/dev/null || true; } | grep -v security | head -n1 | tr -d ' ')
[ -n "$mirror" ] || { echo "no Debian mirror in this machine's package sources: set NATS_SERVER" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror%/} $suite main" > "$work/sources.list"
options=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists"
         -o "Dir::Cache=$work/cache" -o APT::Update::Post-Invoke-Success= -o APT::Sandbox::User= -o Acquire::Languages=none)
apt-get -qq "${options[@]}" update >&2
(cd "$work" && apt-get -qq "${options[@]}" download nats-server >&2 && dpkg -x nats-server_*.deb "$folder")
[ -x "$program" ] && echo "$program"
