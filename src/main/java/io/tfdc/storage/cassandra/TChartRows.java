package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.tfdc.storage.codec.TChartManifest;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * T-charts as partitions of chunks. The first chunk is written last and together with the manifest, so that whoever sees the
 * manifest at the same consistency sees all chunks; a chart of one chunk takes one request each way.
 */
final class TChartRows {
    /** Chunks of one chart in flight, so that a chart of 20 MB doesn't take all of the connection. */
    private static final int LANES = 4;

    private final Cql cql;
    private final int chunkBytes;

    TChartRows(Cql cql, int chunkBytes) {
        this.cql = cql;
        this.chunkBytes = chunkBytes;
    }

    Future<Void> put(TChart chart) {
        RunId run = chart.context().id();
        String what = "put T-chart " + run;
        long stamp = StoreKeys.micros(chart.context().end());
        TChartManifest manifest = TChartManifest.of(chart, chunkBytes);
        List<TChartManifest.Chunk> chunks = manifest.cut(chart.blobs());
        List<Supplier<Future<Void>>> later = new ArrayList<>();
        for (int i = 1; i < chunks.size(); i++) {
            int number = i;
            later.add(() -> cql.write(
                    what,
                    Query.PUT_CHUNK,
                    run.chamber().tool(),
                    run.chamber().chamber(),
                    run.context(),
                    number,
                    buffer(chunks.get(number)),
                    stamp));
        }
        return Lanes.each(0, later.size(), LANES, i -> later.get(i).get())
                .compose(done -> cql.write(
                        what,
                        Query.PUT_T_CHART,
                        run.chamber().tool(),
                        run.chamber().chamber(),
                        run.context(),
                        0,
                        buffer(chunks.get(0)),
                        Cql.key(chart.context().start()),
                        Cql.key(chart.context().end()),
                        chart.context().attributes(),
                        chunks.size(),
                        ByteBuffer.wrap(manifest.encode()),
                        stamp));
    }

    private static ByteBuffer buffer(TChartManifest.Chunk chunk) {
        return ByteBuffer.wrap(chunk.blob(), chunk.offset(), chunk.length());
    }

    /** Reads at the usual consistency, and at one replica if that can't be had: a T-chart never changes once it is there. */
    Future<Optional<TChart>> get(RunId run) {
        return get(run, CassandraSession.POINT_READ)
                .recover(e -> CassandraFailure.retryable(e)
                        ? get(run, CassandraSession.POINT_READ_FALLBACK)
                        : Future.failedFuture(e));
    }

    private Future<Optional<TChart>> get(RunId run, String profile) {
        String what = "get T-chart " + run;
        return cql.execute(what, bind(profile, Query.GET_T_CHART, run)).compose(found -> {
            Row row = found.one();
            ByteBuffer stored = row == null ? null : row.getByteBuffer("manifest");
            ByteBuffer first = row == null ? null : row.getByteBuffer("data");
            if (row == null || stored == null || first == null || row.getInt("chunk") != 0) {
                return Future.succeededFuture(Optional.empty());
            }
            TChartManifest manifest = TChartManifest.decode(Cql.bytes(stored), "T-chart " + run);
            byte[] @Nullable [] chunks = new byte[manifest.chunkCount()][];
            chunks[0] = Cql.bytes(first);
            return chunks.length == 1
                    ? Future.succeededFuture(join(manifest, chunks))
                    : cql.scan(what, bind(profile, Query.GET_CHUNKS, run, chunks.length), chunk -> {
                                ByteBuffer data = chunk.getByteBuffer("data");
                                if (data != null) {
                                    chunks[chunk.getInt("chunk")] = Cql.bytes(data);
                                }
                                return true;
                            })
                            .map(done -> join(manifest, chunks));
        });
    }

    private BoundStatement bind(String profile, Query query, RunId run, Object... more) {
        List<Object> values =
                new ArrayList<>(List.of(run.chamber().tool(), run.chamber().chamber(), run.context()));
        values.addAll(Arrays.asList(more));
        return cql.bind(query, values.toArray()).setExecutionProfileName(profile);
    }

    private static Optional<TChart> join(TChartManifest manifest, byte[] @Nullable [] chunks) {
        List<byte[]> present = new ArrayList<>(chunks.length);
        for (byte[] chunk : chunks) {
            if (chunk == null) {
                return Optional.empty();
            }
            present.add(chunk);
        }
        return Optional.of(manifest.join(present));
    }
}
