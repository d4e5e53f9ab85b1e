package io.tfdc.cli;

import io.tfdc.cli.ClusterFindings.Finding;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.OperatorReply.MemberRow;
import io.tfdc.leader.OperatorState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the cluster stands, on one screen for somebody who was woken: what is wrong and what to type, then who leads, what waits and what happens
 * now, the members, and what was decided last.
 */
final class ClusterScreen {
    private static final int BAR = 10;
    private static final int MAX_BAR = 16;

    private final OperatorReply.Status status;
    private final List<Decision> decisions;
    private final Optional<Backlog> backlog;
    private final Instant now;
    private final List<MemberRow> members;
    private final List<MemberRow> standbys;
    private final List<Finding> findings;
    private final double meanWeight;

    /**
     * @param decisions the newest ones, oldest first
     * @param backlog what waits, if that could be read
     */
    ClusterScreen(OperatorReply.Status status, List<Decision> decisions, Optional<Backlog> backlog, Instant now) {
        this.status = status;
        this.decisions = List.copyOf(decisions);
        this.backlog = backlog;
        this.now = now;
        this.members = status.members().stream()
                .filter(row -> row.heartbeat().id().isPresent())
                .sorted(Comparator.comparing(row -> row.heartbeat().id().orElseThrow()))
                .toList();
        this.standbys = status.members().stream()
                .filter(row -> row.heartbeat().id().isEmpty())
                .toList();
        this.findings = ClusterFindings.in(status, members);
        this.meanWeight =
                members.stream().mapToLong(MemberRow::weight).average().orElse(0);
    }

    /** What is wrong, the worst first; empty if all is well. */
    List<String> wrong() {
        return findings.stream().map(Finding::what).toList();
    }

    void print(PrintWriter out) {
        out.println(findings.isEmpty() ? "OK" : "WRONG");
        for (Finding finding : findings) {
            out.println("  " + finding.what());
            out.println("    > " + finding.next());
        }
        out.println();
        header(out);
        operators(out);
        out.println();
        table(out);
        moves(out);
        decided(out);
        out.println();
        out.println(
                "more: cluster decisions, cluster explain CHAMBER, cluster plan --size N; cluster pause keeps all but the dead's chambers"
                        + " in place");
    }

    private void header(PrintWriter out) {
        LeaderView view = status.leader();
        String leader = members.stream()
                .filter(row -> row.heartbeat().leading())
                .map(row -> row.heartbeat().id().orElseThrow() + " ("
                        + row.heartbeat().podName() + ')')
                .findFirst()
                .orElse("not heard of");
        out.printf("leader    %s, epoch %d%s%n", leader, view.epoch(), leadingSince());
        out.printf(
                "map       %s%n",
                status.map()
                        .map(map -> "version " + map.version() + ", " + words(map.lifecycle()) + ", written "
                                + age(map.writtenAt()) + " ago because of " + words(map.cause()) + ", "
                                + chambers(map.owners().size()))
                        .orElse("none"));
        String intended = view.intended().isPresent() ? " of " + view.intended().getAsInt() + " intended" : "";
        out.printf("members   %d%s, %d on standby%n", members.size(), intended, standbys.size());
        out.printf(
                "backlog   %s%n",
                backlog.map(queue -> queue.sum() + " waiting, " + queue.delivered() + " at work, " + queue.nowhere()
                                + " of chambers without a consumer")
                        .orElse("could not be read"));
        out.printf("now       %s%n", happening());
    }

    private String leadingSince() {
        return decisions.stream()
                .filter(decision -> decision.cause() == AssignmentMap.Cause.LEADERSHIP
                        && decision.epoch() == status.leader().epoch()
                        && decision.summary().contains(" leads with epoch "))
                .findFirst()
                .map(decision -> ", for " + age(decision.at()))
                .orElse("");
    }

    private String happening() {
        LeaderView view = status.leader();
        List<String> happening = new ArrayList<>();
        switch (view.phase()) {
            case EMERGENCY -> happening.add("members vanished, their chambers are being given away");
            case REBALANCING -> happening.add("a new map is being written");
            case SCALING ->
                happening.add("waiting " + seconds(view.windowMillis()) + " at most for further members to come or go");
            default -> {
                // nothing out of the ordinary
            }
        }
        if (view.pendingChanges() > 0) {
            happening.add(view.pendingChanges() + (view.pendingChanges() == 1 ? " join or leave" : " joins and leaves")
                    + " to be planned");
        }
        if (view.releasing() > 0) {
            happening.add(chambers(view.releasing()) + " on the move");
        }
        return happening.isEmpty() ? "nothing changes" : String.join(", ", happening);
    }

    private void operators(PrintWriter out) {
        OperatorState operator = status.operator();
        List<String> wishes = new ArrayList<>();
        if (operator.paused()) {
            wishes.add("paused (defender cluster resume)");
        }
        operator.target().ifPresent(target -> wishes.add("target " + target));
        if (!operator.drained().isEmpty()) {
            wishes.add("drained " + operator.drained() + " (uncordon takes it back)");
        }
        if (!operator.cordoned().isEmpty()) {
            wishes.add("cordoned " + operator.cordoned() + " (uncordon)");
        }
        if (!operator.pins().isEmpty()) {
            wishes.add(operator.pins().size() + " pinned");
        }
        if (!wishes.isEmpty()) {
            out.println("operators " + String.join(", ", wishes));
        }
    }

    private void table(PrintWriter out) {
        out.printf(
                "%-14s %-12s %-9s %8s  %-22s %9s %7s %7s %8s  %s%n",
                "MEMBER",
                "STATE",
                "VERDICT",
                "CHAMBERS",
                "WEIGHT, MEAN 100 %",
                "HEARTBEAT",
                "WAITING",
                "AT WORK",
                "OLDEST",
                "POD");
        members.forEach(row -> row(row, out));
        standbys.forEach(row -> row(row, out));
    }

    private void row(MemberRow row, PrintWriter out) {
        Heartbeat beat = row.heartbeat();
        String id = beat.id().map(StableId::toString).orElse("-");
        out.printf(
                Locale.ROOT,
                "%-14s %-12s %-9s %8d  %-22s %9s %7s %7d %8s  %s%n",
                beat.leading() ? id + " *" : id,
                words(beat.state()),
                row.verdict(),
                row.chambers(),
                beat.id().isPresent() ? bar(row.weight()) : "",
                seconds(row.silentMillis()),
                beat.id().isPresent() ? waiting(beat.id().get()) : "",
                beat.progress().inFlight(),
                seconds(beat.progress().oldestInFlightMillis()),
                beat.podName());
    }

    private String waiting(StableId id) {
        return backlog.map(queue -> Long.toString(queue.waiting().getOrDefault(id, 0L)))
                .orElse("?");
    }

    private String bar(long weight) {
        double share = meanWeight == 0 ? 0 : weight / meanWeight;
        int length = (int) Math.min(MAX_BAR, Math.round(share * BAR));
        return String.format(Locale.ROOT, "%-16s %3.0f %%", "#".repeat(length), 100 * share);
    }

    private void moves(PrintWriter out) {
        if (status.map().isEmpty() || status.map().get().releasing().isEmpty()) {
            return;
        }
        AssignmentMap map = status.map().get();
        Map<String, Integer> pairs = new TreeMap<>();
        map.releasing().forEach((chamber, holders) -> {
            for (Releasing holder : holders) {
                pairs.merge(holder.id() + " -> " + map.owners().get(chamber), 1, Integer::sum);
            }
        });
        out.println();
        out.println("UNDER WAY");
        pairs.forEach((pair, count) -> out.printf("  %-28s %s%n", pair, chambers(count)));
    }

    private void decided(PrintWriter out) {
        out.println();
        out.println("DECIDED LAST");
        if (decisions.isEmpty()) {
            out.println("  nothing in the log");
        }
        for (Decision decision : decisions) {
            String by = decision.by().isEmpty() ? "" : " (by " + decision.by() + ')';
            out.printf("  %9s ago  v%-6d %s%s%n", age(decision.at()), decision.version(), decision.summary(), by);
        }
    }

    private String age(Instant since) {
        Duration age = Duration.between(since, now);
        long minutes = Math.max(0, age.toMinutes());
        return minutes < 1
                ? Math.max(0, age.toSeconds()) + " s"
                : minutes < 120 ? minutes + " min" : minutes < 2880 ? minutes / 60 + " h" : minutes / 1440 + " d";
    }

    static String chambers(int count) {
        return count + (count == 1 ? " chamber" : " chambers");
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
