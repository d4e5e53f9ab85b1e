package io.tfdc.storage.sqlite;

import io.tfdc.storage.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Turns what SQLite says into the port's failure. */
final class SqliteFailure {
    private SqliteFailure() {}

    /** Busy, locked, full disk and I/O errors may pass; the rest won't. */
    static StoreException of(String what, Throwable cause) {
        if (cause instanceof StoreException known) {
            return known;
        }
        boolean retryable = cause instanceof SQLException sql
                && switch (SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xFF)) {
                    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_INTERRUPT, SQLITE_PROTOCOL ->
                        true;
                    default -> false;
                };
        return new StoreException(what + ": " + cause.getMessage(), retryable, cause);
    }
}
