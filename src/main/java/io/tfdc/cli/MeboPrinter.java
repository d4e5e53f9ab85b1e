package io.tfdc.cli;

import io.tfdc.mebo.MeboBlob;
import java.io.IOException;

/** Prints all points of one metric. */
interface MeboPrinter {
    void print(MeboBlob blob, int metric) throws IOException;
}
