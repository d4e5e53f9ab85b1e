package io.tfdc.storage.codec;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Limit set versions as bytes.
 *
 * <pre>
 * form u8 (1) | tool chamber group strategy | version epoch | validFrom | origin | baseline: count (context)*
 * | layout hash i64 | count | key block | count x (centre sigma lcl ucl f64, n) | CRC-32C
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class LimitSetCodec {
    private static final int FORM = 1;

    private final LayoutTable layouts;

    public LimitSetCodec(LayoutTable layouts) {
        this.layouts = layouts;
    }

    public byte[] encode(LimitSet limits) {
        LayoutTable.Known layout = layouts.known(limits.layout());
        ByteWriter out = new ByteWriter(
                512 + layout.block().length + 36 * limits.limits().size());
        out.u8(FORM);
        out.text(limits.chamber().tool());
        out.text(limits.chamber().chamber());
        out.text(limits.group());
        out.text(limits.strategy());
        out.varint(limits.version());
        out.varint(limits.epoch());
        out.instant(limits.validFrom());
        out.text(limits.origin());
        out.varint(limits.baseline().size());
        limits.baseline().forEach(out::text);
        out.i64(layout.hash());
        out.varint(limits.limits().size());
        out.block(layout.block());
        for (ChartLimits one : limits.limits()) {
            out.f64(one.center());
            out.f64(one.sigma());
            out.f64(one.lcl());
            out.f64(one.ucl());
            out.varint(one.n());
        }
        return out.toCheckedBytes();
    }

    /**
     * @param row names the row in the failure
     * @throws io.tfdc.storage.StoreException not retryable, if the bytes aren't a limit set
     */
    public LimitSet decode(byte[] bytes, Object row) {
        ByteReader in = new ByteReader(bytes, row);
        in.verifyChecksum();
        int form = in.u8();
        if (form != FORM) {
            throw in.corrupt(0, "expected limit set form " + FORM + ", found " + form);
        }
        String tool = in.text("tool", 256);
        String chamber = in.text("chamber", 256);
        String group = in.text("group", 2048);
        String strategy = in.text("strategy", 512);
        int version = in.count("version", Integer.MAX_VALUE);
        int epoch = in.count("epoch", Integer.MAX_VALUE);
        Instant validFrom = in.instant("validFrom");
        String origin = in.text("origin", 1024);
        int runs = in.count("baseline", 1_000_000, 1);
        List<String> baseline = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            baseline.add(in.text("baseline run", 1024));
        }
        long hash = in.i64();
        int count = in.count("limits", IndicatorLayout.MAX_INDICATORS, 33);
        int blockAt = in.skipBlock("key block", LayoutTable.MAX_BLOCK);
        IndicatorLayout layout = layouts.layout(in, hash, count, blockAt, in.offset());
        List<ChartLimits> limits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            limits.add(limits(in));
        }
        in.finish();
        return in.checked(
                0,
                () -> new LimitSet(
                        new ChamberId(tool, chamber),
                        group,
                        strategy,
                        version,
                        epoch,
                        validFrom,
                        origin,
                        baseline,
                        layout,
                        limits));
    }

    private static ChartLimits limits(ByteReader in) {
        int from = in.offset();
        double center = in.f64();
        double sigma = in.f64();
        double lcl = in.f64();
        double ucl = in.f64();
        int n = in.count("limit points", Integer.MAX_VALUE);
        return in.checked(from, () -> new ChartLimits(center, sigma, lcl, ucl, n));
    }
}
