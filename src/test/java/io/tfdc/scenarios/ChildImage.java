package io.tfdc.scenarios;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * How child processes of this test run are started: the classes under test packed into jars, since a class path of jars alone can have an
 * archive of loaded classes, which halves the time and the work of a start. Without an archive they start all the same.
 */
final class ChildImage {
    private static final List<String> SMALL = List.of(
            "-Xms16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:ReservedCodeCacheSize=32m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:class+path=off");

    private static @Nullable ChildImage shared;

    private final String classPath;
    private final Path archive;
    private boolean trained;

    private ChildImage(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** The image of this test run, made at the first call. */
    static synchronized ChildImage shared() {
        ChildImage image = shared;
        if (image == null) {
            try {
                image = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = image;
        }
        return image;
    }

    private static ChildImage make() throws IOException {
        Path target = Path.of(System.getProperty("project.build.directory", "target"));
        Path folder = Files.createTempDirectory(Files.createDirectories(target), "child-image-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "child-image-delete"));
        List<String> path = new ArrayList<>();
        String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : given.split(":")) {
            Path file = Path.of(entry);
            if (Files.isDirectory(file)) {
                Path jar = folder.resolve("classes-" + path.size() + ".jar");
                pack(file, jar);
                path.add(jar.toString());
            } else if (entry.endsWith(".jar")) {
                path.add(entry);
            }
        }
        return new ChildImage(String.join(":", path), folder.resolve("classes.jsa"));
    }

    /** The command of a JVM; to it come the main class and its arguments. */
    List<String> java(String maxHeap) {
        return command(maxHeap, Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
    }

    /**
     * Makes the archive of classes, at the first call of the test run.
     *
     * @param life a child that starts as the others will, is ready and ends in peace, with the given command before its main class
     */
    synchronized void trainOnce(Consumer<List<String>> life) {
        if (!trained) {
            trained = true;
            life.accept(command("256m", List.of("-XX:ArchiveClassesAtExit=" + archive)));
        }
    }

    private List<String> command(String maxHeap, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + maxHeap);
        command.addAll(SMALL);
        command.addAll(more);
        command.add("-cp");
        command.add(classPath);
        return command;
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    out.putNextEntry(
                            new JarEntry(folder.relativize(path).toString().replace('\\', '/')));
                    Files.copy(path, out);
                    out.closeEntry();
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder + ": " + e);
        }
    }
}
