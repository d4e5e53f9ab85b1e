package io.tfdc.api;

import io.tfdc.model.AuditEntry;
import io.tfdc.storage.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request the same way: who calls, may he so often, may he at all, is the request what the contract says; then the
 * operation's handler; then the answer and, for changes, the audit log. The body isn't read before the first three are answered.
 */
final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
    private static final String CALLER = "api.caller";
    private static final String PROBLEM = "application/problem+json";

    private final Authenticator authenticator;
    private final RateLimit rates;
    private final AuditLog audit;
    private final InstantSource clock;
    private final long maxBody;

    ApiRouter(Authenticator authenticator, RateLimit rates, AuditLog audit, InstantSource clock, long maxBody) {
        this.authenticator = authenticator;
        this.rates = rates;
        this.audit = audit;
        this.clock = clock;
        this.maxBody = maxBody;
    }

    /** @throws IllegalStateException if contract and handlers don't name the same operations */
    Router build(Vertx vertx, Contract contract, Map<String, OperationHandler> handlers) {
        Set<String> unmatched = new TreeSet<>(handlers.keySet());
        Router router = Router.router(vertx);
        for (Operation operation : contract.operations()) {
            OperationHandler handler = handlers.get(operation.id());
            if (handler == null) {
                throw new IllegalStateException("operation " + operation.id() + " has no handler");
            }
            unmatched.remove(operation.id());
            router.route(operation.method(), operation.route()).handler(context -> admit(operation, context));
            if (operation.body() != null) {
                router.route(operation.method(), operation.route())
                        .handler(BodyHandler.create(false).setBodyLimit(maxBody));
            }
            router.route(operation.method(), operation.route()).handler(context -> serve(operation, handler, context));
        }
        if (!unmatched.isEmpty()) {
            throw new IllegalStateException("not in the contract: " + unmatched);
        }
        router.errorHandler(404, context -> end(context, Problem.notFound("no such path")));
        router.errorHandler(
                405,
                context -> end(context, new Problem(405, "Method not allowed", "not with this method", List.of())));
        router.errorHandler(
                413,
                context -> end(
                        context,
                        new Problem(413, "Too large", "expected a body of at most " + maxBody + " bytes", List.of())));
        router.errorHandler(400, context -> end(context, new Problem(400, "Invalid request", "malformed", List.of())));
        router.errorHandler(500, context -> end(context, problem(context.failure())));
        return router;
    }

    private void admit(Operation operation, RoutingContext context) {
        context.request().pause();
        Future<Caller> caller = operation.open()
                ? Future.succeededFuture(new Caller(Caller.NOBODY, Set.of()))
                : authenticator.authenticate(
                        header(context, "Authorization"), SessionCookie.ofRequest(context.request()));
        if (operation.changes()) {
            context.addEndHandler(ended -> record(operation, context));
        }
        caller.onComplete(known -> {
            context.request().resume();
            String name = known.succeeded() ? known.result().name() : Caller.NOBODY;
            boolean nobody = name.equals(Caller.NOBODY);
            int wait = rates.take(nobody ? "address " + address(context) : "caller " + name);
            if (wait > 0) {
                context.response().putHeader("Retry-After", Integer.toString(wait));
                end(context, new Problem(429, "Too many requests", "again after " + wait + " s", List.of()));
            } else if (known.failed()) {
                context.response().putHeader("WWW-Authenticate", "Bearer");
                end(context, problem(known.cause()));
            } else {
                context.put(CALLER, known.result());
                if (operation.open() || known.result().has(operation.roles())) {
                    context.next();
                } else {
                    end(context, forbidden(operation, nobody));
                }
            }
        });
    }

    private static Problem forbidden(Operation operation, boolean nobody) {
        String needed = String.join(
                " or ", operation.roles().stream().map(Role::text).sorted().toList());
        return nobody
                ? Authentication.unknownCaller()
                : new Problem(403, "Not allowed", operation.id() + " needs the role " + needed, List.of());
    }

    private void serve(Operation operation, OperationHandler handler, RoutingContext context) {
        Future<Reply> reply;
        try {
            Caller caller = context.get(CALLER);
            reply = handler.handle(new Call(caller, parameters(operation, context), body(operation, context)));
        } catch (RuntimeException e) {
            reply = Future.failedFuture(e);
        }
        reply.onSuccess(done -> end(context, done)).onFailure(error -> end(context, problem(error)));
    }

    private static Map<String, Object> parameters(Operation operation, RoutingContext context) {
        Map<String, Object> values = new HashMap<>();
        List<Problem.Place> wrong = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(context.queryParams().names());
        for (Operation.Parameter parameter : operation.parameters()) {
            List<String> given = switch (parameter.in()) {
                case "path" -> List.of(context.pathParam(parameter.name()));
                case "header" -> context.request().headers().getAll(parameter.name());
                default -> context.queryParams().getAll(parameter.name());
            };
            unknown.remove(parameter.name());
            if (given.size() > 1) {
                wrong.add(new Problem.Place(parameter.in(), parameter.name(), "given more than once"));
            } else if (given.size() == 1) {
                Object value = parameter.check().value(given.get(0));
                values.put(parameter.name(), value);
                wrong.addAll(parameter.check().parameter(parameter.in(), parameter.name(), value));
            } else if (parameter.required()) {
                wrong.add(new Problem.Place(parameter.in(), parameter.name(), "missing"));
            }
        }
        unknown.forEach(name -> wrong.add(new Problem.Place("query", name, "unknown parameter")));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return values;
    }

    private static JsonObject body(Operation operation, RoutingContext context) {
        RequestCheck check = operation.body();
        if (check == null) {
            return new JsonObject();
        }
        String type = header(context, "Content-Type");
        if (!type.startsWith("application/json")) {
            throw new Problem(415, "Unsupported media type", "expected application/json", List.of());
        }
        JsonObject body;
        try {
            body = context.body().buffer() == null
                    ? null
                    : context.body().buffer().toJsonObject();
        } catch (DecodeException e) {
            throw Problem.invalid("body", "/", "not a JSON object: " + e.getMessage());
        }
        if (body == null) {
            throw Problem.invalid("body", "/", "missing");
        }
        List<Problem.Place> wrong = check.body(body);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return body;
    }

    /** Every failure becomes a problem here and nowhere else. */
    private static Problem problem(Throwable error) {
        if (error instanceof Problem problem) {
            return problem;
        }
        if (error instanceof StoreException store && store.retryable()) {
            return Problem.unavailable("the chart store can't serve now");
        }
        if (error instanceof io.tfdc.messaging.BrokerException) {
            return Problem.unavailable("the message broker can't serve now");
        }
        LOG.error("request failed: {}", String.valueOf(error), error);
        return new Problem(500, "Failed", "this is a fault of the server, see its log", List.of());
    }

    private static void end(RoutingContext context, Reply reply) {
        if (context.response().ended()) {
            return;
        }
        boolean known =
                !reply.etag().isEmpty() && header(context, "If-None-Match").equals(reply.etag());
        context.response()
                .setStatusCode(known ? 304 : reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, reply.etag().isEmpty() ? "no-store" : "no-cache");
        if (!reply.etag().isEmpty()) {
            context.response().putHeader(HttpHeaders.ETAG, reply.etag());
        }
        if (known) {
            context.response().end();
        } else {
            context.response().end(reply.body());
        }
    }

    private static void end(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(problem.json(context.request().path()).toBuffer());
    }

    private void record(Operation operation, RoutingContext context) {
        Caller caller = context.get(CALLER);
        StringBuilder subject = new StringBuilder();
        context.pathParams()
                .forEach((name, value) ->
                        subject.append(name).append('=').append(value).append(' '));
        JsonObject body = operation.body() == null
                        || context.body() == null
                        || context.body().buffer() == null
                ? new JsonObject()
                : decoded(context);
        for (String name : List.of("kind", "command", "version", "member", "chamber", "size", "address")) {
            if (body.containsKey(name)) {
                subject.append(name)
                        .append('=')
                        .append(clip(String.valueOf(body.getValue(name))))
                        .append(' ');
            }
        }
        audit.add(new AuditEntry(
                audit.nextId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                caller == null ? Caller.NOBODY : caller.name(),
                address(context),
                operation.id(),
                clip(subject.toString().strip()),
                context.response().getStatusCode()));
    }

    private static JsonObject decoded(RoutingContext context) {
        try {
            return context.body().buffer().toJsonObject();
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    private static String clip(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    private static String address(RoutingContext context) {
        return context.request().remoteAddress() == null
                ? ""
                : context.request().remoteAddress().host();
    }

    private static String header(RoutingContext context, String name) {
        String value = context.request().getHeader(name);
        return value == null ? "" : value;
    }
}
