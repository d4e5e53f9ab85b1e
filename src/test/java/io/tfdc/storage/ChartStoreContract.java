package io.tfdc.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every chart store keeps to about charts, and to callers; with {@link RecordContract} the whole port. */
public abstract class ChartStoreContract extends RecordContract {
    private UChart uChart(String context, String group, Instant end) {
        return random.uChart(chamber, context, group, end, RandomCharts.layout(24));
    }

    private static List<String> contexts(List<UChart> charts) {
        return charts.stream().map(chart -> chart.id().context()).toList();
    }

    @Test
    void aTChartComesBackAsItWas() {
        TChart chart = random.tChart(chamber, "ctx_1", T0.plusNanos(123_456_789), 100, 350_000, 0, 1, 70_000);
        await(store().putTChart(chart));
        assertTrue(RandomCharts.same(
                chart, await(store().getTChart(chart.context().id())).orElseThrow()));
    }

    @Test
    void aTChartOfTwentyMegabytesComesBack() {
        TChart chart = random.tChart(chamber, "ctx_big", T0, 3, 17_000_001, 3 << 20);
        await(store().putTChart(chart));
        assertTrue(RandomCharts.same(
                chart, await(store().getTChart(chart.context().id())).orElseThrow()));
    }

    @Test
    void aTChartOfAThousandBlobsComesBack() {
        int[] sizes = new int[1024];
        java.util.Arrays.setAll(sizes, i -> i % 50);
        TChart chart = random.tChart(chamber, "ctx_many", T0, 1, sizes);
        await(store().putTChart(chart));
        assertTrue(RandomCharts.same(
                chart, await(store().getTChart(chart.context().id())).orElseThrow()));
    }

    @Test
    void anUnknownTChartIsEmpty() {
        assertTrue(await(store().getTChart(new RunId(chamber, "nothing"))).isEmpty());
    }

    @Test
    void puttingATChartTwiceChangesNothing() {
        TChart chart = random.tChart(chamber, "ctx_2", T0, 5, 1000, 2000);
        await(store().putTChart(chart));
        await(store().putTChart(chart));
        assertTrue(RandomCharts.same(
                chart, await(store().getTChart(chart.context().id())).orElseThrow()));
    }

    @Test
    void anOlderVersionOfARowNeverReplacesANewerOne() {
        TChart newer = random.tChart(chamber, "ctx_3", T0.plusSeconds(5), 5, 1000);
        TChart older = random.tChart(chamber, "ctx_3", T0, 5, 1000);
        await(store().putTChart(newer));
        await(store().putTChart(older));
        assertTrue(RandomCharts.same(
                newer, await(store().getTChart(newer.context().id())).orElseThrow()));
        await(store().putTChart(newer));
        await(store().putTChart(random.tChart(chamber, "ctx_4", T0, 5, 1000)));
        assertTrue(RandomCharts.same(
                newer, await(store().getTChart(newer.context().id())).orElseThrow()));
    }

    @Test
    void aUChartComesBackAsItWas() {
        UChart chart = uChart("ctx_1", "recipe=A, v=1/2", T0.plusNanos(987_654_321));
        await(store().putUChart(chart));
        await(store().putUChart(chart));
        assertEquals(
                chart,
                await(store().getUChart(chart.id(), chart.context().end())).orElseThrow());
        assertTrue(await(store().getUChart(chart.id(), chart.context().end().plusSeconds(1)))
                .isEmpty());
        assertTrue(await(store().getUChart(
                                new RunId(chamber, "ctx_9"), chart.context().end()))
                .isEmpty());
    }

    @Test
    void aUChartWithoutValuesOrOfManyValuesComesBack() {
        UChart empty = random.uChart(chamber, "none", "g", T0, new IndicatorLayout(List.of()));
        UChart wide = random.uChart(chamber, "wide", "g", T0, RandomCharts.layout(12_000));
        await(store().putUChart(empty));
        await(store().putUChart(wide));
        assertEquals(empty, await(store().getUChart(empty.id(), T0)).orElseThrow());
        assertEquals(wide, await(store().getUChart(wide.id(), T0)).orElseThrow());
    }

    @Test
    void twoVersionsOfAUChartNeverMix() {
        for (int i = 0; i < 10; i++) {
            UChart one = uChart("ctx_" + i, "g1", minute(i));
            UChart other = uChart("ctx_" + i, "g2", minute(i));
            await(store().putUChart(one));
            await(store().putUChart(other));
            UChart found = await(store().getUChart(one.id(), minute(i))).orElseThrow();
            assertTrue(found.equals(one) || found.equals(other), "a mixture in round " + i);
            assertEquals(
                    List.of(found),
                    await(store().history(chamber, found.group(), minute(i).plusMillis(1), 1)));
        }
    }

    @Test
    void historyIsNewestFirstOfOneGroupAndBeforeTheTime() {
        List<UChart> charts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            charts.add(uChart("ctx_" + i, i % 3 == 0 ? "rare" : "usual", minute(i)));
        }
        List<UChart> shuffled = new ArrayList<>(charts);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(chart -> await(store().putUChart(chart)));

        assertEquals(
                List.of("ctx_30", "ctx_27", "ctx_24"),
                contexts(await(store().history(chamber, "rare", minute(33), 3))));
        assertEquals(
                20, await(store().history(chamber, "rare", minute(1000), 1000)).size());
        assertEquals(
                charts.get(59),
                await(store().history(chamber, "usual", minute(60), 1)).get(0));
        assertEquals(List.of(), await(store().history(chamber, "usual", minute(1), 10)));
        assertEquals(List.of(), await(store().history(chamber, "never", minute(1000), 10)));
        assertEquals(List.of(), await(store().history(new ChamberId(chamber.tool(), "CH_B"), "usual", minute(99), 10)));
        assertEquals(
                20, await(store().history(chamber, "rare", Instant.MAX, 1000)).size());
    }

    @Test
    void historyFindsARareGroupBehindManyOthers() {
        for (int i = 0; i < 700; i++) {
            await(store().putUChart(random.uChart(
                    chamber, "ctx_" + i, i < 5 ? "rare" : "usual", minute(i), RandomCharts.layout(6))));
        }
        assertEquals(
                List.of("ctx_4", "ctx_3", "ctx_2"), contexts(await(store().history(chamber, "rare", minute(9999), 3))));
        assertEquals(
                5, await(store().history(chamber, "rare", minute(9999), 100)).size());
    }

    @Test
    void runsThatEndTogetherAreOrderedByContext() {
        for (String context : List.of("b", "d", "a", "c")) {
            await(store().putUChart(uChart(context, "g", T0)));
        }
        assertEquals(List.of("d", "c", "b"), contexts(await(store().history(chamber, "g", T0.plusMillis(1), 3))));
        assertEquals(List.of(), await(store().history(chamber, "g", T0, 3)));
    }

    @Test
    void rangesIncludeTheirStartAndExcludeTheirEnd() {
        for (int i = 0; i < 10; i++) {
            await(store().putUChart(uChart("ctx_" + i, "g" + i % 2, minute(i))));
        }
        assertEquals(
                List.of("ctx_5", "ctx_4", "ctx_3", "ctx_2"),
                contexts(await(store().uCharts(chamber, minute(2), minute(6), 100))));
        assertEquals(List.of("ctx_9", "ctx_8"), contexts(await(store().uCharts(chamber, Instant.MIN, Instant.MAX, 2))));
        assertEquals(List.of(), await(store().uCharts(chamber, minute(6), minute(6), 2)));
    }

    @Test
    void anUnboundedRequestIsRefused() {
        for (int max : new int[] {0, -1, 1001}) {
            StoreException failure = assertThrows(
                    StoreException.class, () -> await(store().history(chamber, "g", T0, max)), "max " + max);
            assertFalse(failure.retryable());
        }
    }

    @Test
    void futuresCompleteOnTheCallersContext() {
        Context context = vertx().getOrCreateContext();
        Future<Context> seen = Future.future(promise -> context.runOnContext(ignored -> store().ping()
                .compose(pong -> store().putUChart(uChart("ctx", "g", T0)))
                .compose(put -> store().history(chamber, "g", minute(1), 1))
                .map(history -> Vertx.currentContext())
                .onComplete(promise)));
        assertSame(context, await(seen));
    }

    @Test
    void manyCallsAtOnceAllSucceed() {
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            writes.add(store().putUChart(uChart("ctx_" + i, "g", minute(i))));
        }
        await(Future.all(writes));
        List<Future<?>> reads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            reads.add(store().history(chamber, "g", minute(9999), 100));
        }
        await(Future.all(reads));
        for (Future<?> read : reads) {
            assertEquals(100, assertInstanceOf(List.class, read.result()).size());
        }
    }
}
