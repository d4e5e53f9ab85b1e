package io.tfdc.election.raft;

import io.tfdc.election.raft.RaftMembers.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Helps a member that has lost its disk. The leader of the log remembers, for as long as it leads, what it has sent to each member and begins
 * nowhere before, so it sends nothing of use to one that has lost everything. The next leader remembers nothing: so the member asks the leader
 * to let another one lead. Asked on a thread of its own, since the questions block, until the log has come.
 */
final class EmptyDisk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyDisk.class);
    /** Long enough for a log to come by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RaftSettings settings;
    private final LongSupplier applied;
    private final RaftMembers members;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "election-agent-empty-disk");
        daemon.setDaemon(true);
        return daemon;
    });

    private EmptyDisk(RaftSettings settings, LongSupplier applied) {
        this.settings = settings;
        this.applied = applied;
        this.members = new RaftMembers(settings.peers(), settings.requestTimeout(), settings.tls());
    }

    /** Whether a replica that starts now has nothing. */
    static boolean isEmpty(Path storage) throws IOException {
        if (Files.notExists(storage)) {
            return true;
        }
        try (Stream<Path> files = Files.list(storage)) {
            return files.allMatch(file -> file.getFileName().toString().equals("lost+found"));
        }
    }

    /** @param applied number of the last entry that this replica has carried out, negative for none */
    static EmptyDisk watch(RaftSettings settings, LongSupplier applied) {
        EmptyDisk watch = new EmptyDisk(settings, applied);
        watch.thread.scheduleWithFixedDelay(
                watch::look, PATIENCE.toMillis(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        if (applied.getAsLong() >= 0) {
            thread.shutdown();
        } else {
            ask();
        }
    }

    private void ask() {
        try {
            List<Standing> standings = members.standings();
            Optional<Standing> leader = standings.stream()
                    .filter(standing -> standing.role().equals("leader")
                            && standing.applied() >= 0
                            && standing.members().contains(settings.replica()))
                    .findFirst();
            Optional<Standing> next = leader.flatMap(known -> standings.stream()
                    .filter(standing -> !standing.name().equals(settings.replica())
                            && !standing.name().equals(known.name())
                            && standing.isMember()
                            && standing.applied() >= 0)
                    .findFirst());
            if (next.isPresent()) {
                LOG.atInfo()
                        .addKeyValue("replica", settings.replica())
                        .addKeyValue("leader", leader.get().name())
                        .addKeyValue("next", next.get().name())
                        .log("The disk is empty and nothing comes: the log is to have another leader");
                members.lead(next.get().name());
            }
        } catch (IOException | RuntimeException notNow) {
            LOG.debug("the members could not be asked: {}", notNow.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
