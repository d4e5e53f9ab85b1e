package io.tfdc.storage.codec;

import io.tfdc.model.ChamberId;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.UChart;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * U-charts as bytes, in two forms: the stored form carries its key block and a CRC-32C and can be read by anybody; the
 * referring form names its layout by hash only, for a cache within one process whose {@link LayoutTable} knows it.
 *
 * <pre>
 * form u8 (1 stored, 2 referring) | flags | tool chamber context | start end | attributes | group
 * | states: count (strategy, bytes)* | layout hash i64 | count | key block (form 1) | count x f64 | CRC-32C (form 1)
 * </pre>
 *
 * <p>Decoding 100 rows of 600 values of a known layout takes some 0.3 ms. Thread-safe.
 */
public final class UChartCodec {
    private static final int STORED = 1;
    private static final int REFERRING = 2;
    private static final int MAX_STATE_BYTES = 16 << 20;

    private final LayoutTable layouts;

    public UChartCodec(LayoutTable layouts) {
        this.layouts = layouts;
    }

    /** The stored form. */
    public byte[] encode(UChart chart) {
        return encode(chart, STORED).toCheckedBytes();
    }

    /** The referring form; its layout is remembered in this codec's table. */
    public byte[] encodeReferring(UChart chart) {
        return encode(chart, REFERRING).toBytes();
    }

    private ByteWriter encode(UChart chart, int form) {
        LayoutTable.Known layout = layouts.known(chart.layout());
        ByteWriter out = new ByteWriter(256 + layout.block().length + 8 * chart.values().length);
        out.u8(form);
        out.varint(chart.flags());
        context(out, chart.context());
        out.text(chart.group());
        out.varint(chart.state().size());
        chart.state().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(state -> {
            out.text(state.getKey());
            out.block(state.getValue());
        });
        out.i64(layout.hash());
        out.varint(chart.values().length);
        if (form == STORED) {
            out.block(layout.block());
        }
        out.doubles(chart.values());
        return out;
    }

    /**
     * Reads the stored form.
     *
     * @param row names the row in the failure
     * @throws io.tfdc.storage.StoreException not retryable, if the bytes aren't a U-chart
     */
    public UChart decode(byte[] bytes, Object row) {
        ByteReader in = new ByteReader(bytes, row);
        in.verifyChecksum();
        return decode(in, STORED).orElseThrow();
    }

    /** Reads the referring form; empty if the layout table doesn't know the layout any more. */
    public Optional<UChart> decodeReferring(byte[] bytes, Object row) {
        return decode(new ByteReader(bytes, row), REFERRING);
    }

    private Optional<UChart> decode(ByteReader in, int expectedForm) {
        int form = in.u8();
        if (form != expectedForm) {
            throw in.corrupt(0, "expected U-chart form " + expectedForm + ", found " + form);
        }
        int flags = in.count("flags", Integer.MAX_VALUE);
        RunContext context = context(in);
        String group = in.text("group", 2048);
        int states = in.count("states", 1024, 2);
        Map<String, byte[]> state = new HashMap<>(states * 2);
        for (int i = 0; i < states; i++) {
            state.put(in.text("strategy", 1024), in.block("state", MAX_STATE_BYTES));
        }
        long hash = in.i64();
        int count = in.count("values", IndicatorLayout.MAX_INDICATORS, 8);
        IndicatorLayout layout;
        if (form == STORED) {
            int from = in.skipBlock("key block", LayoutTable.MAX_BLOCK);
            layout = layouts.layout(in, hash, count, from, in.offset());
        } else {
            LayoutTable.Known known = layouts.known(hash);
            if (known == null || known.layout().size() != count) {
                return Optional.empty();
            }
            layout = known.layout();
        }
        double[] values = in.doubles(count);
        in.finish();
        return Optional.of(in.checked(0, () -> new UChart(context, group, layout, values, flags, state)));
    }

    static void context(ByteWriter out, RunContext context) {
        out.text(context.id().chamber().tool());
        out.text(context.id().chamber().chamber());
        out.text(context.id().context());
        out.instant(context.start());
        out.instant(context.end());
        out.labels(context.attributes());
    }

    static RunContext context(ByteReader in) {
        int from = in.offset();
        String tool = in.text("tool", 256);
        String chamber = in.text("chamber", 256);
        String context = in.text("context", 512);
        Instant start = in.instant("start");
        Instant end = in.instant("end");
        Map<String, String> attributes = in.labels("attributes", 64);
        return in.checked(
                from, () -> new RunContext(new RunId(new ChamberId(tool, chamber), context), start, end, attributes));
    }
}
