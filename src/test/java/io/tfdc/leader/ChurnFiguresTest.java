package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sixty random changes of 20 to 60 members with 2,400 chambers of the documents' mix. The requirements allow 5.5 % moved per event where 2.8 %
 * are orphans, hence 2.7 % beyond the orphans; a mean of max/mean of 1.07; counts of 1.25 times the mean.
 */
class ChurnFiguresTest {
    private static final int EVENTS = 60;
    private static final double BEYOND_ORPHANS = 2.7;
    private static final double MAX_OVER_MEAN = 1.07;

    @ParameterizedTest(name = "seed {0}, up to {1} at once")
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 1", "5, 1", "6, 1", "1, 3", "2, 3", "3, 3", "4, 3", "5, 3", "6, 3"})
    void changesCostLittleAndLeaveTheClusterEven(long seed, int atOnce) {
        Random random = new Random(seed);
        List<ChamberLoad> fab = Fab.documentMix(2_400, seed);
        List<String> members = new ArrayList<>(Fab.members(30));
        Map<ChamberId, String> owners = Fab.cold(fab, 30);
        int orphans = 0;
        int balanced = 0;
        double ratios = 0;
        for (int event = 0; event < EVENTS; event++) {
            boolean join = members.size() <= 20 || members.size() < 60 && random.nextBoolean();
            for (int k = 1 + random.nextInt(atOnce); k > 0; k--) {
                if (join) {
                    members.add("joined-" + event + '-' + k);
                } else {
                    members.remove(random.nextInt(members.size()));
                }
            }
            Plan first = plan(fab, members, owners, 0);
            Plan second = plan(fab, members, first.owners(), Integer.MAX_VALUE);
            owners = second.owners();
            orphans += first.statistics().moved();
            balanced += second.statistics().moved();
            PlanStatistics statistics = second.statistics();
            ratios += statistics.maxOverMean();
            int cap = (int) Math.ceil(1.25 * fab.size() / members.size());
            assertTrue(statistics.maxCount() <= cap, () -> "seed " + seed + ": " + statistics);
        }
        String figures = "seed %d: moved per event %.2f %% as orphans, %.2f %% for balance; mean of max/mean %.3f"
                .formatted(seed, share(orphans, fab), share(balanced, fab), ratios / EVENTS);
        assertTrue(share(balanced, fab) <= BEYOND_ORPHANS, figures);
        assertTrue(atOnce > 1 || share(orphans + balanced, fab) <= 5.5, figures);
        assertTrue(ratios / EVENTS <= MAX_OVER_MEAN, figures);
    }

    private static double share(int moved, List<ChamberLoad> fab) {
        return 100.0 * moved / EVENTS / fab.size();
    }

    private static Plan plan(List<ChamberLoad> fab, List<String> members, Map<ChamberId, String> owners, int budget) {
        return new StickyPlanner()
                .plan(PlanRequest.of(fab, members, owners, PlannerOptions.DEFAULT.withBudget(budget)));
    }
}
