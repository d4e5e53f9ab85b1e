package io.tfdc.scenarios;

import io.tfdc.model.ChamberId;
import io.tfdc.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The books of a scenario: every notification that was published, and every execution that a process told of, chamber by chamber. Times
 * are times of day of one machine. Safe for use from several threads.
 */
final class Ledger {
    /**
     * A process says that it has finished a run.
     *
     * @param number number of the run in its chamber
     * @param process the pod and its container
     * @param at when the process said so
     * @param settled whether the broker confirmed the acknowledgement
     */
    record Execution(int number, String process, Instant at, boolean settled) {}

    /** One chamber's entries. */
    private static final class Page {
        final List<Instant> published = new ArrayList<>();
        final List<Execution> executions = new ArrayList<>();

        boolean isPublishedAfter(Instant time, Execution one) {
            return one.number() >= published.size()
                    || published.get(one.number()).isAfter(time);
        }

        boolean isExecutedElsewhere(Execution one) {
            return executions.stream()
                    .anyMatch(other ->
                            other.number() == one.number() && !other.process().equals(one.process()));
        }
    }

    private final Map<ChamberId, Page> pages = new TreeMap<>();

    Ledger(Collection<ChamberId> chambers) {
        chambers.forEach(chamber -> pages.put(chamber, new Page()));
    }

    Set<ChamberId> chambers() {
        return Collections.unmodifiableSet(pages.keySet());
    }

    /** The broker has confirmed the chamber's next notification. */
    synchronized void published(ChamberId chamber, Instant at) {
        page(chamber).published.add(at);
    }

    synchronized void executed(RunId run, String process, Instant at, boolean settled) {
        Page page = pages.get(run.chamber());
        if (page != null) {
            int number = Integer.parseInt(run.context().substring(run.context().indexOf('_') + 1));
            page.executions.add(new Execution(number, process, at, settled));
        }
    }

    synchronized int published(ChamberId chamber) {
        return page(chamber).published.size();
    }

    synchronized long published() {
        return pages.values().stream().mapToLong(page -> page.published.size()).sum();
    }

    synchronized List<Execution> executions(ChamberId chamber) {
        return List.copyOf(page(chamber).executions);
    }

    /** Executions that satisfy a condition, of all chambers. */
    synchronized long executions(Predicate<Execution> condition) {
        return pages.values().stream()
                .flatMap(page -> page.executions.stream())
                .filter(condition)
                .count();
    }

    /**
     * Executions that satisfy a condition, of runs that were published after a fault or that another process has executed as well. Other runs were
     * settled before the fault: what had not been would have gone to another process.
     */
    synchronized long ofRunsOfOthers(Instant fault, Predicate<Execution> condition) {
        return pages.values().stream()
                .mapToLong(page -> page.executions.stream()
                        .filter(condition)
                        .filter(one -> page.isPublishedAfter(fault, one) || page.isExecutedElsewhere(one))
                        .count())
                .sum();
    }

    /** The first execution of the chamber after a time that satisfies a condition. */
    synchronized Optional<Instant> firstAfter(ChamberId chamber, Instant time, Predicate<Execution> condition) {
        return page(chamber).executions.stream()
                .filter(execution -> execution.at().isAfter(time) && condition.test(execution))
                .map(Execution::at)
                .min(Instant::compareTo);
    }

    /** How long after a time each of these chambers was first executed by a process that is none of the given ones. */
    Distribution recoveries(Set<ChamberId> orphans, Instant time, Set<String> gone) {
        List<Duration> recoveries = new ArrayList<>();
        for (ChamberId chamber : orphans) {
            firstAfter(chamber, time, execution -> !gone.contains(execution.process()))
                    .ifPresent(first -> recoveries.add(Duration.between(time, first)));
        }
        return Distribution.of(recoveries);
    }

    /** Whether every chamber has been executed after a time. */
    boolean allExecutedAfter(Instant time) {
        return chambers().stream()
                .allMatch(
                        chamber -> firstAfter(chamber, time, execution -> true).isPresent());
    }

    /** The longest time between two executions of the chamber that lies in, or reaches into, a window. */
    synchronized Duration longestPause(ChamberId chamber, Instant from, Instant to) {
        Duration longest = Duration.ZERO;
        Instant last = null;
        for (Execution execution :
                page(chamber).executions.stream().sorted(Ledger::byTime).toList()) {
            if (last != null && execution.at().isAfter(from) && last.isBefore(to)) {
                Duration pause = Duration.between(last, execution.at());
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
            last = execution.at();
        }
        return longest;
    }

    /** {@link #longestPause} of every chamber. */
    Distribution pauses(Instant from, Instant to) {
        return Distribution.of(chambers().stream()
                .map(chamber -> longestPause(chamber, from, to))
                .toList());
    }

    /** Times from publication to settled execution, of what was published in a window. */
    synchronized Distribution latencies(Instant from, Instant to) {
        List<Duration> latencies = new ArrayList<>();
        for (Page page : pages.values()) {
            Map<Integer, Instant> first = new HashMap<>();
            page.executions.forEach(
                    execution -> first.merge(execution.number(), execution.at(), (a, b) -> a.isBefore(b) ? a : b));
            for (int number = 0; number < page.published.size(); number++) {
                Instant at = page.published.get(number);
                if (!at.isBefore(from) && at.isBefore(to) && first.containsKey(number)) {
                    latencies.add(Duration.between(at, first.get(number)));
                }
            }
        }
        return Distribution.of(latencies);
    }

    /** Executions beyond the first of a run. They have no further effect, but on planned moves there are none. */
    synchronized int repeated() {
        int repeated = 0;
        for (Page page : pages.values()) {
            Set<Integer> seen = new TreeSet<>();
            for (Execution execution : page.executions) {
                repeated += seen.add(execution.number()) ? 0 : 1;
            }
        }
        return repeated;
    }

    /** Runs first executed after a later run of their chamber. */
    synchronized int inversions() {
        return late().size();
    }

    /** A run that came after a later one of its chamber. */
    record Late(ChamberId chamber, Execution execution, Execution earlier) {}

    /** {@link #inversions()}, one by one. */
    synchronized List<Late> late() {
        List<Late> late = new ArrayList<>();
        pages.forEach((chamber, page) -> {
            Execution highest = null;
            Set<Integer> seen = new TreeSet<>();
            for (Execution execution :
                    page.executions.stream().sorted(Ledger::byTime).toList()) {
                boolean first = seen.add(execution.number());
                if (highest == null || execution.number() > highest.number()) {
                    highest = execution;
                } else if (first) {
                    late.add(new Late(chamber, execution, highest));
                }
            }
        });
        return late;
    }

    private static int byTime(Execution one, Execution other) {
        int byTime = one.at().compareTo(other.at());
        return byTime != 0 ? byTime : Integer.compare(one.number(), other.number());
    }

    private Page page(ChamberId chamber) {
        Page page = pages.get(chamber);
        if (page == null) {
            throw new IllegalArgumentException("no page for " + chamber);
        }
        return page;
    }
}
