package io.tfdc.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links lead somewhere, and every document can be found from the index. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    /** A document named in a comment, a message or a value. */
    private static final Pattern MENTION = Pattern.compile("docs/[A-Za-z0-9/_-]+\\.md");

    @TempDir
    private Path folder;

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Page page : Page.all()) {
            dead.addAll(dead(page));
        }
        assertEquals(List.of(), dead);
    }

    @Test
    void deadLinksAreFound() throws IOException {
        Files.writeString(folder.resolve("there.md"), "# A heading, or `two`?\n");
        Page page = Page.of(
                folder.resolve("page.md"),
                "[a](there.md#a-heading-or-two) [b](gone.md)\n[c](there.md#other) `[d](code.md)` [e](https://example.org)\n"
                        + "```\n[f](code.md)\n```\n[g](#here)\n## Here\n");
        List<String> found = dead(page).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        assertEquals(List.of("gone.md", "there.md#other"), found);
    }

    private static List<String> dead(Page page) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Page.Line line : page.text()) {
            for (MatchResult link : LINK.matcher(line.text()).results().toList()) {
                String target = link.group(1);
                if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(page, target)) {
                    dead.add(page.at(line) + ' ' + target);
                }
            }
        }
        return dead;
    }

    private static boolean leadsSomewhere(Page from, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? from.file() : from.file().resolveSibling(parts[0]);
        if (!parts[0].isEmpty() && !Files.exists(file)) {
            return false;
        }
        Page page = parts[0].isEmpty() ? from : target.contains(".md") ? Page.read(file) : null;
        return parts.length == 1 || (page != null && page.anchors().contains(parts[1]));
    }

    @Test
    void theIndexNamesEveryDocument() throws IOException {
        Path docs = Page.project("docs");
        Page index = Page.read(docs.resolve("README.md"));
        Set<String> linked = new TreeSet<>();
        for (Page.Line line : index.text()) {
            LINK.matcher(line.text())
                    .results()
                    .forEach(link -> linked.add(link.group(1).replaceAll("#.*", "")));
        }
        Set<String> missing = new TreeSet<>();
        for (Page page : Page.all()) {
            String name = docs.relativize(page.file()).toString();
            boolean own = name.equals("README.md") || name.startsWith("..") || name.startsWith("decisions");
            if (!own && !linked.contains(name)) {
                missing.add(name);
            }
        }
        assertEquals(Set.of(), missing, "documents that docs/README.md does not link");
    }

    @Test
    void documentsThatCodeAndChartMentionExist() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String root : List.of("src/main", "charts")) {
            try (Stream<Path> files = Files.walk(Page.project(root))) {
                for (Path file : files.filter(LinksTest::isText)
                        .filter(Files::isRegularFile)
                        .toList()) {
                    MENTION.matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .filter(name -> !Files.exists(Page.project(name)))
                            .forEach(name -> missing.add(file + " " + name));
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private static boolean isText(Path file) {
        return file.toString().matches(".*\\.(java|yaml|tpl|txt|json|cql|proto|sh)");
    }
}
