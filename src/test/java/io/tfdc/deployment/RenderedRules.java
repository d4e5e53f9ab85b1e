package io.tfdc.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.time.Duration;
import java.util.Map;

/**
 * The rules as the chart renders them for a production of a fixed size, in a file for a Prometheus that lives faster: groups are evaluated at
 * the given interval, and an alert's {@code for} is a tenth, yet {@value #LEAST} s at least.
 */
public final class RenderedRules {
    /** By how much the time of alerts is shortened. */
    public static final int FASTER = 10;

    /** The least number of seconds that an alert is pending. */
    public static final int LEAST = 10;

    /** The release that is rendered, a label of every series. */
    public static final String RELEASE = "fab";

    /** Its namespace, a label too. */
    public static final String NAMESPACE = "fdc";

    private RenderedRules() {}

    /** JSON, which is YAML to Prometheus. */
    public static String file(Duration interval) {
        PrometheusRule rules = Variant.FIXED_SIZE.render().one(PrometheusRule.class);
        for (RuleGroup group : rules.getSpec().getGroups()) {
            group.setInterval(interval.toSeconds() + "s");
            group.getRules().stream().filter(rule -> rule.getFor() != null).forEach(RenderedRules::hasten);
        }
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of("groups", rules.getSpec().getGroups()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hasten(Rule rule) {
        String text = rule.getFor();
        long unit = switch (text.charAt(text.length() - 1)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            default -> throw new IllegalStateException(rule.getAlert() + ": for " + text);
        };
        long seconds = unit * Long.parseLong(text.substring(0, text.length() - 1));
        rule.setFor(Math.max(LEAST, seconds / FASTER) + "s");
    }
}
