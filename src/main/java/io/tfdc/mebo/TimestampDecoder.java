package io.tfdc.mebo;

/** Reads one timestamp column from front to back; items may be asked for in several portions. */
abstract sealed class TimestampDecoder permits RawTimestamps, DeltaTimestamps, DeltaPackedTimestamps {
    final Column column;
    final byte[] in;
    final int end;
    int at;

    /** Items handed out so far. */
    int done;

    TimestampDecoder(Column column) {
        this.column = column;
        this.in = column.bytes();
        this.at = column.from();
        this.end = column.to();
    }

    static TimestampDecoder of(TimestampEncoding encoding, Column column, boolean big) {
        return switch (encoding) {
            case RAW -> new RawTimestamps(column, big);
            case DELTA -> new DeltaTimestamps(column);
            case DELTA_PACKED -> new DeltaPackedTimestamps(column);
        };
    }

    /** Writes the next {@code n} timestamps to {@code out} from {@code to} on. */
    abstract void read(long[] out, int to, int n);

    void checkEnd() {
        column.checkEnd(at);
    }

    /** An unsigned varint of 1 to 10 bytes at the read position. */
    final long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw column.ended(at, done);
            }
            int b = in[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                if (shift == 63 && b > 1) {
                    throw column.fault(at - 1L, "a number below 2^64", "a larger one");
                }
                return value;
            }
        }
        throw column.fault(at, "a number of at most 10 bytes", "a longer one");
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
