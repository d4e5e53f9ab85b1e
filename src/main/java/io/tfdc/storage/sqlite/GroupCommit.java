package io.tfdc.storage.sqlite;

import io.tfdc.storage.database.SqliteDatabase;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Commits writes that wait for the worker thread together: the first task to run takes up to {@value #BATCH} queued writes into
 * one transaction, the tasks behind it find theirs done. A write that fails fails alone.
 */
final class GroupCommit {
    private static final int BATCH = 1000;

    private final SqliteDatabase database;
    private final Queue<Write> queue = new ArrayDeque<>();

    GroupCommit(SqliteDatabase database) {
        this.database = database;
    }

    /** Queues the work, from any thread; the task returned must be run on the worker thread. */
    Callable<Void> add(SqliteDatabase.Work work) {
        Write write = new Write(work);
        synchronized (queue) {
            queue.add(write);
        }
        return write;
    }

    private final class Write implements Callable<Void> {
        private final SqliteDatabase.Work work;
        private boolean done;
        private @Nullable Exception failure;

        Write(SqliteDatabase.Work work) {
            this.work = work;
        }

        @Override
        public @Nullable Void call() throws Exception {
            while (!done) {
                commit(take());
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }
    }

    private List<Write> take() {
        synchronized (queue) {
            List<Write> batch = new ArrayList<>(Math.min(BATCH, queue.size()));
            while (batch.size() < BATCH && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            return batch;
        }
    }

    private void commit(List<Write> batch) {
        try {
            database.transaction(() -> {
                for (Write write : batch) {
                    write.work.run();
                }
            });
        } catch (SQLException | RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).failure = e;
            } else {
                batch.forEach(write -> commit(List.of(write)));
            }
        }
        batch.forEach(write -> write.done = true);
    }
}
