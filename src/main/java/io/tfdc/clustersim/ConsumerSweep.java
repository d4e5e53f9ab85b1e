package io.tfdc.clustersim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Deletes consumers as clients do: asks which there are, then deletes them one by one. */
final class ConsumerSweep {
    private final World world;
    private final Link link;
    private final Consumer<String> failed;
    private final Runnable done;
    private int left;
    private boolean over;

    private ConsumerSweep(World world, Link link, Runnable done, Consumer<String> failed) {
        this.world = world;
        this.link = link;
        this.done = done;
        this.failed = failed;
    }

    /** Deletes all that meet the condition at the time at which they are listed. */
    static void start(
            World world, Link link, Predicate<SimulatedConsumer> condition, Runnable done, Consumer<String> failed) {
        ConsumerSweep sweep = new ConsumerSweep(world, link, done, failed);
        link.<List<String>>request(
                Link.Channel.STREAM,
                () -> world.stream().consumers().values().stream()
                        .filter(condition)
                        .map(SimulatedConsumer::name)
                        .toList(),
                sweep::delete,
                failed);
    }

    private void delete(List<String> names) {
        left = names.size();
        if (left == 0) {
            done.run();
        }
        for (String name : names) {
            link.request(
                    Link.Channel.STREAM,
                    () -> {
                        world.timeline().note("broker", "deletes consumer", name);
                        return world.stream().delete(name);
                    },
                    outcome -> oneLess(),
                    this::fail);
        }
    }

    private void oneLess() {
        if (--left == 0 && !over) {
            done.run();
        }
    }

    private void fail(String reason) {
        if (!over) {
            over = true;
            failed.accept(reason);
        }
    }
}
