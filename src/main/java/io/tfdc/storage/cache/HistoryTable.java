package io.tfdc.storage.cache;

import io.tfdc.model.ChamberId;
import io.tfdc.model.UChart;
import io.tfdc.storage.codec.LayoutTable;
import io.tfdc.storage.codec.UChartCodec;
import io.tfdc.storage.database.SqliteDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the cache in an in-memory database, and which part of the history they cover. Bounded by pages: when they run out,
 * the chambers that were asked for longest ago go first. Worker thread only.
 *
 * <p>The journal is off, so a statement that fails half-way may leave the database damaged: the owner then opens a new one.
 */
final class HistoryTable implements AutoCloseable {
    private static final int PAGE_BYTES = 8192;
    /** Pages beyond the rows' own that one insert may take: b-tree splits and the index. */
    private static final int SPARE_PAGES = 16;

    private final SqliteDatabase database;
    private final UChartCodec codec = new UChartCodec(new LayoutTable(2048));
    private final CacheOptions options;
    private final long maxPages;
    /** In the order of their last use. */
    private final LinkedHashMap<ChamberId, CachedChamber> chambers = new LinkedHashMap<>(64, 0.75f, true);

    private long nextNumber;
    private long evictions;
    private long runs;

    private HistoryTable(SqliteDatabase database, CacheOptions options, long firstNumber) {
        this.nextNumber = firstNumber;
        this.database = database;
        this.options = options;
        this.maxPages = options.maxBytes() / PAGE_BYTES;
    }

    /** @param firstNumber greater than every number of a table before, so that no load begun there is taken here */
    static HistoryTable open(CacheOptions options, long firstNumber) throws SQLException {
        SqliteDatabase database = SqliteDatabase.open(
                "jdbc:sqlite::memory:",
                List.of(
                        "PRAGMA page_size = " + PAGE_BYTES,
                        "PRAGMA journal_mode = OFF",
                        "PRAGMA synchronous = OFF",
                        "PRAGMA locking_mode = EXCLUSIVE",
                        "PRAGMA temp_store = MEMORY",
                        "PRAGMA max_page_count = " + options.maxBytes() / PAGE_BYTES,
                        """
                        CREATE TABLE runs (
                            chamber INTEGER NOT NULL, grp INTEGER NOT NULL, ended INTEGER NOT NULL,
                            context TEXT NOT NULL, value BLOB NOT NULL)
                        """,
                        "CREATE UNIQUE INDEX runs_key ON runs (chamber, ended, context)",
                        "CREATE INDEX runs_group ON runs (grp, ended DESC, context DESC)"));
        return new HistoryTable(database, options, firstNumber);
    }

    /** What a look-up found: the answer, or why there is none. */
    record Lookup(@Nullable List<UChart> found, long stay, boolean loadable, boolean prefetched) {}

    /** The newest runs of a group before a time, if all of them are here. */
    Lookup find(ChamberId chamber, String group, long before, int max) throws SQLException {
        CachedChamber known = enter(chamber);
        CachedChamber.Group entry = group(known, group);
        RunKey from = entry.coveredFrom;
        if (from == null || (entry.depth < max && !from.equals(RunKey.FIRST))) {
            return new Lookup(null, known.stay, true, known.coveredFrom != null);
        }
        Optional<List<UChart>> charts = read(entry, from, before, max);
        if (charts.isEmpty()) {
            drop(chamber);
            return new Lookup(null, -1, false, false);
        }
        boolean complete = charts.get().size() == max || from.equals(RunKey.FIRST);
        return new Lookup(complete ? charts.get() : null, known.stay, false, known.coveredFrom != null);
    }

    private Optional<List<UChart>> read(CachedChamber.Group group, RunKey from, long before, int max)
            throws SQLException {
        List<UChart> charts = new ArrayList<>();
        List<Optional<UChart>> rows = database.query(
                """
                SELECT value FROM runs WHERE grp = ? AND ended < ? AND (ended, context) >= (?, ?)
                ORDER BY ended DESC, context DESC LIMIT ?
                """,
                row -> codec.decodeReferring(row.getBytes(1), "history cache"),
                group.number,
                before,
                from.ended(),
                from.context(),
                max);
        for (Optional<UChart> row : rows) {
            if (row.isEmpty()) {
                return Optional.empty();
            }
            charts.add(row.get());
        }
        return Optional.of(List.copyOf(charts));
    }

    /** Takes the newest runs of a group as the store gave them; {@code whole} if the store has no older ones. */
    void fill(ChamberId chamber, long stay, String group, List<UChart> newest, int depth, boolean whole)
            throws SQLException {
        CachedChamber known = chambers.get(chamber);
        if (known == null || known.stay != stay) {
            return;
        }
        for (UChart chart : newest) {
            if (!insert(chamber, known, chart)) {
                return;
            }
        }
        CachedChamber.Group entry = group(known, group);
        entry.depth = Math.max(entry.depth, depth);
        entry.cover(whole ? RunKey.FIRST : RunKey.of(newest.get(newest.size() - 1)));
        trim(known, entry);
    }

    /** Takes the newest runs of a chamber, whatever their groups. */
    void fillChamber(ChamberId chamber, long stay, List<UChart> newest, boolean whole) throws SQLException {
        CachedChamber known = chambers.get(chamber);
        if (known == null || known.stay != stay) {
            return;
        }
        for (UChart chart : newest) {
            if (!insert(chamber, known, chart)) {
                return;
            }
        }
        known.cover(whole ? RunKey.FIRST : RunKey.of(newest.get(newest.size() - 1)));
        for (CachedChamber.Group group : known.groups.values()) {
            trim(known, group);
        }
    }

    /**
     * Takes a run that has just been stored.
     *
     * @return 0, or the number of the chamber's stay if the store may hold another version of the run that this table doesn't
     *     know: then {@link #addVerified} is to be called with what the store has
     */
    long add(UChart chart) throws SQLException {
        CachedChamber known = enter(chart.id().chamber());
        RunKey intactFrom = known.intactFrom;
        if (intactFrom == null || RunKey.of(chart).compareTo(intactFrom) < 0) {
            return known.stay;
        }
        insertAndTrim(known, chart);
        return 0;
    }

    /** Takes the version of a run that the store has. */
    void addVerified(long stay, UChart chart) throws SQLException {
        CachedChamber known = enter(chart.id().chamber());
        if (known.stay == stay) {
            insertAndTrim(known, chart);
        } else {
            drop(chart.id().chamber());
        }
    }

    private void insertAndTrim(CachedChamber known, UChart chart) throws SQLException {
        if (insert(chart.id().chamber(), known, chart)) {
            trim(known, group(known, chart.group()));
        }
    }

    /**
     * Inserts a run unless it is here already. A different version of a run that is here makes the store decide which one counts:
     * the chamber is dropped. False if the chamber is gone afterwards.
     */
    private boolean insert(ChamberId chamber, CachedChamber known, UChart chart) throws SQLException {
        RunKey key = RunKey.of(chart);
        byte[] value = codec.encodeReferring(chart);
        List<byte[]> present = database.query(
                "SELECT value FROM runs WHERE chamber = ? AND ended = ? AND context = ?",
                row -> row.getBytes(1),
                known.number,
                key.ended(),
                key.context());
        if (!present.isEmpty()) {
            if (Arrays.equals(present.get(0), value)) {
                return true;
            }
            drop(chamber);
            return false;
        }
        if (!makeRoom(value.length, chamber)) {
            drop(chamber);
            return false;
        }
        CachedChamber.Group group = group(known, chart.group());
        database.update(
                "INSERT INTO runs (chamber, grp, ended, context, value) VALUES (?, ?, ?, ?, ?)",
                known.number,
                group.number,
                key.ended(),
                key.context(),
                value);
        group.runs++;
        runs++;
        return true;
    }

    /**
     * Drops the runs beyond the group's depth, with some slack so that it doesn't happen at every run. A load under way may not
     * know a run dropped here, so it won't be taken.
     */
    private void trim(CachedChamber chamber, CachedChamber.Group group) throws SQLException {
        if (group.runs <= group.depth + Math.max(16, group.depth / 4)) {
            return;
        }
        List<RunKey> oldest = database.query(
                "SELECT ended, context FROM runs WHERE grp = ? ORDER BY ended DESC, context DESC LIMIT 1 OFFSET ?",
                row -> new RunKey(row.getLong(1), row.getString(2)),
                group.number,
                group.depth - 1);
        RunKey keep = oldest.get(0);
        int deleted = database.update(
                "DELETE FROM runs WHERE grp = ? AND (ended, context) < (?, ?)",
                group.number,
                keep.ended(),
                keep.context());
        group.runs -= deleted;
        runs -= deleted;
        chamber.stay = nextNumber++;
        chamber.dropped(group, keep);
    }

    private boolean makeRoom(int bytes, ChamberId keep) throws SQLException {
        long needed = bytes / PAGE_BYTES + SPARE_PAGES;
        while (maxPages - usedPages() < needed) {
            Iterator<ChamberId> eldest = chambers.keySet().iterator();
            ChamberId victim = eldest.hasNext() ? eldest.next() : keep;
            if (victim.equals(keep)) {
                return false;
            }
            drop(victim);
            evictions++;
        }
        return true;
    }

    private long usedPages() throws SQLException {
        return database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count");
    }

    /** Forgets a chamber; a load under way for it won't be taken. */
    void drop(ChamberId chamber) throws SQLException {
        CachedChamber known = chambers.remove(chamber);
        if (known != null) {
            runs -= database.update("DELETE FROM runs WHERE chamber = ?", known.number);
        }
    }

    /** Makes the chamber known and the last to be evicted. */
    CachedChamber enter(ChamberId chamber) {
        CachedChamber known = chambers.get(chamber);
        if (known == null) {
            known = new CachedChamber(nextNumber++, nextNumber++);
            chambers.put(chamber, known);
        }
        return known;
    }

    private CachedChamber.Group group(CachedChamber chamber, String name) {
        CachedChamber.Group group = chamber.groups.get(name);
        if (group == null) {
            group = new CachedChamber.Group(nextNumber++, chamber.coveredFrom, options.depth());
            chamber.groups.put(name, group);
        }
        return group;
    }

    long nextNumber() {
        return nextNumber;
    }

    CacheStats stats(long hits, long misses) throws SQLException {
        return new CacheStats(hits, misses, evictions, usedPages() * PAGE_BYTES, chambers.size(), runs);
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
