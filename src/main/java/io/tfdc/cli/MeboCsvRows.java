package io.tfdc.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV rows (RFC 4180) and knows the line each one starts on. */
final class MeboCsvRows {
    private static final int LONGEST_FIELD = 1 << 20;

    private final BufferedReader in;
    private final String file;
    private int line;
    private int nextLine = 1;
    private int pushedBack = -2;

    MeboCsvRows(BufferedReader in, String file) {
        this.in = in;
        this.file = file;
    }

    /** The fields of the next row that is not empty; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        while (true) {
            line = nextLine;
            int first = read();
            if (first < 0) {
                return null;
            }
            pushedBack = first;
            List<String> fields = row();
            if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                return fields;
            }
        }
    }

    /** A failure that names the file and the line of the row read last. */
    CommandException fault(String problem) {
        return CommandException.usage(file + ":" + line + ": " + problem);
    }

    private List<String> row() throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        while (true) {
            int c = read();
            if (c == '"' && field.isEmpty()) {
                quoted(field);
                c = read();
                if (c != ',' && c != '\n' && c >= 0) {
                    throw fault("expected a comma or the end of the line after a quoted field");
                }
            }
            if (c == ',' || c == '\n' || c < 0) {
                fields.add(field.toString());
                field.setLength(0);
                if (c != ',') {
                    return fields;
                }
            } else {
                append(field, c);
            }
        }
    }

    private void quoted(StringBuilder field) throws IOException {
        while (true) {
            int c = read();
            if (c < 0) {
                throw fault("a quoted field is not closed");
            }
            if (c == '"') {
                int next = read();
                if (next != '"') {
                    pushedBack = next;
                    return;
                }
            }
            append(field, c);
        }
    }

    private void append(StringBuilder field, int c) {
        if (field.length() == LONGEST_FIELD) {
            throw fault("a field of more than " + LONGEST_FIELD + " characters");
        }
        field.append((char) c);
    }

    /** One character, with CR LF taken as LF. */
    private int read() throws IOException {
        if (pushedBack != -2) {
            int c = pushedBack;
            pushedBack = -2;
            return c;
        }
        int c = in.read();
        if (c == '\r') {
            in.mark(1);
            if (in.read() == '\n') {
                c = '\n';
            } else {
                in.reset();
            }
        }
        if (c == '\n') {
            nextLine++;
        }
        return c;
    }
}
