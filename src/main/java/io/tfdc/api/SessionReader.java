package io.tfdc.api;

import java.util.Optional;

/** Knows the sessions of browsers. */
@FunctionalInterface
public interface SessionReader {
    /** Whose session it is, nobody's if it has ended or was made up. */
    Optional<Caller> find(String session);
}
