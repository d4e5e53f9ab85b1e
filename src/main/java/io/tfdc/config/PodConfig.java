package io.tfdc.config;

import java.util.Optional;

/** Who this process is, from the Kubernetes downward API as a rule. */
@Section("Who this process is, from the Kubernetes downward API as a rule.")
public record PodConfig(
        @Setting(value = "Pod name; the host name stands in.", env = "POD_NAME")
        Optional<String> name,

        @Setting(value = "Pod uid.", env = "POD_UID") Optional<String> uid,

        @Setting(value = "Namespace.", env = "POD_NAMESPACE")
        Optional<String> namespace,

        @Setting(
                value =
                        "Colour of the deployment (`stable`, `canary`, `blue`, `green`): label `deployment_color` of all metrics.",
                env = "DEPLOYMENT_COLOR")
        Optional<String> color) {

    public PodConfig {
        new Checks(PodConfig.class, name, uid, namespace, color).done();
    }
}
