package io.tfdc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars of a Cassandra server, fetched once through Maven into a cache outside the project, and the JDK 17 that runs them.
 *
 * @param java the {@code java} program of a JDK 17
 * @param folder folder with {@code lib/*.jar} and, once made, the archive of loaded classes
 */
record CassandraDistribution(Path java, Path folder) {
    private static final Duration FETCH = Duration.ofMinutes(10);

    /** Why there is no server. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }
    }

    /** Finds or fetches the distribution. */
    static CassandraDistribution obtain() throws Unavailable {
        Path java = java17().orElseThrow(() -> new Unavailable("no JDK 17 found: set JAVA_HOME_17"));
        String version = System.getProperty("cassandra.server.version", "5.0.9");
        try {
            return new CassandraDistribution(
                    java, Machine.cached("cassandra-" + version, folder -> complete(folder, version)));
        } catch (IOException e) {
            throw new Unavailable("Cassandra " + version + " could not be fetched through Maven: " + e.getMessage());
        }
    }

    private static Path complete(Path folder, String version) throws IOException {
        if (!Files.exists(folder.resolve("complete"))) {
            fetch(folder.resolve("lib"), version);
            Files.createFile(folder.resolve("complete"));
        }
        return folder;
    }

    private static void fetch(Path lib, String version) throws IOException {
        Path base = Path.of(System.getProperty("project.basedir", "")).toAbsolutePath();
        Machine.output(
                FETCH,
                mavenProgram(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                base.resolve("src/test/cassandra/pom.xml").toString(),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-Dcassandra.server.version=" + version,
                "-DoutputDirectory=" + lib.toAbsolutePath());
    }

    private static String mavenProgram() {
        String home = System.getProperty("maven.home");
        if (home != null && Files.isExecutable(Path.of(home, "bin", "mvn"))) {
            return Path.of(home, "bin", "mvn").toString();
        }
        return "mvn";
    }

    private static Optional<Path> java17() throws Unavailable {
        List<Path> homes = new ArrayList<>();
        if (Runtime.version().feature() == 17) {
            homes.add(Path.of(System.getProperty("java.home")));
        }
        String named = System.getenv("JAVA_HOME_17");
        if (named != null) {
            homes.add(Path.of(named));
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> found = Files.list(installed)) {
                found.filter(path -> path.getFileName().toString().matches(".*\\b17\\b.*"))
                        .sorted()
                        .forEach(homes::add);
            } catch (IOException e) {
                throw new Unavailable("cannot list " + installed + ": " + e.getMessage());
            }
        }
        return homes.stream()
                .map(home -> home.resolve("bin").resolve("java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Jars alone and in order, as class-data sharing wants it. */
    String classpath() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(name -> name.endsWith(".jar"))
                            .sorted()
                            .toList());
        }
    }

    /** Where the loaded classes of this JDK are archived, to start in half the time. */
    Path archive() throws IOException {
        return folder.resolve("classes-" + Integer.toHexString(java.toRealPath().hashCode()) + ".jsa");
    }

    /** As root the server would lock its heap into memory; without the capability it doesn't. */
    List<String> withoutMemoryLock() {
        Path setpriv = Path.of("/usr/bin/setpriv");
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(setpriv)
                ? List.of(setpriv.toString(), "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock")
                : List.of();
    }
}
