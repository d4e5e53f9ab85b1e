package io.tfdc.deployment;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What an API server with the operators' resource definitions would refuse of an object: a field that is missing or, in the operators'
 * kinds, unknown, a value of the wrong type, out of its range or not one of those allowed. The definitions are in the test resources
 * {@code admission/*.yaml}, JSON schemas by kind and by part of kinds.
 */
final class Admission {
    private static final List<String> FILES =
            List.of("kubernetes", "monitoring.coreos.com", "argoproj.io", "flagger.app", "keda.sh");
    private static final Map<String, Object> DEFINITIONS = definitions();
    private static final Map<String, Validator> VALIDATORS = new ConcurrentHashMap<>();

    private Admission() {}

    /**
     * Fails with everything that is wrong, each with its place.
     *
     * @param kind name of the kind without its group, which the definition says
     */
    static void check(String kind, Map<?, ?> object) {
        Validator validator = VALIDATORS.computeIfAbsent(kind, Admission::validator);
        OutputUnit result = validator.validate(new JsonObject(Json.encode(object)));
        if (!Boolean.TRUE.equals(result.getValid())) {
            List<OutputUnit> errors = result.getErrors() == null ? List.of(result) : result.getErrors();
            throw new AssertionError(kind + " is not admitted:\n"
                    + errors.stream()
                            .map(error -> "  " + error.getInstanceLocation() + ": " + error.getError())
                            .distinct()
                            .collect(Collectors.joining("\n")));
        }
    }

    private static Validator validator(String kind) {
        if (!DEFINITIONS.containsKey(kind)) {
            throw new AssertionError("no definition of " + kind);
        }
        JsonObject schema = new JsonObject(Json.encode(Map.of("$defs", DEFINITIONS, "$ref", "#/$defs/" + kind)));
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri("app://admission/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return Validator.create(JsonSchema.of(schema), options);
    }

    private static Map<String, Object> definitions() {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        Map<String, Object> all = new LinkedHashMap<>();
        for (String file : FILES) {
            try (InputStream yaml = Admission.class.getResourceAsStream("/admission/" + file + ".yaml")) {
                ((Map<?, ?>) new Load(settings).loadFromInputStream(yaml)).forEach((name, definition) -> {
                    if (all.put((String) name, definition) != null) {
                        throw new IllegalStateException("two definitions of " + name);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }
}
