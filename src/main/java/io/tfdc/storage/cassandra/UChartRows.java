package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunId;
import io.tfdc.model.UChart;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.tfdc.storage.codec.LayoutTable;
import io.tfdc.storage.codec.UChartCodec;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * U-charts, a partition per chamber, newest first. The value holds everything; the columns beside it are for people and for
 * skipping other groups.
 *
 * <p>A history is read in two ways: whole rows at first, for a chamber mostly runs one recipe; if its group turns out to be rare,
 * keys alone, and then the rows found. It reads past a bounded number of rows of other groups and answers with what it found.
 */
final class UChartRows {
    /** Whole rows read for one row wanted before keys alone are read. */
    private static final int ROWS_PER_WANTED = 4;

    private static final int LANES = 16;

    private final Cql cql;
    private final int scanRows;
    private final UChartCodec codec = new UChartCodec(new LayoutTable(4096));

    UChartRows(Cql cql, int scanRows) {
        this.cql = cql;
        this.scanRows = scanRows;
    }

    Future<Void> put(UChart chart) {
        Instant end = chart.context().end();
        return cql.write(
                "put U-chart " + chart.id(),
                Query.PUT_U_CHART,
                chart.id().chamber().tool(),
                chart.id().chamber().chamber(),
                Cql.key(end),
                chart.id().context(),
                chart.group(),
                chart.flags(),
                ByteBuffer.wrap(codec.encode(chart)),
                StoreKeys.micros(end));
    }

    Future<Optional<UChart>> get(RunId run, Instant end) {
        return cql.read(
                        "get U-chart " + run,
                        row -> decode(row, run.chamber()),
                        Query.GET_U_CHART,
                        run.chamber().tool(),
                        run.chamber().chamber(),
                        Cql.key(end),
                        run.context())
                .map(found -> found.stream().findFirst());
    }

    /**
     * At the consistency of single rows, because whoever takes a chamber over loads its newest runs so and must find the last one of the
     * owner before; like the rest of a history if that can't be had.
     */
    Future<List<UChart>> between(ChamberId chamber, Instant from, Instant to, int max) {
        String what = "U-charts of " + chamber;
        BoundStatement usual = cql.bind(
                Query.U_CHARTS_BETWEEN,
                chamber.tool(),
                chamber.chamber(),
                Cql.key(from),
                Cql.key(to),
                StoreKeys.checkMax(max));
        return cql.read(what, row -> decode(row, chamber), usual)
                .recover(e -> CassandraFailure.retryable(e)
                        ? cql.read(
                                what,
                                row -> decode(row, chamber),
                                usual.setExecutionProfileName(CassandraSession.HISTORY))
                        : Future.failedFuture(e));
    }

    Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        Scan scan = new Scan(chamber, group, StoreKeys.checkMax(max));
        return cql.scan(
                        scan.what,
                        cql.bind(Query.U_CHARTS_BEFORE, chamber.tool(), chamber.chamber(), Cql.key(before))
                                .setPageSize(Math.min(100, max)),
                        scan::wholeRow)
                .compose(ended -> ended || scan.found.size() == max
                        ? Future.succeededFuture(List.copyOf(scan.found))
                        : scan.byKeys());
    }

    /** A history request under way. */
    private final class Scan {
        private final String what;
        private final ChamberId chamber;
        private final String group;
        private final int max;
        private final List<UChart> found = new ArrayList<>();
        private int rows;
        private Instant lastTime = Instant.EPOCH;
        private String lastContext = "";

        Scan(ChamberId chamber, String group, int max) {
            this.what = "history of " + chamber;
            this.chamber = chamber;
            this.group = group;
            this.max = max;
        }

        boolean wholeRow(Row row) {
            UChart chart = decode(row, chamber);
            if (chart.group().equals(group)) {
                found.add(chart);
            }
            passed(row);
            return found.size() < max && rows < (long) ROWS_PER_WANTED * Math.max(max, 25);
        }

        private void passed(Row row) {
            rows++;
            lastTime = Objects.requireNonNull(row.getInstant("ts"));
            lastContext = Objects.requireNonNull(row.getString("context_id"));
        }

        Future<List<UChart>> byKeys() {
            record Key(Instant time, String context) {}
            List<Key> keys = new ArrayList<>();
            return cql.scan(
                            what,
                            cql.bind(
                                    Query.U_CHART_KEYS_BEFORE,
                                    chamber.tool(),
                                    chamber.chamber(),
                                    lastTime,
                                    lastContext),
                            row -> {
                                passed(row);
                                if (group.equals(row.getString("grp"))) {
                                    keys.add(new Key(lastTime, lastContext));
                                }
                                return found.size() + keys.size() < max && rows < scanRows;
                            })
                    .compose(done -> {
                        @Nullable UChart[] charts = new UChart[keys.size()];
                        List<Supplier<Future<Void>>> reads = new ArrayList<>();
                        for (int i = 0; i < charts.length; i++) {
                            int position = i;
                            RunId run = new RunId(chamber, keys.get(i).context);
                            reads.add(() -> get(run, keys.get(position).time).map(chart -> {
                                charts[position] = chart.orElse(null);
                                return null;
                            }));
                        }
                        return Lanes.each(
                                        0,
                                        reads.size(),
                                        LANES,
                                        i -> reads.get(i).get())
                                .map(charts);
                    })
                    .map(charts -> {
                        for (UChart chart : charts) {
                            if (chart != null && chart.group().equals(group)) {
                                found.add(chart);
                            }
                        }
                        return List.copyOf(found);
                    });
        }
    }

    private UChart decode(Row row, ChamberId chamber) {
        String name = Cql.row("U-chart", chamber, String.valueOf(row.getString("context_id")));
        ByteBuffer value = row.getByteBuffer("value");
        if (value == null) {
            throw new StoreException("corrupt row " + name + ": no value", false);
        }
        return codec.decode(Cql.bytes(value), name);
    }
}
