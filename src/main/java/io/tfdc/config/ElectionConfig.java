package io.tfdc.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** How members elect their leader. */
@Section("How members elect their leader.")
public record ElectionConfig(
        @Setting(value = "Who decides: the Election Agent, a key in NATS, or this process alone.", byDefault = "agent")
        Kind kind,

        @Setting(
                value = "Agents as `host:port`; the next is asked when one fails.",
                byDefault = "election-agent:9090",
                env = "ELECTION_AGENT_ADDR")
        List<String> agents,

        @Setting(
                value = "Name of the election; clusters that share agents or servers need different ones.",
                byDefault = "defender")
        String name,

        @Setting(
                value = "How long a leader leads without an extension.",
                byDefault = "3s",
                min = "1s",
                max = "1m",
                env = "ELECTION_TTL_SECONDS",
                envUnit = "s")
        Duration term,

        @Setting(value = "Between extensions.", byDefault = "1s", min = "100ms", max = "30s")
        Duration renewInterval,

        @Setting(
                value = "Between campaigns of a follower, on average.",
                byDefault = "500ms",
                min = "100ms",
                max = "30s")
        Duration campaignInterval,

        @Setting(
                value = "How much earlier than the service a leader stops by itself; a twentieth of the term at least.",
                byDefault = "500ms",
                min = "50ms",
                max = "30s")
        Duration margin,

        @Setting(
                value = "Time for one request, a second attempt included.",
                byDefault = "800ms",
                min = "100ms",
                max = "30s")
        Duration requestTimeout,

        TlsConfig tls) {

    /** Who decides elections. */
    public enum Kind {
        AGENT,
        NATS_KV,
        EMBEDDED
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LEAST_MARGIN = 20;

    public ElectionConfig {
        agents = List.copyOf(agents);
        new Checks(
                        ElectionConfig.class,
                        kind,
                        agents,
                        name,
                        term,
                        renewInterval,
                        campaignInterval,
                        margin,
                        requestTimeout,
                        tls)
                .require(!agents.isEmpty(), "agents", "at least one agent")
                .each("agents", agents, Checks::isAddress, "host:port")
                .require(NAME.matcher(name).matches(), "name", "1 to 64 of A-Z a-z 0-9 _ -")
                .require(
                        margin.multipliedBy(LEAST_MARGIN).compareTo(term) >= 0,
                        "margin",
                        "at least a twentieth of term, for clocks of different rates")
                .require(
                        renewInterval.plus(margin).compareTo(term) < 0,
                        "renewInterval",
                        "less than term without margin")
                .require(
                        requestTimeout.plus(margin).compareTo(term) < 0,
                        "requestTimeout",
                        "less than term without margin")
                .done();
    }
}
