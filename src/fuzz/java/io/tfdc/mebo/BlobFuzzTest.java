package io.tfdc.mebo;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided: {@code JAZZER_FUZZ=1 mvn -Pfuzz -Dquick test -Dtest=BlobFuzzTest} runs for the time below, from
 * blobs of every kind.
 */
class BlobFuzzTest {
    private final HostileReader reader = new HostileReader(false);

    static Stream<byte[]> blobs() {
        return MutationFuzzTest.corpus(new Random(3)).stream().filter(blob -> blob.length <= 4096);
    }

    @MethodSource("blobs")
    @FuzzTest(maxDuration = "5m")
    void anyBytesAreReadOrRefusedWithATypedFailure(byte[] bytes) {
        reader.read(bytes);
    }
}
