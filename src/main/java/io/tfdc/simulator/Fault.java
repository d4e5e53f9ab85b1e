package io.tfdc.simulator;

/**
 * What was done to a run: the truth that detection is measured against. Faults that last several runs share their episode.
 *
 * @param episode unique within the fab, e.g. {@code ETCH-01:A#3}
 * @param kind what is wrong
 * @param svid the status variable that the fault sits in, empty for the run as a whole; the label of a recorded one
 * @param step number of the recipe step where it acts, 0 if unknown
 * @param magnitude size in the signal's unit; seconds, factor or share where the kind says so; signed
 * @param age how many runs the episode has lasted before this one
 */
public record Fault(String episode, FaultKind kind, String svid, int step, double magnitude, int age) {
    @Override
    public String toString() {
        if (kind == FaultKind.LABELLED) {
            return "\"" + svid + '"';
        }
        return kind.text() + (svid.isEmpty() ? "" : " of " + svid) + " in step " + step;
    }
}
