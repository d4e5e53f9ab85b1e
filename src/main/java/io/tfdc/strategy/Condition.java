package io.tfdc.strategy;

/** A condition tied to the charts of a run. Immutable and shared; everything of a run comes with the view. */
interface Condition {
    /** Whether it holds for the run in a row; for rows before the last with the limits of this run. */
    Truth test(RunView run, int row);

    /** Says why it holds; called for conditions that hold in this run only, once an event is due. */
    void explain(RunView run, int row, Violations into);

    /** Takes the run into its memory, once per run and before any test. */
    default void advance(RunView run) {}

    /** How many things a count counts in it. */
    default int size() {
        return 1;
    }

    /** One of the things that a count counts. */
    default Truth testOne(RunView run, int row, int index) {
        return test(run, row);
    }

    /** Says why one of them holds. */
    default void explainOne(RunView run, int row, int index, Violations into) {
        explain(run, row, into);
    }
}
