package io.tfdc.api;

import io.tfdc.api.ClusterOperations.History;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import io.tfdc.coordination.Transition;
import io.tfdc.coordination.Transition.Kind;
import io.tfdc.leader.DecisionMark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened to whom between two moments, row by row: a row per id, whichever processes had it one after the other, and one for every
 * process that waits on standby or never got an id.
 */
final class ClusterTimeline {
    /** Who says nothing for so long has gone without anybody's seeing it: states are told again every 20 minutes. */
    private static final Duration UNKNOWN_AFTER = Duration.ofMinutes(25);

    private final Instant from;
    private final Instant to;

    ClusterTimeline(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    JsonObject json(History history) {
        JsonArray members = new JsonArray();
        rows(history.transitions()).forEach((key, told) -> {
            Row row = new Row();
            told.forEach(row::take);
            JsonArray spans = row.spans();
            if (!spans.isEmpty()) {
                members.add(new JsonObject()
                        .put("member", key.id.map(StableId::toString).orElse(""))
                        .put("pod", told.get(told.size() - 1).podName())
                        .put("spans", spans));
            }
        });
        JsonArray marks = new JsonArray();
        history.decisions().stream()
                .filter(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(to))
                .forEach(mark -> marks.add(json(mark)));
        return new JsonObject()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("complete", history.complete())
                .put("members", members)
                .put("decisions", marks);
    }

    private static JsonObject json(DecisionMark mark) {
        return new JsonObject()
                .put("at", mark.at().toString())
                .put("epoch", mark.epoch())
                .put("version", mark.version())
                .put("cause", AlarmJson.text(mark.cause()))
                .put("summary", mark.summary())
                .put("by", mark.by())
                .put("moved", mark.moved());
    }

    /** Whose row: an id's, or without one that of a process. Ids come first, in their order. */
    private record RowKey(Optional<StableId> id, String incarnation) {
        static final Comparator<RowKey> ORDER = Comparator.comparing((RowKey key) -> key.id.isEmpty())
                .thenComparing(key -> key.id.orElse(new StableId(0)))
                .thenComparing(RowKey::incarnation);
    }

    private static Map<RowKey, List<Transition>> rows(List<Transition> transitions) {
        Map<String, StableId> ids = new HashMap<>();
        transitions.forEach(one -> one.id().ifPresent(id -> ids.put(one.incarnation(), id)));
        Map<RowKey, List<Transition>> rows = new TreeMap<>(RowKey.ORDER);
        Set<String> waited = new HashSet<>();
        transitions.stream().sorted(Comparator.comparing(Transition::at)).forEach(one -> {
            Optional<StableId> id = Optional.ofNullable(ids.get(one.incarnation()));
            RowKey process = new RowKey(Optional.empty(), one.incarnation());
            if (id.isEmpty() || one.state() == MemberState.STANDBY) {
                waited.add(one.incarnation());
                rows.computeIfAbsent(process, key -> new ArrayList<>()).add(one);
                return;
            }
            if (one.id().isPresent() && waited.remove(one.incarnation())) {
                rows.computeIfAbsent(process, key -> new ArrayList<>()).add(waitsNoLonger(one));
            }
            rows.computeIfAbsent(new RowKey(id, ""), key -> new ArrayList<>()).add(one);
        });
        return rows;
    }

    private static Transition waitsNoLonger(Transition one) {
        return new Transition(
                one.at(), Optional.empty(), one.incarnation(), one.podName(), Kind.LEFT, one.state(), false, 0);
    }

    /** The states of one row, in the order of their times. */
    private final class Row {
        private final JsonArray spans = new JsonArray();
        private final Set<String> ended = new HashSet<>();
        private @Nullable Transition open;
        private Instant since = Instant.EPOCH;
        private Instant told = Instant.EPOCH;

        void take(Transition next) {
            Transition now = open;
            boolean late = next.kind() == Kind.STATE && ended.contains(next.incarnation());
            boolean waits = next.id().isEmpty()
                    && now != null
                    && now.kind() == Kind.STATE
                    && !now.incarnation().equals(next.incarnation());
            boolean foreign = next.kind() != Kind.STATE
                    && now != null
                    && !now.incarnation().equals(next.incarnation());
            if (late && next.id().isEmpty() || waits || foreign) {
                return;
            }
            if (next.kind() != Kind.STATE) {
                ended.add(next.incarnation());
            }
            if (now != null && same(now, next)) {
                told = next.at();
                return;
            }
            close(next.at());
            open = next.kind() == Kind.LEFT ? null : next;
            since = next.at();
            told = next.at();
        }

        private static boolean same(Transition a, Transition b) {
            return a.kind() == b.kind()
                    && a.state() == b.state()
                    && a.leading() == b.leading()
                    && a.incarnation().equals(b.incarnation());
        }

        private void close(Instant end) {
            Transition now = open;
            if (now == null) {
                return;
            }
            Instant known = now.kind() == Kind.LOST ? end : earlier(end, told.plus(UNKNOWN_AFTER));
            if (known.isAfter(from) && since.isBefore(to)) {
                spans.add(new JsonObject()
                        .put("from", (since.isBefore(from) ? from : since).toString())
                        .put("to", earlier(known, to).toString())
                        .put("state", now.kind() == Kind.LOST ? "lost" : AlarmJson.text(now.state()))
                        .put("leading", now.leading())
                        .put("pod", now.podName())
                        .put("version", now.version()));
            }
        }

        JsonArray spans() {
            close(to);
            open = null;
            return spans;
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
