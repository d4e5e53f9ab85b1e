package io.tfdc.cli;

/**
 * Two servers of one process on one port would both start: Vert.x lets them share it and gives connections to one and the other in turn, so
 * that half of the requests meet the wrong one.
 */
final class DistinctPorts {
    private DistinctPorts() {}

    /** Refuses two settings with the same port; 0 picks a free one each time. */
    static void require(String oneSetting, int onePort, String otherSetting, int otherPort) {
        if (onePort != 0 && onePort == otherPort) {
            throw CommandException.usage(oneSetting + " and " + otherSetting + ": expected two ports, found " + onePort
                    + " for both (--set " + otherSetting + "=N)");
        }
    }
}
