package io.tfdc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tfdc.strategy.CompiledStrategy;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategyException;
import io.tfdc.strategy.StrategySource;
import io.tfdc.yaml.YamlProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender strategy}: work on strategy documents. */
@Command(
        name = "strategy",
        description = "Check defense strategies.",
        subcommands = {StrategyCommand.Check.class})
final class StrategyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    StrategyCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: check");
    }

    /** {@code defender strategy check}. */
    @Command(
            name = "check",
            description = "Check strategy documents, alone and together.",
            footer = {
                "",
                "Prints every problem as file:line:column: path: what is wrong, and ends with 1 if there is any. Files are",
                "checked together too, as one process would follow them: two active strategies must not claim the same runs."
            })
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "Strategy files (YAML or JSON) or directories.")
        private List<Path> files = new ArrayList<>();

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Check() {}

        @Override
        public Integer call() throws IOException {
            List<StrategySource> sources = StrategyFiles.read(files);
            List<CompiledStrategy> strategies = List.of();
            List<YamlProblem> problems = List.of();
            try {
                strategies = StrategyBook.compile(sources).strategies();
            } catch (StrategyException e) {
                problems = e.problems();
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                printJson(out, strategies, problems);
            } else {
                problems.forEach(out::println);
                strategies.forEach(strategy -> print(out, strategy));
            }
            out.flush();
            return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }

        private static void print(PrintWriter out, CompiledStrategy strategy) {
            out.printf(
                    "%s: OK, strategy %s, %s, for %s: %d indicators, %d rules, %d overrides%n",
                    strategy.source(),
                    strategy,
                    strategy.mode().text(),
                    strategy.match(),
                    strategy.indicatorCount(),
                    strategy.rules().size(),
                    strategy.overrideCount());
        }

        private static void printJson(PrintWriter out, List<CompiledStrategy> strategies, List<YamlProblem> problems)
                throws IOException {
            try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
                generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                generator.useDefaultPrettyPrinter();
                generator.writeStartObject();
                generator.writeBooleanField("ok", problems.isEmpty());
                generator.writeArrayFieldStart("problems");
                for (YamlProblem problem : problems) {
                    generator.writeStartObject();
                    generator.writeStringField("file", problem.at().source());
                    generator.writeNumberField("line", problem.at().line());
                    generator.writeNumberField("column", problem.at().column());
                    generator.writeStringField("path", problem.at().path());
                    generator.writeStringField("message", problem.message());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
                generator.writeArrayFieldStart("strategies");
                for (CompiledStrategy strategy : strategies) {
                    generator.writeStartObject();
                    generator.writeStringField("file", strategy.source());
                    generator.writeStringField("strategy", strategy.id());
                    generator.writeNumberField("version", strategy.version());
                    generator.writeStringField("mode", strategy.mode().text());
                    generator.writeNumberField("indicators", strategy.indicatorCount());
                    generator.writeNumberField("rules", strategy.rules().size());
                    generator.writeNumberField("overrides", strategy.overrideCount());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
            out.println();
        }
    }
}
