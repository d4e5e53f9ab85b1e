package io.tfdc.clustersim;

/** Publishes notifications: for every chamber one run after the other, each as often as the broker takes it. */
final class Feed {
    private static final long RETRY = 200 * VirtualTime.MILLI;

    private final World world;
    private final long until;
    private final Chance chance;
    private final long mean;

    /** @param until virtual time of the last run's end */
    Feed(World world, long until) {
        this.world = world;
        this.until = until;
        this.chance = world.chance().split();
        this.mean = world.scenario().runInterval().toNanos();
    }

    void start() {
        for (int chamber = 0; chamber < world.chambers().size(); chamber++) {
            next(chamber, 0, chance.between(0, mean));
        }
    }

    private void next(int chamber, long context, long delay) {
        world.time().after(delay, () -> {
            if (world.time().now() < until) {
                world.checks().effects().published(chamber, context);
                publish(chamber, context);
            }
        });
    }

    private void publish(int chamber, long context) {
        if (world.isBrokerOut()) {
            world.time().after(RETRY, () -> publish(chamber, context));
            return;
        }
        world.stream().publish(chamber, context);
        next(chamber, context + 1, chance.between(mean / 2, 3 * mean / 2));
    }
}
