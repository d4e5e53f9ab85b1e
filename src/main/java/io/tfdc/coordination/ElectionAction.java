package io.tfdc.coordination;

import java.time.Duration;

/** What a candidate wants to ask of the election service, one at a time; see {@link Leadership}. */
public sealed interface ElectionAction {
    /** Tells this action from all others of the candidate's side. */
    long number();

    /** In whose name. */
    String candidate();

    /** Answer: {@link Leadership#campaigned}. */
    record Campaign(long number, String candidate, Duration term) implements ElectionAction {}

    /** Answer: {@link Leadership#extended}. */
    record Extend(long number, String candidate, Duration term) implements ElectionAction {}

    /** Answer: {@link Leadership#resigned}. */
    record Resign(long number, String candidate) implements ElectionAction {}
}
