package io.tfdc.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void defaults_hold_without_any_source() {
        EffectiveConfig effective = load(Map.of());
        assertAll(
                () -> assertEquals(
                        List.of("nats://localhost:4222"),
                        effective.config().nats().servers()),
                () -> assertEquals(10, effective.config().processing().maxConcurrent()),
                () -> assertEquals(
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)),
                        effective.config().processing().retryDelays()),
                () -> assertEquals(
                        new DataSize(100 << 20), effective.config().processing().cacheSize()),
                () -> assertEquals("default", origin(effective, "nats.servers")));
    }

    @Test
    void a_later_layer_wins_setting_by_setting() throws IOException {
        Path file = file("processing:\n  maxConcurrent: 1\n  drainTimeout: 2s\n  calculationThreads: 3\n");
        EffectiveConfig effective = ConfigLoader.load(
                Optional.of(file),
                Map.of("MAX_CONCURRENT_MESSAGES", "4", "DEFENDER_PROCESSING_DRAIN_TIMEOUT", "5s"),
                List.of("processing.maxConcurrent=6"));
        ProcessingConfig processing = effective.config().processing();
        assertAll(
                () -> assertEquals(6, processing.maxConcurrent()),
                () -> assertEquals(Duration.ofSeconds(5), processing.drainTimeout()),
                () -> assertEquals(3, processing.calculationThreads()),
                () -> assertEquals(
                        "flag --set processing.maxConcurrent", origin(effective, "processing.maxConcurrent")),
                () -> assertEquals(
                        "environment DEFENDER_PROCESSING_DRAIN_TIMEOUT", origin(effective, "processing.drainTimeout")),
                () -> assertEquals(file + ":4", origin(effective, "processing.calculationThreads")));
    }

    @Test
    void a_variable_names_the_file_and_the_flag_wins_over_it() throws IOException {
        Path byVariable = file("http: {port: 1111}");
        Path byFlag = Files.writeString(directory.resolve("other.yaml"), "http: {port: 2222}");
        Map<String, String> environment = Map.of("DEFENDER_CONFIG", byVariable.toString());
        assertEquals(1111, load(environment).config().http().port());
        assertEquals(
                2222,
                ConfigLoader.load(Optional.of(byFlag), environment, List.of())
                        .config()
                        .http()
                        .port());
    }

    @Test
    void a_token_for_the_api_is_no_setting() {
        assertEquals(
                load(Map.of()).config(),
                load(Map.of(ConfigLoader.TOKEN_VARIABLE, "abc")).config());
    }

    @Test
    void documented_variables_have_their_names_and_units() {
        DefenderConfig config = load(Map.ofEntries(
                        Map.entry("NATS_SERVERS", "nats://a:1, tls://b:2"),
                        Map.entry("NATS_STREAM_NAME", "s"),
                        Map.entry("CASSANDRA_HOSTS", "c1,c2:9043"),
                        Map.entry("CASSANDRA_KEYSPACE", "k"),
                        Map.entry("CASSANDRA_CONSISTENCY", "QUORUM"),
                        Map.entry("CACHE_SIZE_MB", "64"),
                        Map.entry("PROCESS_TIMEOUT_SECONDS", "2.5"),
                        Map.entry("MAX_CONCURRENT_MESSAGES", "7"),
                        Map.entry("LOG_FORMAT", "json"),
                        Map.entry("LOG_LEVEL", "DEBUG"),
                        Map.entry("POD_NAME", "p"),
                        Map.entry("POD_UID", "u"),
                        Map.entry("POD_NAMESPACE", "n")))
                .config();
        assertAll(
                () -> assertEquals(
                        List.of("nats://a:1", "tls://b:2"), config.nats().servers()),
                () -> assertEquals("s", config.nats().stream()),
                () -> assertEquals(List.of("c1", "c2:9043"), config.cassandra().hosts()),
                () -> assertEquals("k", config.cassandra().keyspace()),
                () -> assertEquals(
                        CassandraConfig.Consistency.QUORUM, config.cassandra().consistency()),
                () -> assertEquals(new DataSize(64 << 20), config.processing().cacheSize()),
                () -> assertEquals(Duration.ofMillis(2500), config.processing().timeout()),
                () -> assertEquals(7, config.processing().maxConcurrent()),
                () -> assertEquals(LoggingConfig.Format.JSON, config.logging().format()),
                () -> assertEquals(org.slf4j.event.Level.DEBUG, config.logging().level()),
                () -> assertEquals(Optional.of("p"), config.pod().name()),
                () -> assertEquals(Optional.of("u"), config.pod().uid()),
                () -> assertEquals(Optional.of("n"), config.pod().namespace()));
    }

    @Test
    void all_problems_are_reported_together_with_origin_path_and_expectation() throws IOException {
        Path file = file("nats:\n  servres: x\n  replicas: 9\nprocessing:\n  timeout: soon\nlog: {}\n");
        List<String> problems = assertThrows(
                        ConfigException.class,
                        () -> ConfigLoader.load(
                                Optional.of(file),
                                Map.of("LOG_LEVEL", "inof", "DEFENDER_HTTP_PROT", "1", "CACHE_SIZE_MB", "1MB"),
                                List.of("http.prot=1", "nonsense", "http.port=99999")))
                .problems();
        assertEquals(
                List.of(
                        file + ":2: nats.servres: unknown key, did you mean \"servers\"?",
                        file + ":3: nats.replicas: expected 1 to 5, found \"9\"",
                        file + ":5: processing.timeout: expected a duration such as 2s or 500ms, found the text"
                                + " \"soon\"",
                        file
                                + ":6: log: unknown key, expected one of nats, store, cassandra, processing, cluster,"
                                + " election, electionAgent, http, api, tracing, logging, pod",
                        "environment CACHE_SIZE_MB: processing.cacheSize: expected a number of MiB, found \"1MB\"",
                        "environment LOG_LEVEL: logging.level: expected one of error, warn, info, debug, trace,"
                                + " found \"inof\", did you mean \"info\"?",
                        "environment DEFENDER_HTTP_PROT: unknown variable, did you mean \"DEFENDER_HTTP_PORT\"?",
                        "flag --set http.prot: unknown setting, did you mean \"http.port\"?",
                        "flag --set nonsense: expected section.key=value",
                        "flag --set http.port: expected 0 to 65535, found \"99999\""),
                problems);
    }

    @Test
    void a_bad_value_is_refused_though_a_later_layer_overrides_it() throws IOException {
        Path file = file("http:\n  port: 70000\n");
        ConfigException refused = assertThrows(
                ConfigException.class, () -> ConfigLoader.load(Optional.of(file), Map.of(), List.of("http.port=80")));
        assertEquals(List.of(file + ":2: http.port: expected 0 to 65535, found \"70000\""), refused.problems());
    }

    @Test
    void values_must_fit_together() {
        assertAll(
                () -> assertRefused(
                        "nats.password: expected user and password together", Map.of("DEFENDER_NATS_USER", "u")),
                () -> assertRefused(
                        "environment DEFENDER_NATS_CREDENTIALS: nats.credentials: expected one of user, token and",
                        Map.of("DEFENDER_NATS_TOKEN", "t", "DEFENDER_NATS_CREDENTIALS", "c")),
                () -> assertRefused(
                        "nats.tls.enabled: expected true", Map.of("DEFENDER_NATS_TLS_TRUSTED_CERTIFICATES", "ca.pem")),
                () -> assertRefused(
                        "cassandra.keepUCharts: expected at least keepTCharts (3d)",
                        Map.of("DEFENDER_CASSANDRA_KEEP_UCHARTS", "1d")),
                () -> assertRefused("another name than stream", Map.of("NATS_STREAM_NAME", "dc-dlq")),
                () -> assertRefused(
                        "nats.servers: expected nats://host:port",
                        Map.of("NATS_SERVERS", "nats://user:pass@host:4222")));
    }

    @Test
    void subjects_follow_the_template() {
        NatsConfig nats = load(Map.of("DEFENDER_NATS_SUBJECT", "fab7.{tool}.{chamber}.run.completion"))
                .config()
                .nats();
        assertAll(
                () -> assertEquals("fab7.t1.c2.run.completion", nats.subject("t1", "c2")),
                () -> assertEquals("fab7.*.*.run.completion", nats.everySubject()),
                () -> assertEquals("fab7.>", nats.streamSubjects()),
                () -> assertRefused(
                        "nats.subject: expected name.{tool}.{chamber}",
                        Map.of("DEFENDER_NATS_SUBJECT", "dc.{chamber}.completed")),
                () -> assertRefused(
                        "nats.subject: expected name.{tool}.{chamber}",
                        Map.of("DEFENDER_NATS_SUBJECT", "dc.{tool}.{chamber}.>")));
    }

    @Test
    void contact_points_have_ports() {
        CassandraConfig cassandra = load(Map.of(
                        "CASSANDRA_HOSTS",
                        "c1,c2:9043,10.0.0.1,[::1],[fe80::2]:9044",
                        "DEFENDER_CASSANDRA_PORT",
                        "1111"))
                .config()
                .cassandra();
        assertEquals(
                List.of("c1:1111", "c2:9043", "10.0.0.1:1111", "[::1]:1111", "[fe80::2]:9044"),
                cassandra.contactPoints());
    }

    @Test
    void two_names_of_one_setting_must_agree() {
        assertEquals(
                List.of("nats://a:1"),
                load(Map.of("NATS_SERVERS", "nats://a:1", "NATS_URL", "nats://a:1"))
                        .config()
                        .nats()
                        .servers());
        assertRefused(
                "environment NATS_URL: nats.servers: is another name of NATS_SERVERS, which has another value",
                Map.of("NATS_SERVERS", "nats://a:1", "NATS_URL", "nats://b:1"));
        assertRefused(
                "environment MAX_DEFENDER_COUNT: cluster.maxDefenders: is another name of MAX_DEFENDERS",
                Map.of("MAX_DEFENDERS", "100", "MAX_DEFENDER_COUNT", "200"));
    }

    @Test
    void secrets_come_from_files_and_never_show() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2\n");
        EffectiveConfig effective =
                load(Map.of("DEFENDER_NATS_USER", "u", "DEFENDER_NATS_PASSWORD_FILE", secret.toString()));
        assertAll(
                () -> assertEquals(
                        "hunter2",
                        effective.config().nats().password().orElseThrow().reveal()),
                () -> assertTrue(!effective.toString().contains("hunter2")),
                () -> assertTrue(!ConfigPrinter.yaml(effective).contains("hunter2")),
                () -> assertTrue(!ConfigPrinter.json(effective).contains("hunter2")),
                () -> assertRefused(
                        "is set by DEFENDER_NATS_PASSWORD already",
                        Map.of(
                                "DEFENDER_NATS_USER", "u",
                                "DEFENDER_NATS_PASSWORD", "x",
                                "DEFENDER_NATS_PASSWORD_FILE", secret.toString())),
                () -> assertRefused(
                        "can't read /nowhere/x (NoSuchFileException)",
                        Map.of("DEFENDER_NATS_TOKEN_FILE", "/nowhere/x")));
    }

    @Test
    void secrets_are_not_taken_from_flags() {
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> ConfigLoader.load(Optional.empty(), Map.of(), List.of("nats.token=hunter2")));
        assertTrue(refused.getMessage().contains("secrets aren't taken from the command line"));
        assertTrue(!refused.getMessage().contains("hunter2"));
    }

    @Test
    void what_kubernetes_injects_for_services_is_ignored() {
        EffectiveConfig effective = load(Map.of(
                "DEFENDER_SERVICE_HOST", "10.0.0.1",
                "DEFENDER_SERVICE_PORT_HTTP", "8080",
                "DEFENDER_PORT", "tcp://10.0.0.1:8080",
                "DEFENDER_PORT_8080_TCP_ADDR", "10.0.0.1",
                "DEFENDER_HTTP_PORT", "tcp://10.0.0.2:80",
                "DEFENDER_HTTP_SERVICE_HOST", "10.0.0.2"));
        assertEquals(9090, effective.config().http().port());
    }

    @Test
    void an_empty_variable_counts_as_not_set() {
        assertEquals("default", origin(load(Map.of("NATS_SERVERS", " ")), "nats.servers"));
    }

    @Test
    void words_that_mean_null_in_yaml_are_words_elsewhere() {
        assertEquals(
                Optional.of("null"),
                load(Map.of("POD_NAME", "null")).config().pod().name());
        assertEquals(
                List.of("~"),
                ConfigLoader.load(Optional.empty(), Map.of(), List.of("pod.uid=~")).config().pod().uid().stream()
                        .toList());
    }

    @Test
    void an_empty_flag_is_refused() {
        ConfigException refused = assertThrows(
                ConfigException.class, () -> ConfigLoader.load(Optional.empty(), Map.of(), List.of("nats.stream=")));
        assertEquals(List.of("flag --set nats.stream: expected a text, found nothing"), refused.problems());
    }

    @Test
    void superseded_variables_are_checked_and_named_with_what_holds_instead() {
        EffectiveConfig effective =
                load(Map.of("WEIGHT_REBALANCE_MAX_ITERATIONS", "5", "SUBSCRIPTION_RETRY_ATTEMPTS", "3"));
        assertEquals(
                Set.of("WEIGHT_REBALANCE_MAX_ITERATIONS", "SUBSCRIPTION_RETRY_ATTEMPTS"),
                effective.unused().keySet());
        assertTrue(
                effective.unused().get("WEIGHT_REBALANCE_MAX_ITERATIONS").contains("cluster.moveBudget"),
                "" + effective.unused());
        assertRefused(
                "environment SUBSCRIPTION_BACKOFF_SECONDS: expected a number of seconds, found \"2s\"",
                Map.of("SUBSCRIPTION_BACKOFF_SECONDS", "2s"));
    }

    @Test
    void the_documents_variables_of_crashes_and_weights_have_their_effect() {
        ClusterConfig byDefault = load(Map.of()).config().cluster();
        ClusterConfig cluster = load(Map.of(
                        "CRASH_IMMEDIATE", "false",
                        "WEIGHT_REBALANCE_THRESHOLD", "0.20",
                        "WEIGHT_UPDATE_INTERVAL_SECONDS", "3600"))
                .config()
                .cluster();
        assertEquals(Duration.ofMillis(250), byDefault.crashWindow());
        assertEquals(byDefault.scaleWindow(), cluster.crashWindow());
        assertEquals(Optional.empty(), byDefault.weightThreshold());
        assertEquals(Optional.of(0.2), cluster.weightThreshold());
        assertEquals(Duration.ofDays(1), byDefault.weightUpdateInterval());
        assertEquals(Duration.ofHours(1), cluster.weightUpdateInterval());
    }

    @Test
    void the_defaults_of_the_documents_are_accepted_for_all_their_variables() {
        Map<String, String> documented = Map.ofEntries(
                Map.entry("ELECTION_AGENT_ADDR", "election-agent:9090"),
                Map.entry("ELECTION_TTL_SECONDS", "10"),
                Map.entry("MAX_DEFENDERS", "100"),
                Map.entry("HEARTBEAT_INTERVAL_SECONDS", "2"),
                Map.entry("ASSIGNMENT_STABILIZATION_WINDOW_SECONDS", "30"),
                Map.entry("ASSIGNMENT_CONTROLLER_ENABLED", "true"),
                Map.entry("ASSIGNMENT_VNODE_COUNT", "200"),
                Map.entry("WEIGHT_REBALANCE_ENABLED", "true"),
                Map.entry("WEIGHT_REBALANCE_THRESHOLD", "0.20"),
                Map.entry("WEIGHT_REBALANCE_MAX_ITERATIONS", "5"),
                Map.entry("WEIGHT_CACHE_TTL_SECONDS", "3600"),
                Map.entry("WEIGHT_UPDATE_INTERVAL_SECONDS", "86400"),
                Map.entry("COLD_START_WINDOW_SECONDS", "30"),
                Map.entry("SCALE_WINDOW_SECONDS", "10"),
                Map.entry("CRASH_IMMEDIATE", "true"),
                Map.entry("SUBSCRIPTION_UPDATE_TIMEOUT_SECONDS", "30"),
                Map.entry("SUBSCRIPTION_RETRY_ATTEMPTS", "3"),
                Map.entry("SUBSCRIPTION_BACKOFF_SECONDS", "2"),
                Map.entry("DEPLOYMENT_COLOR", "blue"));
        EffectiveConfig effective = load(documented);
        assertEquals(SupersededVariables.ALL.keySet(), effective.unused().keySet());
        assertEquals(100, effective.config().cluster().maxDefenders());
        assertEquals(Optional.of("blue"), effective.config().pod().color());
    }

    @Test
    void the_switch_of_the_assignment_controller_knows_five_words() {
        Map<String, ClusterConfig.Mode> words = Map.of(
                "true", ClusterConfig.Mode.ON,
                "on", ClusterConfig.Mode.ON,
                "shadow", ClusterConfig.Mode.SHADOW,
                "false", ClusterConfig.Mode.OFF,
                "off", ClusterConfig.Mode.OFF);
        words.forEach((word, mode) -> assertEquals(
                mode,
                load(Map.of("ASSIGNMENT_CONTROLLER_ENABLED", word))
                        .config()
                        .cluster()
                        .mode(),
                word));
        assertRefused(
                "environment ASSIGNMENT_CONTROLLER_ENABLED: cluster.mode: expected one of on, shadow, off",
                Map.of("ASSIGNMENT_CONTROLLER_ENABLED", "maybe"));
    }

    @Test
    void unreadable_files_are_named() throws IOException {
        assertAll(
                () -> assertRefusedFile("none.yaml: no such file", directory.resolve("none.yaml")),
                () -> assertRefusedFile("expected a mapping", file("- a\n")),
                () -> assertRefusedFile("not YAML", file("a: [\n")),
                () -> assertRefusedFile(
                        "expected UTF-8 text",
                        Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe4})));
    }

    private static EffectiveConfig load(Map<String, String> environment) {
        return ConfigLoader.load(Optional.empty(), environment, List.of());
    }

    private static String origin(EffectiveConfig effective, String path) {
        return String.valueOf(effective.origins().get(path));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("defender.yaml"), text);
    }

    private static void assertRefused(String expected, Map<String, String> environment) {
        ConfigException refused = assertThrows(ConfigException.class, () -> load(environment));
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }

    private static void assertRefusedFile(String expected, Path file) {
        ConfigException refused =
                assertThrows(ConfigException.class, () -> ConfigLoader.load(Optional.of(file), Map.of(), List.of()));
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
