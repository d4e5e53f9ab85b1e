package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The event bus, and what was changed by whom. */
final class BusResource implements OperationHandler.Resource {
    private static final int ENTRIES = 100;

    private final BusWatch bus;
    private final AuditLog audit;

    BusResource(BusWatch bus, AuditLog audit) {
        this.bus = bus;
        this.audit = audit;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of(
                "busAddresses", call -> Future.succeededFuture(Reply.json(bus.addresses())),
                "sendBusMessage", this::send,
                "audit", this::audit);
    }

    private Future<Reply> send(Call call) {
        String address = call.body().getString("address");
        try {
            return bus.send(address, call.body().getJsonObject("body"))
                    .map(Reply::json)
                    .recover(error -> Future.failedFuture(
                            error instanceof ReplyException
                                    ? new Problem(
                                            504, "No answer", "nobody answered at " + address, java.util.List.of())
                                    : error));
        } catch (IllegalArgumentException e) {
            throw new Problem(403, "Not allowed", String.valueOf(e.getMessage()), java.util.List.of());
        }
    }

    private Future<Reply> audit(Call call) {
        JsonArray items = new JsonArray();
        audit.latest(call.number("limit", ENTRIES))
                .forEach(entry -> items.add(new JsonObject()
                        .put("at", entry.at().toString())
                        .put("caller", entry.caller())
                        .put("address", entry.address())
                        .put("operation", entry.operation())
                        .put("subject", entry.subject())
                        .put("status", entry.status())));
        return Future.succeededFuture(Reply.json(new JsonObject().put("items", items)));
    }
}
