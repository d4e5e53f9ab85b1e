package io.tfdc.processing;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notifications that could not be processed, kept with the reason until somebody replays or drops them. A letter's payload is the
 * original message's, byte for byte.
 */
public final class DeadLetters {
    static final String REASON = "Dlq-Reason";
    static final String ERROR = "Dlq-Error";
    static final String SECTION = "Dlq-Section";
    static final String OFFSET = "Dlq-Offset";
    static final String DELIVERIES = "Dlq-Deliveries";
    static final String SUBJECT = "Dlq-Subject";
    static final String SEQUENCE = "Dlq-Sequence";
    static final String TIME = "Dlq-Time";
    private static final int MAX_HEADER = 1000;
    private static final int PAGE = 256;

    private final MessageStream letters;
    private final Clock clock;

    public DeadLetters(MessageStream letters, Clock clock) {
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * One dead letter.
     *
     * @param sequence its number in the dead-letter stream
     * @param subject subject of the original message
     * @param reason why it could not be processed
     * @param error class of the error
     * @param section part of the input at fault, may be empty
     * @param offset byte offset in the section, -1 if unknown
     * @param deliveries how often it had been delivered
     * @param at when it was given up
     * @param payload the original payload
     * @param headers all headers as stored
     */
    public record DeadLetter(
            long sequence,
            String subject,
            String reason,
            String error,
            String section,
            long offset,
            int deliveries,
            Instant at,
            byte[] payload,
            Map<String, String> headers) {}

    /** Stores a message with its failure; storing it again within the duplicate window changes nothing. */
    Future<Void> add(WorkMessage message, Failure failure) {
        Map<String, String> headers = new LinkedHashMap<>(message.headers());
        headers.keySet().removeIf(name -> name.startsWith("Nats-"));
        headers.put(REASON, printable(failure.reason()));
        headers.put(SUBJECT, printable(message.subject()));
        headers.put(SEQUENCE, Long.toString(message.sequence()));
        headers.put(DELIVERIES, Integer.toString(message.deliveries()));
        headers.put(TIME, clock.instant().toString());
        if (failure instanceof Failure.Poison poison) {
            headers.put(ERROR, printable(poison.errorClass()));
            headers.put(SECTION, printable(poison.section()));
            headers.put(OFFSET, Long.toString(poison.offset()));
        } else if (failure instanceof Failure.Retryable retryable) {
            headers.put(ERROR, printable(retryable.errorClass()));
        }
        String id = "dlq:" + message.subject() + ':' + message.sequence();
        return letters.publish(letterSubject(message.subject()), message.payload(), id, headers)
                .mapEmpty();
    }

    /** Letters in order of arrival, at most {@code max}. */
    public Future<List<DeadLetter>> list(int max) {
        return list(1, max);
    }

    /** Letters from a sequence on in order of arrival, at most {@code max}. */
    public Future<List<DeadLetter>> list(long from, int max) {
        return collect(from, max, new ArrayList<>());
    }

    public Future<Optional<DeadLetter>> find(long sequence) {
        return letters.read(sequence, 1)
                .map(found -> found.stream()
                        .filter(message -> message.sequence() == sequence)
                        .map(DeadLetters::letter)
                        .findFirst());
    }

    /**
     * Sends a letter's original message to the notification stream again and removes the letter. A replay that is cut short in
     * between and repeated does not send twice.
     */
    public Future<Void> replay(DeadLetter letter, MessageStream notifications) {
        Map<String, String> headers = new LinkedHashMap<>(letter.headers());
        headers.keySet().removeIf(name -> name.startsWith("Dlq-") || name.startsWith("Nats-"));
        String id = "replay:" + letter.sequence() + ':' + letter.at();
        return notifications
                .publish(letter.subject(), letter.payload(), id, headers)
                .compose(sent -> drop(letter.sequence()));
    }

    /** Removes a letter; one that is gone already is fine. */
    public Future<Void> drop(long sequence) {
        return letters.delete(sequence)
                .recover(error ->
                        error instanceof BrokerException broker && broker.reason() == BrokerException.Reason.NOT_FOUND
                                ? Future.succeededFuture()
                                : Future.failedFuture(error));
    }

    private Future<List<DeadLetter>> collect(long from, int max, List<DeadLetter> found) {
        int page = Math.min(PAGE, max - found.size());
        if (page <= 0) {
            return Future.succeededFuture(found);
        }
        return letters.read(from, page).compose(messages -> {
            messages.forEach(message -> found.add(letter(message)));
            return messages.size() < page
                    ? Future.succeededFuture(found)
                    : collect(messages.get(messages.size() - 1).sequence() + 1, max, found);
        });
    }

    private static DeadLetter letter(StoredMessage message) {
        Map<String, String> headers = message.headers();
        return new DeadLetter(
                message.sequence(),
                headers.getOrDefault(SUBJECT, ""),
                headers.getOrDefault(REASON, ""),
                headers.getOrDefault(ERROR, ""),
                headers.getOrDefault(SECTION, ""),
                number(headers.get(OFFSET), -1),
                (int) number(headers.get(DELIVERIES), 0),
                instant(headers.get(TIME)),
                message.payload(),
                headers);
    }

    /** {@code dlq.{tool}.{chamber}} from {@code dc.{tool}.{chamber}.completed}. */
    private static String letterSubject(String subject) {
        String[] tokens = subject.split("\\.");
        return tokens.length >= 3 ? "dlq." + tokens[1] + '.' + tokens[2] : "dlq.unknown.unknown";
    }

    private static long number(@Nullable String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Headers carry one line of printable ASCII. */
    private static String printable(String text) {
        String shown = text.length() > MAX_HEADER ? text.substring(0, MAX_HEADER) + "..." : text;
        return shown.replaceAll("[^ -~]", "?");
    }
}
