package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import io.tfdc.testing.DockerEngine;
import io.tfdc.testing.Machine;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image, built and run for real where a Docker engine answers; skipped with the reason elsewhere. Base images are those of the
 * Dockerfile or {@code -Ddefender.jdk.image} and {@code -Ddefender.base.image}. Containers have no rights and write nowhere but to a
 * small {@code /tmp}, from which nothing can be run, and to their folder of data.
 */
@Tag("integration")
final class ContainerIT {
    private static final Path DOCKERFILE = Chart.projectFile("src/main/docker/Dockerfile");
    /** What Kubernetes grants. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static String image = "";
    private static String missing = "";

    @BeforeAll
    static void buildWhereItCanBe() throws IOException {
        try {
            build();
        } catch (TestAbortedException e) {
            missing = String.valueOf(e.getMessage());
        }
    }

    /** One by one, so that each is reported as skipped. */
    @BeforeEach
    void skipWithoutAnImage() {
        if (!missing.isEmpty()) {
            throw new TestAbortedException(missing);
        }
    }

    private static void build() throws IOException {
        Path jar = ImageIT.packagedJar();
        ImageFromDockerfile built = new ImageFromDockerfile("defender-under-test", false)
                .withFileFromPath("src/main/docker", DOCKERFILE.getParent())
                .withFileFromPath("target/defender.jar", jar)
                .withDockerfilePath("src/main/docker/Dockerfile");
        for (String role : List.of("jdk", "base")) {
            String argument = role.toUpperCase(Locale.ROOT) + "_IMAGE";
            String base = System.getProperty("defender." + role + ".image", preset(argument));
            Assumptions.assumeTrue(
                    DockerEngine.image(base).isPresent(), "no Docker engine answers, or it can't have " + base);
            built.withBuildArg(argument, base);
        }
        image = built.get();
    }

    @AfterAll
    static void remove() {
        if (!image.isEmpty()) {
            DockerClientFactory.instance()
                    .client()
                    .removeImageCmd(image)
                    .withForce(true)
                    .exec();
        }
    }

    @Test
    void aDemoNeedsNoRights() {
        try (GenericContainer<?> demo = confined("demo", "--runs", "20", "--json")
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(2)))) {
            demo.start();

            assertTrue(demo.getLogs(OutputType.STDOUT).contains("\"runs\":20"), demo::getLogs);
        }
    }

    @Test
    void aDefenderIsHealthyReadyAndEndsInOrder() throws Exception {
        Assumptions.assumeTrue(isHere(), "the engine's containers can't reach servers of this machine");
        int port = Machine.freePorts(1)[0];
        try (NatsServer nats = NatsServer.start();
                GenericContainer<?> defender = confined("run")
                        .withEnv("NATS_URL", nats.url())
                        .withEnv("DEFENDER_NATS_REPLICAS", "1")
                        .withEnv("DEFENDER_STORE_KIND", "sqlite")
                        .withEnv("DEFENDER_ELECTION_KIND", "embedded")
                        .withEnv("DEFENDER_API_ENABLED", "false")
                        .withEnv("DEFENDER_HTTP_PORT", Integer.toString(port))
                        .withNetworkMode("host")) {
            defender.start();

            VertxTestKit.eventually("ready", () -> status(port, "/health/ready") == HttpURLConnection.HTTP_OK);
            assertBecomesHealthy(defender);
            assertIsConfined(defender);
            assertEndsInOrder(defender);
        }
    }

    @Test
    void anElectionAgentIsHealthyAndEndsInOrder() throws Exception {
        try (GenericContainer<?> agent = confined("election-agent").withEnv("DEFENDER_HTTP_PORT", "8080")) {
            agent.start();

            assertBecomesHealthy(agent);
            assertIsConfined(agent);
            assertEndsInOrder(agent);
        }
    }

    private static void assertBecomesHealthy(GenericContainer<?> container) {
        VertxTestKit.eventually(
                "healthy", () -> state(container).getHealth().getStatus().equals("healthy"));
    }

    /** Java is process 1, has neither root's name nor any capability, maps the archive, and can't change its image. */
    private static void assertIsConfined(GenericContainer<?> container) throws Exception {
        String status = inside(container, "cat", "/proc/1/status");
        String maps = inside(container, "cat", "/proc/1/maps");
        assertAll(
                () -> assertTrue(status.contains("Name:\tjava"), status),
                () -> assertTrue(status.contains("Uid:\t10001\t10001\t10001\t10001"), status),
                () -> assertTrue(
                        Pattern.compile("CapEff:\t0+\n").matcher(status).find(), status),
                () -> assertTrue(maps.contains("/app/defender.jsa"), "the archive of classes is in use"),
                () -> assertFalse(Pattern.compile("/tmp/.*\\.so").matcher(maps).find(), "libraries are run from /tmp"),
                () -> assertNotEquals(
                        0,
                        container.execInContainer("sh", "-c", ": > /app/x").getExitCode(),
                        "the root file system can be written to"));
    }

    private static void assertEndsInOrder(GenericContainer<?> container) {
        long before = System.nanoTime();
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout((int) GRACE.toSeconds())
                .exec();
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        assertEquals(0, state(container).getExitCodeLong(), container::getLogs);
        assertTrue(container.getLogs(OutputType.STDERR).contains("ended"), container::getLogs);
        assertTrue(took.compareTo(GRACE) < 0, () -> "ended after " + took);
    }

    private static GenericContainer<?> confined(String... command) {
        return new GenericContainer<>(image)
                .withCommand(command)
                .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid,size=64m", "/var/lib/defender", "rw,noexec,uid=10001"))
                .withCreateContainerCmdModifier(create -> {
                    create.withHealthcheck(new HealthCheck().withInterval(TimeUnit.SECONDS.toNanos(1)));
                    create.getHostConfig()
                            .withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withSecurityOpts(List.of("no-new-privileges"));
                });
    }

    private static ContainerState state(GenericContainer<?> container) {
        return container
                .getDockerClient()
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getState();
    }

    private static String inside(GenericContainer<?> container, String... command) throws Exception {
        return container.execInContainer(command).getStdout();
    }

    private static int status(int port, String path) {
        try {
            return ((HttpURLConnection) URI.create("http://127.0.0.1:" + port + path)
                            .toURL()
                            .openConnection())
                    .getResponseCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static boolean isHere() {
        return List.of("localhost", "127.0.0.1")
                .contains(DockerClientFactory.instance().dockerHostIpAddress());
    }

    private static String preset(String argument) throws IOException {
        return Pattern.compile("(?m)^ARG " + argument + "=(\\S+)$")
                .matcher(Files.readString(DOCKERFILE))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
