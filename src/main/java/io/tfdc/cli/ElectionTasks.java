package io.tfdc.cli;

import io.tfdc.config.DefenderConfig;
import io.tfdc.config.ElectionConfig;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.election.grpc.AgentView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the {@code election} commands do, each on connections of its own. */
final class ElectionTasks {
    private final DefenderConfig config;
    private final PrintWriter out;

    ElectionTasks(DefenderConfig config, PrintWriter out) {
        if (config.election().kind() != ElectionConfig.Kind.AGENT) {
            throw CommandException.usage("election.kind: expected agent, found "
                    + config.election().kind().name().toLowerCase(Locale.ROOT)
                    + "; there are no Election Agents to ask");
        }
        this.config = config;
        this.out = out;
    }

    private record Standing(Optional<String> leader, List<AgentView> agents) {}

    /** Succeeds if there is a leader. */
    int status(boolean json) {
        Standing standing = ask(election -> election.views()
                .compose(views -> election.leader()
                        .recover(error -> Future.succeededFuture(Optional.empty()))
                        .map(leader -> new Standing(leader, views))));
        if (json) {
            JsonArray agents = new JsonArray();
            standing.agents()
                    .forEach(view -> agents.add(
                            new JsonObject().put("agent", view.agent()).put("state", view.state())));
            JsonObject answer = new JsonObject()
                    .put("election", config.election().name())
                    .put("leader", standing.leader().orElse(null))
                    .put("agents", agents);
            out.println(answer.encodePrettily());
        } else {
            out.printf("election  %s%n", config.election().name());
            out.printf("leader    %s%n", standing.leader().orElse("nobody"));
            standing.agents().forEach(view -> out.printf("agent     %-40s %s%n", view.agent(), view.state()));
        }
        return standing.leader().isPresent() ? ExitCode.OK : ExitCode.FAILED;
    }

    int resign() {
        String resigned = ask(election -> election.leader()
                .compose(leader -> leader.isEmpty()
                        ? Future.failedFuture(CommandException.failed("nobody leads", null))
                        : election.resignIfLeading(leader.get())
                                .compose(done -> done
                                        ? Future.succeededFuture(leader.get())
                                        : Future.failedFuture(CommandException.failed("another leads by now", null)))));
        out.println(resigned + " resigned");
        return ExitCode.OK;
    }

    int handOver(String candidate, Duration term) {
        boolean taken = ask(election -> election.handOver(candidate, term));
        if (!taken) {
            throw CommandException.failed("the agents are on standby", null);
        }
        out.println(candidate + " leads next");
        return ExitCode.OK;
    }

    private <T> T ask(Function<AgentElection, Future<T>> question) {
        return ShortLived.run(vertx -> {
            AgentElection election = Elections.agents(vertx, config.election());
            return question.apply(election).eventually(election::close);
        });
    }
}
