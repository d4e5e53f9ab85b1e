package io.tfdc.cli;

import io.tfdc.config.DefenderConfig;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.DeadLetters.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What the {@code dlq} commands do, each on a connection of its own. */
final class DlqTasks {
    private static final int MOST = 100_000;

    private final DefenderConfig config;
    private final boolean json;
    private final PrintWriter out;

    private DlqTasks(DefenderConfig config, boolean json, PrintWriter out) {
        this.config = config;
        this.json = json;
        this.out = out;
    }

    static DlqTasks with(DefenderConfig config, boolean json, PrintWriter out) {
        return new DlqTasks(config, json, out);
    }

    int list(int max) {
        List<DeadLetter> letters = onBroker((streams, dead) -> dead.list(max));
        if (json) {
            out.println(new JsonArray(letters.stream().map(DlqTasks::json).toList()).encodePrettily());
        } else if (letters.isEmpty()) {
            out.println("no dead letters");
        } else {
            out.printf("%8s  %-20s  %-40s  %s%n", "SEQ", "TIME", "SUBJECT", "REASON");
            for (DeadLetter letter : letters) {
                out.printf(
                        "%8d  %-20s  %-40s  %s%n",
                        letter.sequence(), letter.at().toString().substring(0, 19), letter.subject(), letter.reason());
            }
        }
        return ExitCode.OK;
    }

    int show(long sequence) {
        DeadLetter letter = onBroker((streams, dead) -> find(dead, sequence));
        if (json) {
            out.println(json(letter)
                    .put("payload", new String(letter.payload(), StandardCharsets.UTF_8))
                    .encodePrettily());
            return ExitCode.OK;
        }
        out.printf("sequence    %d%n", letter.sequence());
        out.printf("time        %s%n", letter.at());
        out.printf("subject     %s%n", letter.subject());
        out.printf("deliveries  %d%n", letter.deliveries());
        out.printf("error       %s%n", letter.error());
        if (!letter.section().isEmpty()) {
            out.printf("at          %s, offset %d%n", letter.section(), letter.offset());
        }
        out.printf("reason      %s%n", letter.reason());
        out.printf("payload     %s%n", new String(letter.payload(), StandardCharsets.UTF_8));
        return ExitCode.OK;
    }

    /** @param sequences none for all */
    int replay(List<Long> sequences) {
        return forEach(
                "replayed", sequences, (streams, dead) -> letter -> dead.replay(letter, streams.notifications()));
    }

    /** @param sequences none for all */
    int drop(List<Long> sequences) {
        return forEach("dropped", sequences, (streams, dead) -> letter -> dead.drop(letter.sequence()));
    }

    private interface Step {
        Future<Void> apply(DeadLetter letter);
    }

    private int forEach(String done, List<Long> sequences, BiFunction<SiteStreams, DeadLetters, Step> task) {
        List<Long> handled = onBroker((streams, dead) -> {
            Step step = task.apply(streams, dead);
            return choose(dead, sequences).compose(letters -> {
                Future<List<Long>> all = Future.succeededFuture(new ArrayList<>());
                for (DeadLetter letter : letters) {
                    all = all.compose(before -> step.apply(letter).map(ok -> {
                        before.add(letter.sequence());
                        return before;
                    }));
                }
                return all;
            });
        });
        out.println(
                json
                        ? new JsonObject()
                                .put(done, new JsonArray(List.copyOf(handled)))
                                .encode()
                        : handled.size() + (handled.size() == 1 ? " notification " : " notifications ") + done);
        return ExitCode.OK;
    }

    private static Future<List<DeadLetter>> choose(DeadLetters dead, List<Long> sequences) {
        if (sequences.isEmpty()) {
            return dead.list(MOST);
        }
        Future<List<DeadLetter>> chosen = Future.succeededFuture(new ArrayList<>());
        for (long sequence : sequences) {
            chosen = chosen.compose(before -> find(dead, sequence).map(letter -> {
                before.add(letter);
                return before;
            }));
        }
        return chosen;
    }

    private static Future<DeadLetter> find(DeadLetters dead, long sequence) {
        return dead.find(sequence)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(
                                CommandException.failed("there is no dead letter " + sequence, null))));
    }

    private <T> T onBroker(BiFunction<SiteStreams, DeadLetters, Future<T>> task) {
        return ShortLived.run(vertx -> Connections.broker(vertx, config)
                .compose(broker -> SiteStreams.open(broker, config.nats())
                        .compose(streams ->
                                task.apply(streams, new DeadLetters(streams.deadLetters(), Clock.systemUTC())))
                        .eventually(broker::close)));
    }

    private static JsonObject json(DeadLetter letter) {
        return new JsonObject()
                .put("sequence", letter.sequence())
                .put("time", letter.at().toString())
                .put("subject", letter.subject())
                .put("reason", letter.reason())
                .put("error", letter.error())
                .put("section", letter.section())
                .put("offset", letter.offset())
                .put("deliveries", letter.deliveries());
    }
}
