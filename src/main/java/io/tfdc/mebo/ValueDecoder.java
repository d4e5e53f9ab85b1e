package io.tfdc.mebo;

/** Reads one value column from front to back; items may be asked for in several portions. */
abstract sealed class ValueDecoder permits RawValues, BitStreamValues, AlpMainValues, AlpRdValues {

    static ValueDecoder of(ValueEncoding encoding, Column column, boolean big) {
        return switch (encoding) {
            case RAW -> new RawValues(column, column.from(), big);
            case GORILLA -> new GorillaValues(column);
            case CHIMP -> new ChimpValues(column);
            case ALP -> AlpColumn.decoder(column, big);
        };
    }

    /** Writes the next {@code n} values to {@code out} from {@code to} on. */
    abstract void read(double[] out, int to, int n);

    abstract void checkEnd();
}
