package io.tfdc.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The OpenAPI document {@code openapi.yaml}, read once: the operations, who may call them, and what their requests must look like.
 * References are resolved on the way, so that a schema stands for itself.
 */
final class Contract {
    private static final String RESOURCE = "/openapi.yaml";

    private final JsonObject document;
    private final List<Operation> operations;

    private Contract(JsonObject document) {
        this.document = document;
        this.operations = read(document);
    }

    /** Reads the contract that comes with the program. */
    static Contract load() {
        try (InputStream stream = Contract.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
            return new Contract(plain((Map<?, ?>) yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Through text, so that nested maps are JSON objects everywhere. */
    private static JsonObject plain(Map<?, ?> yaml) {
        JsonObject json = new JsonObject();
        yaml.forEach((key, value) -> json.put(String.valueOf(key), value));
        return new JsonObject(json.encode());
    }

    JsonObject document() {
        return document;
    }

    /** In the order of the document, which is the order of routing. */
    List<Operation> operations() {
        return operations;
    }

    private List<Operation> read(JsonObject contract) {
        List<Operation> found = new ArrayList<>();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                found.add(operation(path, method, methods.getJsonObject(method)));
            }
        }
        return List.copyOf(found);
    }

    private Operation operation(String path, String method, JsonObject json) {
        List<Operation.Parameter> parameters = new ArrayList<>();
        for (Object one : json.getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = (JsonObject) resolved(one);
            parameters.add(new Operation.Parameter(
                    parameter.getString("name"),
                    parameter.getString("in"),
                    parameter.getBoolean("required", false),
                    RequestCheck.of((JsonObject) resolved(parameter.getValue("schema")))));
        }
        JsonObject body = json.getJsonObject("requestBody");
        JsonObject schema = body == null
                ? null
                : ((JsonObject) resolved(body))
                        .getJsonObject("content")
                        .getJsonObject("application/json")
                        .getJsonObject("schema");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        json.getJsonArray("x-roles")
                .forEach(name -> roles.add(Role.of((String) name).orElseThrow()));
        return new Operation(
                json.getString("operationId"),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                Set.copyOf(roles),
                json.containsKey("security") && json.getJsonArray("security").isEmpty(),
                List.copyOf(parameters),
                schema == null ? null : RequestCheck.of(schema));
    }

    /** The value with every reference in it replaced by what it refers to. */
    private Object resolved(Object value) {
        if (value instanceof JsonArray array) {
            JsonArray all = new JsonArray();
            array.forEach(one -> all.add(resolved(one)));
            return all;
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        String reference = object.getString("$ref");
        if (reference != null) {
            Object target = document;
            for (String step : reference.substring(2).split("/")) {
                target = ((JsonObject) target).getValue(step);
            }
            return resolved(target);
        }
        JsonObject all = new JsonObject();
        object.forEach(entry -> all.put(entry.getKey(), resolved(entry.getValue())));
        return all;
    }
}
