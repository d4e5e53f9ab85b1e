package io.tfdc.spc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which samples of a run an indicator looks at: the whole run or one visit of a recipe step, with trims at both ends.
 *
 * <p>Canonical text: {@code run}, <code>step4</code>, {@code step4#2} (second visit), {@code step5[2s,-1s]} (without the first two and
 * the last second), {@code step5[2s]}, {@code step5[,-3n]} (without the last three samples). {@link #parse} and {@link #toString}
 * are inverse, so the text can be a key.
 *
 * @param step recipe step number, or {@link #WHOLE_RUN}
 * @param occurrence which visit of a repeated step, from 1
 * @param head what is taken off the start
 * @param tail what is taken off the end
 */
public record WindowSpec(int step, int occurrence, Trim head, Trim tail) {
    /** In place of a step number: the whole run. */
    public static final int WHOLE_RUN = -1;

    /** Highest step number. */
    public static final int MAX_STEP = 1_000_000;

    static final int MAX_OCCURRENCE = 100_000;

    /** The whole run, untrimmed. */
    public static final WindowSpec RUN = new WindowSpec(WHOLE_RUN, 1, Trim.NONE, Trim.NONE);

    private static final Pattern FORM =
            Pattern.compile("(?:run|step(\\d{1,7})(?:#(\\d{1,6}))?)(?:\\[([^,\\]]{0,24})(?:,-([^,\\]]{1,24}))?])?");

    public WindowSpec {
        if (step < WHOLE_RUN || step > MAX_STEP) {
            throw new IllegalArgumentException("step " + step + ": expected 0 to " + MAX_STEP);
        }
        if (occurrence < 1 || occurrence > MAX_OCCURRENCE || (step == WHOLE_RUN && occurrence != 1)) {
            throw new IllegalArgumentException(
                    "occurrence " + occurrence + ": expected 1 to " + MAX_OCCURRENCE + ", 1 for the whole run");
        }
    }

    /** First visit of a step, untrimmed. */
    public static WindowSpec ofStep(int step) {
        return ofStep(step, 1);
    }

    /** The n-th visit (from 1) of a step, untrimmed. */
    public static WindowSpec ofStep(int step, int occurrence) {
        if (step < 0) {
            throw new IllegalArgumentException("step " + step + ": expected 0 to " + MAX_STEP);
        }
        return new WindowSpec(step, occurrence, Trim.NONE, Trim.NONE);
    }

    public WindowSpec trimmed(Trim head, Trim tail) {
        return new WindowSpec(step, occurrence, head, tail);
    }

    public boolean isWholeRun() {
        return step == WHOLE_RUN;
    }

    /**
     * Reads the canonical text; an explicit first visit ({@code step4#1}) and fractions ({@code 1.5s}) are accepted too.
     *
     * @throws SpcFormatException when the text is anything else
     */
    public static WindowSpec parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw malformed(text);
        }
        String head = m.group(3);
        String tail = m.group(4);
        if (head != null && head.isEmpty() && tail == null) {
            throw malformed(text);
        }
        try {
            return new WindowSpec(
                    m.group(1) == null ? WHOLE_RUN : Integer.parseInt(m.group(1)),
                    m.group(2) == null ? 1 : Integer.parseInt(m.group(2)),
                    head == null || head.isEmpty() ? Trim.NONE : Trim.parse(head),
                    tail == null ? Trim.NONE : Trim.parse(tail));
        } catch (SpcFormatException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SpcFormatException("window", text, "values in range (" + e.getMessage() + ")");
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(24);
        if (isWholeRun()) {
            text.append("run");
        } else {
            text.append("step").append(step);
            if (occurrence > 1) {
                text.append('#').append(occurrence);
            }
        }
        if (!head.isNone() || !tail.isNone()) {
            text.append('[');
            if (!head.isNone()) {
                text.append(head);
            }
            if (!tail.isNone()) {
                text.append(",-").append(tail);
            }
            text.append(']');
        }
        return text.toString();
    }

    private static SpcFormatException malformed(String text) {
        return new SpcFormatException("window", text, "run, step4, step4#2 or step5[2s,-1s]");
    }
}
