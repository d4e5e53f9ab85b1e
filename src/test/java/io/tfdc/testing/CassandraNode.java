package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
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
            return image.isPresent() ? container(image.get(), secured) : child(CassandraDistribution.obtain(), secured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess container(DockerImageName image, Optional<ServerCertificate> secured)
            throws IOException {
        int[] ports = Machine.freePorts(3);
        String yaml = configuration(ports, "0.0.0.0", "/var/lib/cassandra")
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

    private static ServerProcess child(CassandraDistribution distribution, Optional<ServerCertificate> secured)
            throws IOException {
        Path folder = Machine.scratch("defender-cassandra-");
        int[] ports = Machine.freePorts(4);
        String yaml = configuration(ports, Machine.LOOPBACK, folder.toString());
        Path pem = folder.resolve("server.pem");
        if (secured.isPresent()) {
            Files.writeString(pem, secured.get().keyAndCertificate());
        }
        Files.writeString(folder.resolve("cassandra.yaml"), yaml + access(secured.map(certificate -> pem.toString())));
        Files.writeString(folder.resolve("logback.xml"), resource("logback.xml"));
        return new Child(distribution, folder, ports[0], command(distribution, folder, ports[3]));
    }

    /** @param ports of CQL and, plain and encrypted, of the nodes among themselves */
    private static String configuration(int[] ports, String cqlAddress, String folder) throws IOException {
        return resource("cassandra.yaml.template")
                .replace("@TOKENS@", "1")
                .replace("@INITIAL_TOKEN@", "initial_token: \"0\"")
                .replace("@BOOTSTRAP@", "false")
                .replace("@IP@", Machine.LOOPBACK)
                .replace("@CQLIP@", cqlAddress)
                .replace("@CQL@", Integer.toString(ports[0]))
                .replace("@STORAGE@", Integer.toString(ports[1]))
                .replace("@SSLSTORAGE@", Integer.toString(ports[2]))
                .replace("@SEEDS@", Machine.LOOPBACK + ':' + ports[1])
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

        Child(CassandraDistribution distribution, Path folder, int port, List<String> command) {
            super(folder, port, command);
            this.distribution = distribution;
            this.folder = folder;
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
