package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.tfdc.testing.PrometheusTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules are valid, and each alert fires when it should and only then: promtool evaluates them on series of a cluster. */
@Tag("integration")
final class PrometheusRulesTest {
    private static final Path RULES = Chart.file("files/prometheus/defender.rules.yaml");
    private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

    @TempDir
    private Path folder;

    @Test
    void rulesAreValid() throws IOException {
        PrometheusTools.obtain()
                .promtool("check", "rules", RULES.toAbsolutePath().toString());
    }

    @Test
    void routesAreValid() throws IOException {
        PrometheusTools tools = PrometheusTools.obtain();
        String routes =
                Chart.file("files/examples/alertmanager.yaml").toAbsolutePath().toString();

        tools.amtool("check-config", routes);
        for (List<String> expected :
                List.of(List.of("critical", "on-call"), List.of("warning", "tickets"), List.of("info", "none"))) {
            tools.amtool(
                    "config",
                    "routes",
                    "test",
                    "--config.file=" + routes,
                    "--verify.receivers=" + expected.get(1),
                    "severity=" + expected.get(0),
                    "alertname=DefenderNoLeader");
        }
    }

    @Test
    void everyAlertFiresWhenItShouldAndNoOtherDoes() throws IOException {
        PrometheusTools tools = PrometheusTools.obtain();
        Set<String> tested = new TreeSet<>();
        for (RuleCases cases : List.of(
                AlertCases.ofTheCluster(),
                AlertCases.ofHours(),
                AlertCases.ofFastBurning(),
                AlertCases.ofSlowBurning())) {
            cases.run(tools, folder, RULES);
            tested.addAll(cases.fired());
        }

        assertEquals(alerts().stream().map(Rule::getAlert).collect(Collectors.toCollection(TreeSet::new)), tested);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() throws IOException {
        String runbook = Files.readString(Chart.projectFile("docs/runbook.md"));
        Set<String> anchors = Pattern.compile("(?m)^#+ (.+)$")
                .matcher(runbook)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
        for (Rule alert : alerts()) {
            String name = alert.getAlert();
            assertTrue(SEVERITIES.contains(alert.getLabels().get("severity")), name);
            assertTrue(alert.getAnnotations().get("summary").length() > 10, name);
            assertTrue(alert.getAnnotations().get("description").length() > 10, name);
            String url = alert.getAnnotations().get("runbook_url");
            Matcher anchor = Pattern.compile("docs/runbook\\.md#(.+)").matcher(url);
            assertTrue(anchor.matches() && anchors.contains(anchor.group(1)), () -> name + ": " + url);
        }
    }

    @Test
    void theChartAddsTheIntendedNumber() {
        for (Variant variant : List.of(Variant.PROD, Variant.CANARY, Variant.FLAGGER)) {
            Rule expected = variant.render().one(PrometheusRule.class).getSpec().getGroups().stream()
                    .flatMap(group -> group.getRules().stream())
                    .filter(rule -> "release:defender_replicas:count".equals(rule.getRecord()))
                    .findFirst()
                    .orElseThrow();
            assertEquals("fab", expected.getLabels().get("release"));
            assertTrue(expected.getExpr().getStrVal().contains("fab-defender"), expected.getExpr()::getStrVal);
        }
    }

    @Test
    void rulesAndGatesReadMetricsThatSomebodyExposes() throws IOException {
        Set<String> known = MetricNames.known();
        for (Variant variant : List.of(Variant.PROD, Variant.CANARY, Variant.FLAGGER)) {
            for (String expression : expressions(variant.render())) {
                Set<String> unknown = new TreeSet<>(MetricNames.in(expression));
                assertFalse(unknown.isEmpty(), expression);
                unknown.removeAll(known);
                assertEquals(Set.of(), unknown, expression);
            }
        }
    }

    private static List<String> expressions(Manifests manifests) {
        Stream<String> rules = manifests.all(PrometheusRule.class).stream()
                .flatMap(rule -> rule.getSpec().getGroups().stream())
                .flatMap(group -> group.getRules().stream())
                .map(rule -> rule.getExpr().getStrVal());
        Stream<String> argo = manifests.all(DeliveryKinds.AnalysisTemplate.class).stream()
                .flatMap(template -> template.spec().metrics().stream())
                .map(metric -> metric.provider().prometheus().query());
        Stream<String> flagger = manifests.all(DeliveryKinds.MetricTemplate.class).stream()
                .map(template -> template.spec().query());
        return Stream.of(rules, argo, flagger).flatMap(queries -> queries).toList();
    }

    private static List<Rule> alerts() {
        return Variant.PROD.render().one(PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .filter(rule -> rule.getAlert() != null)
                .toList();
    }
}
