package io.tfdc.cli;

import io.tfdc.model.StrategyVersion;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategyException;
import io.tfdc.strategy.StrategySource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Gets the strategies that a process is to follow, from files or from the store. */
final class StrategyFiles {
    private static final long MAX_BYTES = 4 << 20;

    private StrategyFiles() {}

    /** Compiles files and the {@code *.yaml} and {@code *.yml} files of directories, in the order of their names. */
    static StrategyBook compile(List<Path> paths) {
        try {
            return StrategyBook.compile(read(paths));
        } catch (StrategyException e) {
            throw CommandException.usage("the strategies are refused:\n" + e.getMessage());
        }
    }

    /** The strategy that comes with the program. */
    static StrategyBook byDefault() {
        try (InputStream resource = StrategyFiles.class.getResourceAsStream("/strategies/default.yaml")) {
            String yaml = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
            return StrategyBook.compile(List.of(new StrategySource("default.yaml", yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads files and the {@code *.yaml} and {@code *.yml} files of directories, in the order of their names. */
    static List<StrategySource> read(List<Path> paths) {
        List<StrategySource> sources = new ArrayList<>();
        for (Path path : paths) {
            try {
                for (Path file : files(path)) {
                    sources.add(readFile(file));
                }
            } catch (NoSuchFileException e) {
                throw CommandException.usage("strategy " + path + ": no such file");
            } catch (IOException e) {
                throw CommandException.usage("strategy " + path + " can't be read: " + e);
            }
        }
        return sources;
    }

    private static StrategySource readFile(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw CommandException.usage("strategy " + file + ": expected at most " + MAX_BYTES + " bytes");
        }
        try {
            return new StrategySource(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw CommandException.usage("strategy " + file + ": expected text in UTF-8");
        }
    }

    /** Compiles the newest stored version of every strategy. */
    static StrategyBook compileStored(List<StrategyVersion> stored) {
        Map<String, StrategySource> newest = new LinkedHashMap<>();
        for (StrategyVersion version : stored) {
            newest.putIfAbsent(
                    version.id(), new StrategySource(version.id() + '@' + version.version(), version.yaml()));
        }
        return StrategyBook.compile(List.copyOf(newest.values()));
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }
}
