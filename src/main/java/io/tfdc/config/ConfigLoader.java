package io.tfdc.config;

import io.tfdc.config.InvalidSettingsException.Violation;
import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlException;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlReader;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration in layers: defaults, then a YAML file, then environment variables, then flags; a later one wins
 * setting by setting. Every value of every layer is checked, overridden or not, and all problems are reported together.
 */
public final class ConfigLoader {
    /** The variable from which commands that call the API take their token; no setting, though it has the prefix of settings. */
    public static final String TOKEN_VARIABLE = "DEFENDER_TOKEN";

    private final Schema schema = Schema.of(DefenderConfig.class);
    private final Problems problems = new Problems();
    private final Values values = new Values(problems);

    private ConfigLoader() {}

    /**
     * Reads everything.
     *
     * @param file the file; if none is given, the one that {@code DEFENDER_CONFIG} names, if any
     * @param environment as of the process
     * @param assignments {@code section.key=value} each
     * @throws ConfigException if anything is unknown, malformed, out of bounds or contradictory
     */
    public static EffectiveConfig load(Optional<Path> file, Map<String, String> environment, List<String> assignments) {
        return new ConfigLoader().read(file, environment, assignments);
    }

    private EffectiveConfig read(Optional<Path> file, Map<String, String> environment, List<String> assignments) {
        Optional<Path> named = Optional.ofNullable(environment.get(EnvironmentLayer.CONFIG_FILE))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        file.or(() -> named).ifPresent(this::readFile);
        new EnvironmentLayer(environment, problems).read(schema, values);
        Map<String, String> unused = SupersededVariables.check(environment, problems);
        assignments.forEach(this::readAssignment);
        Object config = build(schema);
        problems.throwIfAny();
        Map<String, Origin> origins = new LinkedHashMap<>();
        schema.all().keySet().forEach(path -> origins.put(path, values.origin(path)));
        return new EffectiveConfig((DefenderConfig) Objects.requireNonNull(config), origins, unused);
    }

    private void readFile(Path file) {
        try {
            if (Files.size(file) > 4L * YamlReader.MAX_LENGTH) {
                problems.add(file + ": expected at most " + YamlReader.MAX_LENGTH + " characters");
                return;
            }
            YamlNode root = YamlReader.read(file.toString(), Files.readString(file));
            readSection(schema, root, file.toString());
        } catch (YamlException e) {
            e.problems().forEach(problem -> problems.add(problem.toString()));
        } catch (NoSuchFileException e) {
            problems.add(file + ": no such file");
        } catch (MalformedInputException e) {
            problems.add(file + ": expected UTF-8 text");
        } catch (IOException e) {
            problems.add(file + ": can't be read (" + e + ')');
        }
    }

    private void readSection(Schema section, YamlNode node, String source) {
        if (node.isNull()) {
            return;
        }
        YamlMapping mapping = node.asMapping();
        mapping.entries().forEach((key, value) -> {
            Origin origin = new Origin(
                    Origin.Layer.FILE, source + ':' + mapping.positionOf(key).line());
            Schema child = section.sections().get(key);
            Definition setting = section.settings().get(key);
            if (child != null) {
                readChild(child, value, source);
            } else if (setting == null) {
                problems.add(origin, section.path() + key, "unknown key" + hint(section, key));
            } else if (!value.isNull()) {
                values.put(setting, value, origin);
            }
        });
    }

    private void readChild(Schema child, YamlNode node, String source) {
        try {
            readSection(child, node, source);
        } catch (YamlException e) {
            e.problems().forEach(problem -> problems.add(problem.toString()));
        }
    }

    private static String hint(Schema section, String key) {
        String hint = Spelling.hint(key, section.keys());
        return hint.isEmpty() ? ", expected one of " + String.join(", ", section.keys()) : hint;
    }

    private void readAssignment(String assignment) {
        int equals = assignment.indexOf('=');
        String path = equals < 0 ? assignment : assignment.substring(0, equals).strip();
        Origin origin = new Origin(Origin.Layer.FLAG, path);
        Definition setting = schema.all().get(path);
        if (equals < 0) {
            problems.add(origin, "", "expected section.key=value");
        } else if (setting == null) {
            problems.add(
                    origin,
                    "",
                    "unknown setting" + Spelling.hint(path, schema.all().keySet()));
        } else if (setting.type().secret()) {
            problems.add(
                    origin,
                    "",
                    "secrets aren't taken from the command line, where others can see them: use the file, "
                            + setting.generalVariable() + " or " + setting.generalVariable() + "_FILE");
        } else {
            values.put(
                    setting,
                    setting.node("--set", assignment.substring(equals + 1).strip()),
                    origin);
        }
    }

    /** The section's record, or null if its values or those of a section below are refused. */
    private @Nullable Object build(Schema section) {
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : section.type().getRecordComponents()) {
            Schema child = section.sections().get(component.getName());
            Object argument = child != null
                    ? build(child)
                    : values.get(Objects.requireNonNull(section.settings().get(component.getName())));
            if (argument != null) {
                arguments.add(argument);
            }
        }
        return arguments.size() == section.type().getRecordComponents().length
                ? construct(section, arguments.toArray())
                : null;
    }

    private @Nullable Object construct(Schema section, Object[] arguments) {
        try {
            Constructor<?> constructor = section.type()
                    .getDeclaredConstructor(Arrays.stream(section.type().getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidSettingsException invalid) {
                for (Violation violation : invalid.violations()) {
                    String path = section.path() + violation.key();
                    problems.add(values.origin(path), path, violation.message());
                }
                return null;
            }
            throw new IllegalStateException(section.type().getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(section.type().getName(), e);
        }
    }
}
