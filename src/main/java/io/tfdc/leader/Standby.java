package io.tfdc.leader;

import io.tfdc.coordination.Heartbeat;

/**
 * A process without an id.
 *
 * @param heartbeat its last heartbeat
 * @param since when its first one arrived, steady nanoseconds
 * @param heardAt when its last one arrived
 */
record Standby(Heartbeat heartbeat, long since, long heardAt) {
    String incarnation() {
        return heartbeat.incarnation();
    }
}
