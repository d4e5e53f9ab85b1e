#!/bin/sh
# Makes a Java runtime with just the modules that Defender needs. It has no archive of JDK classes: the image's archive has them too.
# usage: runtime.sh JDK_HOME FOLDER
set -eu
jdk=$1
folder=$2

# base:        java.base java.logging java.naming java.sql java.xml
# metrics:     java.management jdk.management
# libraries:   jdk.unsupported (Unsafe: Netty, drivers), java.security.sasl (Cassandra driver, Ratis), java.net.http (tokens of providers)
# TLS:         jdk.crypto.ec
# diagnostics: jdk.jcmd (thread dumps, heap histograms), jdk.jfr (flight recordings)
modules=java.base,java.logging,java.naming,java.sql,java.xml,java.management,jdk.management,jdk.unsupported,java.security.sasl
modules=$modules,java.net.http,jdk.crypto.ec,jdk.jcmd,jdk.jfr

"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 --output "$folder"
