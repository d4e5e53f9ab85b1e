package io.tfdc.deployment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The installations that are promised: presets of the chart, stacked as the documentation says, with a value or two. */
enum Variant {
    DEV(List.of("values-dev.yaml")),
    ROTATION(List.of("values-dev.yaml"), "nats.auth.secretName=nats-b", "nats.auth.secondSecretName=nats-a"),
    PROD(List.of("values-prod.yaml")),
    SEQUENTIAL(List.of("values-prod.yaml"), "defender.update.preset=sequential"),
    FIXED_SIZE(List.of("values-prod.yaml"), "autoscaling.mode=none"),
    KEDA(List.of("values-prod.yaml"), "autoscaling.mode=keda"),
    BLUE(List.of("values-prod.yaml", "values-blue-green.yaml"), "color=blue", "nats.domain=blue"),
    GREEN(List.of("values-prod.yaml", "values-blue-green.yaml"), "color=green", "nats.domain=green"),
    SHARED_NATS(
            List.of("values-prod.yaml"),
            "scope=green",
            "color=green",
            "nats.mode=external",
            "nats.external.servers[0]=tls://nats.site:4222"),
    CANARY(List.of("values-prod.yaml", "values-canary.yaml")),
    ARGO_BLUE_GREEN(List.of("values-prod.yaml"), "delivery.engine=argo", "delivery.strategy=blueGreen"),
    ARGO_KEDA(List.of("values-prod.yaml", "values-canary.yaml"), "autoscaling.mode=keda"),
    FLAGGER(List.of("values-prod.yaml"), "delivery.engine=flagger"),
    FLAGGER_KEDA(List.of("values-prod.yaml"), "delivery.engine=flagger", "autoscaling.mode=keda"),
    COLLECTOR(List.of("values-prod.yaml"), "collector.enabled=true", "monitoring.monitor=service"),
    LOGIN(
            List.of("values-prod.yaml"),
            "api.jwt.discover=true",
            "api.jwt.issuer=https://login.site:8443/realms/fab",
            "api.jwt.rolesClaim=groups",
            "api.jwt.roles[0]=/fab/engineers=engineer",
            "api.jwt.caSecretName=site-ca",
            "api.login.clientId=defender-console",
            "api.login.publicUrl=https://defender.site",
            "api.login.secretName=defender-login"),
    CREDENTIALS(
            List.of("values-prod.yaml"),
            "nats.mode=external",
            "nats.external.servers[0]=tls://nats.site:4222",
            "nats.auth.secretName=",
            "nats.auth.credentialsSecretName=nats-creds",
            "cassandra.tls.clientCertificate=true",
            "defender.strategiesConfigMap=strategies",
            "defender.config.logging.level=debug",
            "api.jwt.keysSecretName=provider",
            "api.jwt.issuer=https://login.site",
            "tracing.enabled=true",
            "tracing.endpoint=https://traces.site:4318/v1/traces",
            "tracing.headersSecretName=traces-auth",
            "tracing.tls.enabled=true",
            "tracing.tls.secretName=traces-tls",
            "networkPolicy.tracingCidrs[0]=10.1.0.0/16",
            "electionAgent.enabled=false",
            "electionAgent.externalAddress=agents.site:443");

    private final List<String> presets;
    private final List<String> settings;
    private @Nullable String text;
    private @Nullable Manifests rendered;

    Variant(List<String> presets, String... settings) {
        this.presets = presets;
        this.settings = Arrays.asList(settings);
    }

    /** All objects, those of hooks too. */
    synchronized Manifests render() {
        Manifests known = rendered;
        if (known == null) {
            known = Manifests.parse(text());
            rendered = known;
        }
        return known;
    }

    /** The same as Helm writes them. */
    synchronized String text() {
        String known = text;
        if (known == null) {
            known = Chart.text(presets, settings());
            text = known;
        }
        return known;
    }

    private List<Map.Entry<String, String>> settings() {
        return settings.stream()
                .map(setting -> setting.split("=", 2))
                .map(parts -> Map.entry(parts[0], parts[1]))
                .toList();
    }
}
