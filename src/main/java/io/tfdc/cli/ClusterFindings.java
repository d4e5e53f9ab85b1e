package io.tfdc.cli;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.OperatorReply.MemberRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is wrong with a cluster, the worst first, and for each of it what to do. */
final class ClusterFindings {
    private static final long SILENT_MILLIS = 4_000;
    private static final double UNEVEN = 1.25;
    private static final Set<String> AWAY = Set.of("dead", "departed");
    private static final Set<String> FINE = Set.of("ok", "draining", "standby", "cordoned", "drained");

    private final OperatorReply.Status status;
    private final List<MemberRow> members;
    private final List<Finding> found = new ArrayList<>();

    /**
     * Something that should not be.
     *
     * @param what in words
     * @param next what to look at or to type
     */
    record Finding(String what, String next) {}

    private ClusterFindings(OperatorReply.Status status, List<MemberRow> members) {
        this.status = status;
        this.members = members;
    }

    /** @param members the rows of the status that have an id */
    static List<Finding> in(OperatorReply.Status status, List<MemberRow> members) {
        ClusterFindings findings = new ClusterFindings(status, members);
        findings.look();
        return List.copyOf(findings.found);
    }

    private void look() {
        LeaderView leader = status.leader();
        if (leader.deaf()) {
            add(
                    "the leader does not hear its own heartbeat: nobody is declared dead meanwhile",
                    "look at the broker; if it is well, end the leader's process: another one leads within seconds");
        }
        if (status.map().isEmpty()) {
            add(
                    "there is no map of assignments yet: nothing is processed",
                    "wait for the window to close; no chamber is known? then: defender schema status, and its collector");
        }
        status.map().ifPresent(this::ownersAway);
        leader.intended().ifPresent(intended -> {
            long there = members.stream()
                    .filter(row -> !AWAY.contains(row.verdict()))
                    .count();
            if (there < intended) {
                add(
                        there + " of " + intended + " intended members are there",
                        "why are processes missing (pods pending, crashing, on standby)? fewer are meant: defender cluster target "
                                + there);
            }
        });
        members.forEach(this::member);
        balance();
    }

    private void ownersAway(AssignmentMap map) {
        Set<StableId> present =
                members.stream().map(row -> row.heartbeat().id().orElseThrow()).collect(Collectors.toSet());
        Map<StableId, Long> away = map.owners().values().stream()
                .filter(owner -> !present.contains(owner))
                .collect(Collectors.groupingBy(owner -> owner, TreeMap::new, Collectors.counting()));
        away.forEach((id, count) -> add(
                id + " is away and owns " + ClusterScreen.chambers(count.intValue()),
                "they go to others within seconds, after a farewell within 20; if not: defender cluster decisions"));
    }

    private void member(MemberRow row) {
        Heartbeat beat = row.heartbeat();
        StableId id = beat.id().orElseThrow();
        String name = id + " (" + beat.podName() + ')';
        if (!FINE.contains(row.verdict().toLowerCase(Locale.ROOT))) {
            add(name + " is " + row.verdict(), remedy(row.verdict(), id));
        }
        if (!AWAY.contains(row.verdict()) && row.silentMillis() > SILENT_MILLIS) {
            add(
                    name + " was heard of " + ClusterScreen.seconds(row.silentMillis()) + " ago",
                    "it is dead to the leader after three heartbeats; its way to the broker, or a long pause");
        }
        if (!beat.progress().paused().isEmpty()) {
            add(
                    name + " is paused: " + beat.progress().paused(),
                    "it goes on by itself when that serves again; only one is paused? then: defender cluster drain "
                            + id);
        }
    }

    private static String remedy(String verdict, StableId id) {
        return switch (verdict) {
            case "gray" -> "it lives and does not work, its chambers are taken away: end its process";
            case "suspect" -> "it does not answer: in a moment it is there again or dead";
            case "dead", "departed" -> "nothing to do for its chambers, others get them; why did it go?";
            default -> "defender cluster decisions --max 50, and look for " + id;
        };
    }

    private void balance() {
        double mean = members.stream().mapToLong(MemberRow::weight).average().orElse(0);
        double heaviest = members.stream().mapToLong(MemberRow::weight).max().orElse(0);
        boolean uneven = members.size() > 1 && mean > 0 && heaviest / mean > UNEVEN;
        if (uneven && status.map().isPresent()) {
            String what = String.format(
                    Locale.ROOT, "the heaviest member has %.0f %% of the mean weight", 100 * heaviest / mean);
            add(
                    what,
                    status.operator().paused()
                            ? "rebalancing is paused: defender cluster resume"
                            : "defender cluster plan --size " + members.size()
                                    + " says what would help, defender cluster rebalance does it");
        }
    }

    private void add(String what, String next) {
        found.add(new Finding(what, next));
    }
}
