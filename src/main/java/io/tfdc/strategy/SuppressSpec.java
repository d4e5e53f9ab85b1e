package io.tfdc.strategy;

import java.util.List;

/**
 * Contexts in which findings don't count.
 *
 * @param when the runs
 * @param rules the rules concerned
 * @param effect what happens instead
 */
record SuppressSpec(ContextMatch when, List<Glob> rules, Effect effect) {
    /** What happens to findings, mildest first. */
    enum Effect {
        /** Nothing is suppressed. */
        NONE,
        /** Events are stored and not published. */
        LOG_ONLY,
        /** There are no events. */
        IGNORE,
        /** Events are stored and not published, and the run doesn't enter the history. */
        EXCLUDE
    }
}
