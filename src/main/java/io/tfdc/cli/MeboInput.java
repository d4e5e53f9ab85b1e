package io.tfdc.cli;

import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MeboFormatException;
import io.tfdc.mebo.MeboLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files named on the command line; {@code -} is standard input. */
final class MeboInput {
    static final String STANDARD = "-";

    private MeboInput() {}

    static byte[] bytes(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static InputStream open(String file) {
        try {
            return file.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static MeboBlob blob(String file, byte[] bytes) {
        try {
            return MeboBlob.open(bytes, MeboLimits.DEFAULT);
        } catch (MeboFormatException e) {
            throw damaged(file, e);
        }
    }

    static CommandException damaged(String file, MeboFormatException e) {
        return CommandException.failed(file + ": " + e.getMessage(), e);
    }

    static CommandException unreadable(String file, IOException e) {
        String reason = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
        return CommandException.usage(file + ": " + reason);
    }
}
