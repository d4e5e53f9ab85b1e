package io.tfdc.election;

import io.tfdc.election.embedded.EmbeddedElection;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

class EmbeddedElectionTest extends ElectionContract {
    private final Map<String, ElectionService> elections = new HashMap<>();

    @Override
    ElectionService connect(Vertx vertx, String election) {
        return elections.computeIfAbsent(election, name -> EmbeddedElection.create());
    }
}
