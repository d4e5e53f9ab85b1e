package io.tfdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "512B, 512, 512B",
        "64kB, 64000, 64000B",
        "1KiB, 1024, 1KiB",
        "100MiB, 104857600, 100MiB",
        "1.5GB, 1500000000, 1500000000B",
        "1.5 GiB, 1610612736, 1536MiB",
        "2TiB, 2199023255552, 2TiB"
    })
    void notations_read_and_print(String text, long bytes, String printed) {
        DataSize size = DataSize.parse(text).orElseThrow();
        assertEquals(bytes, size.bytes());
        assertEquals(Optional.of(size), DataSize.parse(size.toString()));
        assertEquals(printed, size.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1", "1mib", "-1B", "1Mi", "1 MB ", "1e3B", "999999999999999TiB"})
    void other_texts_are_refused(String text) {
        assertEquals(Optional.empty(), DataSize.parse(text));
    }
}
