package io.tfdc.cli;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the cluster stands, on one screen: what is wrong first. */
final class ClusterScreen {
    private static final long SILENT_MILLIS = 4_000;
    private static final double UNEVEN = 1.25;
    private static final int BAR = 10;
    private static final int MAX_BAR = 16;
    private static final Set<String> AWAY = Set.of("dead", "departed");
    private static final Set<String> FINE = Set.of("ok", "draining", "standby");

    private final OperatorReply.Status status;
    private final Instant now;
    private final List<MemberRow> members;
    private final List<MemberRow> standbys;
    private final double meanWeight;

    ClusterScreen(OperatorReply.Status status, Instant now) {
        this.status = status;
        this.now = now;
        this.members = status.members().stream()
                .filter(row -> row.heartbeat().id().isPresent())
                .sorted(Comparator.comparing(row -> row.heartbeat().id().orElseThrow()))
                .toList();
        this.standbys = status.members().stream()
                .filter(row -> row.heartbeat().id().isEmpty())
                .toList();
        this.meanWeight =
                members.stream().mapToLong(MemberRow::weight).average().orElse(0);
    }

    /** What is wrong, the worst first; empty if all is well. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        LeaderView leader = status.leader();
        if (leader.deaf()) {
            wrong.add("the leader does not hear its own heartbeat: nobody is declared dead meanwhile");
        }
        if (status.map().isEmpty()) {
            wrong.add("there is no map of assignments yet: nothing is processed");
        }
        status.map().ifPresent(map -> ownersAway(map, wrong));
        leader.intended().ifPresent(intended -> {
            if (members.size() < intended) {
                wrong.add(members.size() + " members of " + intended + " intended");
            }
        });
        members.forEach(row -> memberWrong(row, wrong));
        double heaviest = members.stream().mapToLong(MemberRow::weight).max().orElse(0);
        if (members.size() > 1
                && meanWeight > 0
                && heaviest / meanWeight > UNEVEN
                && status.map().isPresent()) {
            wrong.add(String.format(
                    Locale.ROOT, "the heaviest member has %.0f %% of the mean weight", 100 * heaviest / meanWeight));
        }
        return wrong;
    }

    private void ownersAway(AssignmentMap map, List<String> wrong) {
        Set<StableId> present =
                members.stream().map(row -> row.heartbeat().id().orElseThrow()).collect(Collectors.toSet());
        Map<StableId, Long> away = map.owners().values().stream()
                .filter(owner -> !present.contains(owner))
                .collect(Collectors.groupingBy(owner -> owner, TreeMap::new, Collectors.counting()));
        away.forEach((id, count) -> wrong.add(id + " is away and owns " + chambers(count.intValue())));
    }

    private void memberWrong(MemberRow row, List<String> wrong) {
        Heartbeat beat = row.heartbeat();
        String name = beat.id().orElseThrow() + " (" + beat.podName() + ')';
        if (!FINE.contains(row.verdict().toLowerCase(Locale.ROOT))) {
            wrong.add(name + " is " + row.verdict());
        }
        boolean expected = AWAY.contains(row.verdict());
        if (!expected && row.silentMillis() > SILENT_MILLIS) {
            wrong.add(name + " was heard of " + seconds(row.silentMillis()) + " ago");
        }
        if (!beat.progress().paused().isEmpty()) {
            wrong.add(name + " is paused: " + beat.progress().paused());
        }
    }

    void print(PrintWriter out) {
        List<String> wrong = wrong();
        if (wrong.isEmpty()) {
            out.println("OK");
        } else {
            out.println("WRONG");
            wrong.forEach(line -> out.println("  " + line));
        }
        out.println();
        header(out);
        operators(out);
        out.println();
        table(out);
        moves(out);
    }

    private void header(PrintWriter out) {
        LeaderView view = status.leader();
        String leader = members.stream()
                .filter(row -> row.heartbeat().leading())
                .map(row -> row.heartbeat().id().orElseThrow() + " ("
                        + row.heartbeat().podName() + ')')
                .findFirst()
                .orElse("not heard of");
        out.printf("leader    %s, epoch %d, %s%n", leader, view.epoch(), words(view.phase()));
        out.printf(
                "map       %s%n",
                status.map()
                        .map(map -> "version " + map.version() + ", " + words(map.lifecycle()) + ", written "
                                + age(map.writtenAt()) + " ago because of " + words(map.cause()) + ", "
                                + chambers(map.owners().size()))
                        .orElse("none"));
        String intended = view.intended().isPresent() ? " of " + view.intended().getAsInt() + " intended" : "";
        out.printf("members   %d%s, %d on standby%n", members.size(), intended, standbys.size());
        if (view.pendingChanges() > 0) {
            out.printf("waiting   %d joins or leaves, %s left%n", view.pendingChanges(), seconds(view.windowMillis()));
        }
    }

    private void operators(PrintWriter out) {
        OperatorState operator = status.operator();
        List<String> wishes = new ArrayList<>();
        if (operator.paused()) {
            wishes.add("paused");
        }
        operator.target().ifPresent(target -> wishes.add("target " + target));
        if (!operator.drained().isEmpty()) {
            wishes.add("drained " + operator.drained());
        }
        if (!operator.cordoned().isEmpty()) {
            wishes.add("cordoned " + operator.cordoned());
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
                "%-14s %-15s %-10s %8s  %-22s %9s %7s %8s  %s%n",
                "MEMBER",
                "STATE",
                "VERDICT",
                "CHAMBERS",
                "WEIGHT, MEAN 100 %",
                "HEARTBEAT",
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
                "%-14s %-15s %-10s %8d  %-22s %9s %7d %8s  %s%n",
                beat.leading() ? id + " *" : id,
                words(beat.state()),
                row.verdict(),
                row.chambers(),
                beat.id().isPresent() ? bar(row.weight()) : "",
                seconds(row.silentMillis()),
                beat.progress().inFlight(),
                seconds(beat.progress().oldestInFlightMillis()),
                beat.podName());
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

    private String age(Instant since) {
        Duration age = Duration.between(since, now);
        long minutes = Math.max(0, age.toMinutes());
        return minutes < 1
                ? Math.max(0, age.toSeconds()) + " s"
                : minutes < 120 ? minutes + " min" : minutes < 2880 ? minutes / 60 + " h" : minutes / 1440 + " d";
    }

    private static String chambers(int count) {
        return count + (count == 1 ? " chamber" : " chambers");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
