package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DistinctPortsTest {
    @Test
    void onePortForTwoServersIsRefused() {
        CommandException refused =
                assertThrows(CommandException.class, () -> DistinctPorts.require("api.port", 9090, "http.port", 9090));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertEquals(
                "api.port and http.port: expected two ports, found 9090 for both (--set http.port=N)",
                refused.getMessage());
    }

    @Test
    void differentOnesAndFreeOnesArePassed() {
        assertDoesNotThrow(() -> DistinctPorts.require("api.port", 8080, "http.port", 9090));
        assertDoesNotThrow(() -> DistinctPorts.require("api.port", 0, "http.port", 0));
    }
}
