package io.tfdc.cli.console;

import io.tfdc.cli.terminal.Key;
import io.tfdc.cli.terminal.Style;
import io.tfdc.cli.terminal.StyledLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One page at a time, with a title above and the keys below. Not safe for use from several threads. */
public final class ConsoleScreen {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    /** Title, a blank below it, and the keys. */
    private static final int FRAME = 3;

    private final boolean colours;
    private int page;
    private int offset;
    private int shown = 1;

    /** The pages in their order; the number before a name is its key. */
    private enum Tab {
        OVERVIEW(new OverviewSheet()),
        ALARMS(new AlarmsSheet()),
        MEMBERS(new MembersSheet()),
        DECISIONS(new DecisionsSheet());

        private final Sheet sheet;

        Tab(Sheet sheet) {
            this.sheet = sheet;
        }

        String title() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ConsoleScreen(boolean colours) {
        this.colours = colours;
    }

    /** What a key wants besides another picture. */
    public enum Wish {
        NOTHING,
        /** Ask the API now. */
        REFRESH,
        QUIT
    }

    /** Takes a key. */
    public Wish press(Key key) {
        switch (key.kind()) {
            case TAB, RIGHT -> turn(page + 1);
            case LEFT -> turn(page - 1);
            case UP -> offset--;
            case DOWN -> offset++;
            case PAGE_UP -> offset -= shown;
            case PAGE_DOWN -> offset += shown;
            case HOME -> offset = 0;
            case END -> offset = Integer.MAX_VALUE - 1;
            case CHARACTER -> {
                return typed(key.character());
            }
        }
        return Wish.NOTHING;
    }

    private Wish typed(char character) {
        if (character >= '1' && character < '1' + Tab.values().length) {
            turn(character - '1');
        }
        return switch (character) {
            case 'q' -> Wish.QUIT;
            case 'r' -> Wish.REFRESH;
            default -> Wish.NOTHING;
        };
    }

    private void turn(int to) {
        page = Math.floorMod(to, Tab.values().length);
        offset = 0;
    }

    /**
     * What is to be seen: at most {@code height} lines, none wider than {@code width}.
     *
     * @param before the snapshot before, for rates
     * @param trouble why there is nothing newer, empty if all is well
     */
    public List<String> lines(Snapshot now, Optional<Snapshot> before, String trouble, int width, int height) {
        Sheet.Pen pen = new Sheet.Pen(width, Math.max(1, height - FRAME), colours);
        List<String> lines = new ArrayList<>();
        lines.add(title(now, trouble, pen));
        lines.add("");
        List<String> all = Tab.values()[page].sheet.lines(now, rates(now, before), pen);
        shown = pen.room();
        offset = Math.max(0, Math.min(offset, all.size() - shown));
        lines.addAll(all.subList(offset, Math.min(all.size(), offset + shown)));
        while (lines.size() < height - 1) {
            lines.add("");
        }
        lines.add(keys(all.size(), pen));
        return lines.subList(0, Math.min(lines.size(), height));
    }

    /** All pages one after the other, for what is no terminal. */
    public static List<String> whole(Snapshot now, Optional<Snapshot> before, int width) {
        Sheet.Pen pen = new Sheet.Pen(width, 40, false);
        List<String> lines = new ArrayList<>();
        lines.add(title(now, "", pen));
        for (Tab tab : Tab.values()) {
            lines.add("");
            if (tab != Tab.OVERVIEW) {
                lines.add(tab.title());
            }
            lines.addAll(tab.sheet.lines(now, rates(now, before), pen));
        }
        return lines;
    }

    private static Rates rates(Snapshot now, Optional<Snapshot> before) {
        return before.map(earlier -> Rates.between(earlier, now)).orElseGet(Rates::unknown);
    }

    private static String title(Snapshot now, String trouble, Sheet.Pen pen) {
        StyledLine line = pen.line()
                .add("Defender ", Style.BOLD)
                .add(now.address() + "  " + CLOCK.format(now.at()) + " UTC  ", Style.DIM);
        if (!trouble.isEmpty()) {
            return line.add("not up to date: " + trouble, Style.CRITICAL).toString();
        }
        return line.add(now.find(Topic.WHO)
                        .map(who -> Words.text(who, "name"))
                        .orElseGet(() -> now.problems().getOrDefault(Topic.WHO, "")))
                .toString();
    }

    private String keys(int all, Sheet.Pen pen) {
        StyledLine line = pen.line();
        for (Tab tab : Tab.values()) {
            boolean here = tab.ordinal() == page;
            line.add(tab.ordinal() + 1 + " " + tab.title(), here ? Style.BOLD : Style.DIM)
                    .add(" ");
        }
        if (all > shown) {
            line.add(" up/down " + (offset + 1) + "-" + Math.min(all, offset + shown) + " of " + all, Style.DIM);
        }
        return line.add("  r now  q quit", Style.DIM).toString();
    }
}
