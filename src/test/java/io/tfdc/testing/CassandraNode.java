package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * How a single Cassandra node is run: from the image {@code -Ddefender.cassandra.image} where a Docker engine answers, else from the
 * jars of a {@link CassandraDistribution}. Both have the same configuration, made for a fast start and little memory.
 */
final class CassandraNode {
    private static final String IMAGE = "cassandra:5.0";
    private static final String CONTAINER_CONFIGURATION = "/tmp/defender-cassandra.yaml";
    private static final String CONTAINER_CERTIFICATE = "/tmp/defender-cassandra.pem";
    private static final List<String> FAST_START = List.of(
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra.consistent.rangemovement=false",
            "-Dcassandra.shutdown_announce_in_ms=0",
            "-Dcassandra.memtable.row_overhead_size=180");

    private CassandraNode() {}

    /**
     * A new node that doesn't run yet.
     *
     * @param secured certificate for a node that speaks TLS alone and asks for a password (at first {@code cassandra/cassandra})
     */
    static ServerProcess prepare(Optional<ServerCertificate> secured) throws CassandraDistribution.Unavailable {
        Optional<DockerImageName> image = DockerEngine.image(System.getProperty("defender.cassandra.image", IMAGE));
        try {
            return image.isPresent()
                    ? container(image.get(), secured)
                    : child(CassandraDistribution.obtain(), Place.alone(Machine.freePorts(3)), secured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess container(DockerImageName image, Optional<ServerCertificate> secured)
            throws IOException {
        int[] ports = Machine.freePorts(3);
        String yaml = configuration(Place.alone(ports), "0.0.0.0", "/var/lib/cassandra")
                + access(secured.map(certificate -> CONTAINER_CERTIFICATE));
        String pem = secured.map(ServerCertificate::keyAndCertificate).orElse("");
        return new ContainerProcess(
                new GenericContainer<>(image)
                        .withCopyToContainer(Transferable.of(yaml), CONTAINER_CONFIGURATION)
                        .withCopyToContainer(Transferable.of(pem), CONTAINER_CERTIFICATE)
                        .withEnv("MAX_HEAP_SIZE", "512M")
                        .withEnv("HEAP_NEWSIZE", "128M")
                        .withEnv(
                                "JVM_EXTRA_OPTS",
                                "-Dcassandra.config=file://" + CONTAINER_CONFIGURATION + ' '
                                        + String.join(" ", FAST_START)),
                ports[0]);
    }

    /**
     * Nodes of one ring that don't run yet, child processes on 127.0.0.1, 127.0.0.2 and so on. All are seeds: start them together, they
     * wait for each other.
     */
    static List<ServerProcess> prepareRing(int size) throws CassandraDistribution.Unavailable {
        CassandraDistribution distribution = CassandraDistribution.obtain();
        List<String> addresses = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            addresses.add("127.0.0." + i);
        }
        int[] shared = Machine.freePorts(3);
        String seeds = String.join(
                ",",
                addresses.stream().map(address -> address + ':' + shared[1]).toList());
        BigInteger range = BigInteger.ONE.shiftLeft(64);
        List<ServerProcess> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                BigInteger token = range.multiply(BigInteger.valueOf(i))
                        .divide(BigInteger.valueOf(size))
                        .subtract(BigInteger.ONE.shiftLeft(63));
                Place place = new Place(addresses.get(i), shared, token.toString(), seeds);
                nodes.add(child(distribution, place, Optional.empty()));
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A node's place in its ring.
     *
     * @param address that it listens on
     * @param ports of CQL and, plain and encrypted, of the nodes among themselves
     * @param token where its range ends
     * @param seeds of the ring
     */
    private record Place(String address, int[] ports, String token, String seeds) {
        static Place alone(int[] ports) {
            return new Place(Machine.LOOPBACK, ports, "0", Machine.LOOPBACK + ':' + ports[1]);
        }
    }

    private static ServerProcess child(
            CassandraDistribution distribution, Place place, Optional<ServerCertificate> secured) throws IOException {
        Path folder = Machine.scratch("defender-cassandra-");
        String yaml = configuration(place, place.address(), folder.toString());
        Path pem = folder.resolve("server.pem");
        if (secured.isPresent()) {
            Files.writeString(pem, secured.get().keyAndCertificate());
        }
        Files.writeString(folder.resolve("cassandra.yaml"), yaml + access(secured.map(certificate -> pem.toString())));
        Files.writeString(folder.resolve("logback.xml"), resource("logback.xml"));
        int jmxPort = Machine.freePorts(1)[0];
        return new Child(distribution, folder, place, command(distribution, folder, jmxPort));
    }

    private static String configuration(Place place, String cqlAddress, String folder) throws IOException {
        int[] ports = place.ports();
        return resource("cassandra.yaml.template")
                .replace("@TOKENS@", "1")
                .replace("@INITIAL_TOKEN@", "initial_token: \"" + place.token() + '"')
                .replace("@BOOTSTRAP@", "false")
                .replace("@IP@", place.address())
                .replace("@CQLIP@", cqlAddress)
                .replace("@CQL@", Integer.toString(ports[0]))
                .replace("@STORAGE@", Integer.toString(ports[1]))
                .replace("@SSLSTORAGE@", Integer.toString(ports[2]))
                .replace("@SEEDS@", place.seeds())
                .replace("@DIR@", folder);
    }

    private static String access(Optional<String> pem) throws IOException {
        return pem.isPresent()
                ? resource("secured.yaml.template").replace("@PEM@", pem.get())
                : resource("open.yaml.template");
    }

    private static List<String> command(CassandraDistribution distribution, Path folder, int jmxPort)
            throws IOException {
        List<String> command = new ArrayList<>(distribution.withoutMemoryLock());
        command.add(distribution.java().toString());
        command.addAll(resource("jvm17.options").lines().toList());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx512m",
                "-XX:HeapDumpPath=" + folder,
                "-Xshare:auto",
                "-Dcassandra.config=file://" + folder.resolve("cassandra.yaml"),
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Dcassandra.storagedir=" + folder,
                "-Dcassandra-foreground=yes",
                "-Dcassandra.jmx.local.port=" + jmxPort));
        command.addAll(FAST_START);
        command.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off"));
        Path archive = distribution.archive();
        command.add(
                Files.exists(archive)
                        ? "-XX:SharedArchiveFile=" + archive
                        : "-XX:ArchiveClassesAtExit=" + folder.resolve(Child.ARCHIVE));
        command.addAll(List.of("-cp", distribution.classpath(), "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    private static String resource(String name) throws IOException {
        try (var stream = CassandraNode.class.getResourceAsStream("/cassandra/" + name)) {
            if (stream == null) {
                throw new IOException("test resource cassandra/" + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A node that ends in peace writes the archive of its classes, which starts the next ones faster. */
    private static final class Child extends ChildProcess {
        static final String ARCHIVE = "classes.jsa";

        private final CassandraDistribution distribution;
        private final Path folder;
        private final String address;

        Child(CassandraDistribution distribution, Path folder, Place place, List<String> command) {
            super(folder, place.ports()[0], command);
            this.distribution = distribution;
            this.folder = folder;
            this.address = place.address();
        }

        @Override
        public String host() {
            return address;
        }

        @Override
        public void close() {
            try {
                keepArchive();
            } catch (IOException e) {
                System.err.println("no class archive for the next run: " + e);
            }
            super.close();
        }

        private void keepArchive() throws IOException {
            if (!isRunning() || Files.exists(distribution.archive())) {
                return;
            }
            stop();
            Path written = folder.resolve(ARCHIVE);
            if (Files.exists(written)) {
                Path beside = Files.createTempFile(distribution.folder(), "classes", ".tmp");
                Files.copy(written, beside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, distribution.archive(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
