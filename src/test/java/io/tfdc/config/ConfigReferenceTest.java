package io.tfdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("project.basedir", "."), "docs", "configuration.md");

    @Test
    void the_document_is_up_to_date() throws IOException {
        String reference = ConfigReference.markdown();
        if (Boolean.getBoolean("defender.docs.update")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, reference);
        }
        assertEquals(
                reference,
                Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "",
                "docs/configuration.md differs from the records: run the tests with -Ddefender.docs.update=true");
    }

    @Test
    void every_variable_belongs_to_one_setting() {
        Set<String> names = new HashSet<>(SupersededVariables.ALL.keySet());
        for (Definition setting : Schema.of(DefenderConfig.class).all().values()) {
            for (String name : setting.variables()) {
                assertTrue(names.add(name), name + " is used twice");
                assertTrue(!setting.type().secret() || names.add(name + "_FILE"), name + "_FILE is used twice");
            }
        }
    }

    @Test
    void every_setting_says_what_it_does_and_has_a_valid_default() {
        for (Definition setting : Schema.of(DefenderConfig.class).all().values()) {
            assertTrue(setting.setting().value().matches("[A-Z].*\\."), setting.path());
            assertEquals(0, setting.outOfBounds(setting.defaultValue()).size(), setting.path());
        }
    }
}
