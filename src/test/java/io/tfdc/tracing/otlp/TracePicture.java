package io.tfdc.tracing.otlp;

import io.tfdc.testing.OtlpReceiver.Received;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws a trace as the waterfall that every trace viewer shows: docs/images/trace.svg is made by it. */
final class TracePicture {
    private static final int ROW = 24;
    private static final int LABELS = 300;
    private static final int BARS = 560;

    private final List<Received> spans;
    private final StringBuilder svg = new StringBuilder();
    private final long start;
    private final double nanosPerPixel;
    private int row;

    private TracePicture(List<Received> spans) {
        this.spans = spans.stream()
                .sorted(Comparator.comparingLong(Received::startNanos))
                .toList();
        this.start = this.spans.get(0).startNanos();
        long end = spans.stream().mapToLong(Received::endNanos).max().orElseThrow();
        this.nanosPerPixel = Math.max(1, end - start) / (double) BARS;
    }

    /** @param spans of one trace */
    static String draw(List<Received> spans) {
        TracePicture picture = new TracePicture(spans);
        for (Received root : picture.childrenOf("")) {
            picture.add(root, 0);
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + (LABELS + BARS + 80) + "\" height=\""
                + (picture.row * ROW + 16) + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + picture.svg + "</svg>\n";
    }

    private void add(Received span, int depth) {
        int y = 8 + row++ * ROW;
        double x = LABELS + (span.startNanos() - start) / nanosPerPixel;
        double width = Math.max(2, (span.endNanos() - span.startNanos()) / nanosPerPixel);
        boolean collector = span.resource().get("service.name").equals("collector");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" fill=\"#1b1f24\">%s</text>"
                        + "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\" fill=\"%s\"/>"
                        + "<text x=\"%.1f\" y=\"%d\" fill=\"#57606a\" font-size=\"11\">%.1f ms</text>%n",
                12 + depth * 16,
                y + 14,
                span.name(),
                x,
                y + 3,
                width,
                collector ? "#b35900" : "#0969da",
                x + width + 4,
                y + 14,
                (span.endNanos() - span.startNanos()) / 1e6));
        childrenOf(span.id()).forEach(child -> add(child, depth + 1));
    }

    private List<Received> childrenOf(String parent) {
        List<Received> children = new ArrayList<>(spans);
        children.removeIf(span -> !span.parent().equals(parent));
        return children;
    }
}
