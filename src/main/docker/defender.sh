#!/bin/sh
# A second, small process in the container of a running one: defender health, dlq list, schema status, ...
unset JDK_JAVA_OPTIONS
exec java @/app/java.options -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms16m -Xmx256m -jar /app/defender.jar "$@"
