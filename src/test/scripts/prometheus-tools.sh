#!/usr/bin/env bash
# Unpacks promtool and amtool from the Debian packages of this machine's suite into a folder; the system is left as it is.
# usage: prometheus-tools.sh FOLDER     prints the folder of the programs
# Uses the mirror of the machine's own package sources. Called by the tests' harness, which caches the folder.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
programs=$folder/usr/bin
if [ -x "$programs/promtool" ] && [ -x "$programs/amtool" ]; then echo "$programs"; exit 0; fi
command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "no apt-get on this machine: put promtool and amtool on the path" >&2; exit 1; }
mirror=$( { grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/ 2>/dev/null || true; } | grep -v security | head -n1 | tr -d ' ')
[ -n "$mirror" ] || { echo "no Debian mirror in this machine's package sources: put promtool and amtool on the path" >&2; exit 1; }
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror%/} $suite main" > "$work/sources.list"
options=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists"
         -o "Dir::Cache=$work/cache" -o APT::Update::Post-Invoke-Success= -o APT::Sandbox::User= -o Acquire::Languages=none)
apt-get -qq "${options[@]}" update >&2
(cd "$work" && apt-get -qq "${options[@]}" download prometheus prometheus-alertmanager >&2 && for package in ./*.deb; do dpkg -x "$package" "$folder"; done)
[ -x "$programs/promtool" ] && [ -x "$programs/amtool" ] && echo "$programs"
