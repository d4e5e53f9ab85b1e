package io.tfdc.api;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.AlarmNote;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Walks every operation of the contract: who may call it, what becomes of wrong requests, and that nothing changes by those. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private final Contract contract = Contract.load();
    private ApiSite site;

    @BeforeAll
    void start(@TempDir Path folder) {
        site = new ApiSite(folder).fed();
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void theDocumentIsValidOpenApi() {
        Vertx vertx = Vertx.vertx();
        // This reader does not know the media type of problems.
        JsonObject document =
                new JsonObject(contract.document().encode().replace("application/problem+json", "application/json"));
        OpenAPIContract read = await(OpenAPIContract.from(vertx, document));
        assertEquals(contract.operations().size(), read.operations().size());
        await(vertx.close());
    }

    @Test
    void operationsHaveNamesOfTheirOwnASummaryAndRoles() {
        Set<String> ids = new HashSet<>();
        for (Operation operation : contract.operations()) {
            assertTrue(ids.add(operation.id()), operation.id());
            assertEquals(operation.open(), operation.roles().isEmpty(), operation.id() + ": open or with roles");
            assertTrue(!operation.open() || operation.method().equals(HttpMethod.GET), operation.id());
        }
    }

    @Test
    void handlersAndContractNameTheSameOperations() {
        ApiRouter router = new ApiRouter(
                header -> Future.succeededFuture(), null, new AuditLog(site.vertx, site.store), Instant::now, 1_000);
        Map<String, OperationHandler> all = new HashMap<>();
        contract.operations().forEach(operation -> all.put(operation.id(), call -> null));
        router.build(site.vertx, contract, all);
        all.put("another", call -> null);
        assertThrows(IllegalStateException.class, () -> router.build(site.vertx, contract, all));
        all.remove("another");
        all.remove("status");
        assertThrows(IllegalStateException.class, () -> router.build(site.vertx, contract, all));
    }

    @Test
    void withoutCredentialsOrARoleNothingHappens() {
        String before = state();
        for (Operation operation : contract.operations()) {
            if (operation.open()) {
                assertEquals(200, call(null, operation, Map.of()).status(), operation.id());
                continue;
            }
            ApiSite.Answer nobody = call(null, operation, Map.of());
            assertEquals(401, nobody.status(), operation.id());
            assertEquals("Bearer", nobody.header("WWW-Authenticate"));
            assertEquals(
                    401,
                    site.call(
                                    null,
                                    operation.method().name(),
                                    path(operation, Map.of()),
                                    body(operation),
                                    Map.of("Authorization", "Bearer wrong"))
                            .status());
            for (Role role : ApiSite.without(operation.roles())) {
                ApiSite.Answer refused = call(role, operation, Map.of());
                assertEquals(403, refused.status(), operation.id() + " as " + role);
                assertTrue(refused.header("Content-Type").startsWith("application/problem+json"));
            }
        }
        assertEquals(before, state());
    }

    @Test
    void refusedChangesAreAudited() {
        site.call(Role.VIEWER, "DELETE", "/api/v1/dead-letters/77", Optional.empty(), Map.of());
        eventually("stored", () -> newestAudited().getString("subject", "").equals("sequence=77"));
        JsonObject newest = newestAudited();
        assertEquals("dropDeadLetter", newest.getString("operation"));
        assertEquals("sequence=77", newest.getString("subject"));
        assertEquals(403, newest.getInteger("status"));
    }

    private JsonObject newestAudited() {
        JsonArray items =
                site.get(Role.OPERATOR, "/api/v1/audit?limit=1").json().getJsonArray("items");
        return items.isEmpty() ? new JsonObject() : items.getJsonObject(0);
    }

    @Test
    void aWrongParameterIsNamed() {
        String before = state();
        for (Operation operation : contract.operations()) {
            for (Operation.Parameter parameter : operation.parameters()) {
                if (parameter.in().equals("header")) {
                    continue;
                }
                ApiSite.Answer answer = call(Role.ADMIN, operation, Map.of(parameter.name(), wrong(parameter)));
                String what = operation.id() + ' ' + parameter.name();
                assertEquals(400, answer.status(), what + ": " + answer.text());
                JsonObject place = answer.json().getJsonArray("errors").getJsonObject(0);
                assertEquals(
                        parameter.in() + ' ' + parameter.name(),
                        place.getString("in") + ' ' + place.getString("at"),
                        what);
            }
            if (!operation.open()) {
                ApiSite.Answer unknown = site.call(
                        Role.ADMIN,
                        operation.method().name(),
                        path(operation, Map.of()) + (path(operation, Map.of()).contains("?") ? "&" : "?") + "nosuch=1",
                        body(operation),
                        Map.of());
                assertEquals(400, unknown.status(), operation.id());
                assertTrue(unknown.text().contains("\"nosuch\""), unknown.text());
            }
        }
        assertEquals(before, state());
    }

    @Test
    void aWrongBodyIsNamedByItsPlace() {
        String before = state();
        for (Operation operation : contract.operations()) {
            if (operation.body() == null) {
                continue;
            }
            String path = path(operation, Map.of());
            String method = operation.method().name();
            assertEquals(
                    "/", place(site.call(Role.ADMIN, method, path, Optional.of("no json"), Map.of())), operation.id());
            assertEquals("/", place(site.call(Role.ADMIN, method, path, Optional.of("{}"), Map.of())), operation.id());
            assertEquals(
                    "/",
                    place(site.call(
                            Role.ADMIN, method, path, Optional.empty(), Map.of("Content-Type", "application/json"))));
            JsonObject odd = new JsonObject(body(operation).orElseThrow()).put("nosuch", 1);
            ApiSite.Answer answer = site.call(Role.ADMIN, method, path, Optional.of(odd.encode()), Map.of());
            assertEquals("/nosuch", place(answer), answer.text());
            assertEquals(
                    415,
                    site.call(Role.ADMIN, method, path, Optional.of("{}"), Map.of("Content-Type", "text/plain"))
                            .status());
            JsonObject large = new JsonObject(body(operation).orElseThrow()).put("text", "x".repeat(2 << 20));
            assertEquals(
                    413,
                    site.call(Role.ADMIN, method, path, Optional.of(large.encode()), Map.of())
                            .status());
        }
        ApiSite.Answer type =
                site.post(Role.ADMIN, path(operation("noteAlarm"), Map.of()), new JsonObject().put("kind", 5));
        assertEquals("/kind", place(type), type.text());
        assertEquals(before, state());
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        assertEquals(404, site.get(Role.VIEWER, "/api/v1/nothing").status());
        assertEquals(
                405,
                site.call(Role.VIEWER, "DELETE", "/api/v1/status", Optional.empty(), Map.of())
                        .status());
    }

    private Operation operation(String id) {
        return contract.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String place(ApiSite.Answer answer) {
        assertEquals(400, answer.status(), answer.text());
        return answer.json().getJsonArray("errors").getJsonObject(0).getString("at");
    }

    private ApiSite.Answer call(Role role, Operation operation, Map<String, String> values) {
        return site.call(role, operation.method().name(), path(operation, values), body(operation), Map.of());
    }

    /** Paths of requests that would be right. */
    private static String path(Operation operation, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "tool",
                "T",
                "chamber",
                "C",
                "context",
                "c",
                "id",
                "T:C:c:s.r",
                "version",
                "1",
                "job",
                "ab",
                "sequence",
                "1",
                "size",
                "3",
                "raisedAt",
                "2026-03-01T00:00:00Z",
                "group",
                "g"));
        all.put("indicator", "S/run/mean");
        if (operation.path().contains("strategies")) {
            all.put("id", "nosuch");
        }
        all.putAll(values);
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Operation.Parameter parameter : operation.parameters()) {
            String name = parameter.name();
            String value =
                    java.net.URLEncoder.encode(all.getOrDefault(name, ""), java.nio.charset.StandardCharsets.UTF_8);
            if (parameter.in().equals("path")) {
                path = path.replace("{" + name + '}', value);
            } else if (parameter.in().equals("query") && (parameter.required() || values.containsKey(name))) {
                query.append(query.length() == 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        return path + query;
    }

    /** Wrong whatever the parameter is: no number, no name, too long for a text. */
    private static String wrong(Operation.Parameter parameter) {
        return parameter.in().equals("path") ? "!".repeat(300) : "% !/x".repeat(300);
    }

    private static Optional<String> body(Operation operation) {
        String body = switch (operation.id()) {
            case "noteAlarm" -> "{\"kind\":\"close\",\"text\":\"done\"}";
            case "validateStrategy", "storeStrategy", "startBacktest" -> "{\"yaml\":\"strategy: x\"}";
            case "activateStrategy" -> "{\"version\":0}";
            case "clusterCommand" -> "{\"command\":\"pause\"}";
            case "sendBusMessage" -> "{\"address\":\"echo\",\"body\":{}}";
            default -> "";
        };
        assertEquals(operation.body() == null, body.isEmpty(), operation.id() + ": say what a body looks like");
        return Optional.of(body).filter(text -> !text.isEmpty());
    }

    /** Everything that the API can change. */
    private String state() {
        Instant from = Instant.parse("2026-02-20T00:00:00Z");
        List<AlarmNote> notes = await(site.store.alarmNotes(from, from.plus(Duration.ofDays(30))));
        assertFalse(await(site.store.strategies()).isEmpty());
        return notes + "\n" + await(site.store.strategies()) + await(site.store.activations())
                + await(site.letters.size())
                + await(site.store.chamberEvents(ApiSite.FAULTY, from, from.plus(Duration.ofDays(30))));
    }
}
