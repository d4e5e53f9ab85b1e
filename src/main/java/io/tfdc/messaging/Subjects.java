package io.tfdc.messaging;

import io.tfdc.model.ChamberId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subjects of a site. A chamber's filter is always its literal subject: chamber names are unique within a tool only, so a
 * wildcard in the tool's place would catch every tool's chamber of that name.
 */
public final class Subjects {
    /** Subject of completion notifications where nothing else is configured. */
    public static final String DEFAULT_TEMPLATE = "dc.{tool}.{chamber}.completed";

    private static final Pattern TEMPLATE =
            Pattern.compile("([A-Za-z0-9_-]+\\.)+\\{tool}\\.\\{chamber}(\\.[A-Za-z0-9_-]+)*");

    private final String template;
    private final Pattern completed;

    /**
     * Subjects after a template.
     *
     * @param template leading tokens, then {@code {tool}.{chamber}}, then any further tokens
     * @throws IllegalArgumentException if the template is none
     */
    public Subjects(String template) {
        if (!TEMPLATE.matcher(template).matches()) {
            throw new IllegalArgumentException(
                    "subject template: expected names of A-Z a-z 0-9 _ - between dots around "
                            + "{tool}.{chamber}, the first of them a name, found \"" + template + '"');
        }
        this.template = template;
        this.completed = Pattern.compile(Pattern.quote(template)
                .replace("{tool}", "\\E([A-Za-z0-9_-]{1,64})\\Q")
                .replace("{chamber}", "\\E([A-Za-z0-9_-]{1,64})\\Q"));
    }

    /** Where the notifications of a chamber are published, and the filter that catches exactly these. */
    public String completed(ChamberId chamber) {
        return template.replace("{tool}", chamber.tool()).replace("{chamber}", chamber.chamber());
    }

    /** The filter for the notifications of every chamber. */
    public String everyCompleted() {
        return template.replace("{tool}", "*").replace("{chamber}", "*");
    }

    /** What the stream of notifications stores: everything below the template's first token. */
    public String stored() {
        return template.substring(0, template.indexOf('.')) + ".>";
    }

    /** The chamber that a notification's subject names, empty if the subject is of another kind. */
    public Optional<ChamberId> chamber(String subject) {
        Matcher matcher = completed.matcher(subject);
        return matcher.matches() ? Optional.of(new ChamberId(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Where alarms of a chamber are published: {@code fdc.alarm.{tool}.{chamber}.{severity}}, severity in lower case. */
    public static String alarm(ChamberId chamber, Enum<?> severity) {
        return "fdc.alarm." + chamber.tool() + '.' + chamber.chamber() + '.'
                + severity.name().toLowerCase(Locale.ROOT);
    }

    /** The filter for a chamber's alarms of every severity. */
    public static String alarms(ChamberId chamber) {
        return "fdc.alarm." + chamber.tool() + '.' + chamber.chamber() + ".*";
    }
}
