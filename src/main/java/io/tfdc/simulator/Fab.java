package io.tfdc.simulator;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A simulated fab: tools of several types whose chambers process wafers side by side. Runs come in the order of their start; a
 * chamber's runs depend on nothing but the configuration and their number.
 */
public final class Fab implements RunSource {
    private final List<ChamberId> chambers = new ArrayList<>();
    private final List<ChamberMetadata> metadata = new ArrayList<>();
    private final PriorityQueue<Place> queue = new PriorityQueue<>(
            Comparator.comparing((Place place) -> place.chamber.nextStart()).thenComparingInt(Place::number));

    private record Place(int number, SimulatedChamber chamber) {}

    public Fab(FabConfig config) {
        List<ToolModel> models = ToolModels.standard().stream()
                .map(model -> model.withLoad(config.minSvids(), config.hz()))
                .toList();
        Dice layout = new Dice(config.seed()).fork("layout");
        for (int tool = 0; tool < config.tools() && chambers.size() < config.maxChambers(); tool++) {
            ToolModel model = models.get(tool % models.size());
            String name = "%s-%02d".formatted(model.toolType(), tool / models.size() + 1);
            int count = Math.min(2 + layout.below(2), config.maxChambers() - chambers.size());
            for (int c = 0; c < count; c++) {
                ChamberId id = new ChamberId(name, String.valueOf((char) ('A' + c)));
                queue.add(new Place(chambers.size(), new SimulatedChamber(id, model, config)));
                chambers.add(id);
                metadata.add(metadata(id, model, config.start()));
            }
        }
    }

    /** All chambers in a fixed order. */
    public List<ChamberId> chambers() {
        return List.copyOf(chambers);
    }

    /** What a planner should know of the chambers' load. */
    public List<ChamberMetadata> metadata() {
        return List.copyOf(metadata);
    }

    /** The next run; there is always one. */
    @Override
    public SimulatedRun next() {
        Place place = queue.remove();
        SimulatedRun run = place.chamber.next();
        queue.add(place);
        return run;
    }

    private static ChamberMetadata metadata(ChamberId id, ToolModel model, Instant at) {
        int svids = model.signals().size() + 1;
        long weight = Math.round(svids * model.hz() * model.nominalSeconds());
        Duration duration = Duration.ofMillis(Math.round(model.nominalSeconds() * 1000));
        return new ChamberMetadata(id, svids, model.hz(), duration, weight, at);
    }
}
