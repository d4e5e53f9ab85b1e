package io.tfdc.cli.backtest;

import io.tfdc.model.Severity;
import io.tfdc.strategy.StrategyBook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges the same runs by one or two sets of strategies. */
public final class Backtest {
    private final Map<String, StrategyBook> books;
    private final Severity least;

    /**
     * @param books name to strategies, in the order to report
     * @param least events below this severity don't count as alarms
     */
    public Backtest(Map<String, StrategyBook> books, Severity least) {
        this.books = new LinkedHashMap<>(books);
        this.least = least;
    }

    /** Judges runs in order: what the system would have said. */
    public List<BacktestResult> replay(RunFeed feed) throws IOException {
        List<StrategyReplay> replays =
                books.values().stream().map(StrategyReplay::new).toList();
        List<BacktestResult> results = results();
        for (ReplayedRun run = feed.next(); run != null; run = feed.next()) {
            for (int i = 0; i < replays.size(); i++) {
                BacktestResult result = results.get(i);
                replays.get(i).judge(run, result::judged, result::unmatched);
            }
        }
        return results;
    }

    /** Judges every run by limits from all other good runs of its chamber and group; runs without labels count as good. */
    public List<BacktestResult> leaveOneOut(RunFeed feed) throws IOException {
        List<StrategyReplay> replays =
                books.values().stream().map(StrategyReplay::new).toList();
        List<BacktestResult> results = results();
        for (ReplayedRun run = feed.next(); run != null; run = feed.next()) {
            for (int i = 0; i < replays.size(); i++) {
                replays.get(i).keep(run, results.get(i)::unmatched);
            }
        }
        for (int i = 0; i < replays.size(); i++) {
            replays.get(i).judgeKept(run -> !Labels.isFault(run), results.get(i)::judged);
        }
        return results;
    }

    private List<BacktestResult> results() {
        List<BacktestResult> results = new ArrayList<>();
        books.keySet().forEach(name -> results.add(new BacktestResult(name, least)));
        return results;
    }
}
