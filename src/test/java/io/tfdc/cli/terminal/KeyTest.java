package io.tfdc.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.cli.terminal.Key.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTest {
    private static List<String> keys(String typed) {
        Key.Reader reader = new Key.Reader();
        List<String> keys = new ArrayList<>();
        for (byte octet : typed.getBytes(StandardCharsets.ISO_8859_1)) {
            reader.accept(octet & 0xff)
                    .ifPresent(key -> keys.add(
                            key.kind() == Kind.CHARACTER
                                    ? String.valueOf(key.character())
                                    : key.kind().name()));
        }
        return keys;
    }

    @Test
    void arrowsComeInBothForms() {
        assertEquals(List.of("UP", "DOWN", "RIGHT", "LEFT"), keys("\u001b[A\u001b[B\u001bOC\u001bOD"));
    }

    @Test
    void charactersAndTabsAreThemselves() {
        assertEquals(List.of("1", "TAB", "q"), keys("1\tq"));
    }

    @Test
    void longerSequencesAreKnownOrSwallowedWhole() {
        assertEquals(
                List.of("PAGE_UP", "PAGE_DOWN", "HOME", "END", "q"),
                keys("\u001b[5~\u001b[6~\u001b[H\u001b[1;5C\u001b[4~q"));
    }

    @Test
    void endlessSequencesEnd() {
        assertEquals(List.of("2", "2", "2", "q"), keys("\u001b[2222222" + "22" + "q"));
    }

    @Test
    void whatIsNoKeyIsNone() {
        assertEquals(List.of(), keys("\u0000\u0007\u00ff\n"));
    }
}
