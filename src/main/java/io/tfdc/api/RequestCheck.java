package io.tfdc.api;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;

/** A JSON schema and the words for what doesn't fit it. */
final class RequestCheck {
    private static final int MOST_ERRORS = 20;

    private final String type;
    private final Validator validator;

    private RequestCheck(String type, Validator validator) {
        this.type = type;
        this.validator = validator;
    }

    static RequestCheck of(JsonObject schema) {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri("app://contract/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return new RequestCheck(schema.getString("type", "string"), Validator.create(JsonSchema.of(schema), options));
    }

    /** A parameter's text as a value of the schema's type; the text itself where it is none, so that the check says so. */
    Object value(String text) {
        try {
            return switch (type) {
                case "integer" -> Long.valueOf(text);
                case "boolean" -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : text;
                default -> text;
            };
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Everything wrong with a parameter. */
    List<Problem.Place> parameter(String in, String name, Object value) {
        return errors(value).stream()
                .map(error -> new Problem.Place(in, name, error.getError()))
                .toList();
    }

    /** Everything wrong with a body, by JSON pointer. */
    List<Problem.Place> body(JsonObject body) {
        return errors(body).stream()
                .map(error -> new Problem.Place("body", pointer(error), error.getError()))
                .toList();
    }

    /** Errors of the innermost values; those around them only say that something inside is wrong. */
    private List<OutputUnit> errors(Object value) {
        OutputUnit result = validator.validate(value);
        if (Boolean.TRUE.equals(result.getValid())) {
            return List.of();
        }
        List<OutputUnit> all = result.getErrors() == null ? List.of(result) : result.getErrors();
        List<OutputUnit> innermost = new ArrayList<>();
        for (OutputUnit one : all) {
            boolean outer = all.stream()
                    .anyMatch(other -> other != one
                            && pointer(other).length() > pointer(one).length()
                            && pointer(other).startsWith(pointer(one)));
            if (!outer && innermost.size() < MOST_ERRORS) {
                innermost.add(one);
            }
        }
        return innermost.isEmpty() ? all : innermost;
    }

    private static String pointer(OutputUnit error) {
        String location = error.getInstanceLocation();
        String pointer = location == null ? "" : location.startsWith("#") ? location.substring(1) : location;
        return pointer.isEmpty() ? "/" : pointer;
    }
}
