package io.tfdc.cli;

import io.tfdc.config.DefenderConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code defender run}. */
@Command(
        name = "run",
        description = "Turn T-charts into U-charts and alarms, against NATS and the chart store as configured.",
        footer = {
            "",
            "Missing streams are created; the store's schema is not (defender schema apply). Ready when GET /health/ready on the",
            "management port says so. SIGTERM or SIGINT: pulls no more, finishes what is in work, ends with 0; a second one ends",
            "the process at once."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    RunCommand() {}

    @Override
    public Integer call() {
        DefenderConfig config = options.apply();
        if (config.api().enabled()) {
            DistinctPorts.require(
                    "api.port", config.api().port(), "http.port", config.http().port());
        }
        return new DefenderProcess(config).run();
    }
}
