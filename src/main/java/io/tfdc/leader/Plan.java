package io.tfdc.leader;

import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.SortedMap;

/**
 * Who owns what from now on.
 *
 * @param owners an owner for every chamber of the request, in chamber order
 * @param moves the difference to the owners before, in chamber order
 * @param statistics how even it is
 */
public record Plan(SortedMap<ChamberId, String> owners, List<Move> moves, PlanStatistics statistics) {
    public Plan {
        moves = List.copyOf(moves);
    }
}
