package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import java.util.Map;

/** The event bus. */
final class BusResource implements OperationHandler.Resource {
    private final BusWatch bus;

    BusResource(BusWatch bus) {
        this.bus = bus;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of(
                "busAddresses",
                call -> Future.succeededFuture(Reply.json(bus.addresses())),
                "sendBusMessage",
                this::send);
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
}
