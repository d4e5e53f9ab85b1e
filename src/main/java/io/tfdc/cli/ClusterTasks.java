package io.tfdc.cli;

import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.DecisionLog;
import io.tfdc.cluster.OperatorClient;
import io.tfdc.config.DefenderConfig;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderJson;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the {@code cluster} commands do, each on a connection of its own. */
final class ClusterTasks {
    /** Decisions looked through for those about a chamber. */
    private static final int EXPLAINED = 500;
    /** Decisions on the screen of the status. */
    private static final int SHOWN = 8;

    private final DefenderConfig config;
    private final boolean json;
    private final PrintWriter out;

    private ClusterTasks(DefenderConfig config, boolean json, PrintWriter out) {
        this.config = config;
        this.json = json;
        this.out = out;
    }

    static ClusterTasks with(DefenderConfig config, boolean json, PrintWriter out) {
        return new ClusterTasks(config, json, out);
    }

    int status() {
        Seen seen = onBroker(this::see);
        if (seen.reply().isEmpty()) {
            return nobodyLeads(seen.decisions());
        }
        OperatorReply reply = seen.reply().get();
        if (!(reply instanceof OperatorReply.Status status)) {
            return finish(reply);
        }
        ClusterScreen screen = new ClusterScreen(status, seen.decisions(), seen.backlog(), Instant.now());
        if (json) {
            out.println(json(reply).put("wrong", new JsonArray(screen.wrong())).encodePrettily());
        } else {
            screen.print(out);
        }
        return screen.wrong().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /**
     * What there is to see of a cluster.
     *
     * @param reply the leader's, empty if nobody leads
     * @param decisions the newest ones, oldest first
     */
    private record Seen(Optional<OperatorReply> reply, List<Decision> decisions, Optional<Backlog> backlog) {}

    private Future<Seen> see(MessageBroker broker) {
        Future<Optional<OperatorReply>> reply = client(broker)
                .ask(new OperatorCommand.Status())
                .map(Optional::of)
                .recover(error ->
                        isUnheard(error) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(error));
        Future<List<Decision>> decisions =
                log(broker).compose(log -> log.newest(SHOWN)).otherwise(List.of());
        Future<Optional<Backlog>> backlog = SiteStreams.open(broker, config.nats())
                .compose(streams -> Backlog.read(streams.notifications()))
                .map(Optional::of)
                .otherwise(Optional.empty());
        return Future.join(reply, decisions, backlog)
                .map(all -> new Seen(reply.result(), decisions.result(), backlog.result()));
    }

    private int nobodyLeads(List<Decision> decisions) {
        if (json) {
            throw nobody(null);
        }
        out.println("WRONG");
        out.println(
                "  nobody leads: no process runs as a member, or none can reach the election. Members go on with what they have,");
        out.println("  but the chambers of one that vanishes now are given to nobody.");
        out.println("    > do processes run? then, with Election Agents: defender election status");
        out.println();
        DecisionTable.print(decisions, out);
        return ExitCode.FAILED;
    }

    int plan(int size) {
        OperatorReply reply = ask(new OperatorCommand.PlanFor(size));
        if (!json && reply instanceof OperatorReply.DryRun plan) {
            PlanTable.print(plan, out);
            return ExitCode.OK;
        }
        return finish(reply);
    }

    int tell(OperatorCommand command) {
        return finish(ask(command));
    }

    int explain(ChamberId chamber) {
        OperatorReply reply = ask(new OperatorCommand.Explain(chamber));
        if (!(reply instanceof OperatorReply.Explanation why)) {
            return finish(reply);
        }
        List<Decision> decisions = decisionsOf(why);
        if (json) {
            JsonArray log = new JsonArray();
            decisions.forEach(decision -> log.add(json(decision)));
            out.println(json(reply).put("decisions", log).encodePrettily());
        } else {
            DecisionTable.explain(why, decisions, out);
        }
        return ExitCode.OK;
    }

    int decisions(int max) {
        List<Decision> decisions = onBroker(broker -> log(broker).compose(log -> log.newest(max)));
        if (json) {
            JsonArray log = new JsonArray();
            decisions.forEach(decision -> log.add(json(decision)));
            out.println(log.encodePrettily());
        } else {
            DecisionTable.print(decisions, out);
        }
        return ExitCode.OK;
    }

    /** Decisions that moved the chamber, with its moves alone. */
    private List<Decision> decisionsOf(OperatorReply.Explanation why) {
        List<Decision> newest = onBroker(broker -> log(broker).compose(log -> log.newest(EXPLAINED)));
        return newest.stream()
                .map(decision -> new Decision(
                        decision.at(),
                        decision.epoch(),
                        decision.version(),
                        decision.cause(),
                        decision.summary(),
                        decision.by(),
                        decision.members(),
                        decision.moves().stream()
                                .filter(move -> move.chamber().equals(why.chamber()))
                                .toList(),
                        decision.maxOverMean()))
                .filter(decision -> !decision.moves().isEmpty())
                .toList();
    }

    /** Prints an answer that has no screen of its own. */
    private int finish(OperatorReply reply) {
        if (json) {
            out.println(json(reply).encodePrettily());
        } else if (reply instanceof OperatorReply.Refused no) {
            throw CommandException.failed("refused: " + no.reason(), null);
        } else if (reply instanceof OperatorReply.Done done) {
            out.println(done.summary());
        }
        return reply instanceof OperatorReply.Refused ? ExitCode.FAILED : ExitCode.OK;
    }

    private static JsonObject json(OperatorReply reply) {
        return new JsonObject(Buffer.buffer(LeaderJson.encode(reply)));
    }

    private static JsonObject json(Decision decision) {
        return new JsonObject(Buffer.buffer(LeaderJson.encode(decision)));
    }

    private OperatorReply ask(OperatorCommand command) {
        return onBroker(broker -> client(broker)
                .ask(command)
                .recover(error -> Future.failedFuture(isUnheard(error) ? nobody(error) : error)));
    }

    private OperatorClient client(MessageBroker broker) {
        return new OperatorClient(broker, names(), System.getProperty("user.name", ""));
    }

    private static boolean isUnheard(Throwable error) {
        return error instanceof BrokerException e && e.reason() == BrokerException.Reason.NO_RESPONDERS;
    }

    private static CommandException nobody(@Nullable Throwable cause) {
        return CommandException.failed(
                "nobody leads the cluster now: no process runs as a member, or none can reach the election", cause);
    }

    private Future<DecisionLog> log(MessageBroker broker) {
        return DecisionLog.open(broker, names(), config.nats().replicas());
    }

    private ClusterNames names() {
        return ClusterSetup.names(config.cluster());
    }

    private <T> T onBroker(Function<MessageBroker, Future<T>> task) {
        return ShortLived.run(vertx -> Connections.broker(vertx, config)
                .compose(broker -> task.apply(broker).eventually(broker::close)));
    }
}
