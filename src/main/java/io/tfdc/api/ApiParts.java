package io.tfdc.api;

import io.tfdc.management.Health;
import io.tfdc.messaging.MessageStream;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.storage.ChartStore;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the API gives access to.
 *
 * @param store where charts are
 * @param strategies those in force
 * @param deadLetters notifications given up
 * @param notifications the stream that they are sent to again
 * @param cluster the way to the leader
 * @param bus the event bus
 * @param health what the probes say
 * @param status how this process stands
 * @param stats counters of processing
 * @param clock time of what people do
 * @param siteClock time of the newest runs; differs from {@code clock} where the fab is simulated
 */
public record ApiParts(
        ChartStore store,
        ActiveStrategies strategies,
        DeadLetters deadLetters,
        MessageStream notifications,
        ClusterOperations cluster,
        BusWatch bus,
        Health health,
        Supplier<NodeStatus> status,
        Supplier<ProcessingStats> stats,
        InstantSource clock,
        InstantSource siteClock) {}
