package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.spc.IndicatorSpec;
import io.tfdc.spc.Trim;
import io.tfdc.spc.WindowSpec;
import io.tfdc.yaml.YamlPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What to compute: one chart or, with patterns, many.
 *
 * @param id name for rules; empty if it has none
 * @param svids SVIDs; exact names are expected in every run
 * @param except SVIDs to leave out
 * @param steps recipe steps, {@link WindowSpec#WHOLE_RUN} for the whole run
 * @param anyStep all steps that the run has
 * @param occurrences visits of each step, from 1
 * @param head left out at the window's start
 * @param tail left out at its end
 * @param statistics at least one
 * @param required whether a run without it is incomplete
 * @param at where it stands
 */
record IndicatorEntry(
        String id,
        List<Glob> svids,
        List<Glob> except,
        List<Integer> steps,
        boolean anyStep,
        List<Integer> occurrences,
        Trim head,
        Trim tail,
        List<IndicatorSpec> statistics,
        boolean required,
        YamlPosition at) {
    IndicatorEntry {
        svids = List.copyOf(svids);
        except = List.copyOf(except);
        steps = List.copyOf(steps);
        occurrences = List.copyOf(occurrences);
        statistics = List.copyOf(statistics);
    }

    /** Whether it names exactly one chart, whatever the run. */
    boolean isSingle() {
        return svids.size() == 1
                && svids.get(0).isExact()
                && !anyStep
                && steps.size() == 1
                && occurrences.size() == 1
                && statistics.size() == 1;
    }

    /** Gives the charts in order of SVID, step and statistic; a run's names that can't be SVIDs have none. */
    void expand(List<String> runSvids, List<Integer> runSteps, Consumer<IndicatorKey> charts) {
        List<String> windows = windows(anyStep ? runSteps : steps);
        for (Glob pattern : svids) {
            List<String> names = pattern.isExact()
                    ? List.of(pattern.text())
                    : runSvids.stream()
                            .filter(name -> pattern.matches(name) && IndicatorKey.isSvid(name))
                            .toList();
            for (String svid : names) {
                if (except.stream().anyMatch(glob -> glob.matches(svid))) {
                    continue;
                }
                for (String window : windows) {
                    for (IndicatorSpec statistic : statistics) {
                        charts.accept(new IndicatorKey(svid, window, statistic.toString()));
                    }
                }
            }
        }
    }

    private List<String> windows(List<Integer> of) {
        List<String> windows = new ArrayList<>();
        for (int step : of) {
            for (int occurrence : step == WindowSpec.WHOLE_RUN ? List.of(1) : occurrences) {
                windows.add(new WindowSpec(step, occurrence, head, tail).toString());
            }
        }
        return windows;
    }
}
