package io.tfdc.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How notifications are worked on. */
@Section("How notifications are worked on.")
public record ProcessingConfig(
        @Setting(
                value = "Notifications in work at a time.",
                byDefault = "10",
                min = "1",
                max = "1000",
                env = "MAX_CONCURRENT_MESSAGES")
        int maxConcurrent,

        @Setting(
                value = "Time for one run from notification to stored result; then it is tried again.",
                byDefault = "5s",
                min = "100ms",
                max = "10m",
                env = "PROCESS_TIMEOUT_SECONDS",
                envUnit = "s")
        Duration timeout,

        @Setting(
                value = "The broker delivers again what wasn't acknowledged or reported in progress for so long.",
                byDefault = "30s",
                min = "1s",
                max = "10m")
        Duration ackWait,

        @Setting(
                value =
                        "Pauses before the second, third, ... attempt; when all are used up a run goes to the dead-letter stream.",
                byDefault = "1s,5s,15s",
                min = "10ms",
                max = "10m")
        List<Duration> retryDelays,

        @Setting(
                value = "T-charts in memory at a time, of all runs in work; a larger one passes alone.",
                byDefault = "256MiB",
                min = "1MiB",
                max = "64GiB")
        DataSize tChartMemory,

        @Setting(value = "Threads that calculate; 0 for one per core.", byDefault = "0", min = "0", max = "256")
        int calculationThreads,

        @Setting(
                value = "Memory of the history cache.",
                byDefault = "100MiB",
                min = "1MiB",
                max = "64GiB",
                env = "CACHE_SIZE_MB",
                envUnit = "MiB")
        DataSize cacheSize,

        @Setting(value = "On the way out: time for runs in work to finish.", byDefault = "20s", min = "0s", max = "10m")
        Duration drainTimeout,

        @Setting("Strategy files, and directories whose `*.yaml` files are read.")
        List<Path> strategies) {

    public ProcessingConfig {
        retryDelays = List.copyOf(retryDelays);
        strategies = List.copyOf(strategies);
        new Checks(
                        ProcessingConfig.class,
                        maxConcurrent,
                        timeout,
                        ackWait,
                        retryDelays,
                        tChartMemory,
                        calculationThreads,
                        cacheSize,
                        drainTimeout,
                        strategies)
                .require(!retryDelays.isEmpty() && retryDelays.size() <= 20, "retryDelays", "1 to 20 pauses")
                .done();
    }

    /** The number of calculating threads, the machine's cores taken for 0. */
    public int calculationThreads(int cores) {
        return calculationThreads == 0 ? Math.max(1, cores) : calculationThreads;
    }
}
