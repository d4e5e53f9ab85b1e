package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What this machine lends to test servers: a cache that outlives the build, free ports, scratch folders and programs. */
public final class Machine {
    static final String LOOPBACK = "127.0.0.1";

    /** Puts something into a folder of the cache. */
    interface Fetch<T> {
        T into(Path folder) throws IOException;
    }

    private Machine() {}

    /** Ends a test that can't have its server: skipped, or failed if {@code -Ddefender.require.servers=true}. */
    static RuntimeException missing(String reason, @Nullable Throwable cause) {
        if (Boolean.getBoolean("defender.require.servers")) {
            throw new AssertionError(reason, cause);
        }
        return new TestAbortedException(reason, cause);
    }

    /** Looks into or fills one folder of the cache. Several builds may share it: one fetches, the others wait. */
    static <T> T cached(String name, Fetch<T> fetch) throws IOException {
        Path folder = Files.createDirectories(cache().resolve(name));
        try (FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            return fetch.into(folder);
        }
    }

    private static Path cache() {
        Path shared = Path.of(System.getProperty("user.home"), ".cache", "defender-test-servers");
        try {
            Files.createDirectories(shared);
            if (Files.isWritable(shared)) {
                return shared;
            }
        } catch (IOException e) {
            // Then beside the classes.
        }
        return Path.of(System.getProperty("project.build.directory", "target"), "test-servers");
    }

    /** Runs a program to its end and yields what it prints; fails with that if its exit code is not 0. */
    static String output(Duration limit, String... command) throws IOException {
        Path log = Files.createTempFile("defender-output-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!ended(process, limit)) {
                process.destroyForcibly();
                throw new IOException(command[0] + " took more than " + limit.toSeconds() + " s");
            }
            String said = Files.readString(log).strip();
            if (process.exitValue() != 0) {
                throw new IOException(command[0] + " ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } finally {
            Files.delete(log);
        }
    }

    /** Waits for the end of a process; false if it runs on after the limit or the thread was interrupted. */
    static boolean ended(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Different ports of the loopback address that nothing listens on. */
    public static int[] freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        int[] ports = new int[count];
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
                sockets.add(socket);
                ports[i] = socket.getLocalPort();
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder of one's own. */
    static Path scratch(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
