package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.documentation.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command line of Defender in the documents names subcommands and options that there are. */
class DocumentedCommandsTest {
    /** What starts Defender: the command, its short form in the runbook, the jar, the image. */
    private static final Pattern START = Pattern.compile(
            "(?:^|[\\s(;|$\"'])(?:defender|D|java (?:\\S+ )*?-jar \\S*defender\\.jar|defender:\\S+)[ \\t]+(?=[a-z\\[-])(.*)");
    /** Where a command line ends: another command, a redirection, a remark, or the explanation beside it. */
    private static final Pattern END = Pattern.compile("\\s(?:[|>&;]|#|\\.\\.\\.|\\\\$)|\\s{2,}|;|&&|`");

    /** Options of Docker, which the page about the image names beside ours. */
    private static final Set<String> DOCKER = Set.of("--build-arg", "--entrypoint", "--stop-timeout", "--tmpfs");

    private final CommandLine defender =
            DefenderCommand.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));

    @Test
    void commandsAndOptionsInTheDocumentsExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Page page : Page.all()) {
            wrong.addAll(wrong(page));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void optionsNamedAloneAreThoseOfSomeCommand() throws IOException {
        Set<String> known = new TreeSet<>(DOCKER);
        addOptions(defender.getCommandSpec(), known);
        List<String> wrong = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Line line : page.code()) {
                String option = line.text().replaceAll("[ =].*", "");
                if (option.startsWith("--") && !known.contains(option)) {
                    wrong.add(page.at(line) + ' ' + option);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void addOptions(CommandSpec spec, Set<String> names) {
        names.addAll(spec.optionsMap().keySet());
        spec.subcommands().values().forEach(command -> addOptions(command.getCommandSpec(), names));
    }

    @Test
    void mistakesAreFound() {
        Page page = Page.of(Path.of("page.md"), """
                `defender cluster status --json` and `defender cluster state`, `defender` alone, `defender dlq replay --everything 3`

                    java -Xmx1g -jar target/defender.jar run --config x.yaml --sett a=b     # a remark with --nothing
                    defender simulate-cluster --seed 7                                      one --schedule
                    kubectl exec pod -- defender election handover NAME --term 10 && defender frobnicate

                ```yaml
                defender frobnicate
                ```
                """);
        assertEquals(
                List.of(
                        "cluster: unknown state",
                        "dlq replay: unknown --everything",
                        "run: unknown --sett",
                        "unknown frobnicate"),
                wrong(page).stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList());
    }

    private List<String> wrong(Page page) {
        List<String> wrong = new ArrayList<>();
        for (Page.Line line : page.code()) {
            String rest = line.text();
            for (Matcher start = START.matcher(rest); start.find(); start = START.matcher(rest)) {
                rest = start.group(1);
                Matcher end = END.matcher(rest);
                String command = end.find() ? rest.substring(0, end.start()) : rest;
                String mistake = mistake(command);
                if (!mistake.isEmpty()) {
                    wrong.add(page.at(line) + ' ' + mistake);
                }
            }
        }
        return wrong;
    }

    /** What is wrong with a command line, empty if nothing is. */
    private String mistake(String command) {
        CommandSpec spec = defender.getCommandSpec();
        String plain = command.replaceAll("[\\[\\]]|[,)](?=\\s|$)", " ").strip();
        Deque<String> words = new ArrayDeque<>(Arrays.asList(plain.split("\\s+")));
        String name = "";
        while (!words.isEmpty()) {
            String word = words.poll();
            if (word.startsWith("-")) {
                OptionSpec option = spec.findOption(word.replaceAll("=.*", ""));
                if (option == null) {
                    return name + "unknown " + word;
                }
                takeValues(option, word, words);
            } else if (spec.subcommands().containsKey(word)) {
                spec = spec.subcommands().get(word).getCommandSpec();
                name = (name.isEmpty() ? "" : name.replace(": ", " ")) + word + ": ";
            } else if (spec.positionalParameters().isEmpty() && !word.isEmpty()) {
                return name + "unknown " + word;
            }
        }
        return "";
    }

    private static void takeValues(OptionSpec option, String word, Deque<String> words) {
        int most = word.contains("=") ? 0 : option.arity().max();
        for (int taken = 0; taken < most && !words.isEmpty() && !words.peek().startsWith("-"); taken++) {
            words.poll();
        }
    }
}
