package io.tfdc.replay;

import io.tfdc.backtest.BacktestRun;
import io.tfdc.model.ChamberEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs to replay, of every chamber in the order of their ends. */
public interface RunFeed extends AutoCloseable {
    /**
     * A run and what happened to its chamber.
     *
     * @param events as far as they can matter, in any order, also later ones
     */
    record FedRun(BacktestRun run, List<ChamberEvent> events) {}

    /** The next run, or null at the end. */
    @Nullable
    FedRun next() throws IOException;

    @Override
    void close() throws IOException;
}
