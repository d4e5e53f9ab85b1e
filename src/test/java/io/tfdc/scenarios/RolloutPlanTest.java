package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.scenarios.RolloutPlan.Census;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
    @Test
    void aNewDeploymentCreatesAllAtOnce() {
        assertEquals(new RolloutPlan(30, 0, 0), RolloutPlan.next(30, 10, 0, new Census(0, 0, 0, 0)));
    }

    @Test
    void surgeCreatesFirstAndRemovesAsManyAsAreReady() {
        assertEquals(new RolloutPlan(10, 0, 0), RolloutPlan.next(30, 10, 0, new Census(0, 0, 30, 30)));
        assertEquals(new RolloutPlan(0, 0, 0), RolloutPlan.next(30, 10, 0, new Census(10, 0, 30, 30)));
        assertEquals(new RolloutPlan(0, 0, 4), RolloutPlan.next(30, 10, 0, new Census(10, 4, 30, 30)));
    }

    @Test
    void withoutSurgeOldOnesGoFirst() {
        assertEquals(new RolloutPlan(0, 0, 5), RolloutPlan.next(30, 0, 5, new Census(0, 0, 30, 30)));
        assertEquals(new RolloutPlan(5, 0, 0), RolloutPlan.next(30, 0, 5, new Census(0, 0, 25, 25)));
        assertEquals(new RolloutPlan(0, 0, 2), RolloutPlan.next(30, 0, 5, new Census(5, 2, 25, 25)));
    }

    @Test
    void oldPodsThatAreNotReadyGoWithoutWaiting() {
        assertEquals(new RolloutPlan(0, 0, 3), RolloutPlan.next(10, 3, 0, new Census(3, 3, 10, 10)));
        assertEquals(new RolloutPlan(2, 0, 1), RolloutPlan.next(10, 3, 0, new Census(0, 0, 11, 10)));
    }

    @Test
    void scalingDownRemovesWhatIsTooMany() {
        assertEquals(new RolloutPlan(0, 15, 0), RolloutPlan.next(30, 10, 0, new Census(45, 45, 0, 0)));
        assertTrue(RolloutPlan.next(30, 10, 0, new Census(30, 12, 0, 0)).isNothing());
    }
}
