package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every statement of the store, prepared once. */
final class Statements {
    private static final int BLOB_PAGE = 4;
    private static final int CHART_PAGE = 100;
    private static final int KEY_PAGE = 1000;

    /** The statements; {@code KS} stands for the keyspace. All may be repeated but the conditional one. */
    enum Query {
        PUT_T_CHART(CassandraSession.WRITE, 1, """
                INSERT INTO KS.t_charts (tool_id, chamber_id, context_id, chunk, data, context_start, context_end, attributes,
                    chunk_count, manifest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        PUT_CHUNK(CassandraSession.WRITE, 1, """
                INSERT INTO KS.t_charts (tool_id, chamber_id, context_id, chunk, data) VALUES (?, ?, ?, ?, ?)
                USING TIMESTAMP ?"""),
        GET_T_CHART(CassandraSession.POINT_READ, 1, """
                SELECT manifest, chunk, data FROM KS.t_charts WHERE tool_id = ? AND chamber_id = ? AND context_id = ? LIMIT 1"""),
        GET_CHUNKS(CassandraSession.POINT_READ, BLOB_PAGE, """
                SELECT chunk, data FROM KS.t_charts WHERE tool_id = ? AND chamber_id = ? AND context_id = ?
                AND chunk > 0 AND chunk < ?"""),
        PUT_U_CHART(CassandraSession.WRITE, 1, """
                INSERT INTO KS.u_charts (tool_id, chamber_id, ts, context_id, grp, flags, value) VALUES (?, ?, ?, ?, ?, ?, ?)
                USING TIMESTAMP ?"""),
        GET_U_CHART(CassandraSession.POINT_READ, 1, """
                SELECT context_id, value FROM KS.u_charts WHERE tool_id = ? AND chamber_id = ? AND ts = ? AND context_id = ?"""),
        U_CHARTS_BEFORE(
                CassandraSession.HISTORY,
                CHART_PAGE,
                "SELECT ts, context_id, value FROM KS.u_charts WHERE tool_id = ? AND chamber_id = ? AND ts < ?"),
        U_CHART_KEYS_BEFORE(CassandraSession.HISTORY, KEY_PAGE, """
                SELECT ts, context_id, grp FROM KS.u_charts WHERE tool_id = ? AND chamber_id = ?
                AND (ts, context_id) < (?, ?)"""),
        U_CHARTS_BETWEEN(CassandraSession.POINT_READ, CHART_PAGE, """
                SELECT context_id, value FROM KS.u_charts WHERE tool_id = ? AND chamber_id = ? AND ts >= ? AND ts < ?
                LIMIT ?"""),
        PUT_DEFENSE_EVENT(CassandraSession.WRITE, 1, """
                INSERT INTO KS.defense_events (tool_id, chamber_id, ts, event_id, severity, mode, strategy, rule, value)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        DEFENSE_EVENTS(CassandraSession.HISTORY, CHART_PAGE, """
                SELECT event_id, value FROM KS.defense_events WHERE tool_id = ? AND chamber_id = ? AND ts >= ? AND ts < ?
                LIMIT ?"""),
        PUT_LIMITS(CassandraSession.WRITE, 1, """
                INSERT INTO KS.limit_sets (tool_id, chamber_id, grp, strategy, version, valid_from, value)
                VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        LIMITS(CassandraSession.POINT_READ, 20, """
                SELECT version, value FROM KS.limit_sets WHERE tool_id = ? AND chamber_id = ? AND grp = ? AND strategy = ?
                LIMIT ?"""),
        PUT_CHAMBER_EVENT(CassandraSession.WRITE, 1, """
                INSERT INTO KS.chamber_events (tool_id, chamber_id, at, type, subject, nanos, attributes)
                VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        CHAMBER_EVENTS(CassandraSession.POINT_READ, 500, """
                SELECT at, nanos, type, subject, attributes FROM KS.chamber_events WHERE tool_id = ? AND chamber_id = ?
                AND at >= ? AND at < ?"""),
        PUT_METADATA(CassandraSession.WRITE, 1, """
                INSERT INTO KS.chamber_metadata (tool_id, chamber_id, svid_count, collection_freq_hz, avg_context_duration_sec,
                    calculated_weight, last_updated) VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        METADATA(CassandraSession.HISTORY, 1000, """
                SELECT tool_id, chamber_id, svid_count, collection_freq_hz, avg_context_duration_sec, calculated_weight,
                    last_updated FROM KS.chamber_metadata"""),
        PUT_STRATEGY(CassandraSession.WRITE, 1, """
                INSERT INTO KS.strategies (id, version, yaml, author, stored_at) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS"""),
        STRATEGIES(CassandraSession.POINT_READ, 100, "SELECT id, version, yaml, author, stored_at FROM KS.strategies"),
        PUT_FLEET_EVENT(CassandraSession.WRITE, 1, """
                INSERT INTO KS.fleet_events (hour, ts, event_id, value) VALUES (?, ?, ?, ?) USING TIMESTAMP ?"""),
        FLEET_EVENTS(CassandraSession.HISTORY, CHART_PAGE, """
                SELECT event_id, value FROM KS.fleet_events WHERE hour = ? AND ts >= ? AND ts < ? LIMIT ?"""),
        PUT_ALARM_NOTE(CassandraSession.WRITE, 1, """
                INSERT INTO KS.alarm_notes (day, raised_at, alarm_id, note_id, nanos, at, kind, author, text, until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"""),
        ALARM_NOTES(CassandraSession.POINT_READ, 500, """
                SELECT raised_at, alarm_id, note_id, nanos, at, kind, author, text, until FROM KS.alarm_notes
                WHERE day = ? AND raised_at >= ? AND raised_at < ?"""),
        PUT_ACTIVATION(CassandraSession.WRITE, 1, """
                INSERT INTO KS.strategy_activations (id, at, version, author, reason) VALUES (?, ?, ?, ?, ?)"""),
        ACTIVATIONS(
                CassandraSession.POINT_READ,
                500,
                "SELECT id, at, version, author, reason FROM KS.strategy_activations"),
        PUT_AUDIT(CassandraSession.WRITE, 1, """
                INSERT INTO KS.audit_log (day, at, entry_id, caller, address, operation, subject, status)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""),
        AUDIT(CassandraSession.POINT_READ, 500, """
                SELECT at, entry_id, caller, address, operation, subject, status FROM KS.audit_log
                WHERE day = ? AND (at, entry_id) >= (?, ?) AND (at, entry_id) < (?, ?) LIMIT ?"""),
        PING(CassandraSession.HISTORY, 1, "SELECT release_version FROM system.local");

        final String profile;
        final int pageSize;
        final String cql;

        Query(String profile, int pageSize, String cql) {
            this.profile = profile;
            this.pageSize = pageSize;
            this.cql = cql;
        }
    }

    private final Map<Query, PreparedStatement> prepared;

    private Statements(Map<Query, PreparedStatement> prepared) {
        this.prepared = prepared;
    }

    static Future<Statements> prepare(CassandraClient client, String keyspace) {
        List<Future<PreparedStatement>> all = new ArrayList<>();
        for (Query query : Query.values()) {
            all.add(client.prepare(SimpleStatement.newInstance(query.cql.replace("KS.", keyspace + '.'))
                    .setExecutionProfileName(query.profile)
                    .setPageSize(query.pageSize)
                    // Repeating a conditional insert reports failure, though nothing is lost: the caller compares what
                    // is stored.
                    .setIdempotent(true)));
        }
        return Future.all(all).map(done -> {
            Map<Query, PreparedStatement> prepared = new EnumMap<>(Query.class);
            for (Query query : Query.values()) {
                prepared.put(query, all.get(query.ordinal()).result());
            }
            return new Statements(prepared);
        });
    }

    com.datastax.oss.driver.api.core.cql.BoundStatement bind(Query query, Object... values) {
        PreparedStatement statement = prepared.get(query);
        if (statement == null) {
            throw new IllegalArgumentException("not prepared: " + query);
        }
        return statement.bind(values);
    }
}
