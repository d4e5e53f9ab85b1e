package io.tfdc.config;

import io.tfdc.yaml.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes settings from environment variables; an empty variable counts as not set. */
final class EnvironmentLayer {
    static final String PREFIX = "DEFENDER_";
    static final String CONFIG_FILE = "DEFENDER_CONFIG";

    /** Variables of the commands, which are no settings. */
    private static final Set<String> OF_COMMANDS = Set.of(CONFIG_FILE, ConfigLoader.TOKEN_VARIABLE);

    private static final int MAX_SECRET_BYTES = 64 * 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    /** What Kubernetes sets for every service of the namespace; a service named {@code defender-...} gives our prefix. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment = new TreeMap<>();
    private final Problems problems;

    EnvironmentLayer(Map<String, String> environment, Problems problems) {
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                this.environment.put(name, value.strip());
            }
        });
        this.problems = problems;
    }

    /** Puts what is set into the values and reports unknown names of ours. */
    void read(Schema schema, Values values) {
        Map<String, Definition> known = new HashMap<>();
        for (Definition setting : schema.all().values()) {
            String usedName = null;
            for (String name : setting.variables()) {
                known.put(name, setting);
                Optional<String> value = value(name);
                if (value.isPresent() && !serviceLink(name, value.get())) {
                    usedName = read(setting, name, value.get(), usedName, values);
                }
                if (setting.type().secret()) {
                    known.put(name + "_FILE", setting);
                    Optional<String> file = value(name + "_FILE");
                    if (file.isPresent()) {
                        usedName = readFile(setting, name + "_FILE", file.get(), usedName, values);
                    }
                }
            }
        }
        refuseUnknown(known);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    private String read(Definition setting, String name, String text, @Nullable String earlier, Values values) {
        Origin origin = new Origin(Origin.Layer.ENVIRONMENT, name);
        if (earlier != null) {
            if (!text.equals(environment.get(earlier))) {
                problems.add(origin, setting.path(), "is another name of " + earlier + ", which has another value");
            }
            return earlier;
        }
        String unit = setting.unitOf(name);
        if (unit.isEmpty()) {
            values.put(setting, setting.node(name, setting.textOf(name, text)), origin);
        } else if (NUMBER.matcher(text).matches()) {
            values.put(setting, setting.node(name, text + unit), origin);
        } else {
            String what = unit.equals("s") ? "seconds" : unit;
            problems.add(origin, setting.path(), "expected a number of " + what + ", found \"" + text + '"');
        }
        return name;
    }

    private String readFile(Definition setting, String name, String file, @Nullable String earlier, Values values) {
        Origin origin = new Origin(Origin.Layer.ENVIRONMENT, name);
        if (earlier != null) {
            problems.add(origin, setting.path(), "is set by " + earlier + " already");
            return earlier;
        }
        try {
            if (Files.size(Path.of(file)) > MAX_SECRET_BYTES) {
                problems.add(origin, setting.path(), "expected at most " + MAX_SECRET_BYTES + " bytes in " + file);
                return name;
            }
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.isEmpty()) {
                problems.add(origin, setting.path(), "expected a secret in " + file + ", found nothing");
            } else {
                values.put(setting, setting.node(name, secret), origin);
            }
        } catch (IOException | RuntimeException e) {
            problems.add(
                    origin,
                    setting.path(),
                    "can't read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
        return name;
    }

    private void refuseUnknown(Map<String, Definition> known) {
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)
                    && !OF_COMMANDS.contains(name)
                    && !known.containsKey(name)
                    && !serviceLink(name, value)) {
                problems.add(
                        new Origin(Origin.Layer.ENVIRONMENT, name),
                        "",
                        "unknown variable" + Spelling.hint(name, known.keySet()));
            }
        });
    }

    private static boolean serviceLink(String name, String value) {
        return name.startsWith(PREFIX)
                && (SERVICE_LINK.matcher(name.substring(PREFIX.length())).matches()
                        || (name.endsWith("_PORT") && SERVICE_URL.matcher(value).matches()));
    }
}
