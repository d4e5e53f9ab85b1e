package io.tfdc.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The chart of this project, rendered by Helm itself for a release {@code fab} in the namespace {@code fdc}. */
final class Chart {
    static final String RELEASE = "fab";
    static final String NAMESPACE = "fdc";
    /** What a hook is called in the copy that is rendered: Helm's template command leaves out objects that are hooks. */
    static final String HOOK = "test.tfdc.io/hook";

    private static final String KUBERNETES = "1.31.0";
    private static final Path PROJECT = Path.of(System.getProperty("project.basedir", ""));
    private static final Path CHART = PROJECT.resolve("charts/defender");

    private Chart() {}

    static Path file(String name) {
        return CHART.resolve(name);
    }

    static Path projectFile(String name) {
        return PROJECT.resolve(name);
    }

    static Manifests render(List<String> presets, List<Map.Entry<String, String>> settings) {
        return Manifests.parse(text(presets, settings));
    }

    /** Fails with an IllegalStateException that says what Helm said. */
    static String text(List<String> presets, List<Map.Entry<String, String>> settings) {
        requireHelm();
        TemplateCommand command = new Helm(CopyWithoutHooks.FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
        presets.forEach(preset -> command.withValuesFile(file(preset)));
        settings.forEach(setting -> command.set(setting.getKey(), setting.getValue()));
        return command.call();
    }

    static LintResult lint() {
        requireHelm();
        return new Helm(CopyForLint.FOLDER).lint().strict().call();
    }

    /** What an installer is told after the installation. */
    static String notes(String preset) {
        requireHelm();
        InstallCommand command = new Helm(CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .clientOnly()
                .dryRun()
                .debug()
                .withValuesFile(file(preset));
        String output = command.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    /** Helm comes as a native library for this one platform. */
    private static void requireHelm() {
        String arch = System.getProperty("os.arch");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (!system.contains("linux") || !arch.equals("amd64")) {
            throw new TestAbortedException("no Helm library for " + system + ' ' + arch);
        }
    }

    private static final class CopyWithoutHooks {
        static final Path FOLDER = copy("(?m)^( +)helm\\.sh/hook:", "$1" + HOOK + ":");
    }

    /** The default values lack the one thing that nobody but the installer knows. */
    private static final class CopyForLint {
        static final Path FOLDER = copy("(?m)^( +)hosts: \\[]$", "$1hosts: [cassandra.site]");
    }

    private static Path copy(String pattern, String replacement) {
        try (Stream<Path> files = Files.walk(CHART)) {
            Path build = Files.createDirectories(Path.of(System.getProperty("project.build.directory", "target")));
            Path copy = Files.createTempDirectory(build, "chart-");
            for (Path file : files.toList()) {
                Path target = copy.resolve(CHART.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.writeString(target, Files.readString(file).replaceAll(pattern, replacement));
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
