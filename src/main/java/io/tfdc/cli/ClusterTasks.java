package io.tfdc.cli;

import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.DecisionLog;
import io.tfdc.cluster.OperatorClient;
import io.tfdc.config.DefenderConfig;
import io.tfdc.leader.Decision;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What the {@code cluster} commands do, each on a connection of its own. */
final class ClusterTasks {
    /** Decisions looked through for those about a chamber. */
    private static final int EXPLAINED = 500;

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
        JsonObject answer = ask(command("status"));
        ClusterScreen screen = screen(answer);
        if (json) {
            out.println(answer.put("wrong", new JsonArray(screen.wrong())).encodePrettily());
        } else {
            screen.print(out);
        }
        return screen.wrong().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static ClusterScreen screen(JsonObject answer) {
        if (OperatorClient.read(answer) instanceof OperatorReply.Status status) {
            return new ClusterScreen(status, Instant.now());
        }
        throw CommandException.failed("the leader does not tell how the cluster stands: " + answer.encode(), null);
    }

    int plan(int size) {
        JsonObject answer = ask(command("plan").put("size", size));
        if (!json && OperatorClient.read(answer) instanceof OperatorReply.DryRun plan) {
            PlanTable.print(plan, out);
            return ExitCode.OK;
        }
        return finish(answer);
    }

    /** @param fields names and values of the command, in turns */
    int tell(String word, Object... fields) {
        JsonObject command = command(word);
        for (int i = 0; i < fields.length; i += 2) {
            command.put((String) fields[i], fields[i + 1]);
        }
        return finish(ask(command));
    }

    int explain(String chamber) {
        JsonObject answer = ask(command("explain").put("chamber", chamber));
        if (!(OperatorClient.read(answer) instanceof OperatorReply.Explanation why)) {
            return finish(answer);
        }
        List<Decision> decisions = decisionsOf(why);
        if (json) {
            JsonArray log = new JsonArray();
            decisions.forEach(decision -> log.add(withMovesOf(decision, why)));
            out.println(answer.put("decisions", log).encodePrettily());
        } else {
            DecisionTable.explain(why, decisions, out);
        }
        return ExitCode.OK;
    }

    int decisions(int max) {
        List<Decision> decisions = onBroker(broker -> log(broker).compose(log -> log.newest(max)));
        if (json) {
            JsonArray log = new JsonArray();
            decisions.forEach(decision -> log.add(OperatorClient.json(decision)));
            out.println(log.encodePrettily());
        } else {
            DecisionTable.print(decisions, out);
        }
        return ExitCode.OK;
    }

    private List<Decision> decisionsOf(OperatorReply.Explanation why) {
        List<Decision> newest = onBroker(broker -> log(broker).compose(log -> log.newest(EXPLAINED)));
        return newest.stream()
                .filter(decision -> decision.moves().stream()
                        .anyMatch(move -> move.chamber().equals(why.chamber())))
                .toList();
    }

    private static JsonObject withMovesOf(Decision decision, OperatorReply.Explanation why) {
        return OperatorClient.json(new Decision(
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
                decision.maxOverMean()));
    }

    /** Prints an answer that has no screen of its own. */
    private int finish(JsonObject answer) {
        OperatorReply reply = OperatorClient.read(answer);
        boolean refused = reply instanceof OperatorReply.Refused;
        if (json) {
            out.println(answer.encodePrettily());
        } else if (reply instanceof OperatorReply.Refused no) {
            throw CommandException.failed("refused: " + no.reason(), null);
        } else if (reply instanceof OperatorReply.Done done) {
            out.println(done.summary());
        } else {
            out.println(answer.encodePrettily());
        }
        return refused ? ExitCode.FAILED : ExitCode.OK;
    }

    private static JsonObject command(String word) {
        return new JsonObject().put("command", word);
    }

    private JsonObject ask(JsonObject command) {
        return onBroker(broker -> new OperatorClient(broker, names(), System.getProperty("user.name", ""))
                .send(command)
                .recover(error -> Future.failedFuture(
                        error instanceof BrokerException e && e.reason() == BrokerException.Reason.NO_RESPONDERS
                                ? CommandException.failed(
                                        "nobody leads the cluster now: no process runs as a member, or"
                                                + " none can reach the election",
                                        error)
                                : error)));
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
