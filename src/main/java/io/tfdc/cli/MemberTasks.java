package io.tfdc.cli;

import io.tfdc.config.ElectionAgentConfig;
import io.tfdc.election.raft.RaftMembers;
import io.tfdc.election.raft.RaftMembers.Standing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What {@code election members} does: it asks the replicas of the Election Agent over their own port. */
final class MemberTasks {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ElectionAgentConfig config;
    private final PrintWriter out;

    MemberTasks(ElectionAgentConfig config, PrintWriter out) {
        if (config.peers().isEmpty()) {
            throw CommandException.usage(
                    "electionAgent.peers: expected the replicas, found none; a single one has no other members");
        }
        this.config = config;
        this.out = out;
    }

    private interface Task {
        int with(RaftMembers members) throws IOException;
    }

    /** Succeeds if a replica leads the log and all of its members answer. */
    int list(boolean json) {
        return run(members -> {
            List<Standing> standings = members.standings();
            if (json) {
                JsonArray replicas = new JsonArray();
                standings.forEach(standing -> replicas.add(new JsonObject()
                        .put("replica", standing.name())
                        .put("address", standing.address())
                        .put("role", standing.role())
                        .put("applied", standing.applied())
                        .put("members", new JsonArray(List.copyOf(standing.members())))));
                out.println(new JsonObject().put("replicas", replicas).encodePrettily());
            } else {
                standings.forEach(standing -> out.printf(
                        "%-24s %-10s %-48s applied %-10s members %s%n",
                        standing.name(),
                        standing.role(),
                        standing.address(),
                        standing.applied() < 0 ? "nothing" : standing.applied(),
                        standing.members().isEmpty() ? "unknown" : String.join(",", standing.members())));
            }
            return isWhole(standings) ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    private static boolean isWhole(List<Standing> standings) {
        Set<String> members = standings.stream()
                .filter(standing -> standing.role().equals("leader"))
                .findFirst()
                .map(Standing::members)
                .orElse(Set.of());
        return !members.isEmpty()
                && members.stream()
                        .allMatch(member -> standings.stream()
                                .anyMatch(standing -> standing.name().equals(member) && standing.isMember()));
    }

    int set(List<String> names) {
        if (Set.copyOf(names).size() != names.size()
                || !config.addresses().keySet().containsAll(names)) {
            throw CommandException.usage("--change-to: expected different names out of "
                    + config.addresses().keySet() + ", found " + names);
        }
        return run(members -> {
            members.set(names);
            out.println("members are " + String.join(",", names));
            return ExitCode.OK;
        });
    }

    private int run(Task task) {
        try {
            return task.with(new RaftMembers(config.addresses(), TIMEOUT, ElectionAgentProcess.peerTls(config)));
        } catch (IOException e) {
            throw CommandException.failed("the replicas did not answer: " + e.getMessage(), e);
        }
    }
}
