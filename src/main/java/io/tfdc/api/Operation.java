package io.tfdc.api;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract.
 *
 * @param id its {@code operationId}
 * @param path with parameters in braces
 * @param roles one of them is needed
 * @param open whether everybody may call it, with or without credentials
 * @param body what the body must look like, null for none
 */
record Operation(
        String id,
        HttpMethod method,
        String path,
        Set<Role> roles,
        boolean open,
        List<Parameter> parameters,
        @Nullable RequestCheck body) {
    /** A value beside the body. */
    record Parameter(String name, String in, boolean required, RequestCheck check) {}

    /** Whether it may change something, so that it is audited. What only reads but needs a body is counted in: better one line too many. */
    boolean changes() {
        return !method.equals(HttpMethod.GET);
    }

    /** The path as the router writes it. */
    String route() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }
}
