package io.tfdc.cli.backtest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs to replay, of every chamber in the order of their ends. */
public interface RunFeed extends AutoCloseable {
    /** The next run, or null at the end. */
    @Nullable
    ReplayedRun next() throws IOException;

    @Override
    void close() throws IOException;
}
