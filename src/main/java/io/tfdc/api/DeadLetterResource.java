package io.tfdc.api;

import io.tfdc.messaging.MessageStream;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.DeadLetters.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Notifications given up. */
final class DeadLetterResource implements OperationHandler.Resource {
    private static final int PAGE = 100;
    private static final int SHOWN = 2_000;

    private final DeadLetters letters;
    private final MessageStream notifications;

    DeadLetterResource(DeadLetters letters, MessageStream notifications) {
        this.letters = letters;
        this.notifications = notifications;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("deadLetters", this::list, "replayDeadLetter", this::replay, "dropDeadLetter", this::drop);
    }

    private Future<Reply> list(Call call) {
        int limit = call.number("limit", PAGE);
        return letters.list(from(call), limit + 1).map(found -> {
            List<DeadLetter> page = found.subList(0, Math.min(limit, found.size()));
            JsonObject json = new JsonObject()
                    .put(
                            "items",
                            new JsonArray(
                                    page.stream().map(DeadLetterResource::json).toList()));
            if (found.size() > limit) {
                json.put("next", Cursor.of(Long.toString(found.get(limit).sequence())));
            }
            return Reply.json(json);
        });
    }

    private static long from(Call call) {
        try {
            return Long.parseLong(call.find("cursor").map(Cursor::place).orElse("1"));
        } catch (NumberFormatException e) {
            throw Problem.invalid("query", "cursor", "not one that was handed out");
        }
    }

    private Future<DeadLetter> find(Call call) {
        long sequence = call.sequence("sequence");
        return letters.find(sequence)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(Problem.notFound("no dead letter " + sequence))));
    }

    private Future<Reply> replay(Call call) {
        return find(call)
                .compose(letter -> letters.replay(letter, notifications).map(sent -> Reply.json(json(letter))));
    }

    private Future<Reply> drop(Call call) {
        return find(call).compose(letter -> letters.drop(letter.sequence()).map(gone -> Reply.json(json(letter))));
    }

    private static JsonObject json(DeadLetter letter) {
        String payload = new String(letter.payload(), StandardCharsets.UTF_8);
        return new JsonObject()
                .put("sequence", letter.sequence())
                .put("at", letter.at().toString())
                .put("subject", letter.subject())
                .put("reason", letter.reason())
                .put("error", letter.error())
                .put("section", letter.section())
                .put("offset", letter.offset())
                .put("deliveries", letter.deliveries())
                .put("payload", payload.length() > SHOWN ? payload.substring(0, SHOWN) : payload);
    }
}
