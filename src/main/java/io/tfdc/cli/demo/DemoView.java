package io.tfdc.cli.demo;

import io.tfdc.cli.terminal.TerminalWindow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Where the demonstration is watched; used by one thread. */
interface DemoView extends AutoCloseable {
    /** Shows the state of affairs; called several times a second. */
    void show(DemoSnapshot now);

    @Override
    void close();

    static DemoView of(Demo.Display display, PrintWriter out, boolean colours) {
        return switch (display) {
            case NOTHING -> silent();
            case SCREEN -> new ScreenView(out, colours);
            case LINES -> new PlainView(out);
        };
    }

    /** Nothing is shown. */
    static DemoView silent() {
        return new DemoView() {
            @Override
            public void show(DemoSnapshot now) {
                // machines read the result
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
    }

    /** Redraws; asks for the terminal's size every two seconds. */
    final class ScreenView implements DemoView {
        private static final long SIZE_NANOS = 2_000_000_000L;

        private final TerminalWindow window;
        private final DemoScreen screen;
        private TerminalWindow.Size size = TerminalWindow.Size.USUAL;
        private long sizeAskedNanos = System.nanoTime() - SIZE_NANOS;

        ScreenView(PrintWriter out, boolean colours) {
            this.window = new TerminalWindow(out);
            this.screen = new DemoScreen(colours);
        }

        @Override
        public void show(DemoSnapshot now) {
            if (System.nanoTime() - sizeAskedNanos >= SIZE_NANOS) {
                sizeAskedNanos = System.nanoTime();
                size = TerminalWindow.size();
            }
            window.draw(screen.lines(now, size.width(), size.height()));
        }

        @Override
        public void close() {
            window.close();
        }
    }

    /** Prints lines. */
    final class PlainView implements DemoView {
        private static final long EVERY_NANOS = 2_000_000_000L;
        private static final int ALARMS_AT_ONCE = 3;

        private final PrintWriter out;
        private long printedNanos = System.nanoTime() - EVERY_NANOS;
        private long alarmsSeen;

        PlainView(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(DemoSnapshot now) {
            if (System.nanoTime() - printedNanos < EVERY_NANOS) {
                return;
            }
            printedNanos = System.nanoTime();
            out.printf(
                    Locale.ROOT,
                    "%4d s  %s runs  %.0f runs/s  p50 %s p99 %s  cache %s  charts %d judged %d learning  faults %d of %d%n",
                    now.elapsed().toSeconds(),
                    DemoScreen.count(now.done()),
                    now.runsPerSecond(),
                    DemoScreen.millis(now.latency().p50()),
                    DemoScreen.millis(now.latency().p99()),
                    DemoScreen.percent(now.cacheHitRate()),
                    now.chartsJudged(),
                    now.chartsLearning(),
                    now.faults().found(),
                    now.faults().injected());
            long fresh = Math.min(now.alarmCount() - alarmsSeen, now.alarms().size());
            alarmsSeen = now.alarmCount();
            List<DemoSnapshot.Alarm> newest = now.alarms().subList(0, (int) Math.min(ALARMS_AT_ONCE, fresh));
            for (int i = newest.size() - 1; i >= 0; i--) {
                DemoSnapshot.Alarm alarm = newest.get(i);
                out.println("        " + DemoScreen.name(alarm.severity()) + " " + alarm.chamber() + " " + alarm.rule()
                        + ": " + alarm.reason());
            }
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
