package io.tfdc.cli;

import io.tfdc.model.ChamberId;
import io.tfdc.processing.Ownership;
import io.vertx.core.Future;

/** Ownership for processing that starts before its process has joined the cluster: until then nothing is its own. */
final class LateOwnership implements Ownership {
    private static final Ownership NOTHING = new Ownership() {
        @Override
        public Future<Boolean> begin(ChamberId chamber) {
            return Future.succeededFuture(false);
        }

        @Override
        public void end(ChamberId chamber) {
            // nothing begins
        }

        @Override
        public Future<Boolean> mayStore(ChamberId chamber) {
            return Future.succeededFuture(false);
        }

        @Override
        public boolean owns(ChamberId chamber) {
            return false;
        }
    };

    private volatile Ownership joined = NOTHING;

    void join(Ownership ownership) {
        joined = ownership;
    }

    @Override
    public Future<Boolean> begin(ChamberId chamber) {
        return joined.begin(chamber);
    }

    @Override
    public void end(ChamberId chamber) {
        joined.end(chamber);
    }

    @Override
    public Future<Boolean> mayStore(ChamberId chamber) {
        return joined.mayStore(chamber);
    }

    @Override
    public boolean owns(ChamberId chamber) {
        return joined.owns(chamber);
    }
}
