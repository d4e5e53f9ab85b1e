package io.tfdc.cluster;

import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what others have put on the broker. What can't be read is as if it were not there, with a line in the log. */
final class StoredRecord {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRecord.class);

    private StoredRecord() {}

    /** @param what what it should be, for the log */
    static <T> Optional<T> read(String what, byte[] bytes, Function<byte[], T> decoder) {
        try {
            return Optional.of(decoder.apply(bytes));
        } catch (IllegalArgumentException e) {
            LOG.warn("a {} that can't be read is ignored: {}", what, e.getMessage());
            return Optional.empty();
        }
    }
}
