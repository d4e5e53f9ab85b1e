package io.tfdc.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A server in a container, with its data in there too. Where the engine publishes ports elsewhere than on the loopback address (it runs
 * on another machine, or the tests in a container beside it), a relay brings the port to the loopback address.
 */
final class ContainerProcess implements ServerProcess {
    private static final int PATIENCE_SECONDS = 60;

    private final GenericContainer<?> container;
    private final int port;
    private final @Nullable FaultProxy relay;

    /**
     * @param container without wait strategy and ports
     * @param inside the port that it listens on
     */
    ContainerProcess(GenericContainer<?> container, int inside) {
        String engine = DockerClientFactory.instance().dockerHostIpAddress();
        boolean here = List.of("localhost", Machine.LOOPBACK).contains(engine);
        this.container = container;
        this.relay = here ? null : FaultProxy.to(engine, inside);
        this.port = relay == null ? inside : relay.port();
        container.setPortBindings(List.of((here ? Machine.LOOPBACK + ':' : "") + inside + ':' + inside));
        container.setWaitStrategy(new AbstractWaitStrategy() {
            @Override
            protected void waitUntilReady() {
                // The server's own probe says when it is ready.
            }
        });
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else {
            docker().startContainerCmd(id()).exec();
        }
    }

    @Override
    public boolean isRunning() {
        return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public long pid() {
        if (!isRunning()) {
            throw new IllegalStateException(container.getDockerImageName() + " does not run");
        }
        return state().getPidLong();
    }

    @Override
    public void stop() {
        if (isRunning()) {
            docker().stopContainerCmd(id()).withTimeout(PATIENCE_SECONDS).exec();
        }
    }

    @Override
    public void kill() {
        if (isRunning()) {
            docker().killContainerCmd(id()).exec();
            docker().waitContainerCmd(id()).start().awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public String log() {
        return container.getContainerId() == null ? "" : container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
        if (relay != null) {
            relay.close();
        }
    }

    private InspectContainerResponse.ContainerState state() {
        return docker().inspectContainerCmd(id()).exec().getState();
    }

    private String id() {
        return container.getContainerId();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
