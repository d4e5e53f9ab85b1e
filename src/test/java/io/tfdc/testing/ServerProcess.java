package io.tfdc.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The process of a server, a child of this JVM ({@link ChildProcess}) or in a container ({@link ContainerProcess}). Its port and its
 * data stay the same over all of its starts and ends; closing it ends it and deletes the data.
 */
interface ServerProcess extends AutoCloseable {
    /** Talks to a server over a new connection; false or an exception says that it isn't ready. */
    interface Probe {
        boolean answers(Socket socket) throws IOException;
    }

    /** The address that it listens on. */
    default String host() {
        return Machine.LOOPBACK;
    }

    /** The port of that address. */
    int port();

    /** Starts it without waiting until it answers. */
    void start();

    boolean isRunning();

    /** Its id on the machine that it runs on; fails if it doesn't run. */
    long pid();

    /** Ends it in peace (SIGTERM). */
    void stop();

    /** Ends it at once (SIGKILL). */
    void kill();

    /** Stops its clock: connections stay open and nothing answers. */
    void freeze();

    /** Lets it go on. */
    void thaw();

    /** What it printed, for messages. */
    String log();

    @Override
    void close();

    /** Kills it if it runs, starts it and waits until it answers. */
    default void restart(Duration limit, Probe probe) {
        kill();
        start();
        awaitAnswer(limit, probe);
    }

    /** Waits until it answers; fails with its log if it doesn't. */
    default void awaitAnswer(Duration limit, Probe probe) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline && isRunning()) {
            if (answers(probe)) {
                return;
            }
            LockSupport.parkNanos(20_000_000);
        }
        String reason = isRunning() ? "did not answer within " + limit : "ended while starting";
        String said = log();
        kill();
        throw new IllegalStateException("server " + reason + ":\n" + said.substring(Math.max(0, said.length() - 4000)));
    }

    private boolean answers(Probe probe) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1000);
            socket.setSoTimeout(2000);
            return probe.answers(socket);
        } catch (IOException notYet) {
            return false;
        }
    }
}
