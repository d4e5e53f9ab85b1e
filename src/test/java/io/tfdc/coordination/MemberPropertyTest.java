package io.tfdc.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens, no two processes hold one chamber; and when it stops happening, every chamber is worked on by its owner. */
class MemberPropertyTest {
    private static final List<ChamberId> CHAMBERS = IntStream.range(0, 12)
            .mapToObj(n -> new ChamberId("T" + n / 3, "C" + n % 3))
            .toList();

    static IntStream seeds() {
        int first = Integer.getInteger("member.first", 0);
        return IntStream.range(first, first + Integer.getInteger("member.seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_holder_at_a_time_and_all_covered_in_the_end(int seed) {
        ToyCluster cluster = new ToyCluster(seed);
        for (int pod = 0; pod < 3 + seed % 4; pod++) {
            cluster.start("pod" + pod);
        }
        ToyLeader leader = new ToyLeader(cluster, CHAMBERS, 3);
        cluster.run(Duration.ofSeconds(8));
        for (int round = 0; round < 25; round++) {
            disturb(cluster, leader);
            cluster.run(Duration.ofMillis(500 + cluster.random.nextInt(6_000)));
        }
        leader.restless = false;
        cluster.failures = 0;
        cluster.nodes.forEach(cluster::connect);
        cluster.start("last");
        cluster.run(Duration.ofSeconds(300));

        assertEquals(new TreeMap<>(), leader.releasing, "moves that never end");
        for (ChamberId chamber : CHAMBERS) {
            List<ToyCluster.Node> holders = cluster.nodes.stream()
                    .filter(node -> node.alive && node.core.serves(chamber, cluster.nanos))
                    .toList();
            assertEquals(
                    1,
                    holders.size(),
                    () -> chamber + " of " + leader.owners.get(chamber) + " is held by " + holders + " of "
                            + cluster.nodes + " consumers " + cluster.consumers);
            assertEquals(leader.owners.get(chamber), holders.get(0).view().id().orElseThrow());
        }
        for (ToyCluster.Node node : cluster.nodes) {
            if (node.alive) {
                assertTrue(
                        Set.of(MemberState.STABLE, MemberState.STANDBY)
                                .contains(node.view().state()),
                        node::toString);
                assertTrue(node.view().slices() <= ToyCluster.SETTINGS.maxSlices(), node::toString);
            }
        }
    }

    private static void disturb(ToyCluster cluster, ToyLeader leader) {
        List<ToyCluster.Node> living =
                cluster.nodes.stream().filter(node -> node.alive).toList();
        if (living.isEmpty()) {
            cluster.start("pod" + cluster.boots);
            return;
        }
        ToyCluster.Node node = living.get(cluster.random.nextInt(living.size()));
        switch (cluster.random.nextInt(9)) {
            case 0 -> {
                cluster.disconnect(node);
                long away = (100 + cluster.random.nextInt(9_000)) * ToyCluster.MS;
                cluster.at(cluster.nanos + away, () -> cluster.connect(node));
            }
            case 1 -> node.frozenUntil = cluster.nanos + (500L + cluster.random.nextInt(9_000)) * ToyCluster.MS;
            case 2 -> {
                cluster.kill(node);
                cluster.start(cluster.random.nextBoolean() ? node.identity.podUid() : "pod" + cluster.boots);
            }
            case 3 -> cluster.start("pod" + cluster.boots);
            case 4 -> {
                if (living.size() > 2) {
                    node.deliver(new MemberEvent.ShutdownRequested());
                }
            }
            case 5 -> leader.succeed();
            case 6 -> cluster.consumers.keySet().stream().findAny().ifPresent(cluster::fence);
            case 7 -> node.frozenUntil = cluster.nanos + 40_000 * ToyCluster.MS;
            default -> {
                // Moves alone.
            }
        }
    }
}
