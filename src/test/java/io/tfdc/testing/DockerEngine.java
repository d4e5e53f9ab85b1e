package io.tfdc.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The Docker engine that {@code DOCKER_HOST} names or that listens on the default socket. {@code -Ddefender.servers=docker} insists on
 * it and {@code -Ddefender.servers=native} leaves it alone; without either it is used if it answers and has or gets the image.
 */
public final class DockerEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    private static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");
    private static final int PULL_MINUTES = 5;
    private static final Map<String, Boolean> READY = new ConcurrentHashMap<>();

    private DockerEngine() {}

    /** The image, present on the engine, or nothing if there is no engine to use or it can't have the image. */
    public static Optional<DockerImageName> image(String name) {
        String servers = System.getProperty("defender.servers", "").toLowerCase(Locale.ROOT);
        return switch (servers) {
            case "native" -> Optional.empty();
            case "docker" -> {
                require(name);
                yield Optional.of(DockerImageName.parse(name));
            }
            case "" ->
                READY.computeIfAbsent(name, DockerEngine::isReady)
                        ? Optional.of(DockerImageName.parse(name))
                        : Optional.empty();
            default -> throw new IllegalArgumentException("defender.servers: docker or native, not " + servers);
        };
    }

    private static boolean isReady(String name) {
        if (!Found.ENGINE) {
            return false;
        }
        try {
            require(name);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("no container of {}: {}", name, firstLine(e));
            return false;
        }
    }

    /** Looked for once: where none answers, or only after minutes, each image would have to wait for that again. */
    private static final class Found {
        static final boolean ENGINE = answers();

        private static boolean answers() {
            if (System.getenv("DOCKER_HOST") == null && !Files.exists(DEFAULT_SOCKET)) {
                return false;
            }
            try {
                DockerClientFactory.instance().client();
                return true;
            } catch (RuntimeException e) {
                LOG.warn("no Docker engine: {}", firstLine(e));
                return false;
            }
        }
    }

    private static void require(String name) {
        DockerClient docker = DockerClientFactory.instance().client();
        String image = ImageNameSubstitutor.instance()
                .apply(DockerImageName.parse(name))
                .asCanonicalNameString();
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException absent) {
            pull(docker, image);
        }
    }

    private static void pull(DockerClient docker, String image) {
        try {
            if (!docker.pullImageCmd(image)
                    .exec(new PullImageResultCallback())
                    .awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("not pulled within " + PULL_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
