package io.tfdc.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document, taken apart: its text without code, its code, its headings.
 *
 * @param file where it is
 * @param text lines outside of code; code spans are blanked
 * @param code code spans, and lines of fenced and indented blocks that a shell might run
 * @param anchors what a link into it may name behind {@code #}
 */
public record Page(Path file, List<Line> text, List<Line> code, Set<String> anchors) {
    private static final Path PROJECT = Path.of(System.getProperty("project.basedir", "."));
    private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\w*).*");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*#*");
    /** Languages of blocks whose lines may be commands; no language may be one too. */
    private static final Set<String> SHELL = Set.of("", "sh", "bash", "console", "text");

    /** A piece of a document and the line on which it stands, 1 and counting. */
    public record Line(int number, String text) {}

    public Page {
        text = List.copyOf(text);
        code = List.copyOf(code);
        anchors = Set.copyOf(anchors);
    }

    /** The project's documents: the front page and everything under {@code docs}. */
    public static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>(List.of(read(project("README.md"))));
        try (Stream<Path> files = Files.walk(project("docs"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    public static Path project(String name) {
        return PROJECT.resolve(name);
    }

    static Page read(Path file) throws IOException {
        return of(file, Files.readString(file));
    }

    /** Takes a document apart. */
    public static Page of(Path file, String markdown) {
        List<Line> text = new ArrayList<>();
        List<Line> code = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        walk(
                markdown,
                paragraph -> {
                    SPAN.matcher(paragraph.text())
                            .results()
                            .forEach(span -> code.add(new Line(
                                    paragraph.number() + lines(paragraph.text().substring(0, span.start())),
                                    span.group(1).replaceAll("\\s+", " "))));
                    int number = paragraph.number();
                    String blanked =
                            SPAN.matcher(paragraph.text()).replaceAll(span -> "``" + "\n".repeat(lines(span.group())));
                    for (String line : blanked.split("\n", -1)) {
                        text.add(new Line(number++, line));
                    }
                },
                code::add);
        Map<String, Integer> seen = new HashMap<>();
        for (String line : headings(markdown)) {
            String slug = slug(line);
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + '-' + before);
        }
        return new Page(file, text, code, anchors);
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Tells paragraphs and rows of tables, each with the line on which it begins, and lines of code. */
    private static void walk(String markdown, Consumer<Line> onText, Consumer<Line> onCode) {
        String language = null;
        StringBuilder paragraph = new StringBuilder();
        int begun = 1;
        int number = 0;
        for (String line : (markdown + "\n\n").split("\\R", -1)) {
            number++;
            Matcher fence = FENCE.matcher(line);
            boolean block = line.startsWith("    ") && paragraph.isEmpty();
            boolean text = language == null && !fence.matches() && !block && !line.isBlank();
            if (!text || line.startsWith("|")) {
                if (!paragraph.isEmpty()) {
                    onText.accept(new Line(begun, paragraph.toString()));
                    paragraph.setLength(0);
                }
            }
            if (fence.matches()) {
                language = language == null ? fence.group(1) : null;
            } else if (language != null ? SHELL.contains(language) : block) {
                onCode.accept(new Line(number, line.strip()));
            } else if (text) {
                begun = paragraph.isEmpty() ? number : begun;
                paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line);
            }
        }
    }

    private static List<String> headings(String markdown) {
        List<String> headings = new ArrayList<>();
        boolean fenced = false;
        for (String line : markdown.split("\\R", -1)) {
            Matcher heading = HEADING.matcher(line);
            if (FENCE.matcher(line).matches()) {
                fenced = !fenced;
            } else if (!fenced && heading.matches()) {
                headings.add(heading.group(1));
            }
        }
        return headings;
    }

    /** As code hosts make anchors of headings: lower case, no punctuation, hyphens for spaces. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** Names a place in it. */
    public String at(Line line) {
        return this + ":" + line.number();
    }

    @Override
    public String toString() {
        return (file.startsWith(PROJECT) ? PROJECT.relativize(file) : file).toString();
    }
}
