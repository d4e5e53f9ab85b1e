package io.tfdc.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotificationCodecTest {
    private static final String GOOD = "{\"toolId\":\"T1\",\"chamberId\":\"C2\",\"contextId\":\"ctx_20251024_103045\","
            + "\"tChartKey\":\"T1:C2:ctx_20251024_103045\",\"timestamp\":\"2025-10-24T18:30:45.5+08:00\"}";

    @Test
    void theDocumentedMessageIsRead() {
        CompletionNotification read = decode(GOOD);
        assertEquals(RunId.parse("T1:C2:ctx_20251024_103045"), read.run());
        assertEquals(Instant.parse("2025-10-24T10:30:45.500Z"), read.timestamp());
        assertEquals(Map.of(), read.attributes());
    }

    @Test
    void whatIsWrittenIsReadAgainAndEqualIsWrittenEqual() {
        CompletionNotification notification = new CompletionNotification(
                RunId.parse("T1:C2:x"),
                Instant.parse("2026-01-02T03:04:05.678901234Z"),
                Map.of("b", "2 \"µ\"", "a", ""));
        byte[] written = NotificationCodec.encode(notification);
        CompletionNotification read = NotificationCodec.decode(written);
        assertEquals(notification, read);
        assertArrayEquals(written, NotificationCodec.encode(read));
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertEquals(decode(GOOD), decode(GOOD.replace("{\"toolId\"", "{\"new\":{\"a\":[1,2,{}]},\"toolId\"")));
    }

    @Test
    void theFieldAtFaultIsNamed() {
        assertField("contextId", GOOD.replace("\"contextId\"", "\"other\""));
        assertField("toolId", GOOD.replace("\"T1\"", "7"));
        assertField("chamberId", GOOD.replace("\"C2\"", "\"C.2\""));
        assertField("tChartKey", GOOD.replace("T1:C2:ctx", "T1:C3:ctx"));
        assertField("timestamp", GOOD.replace("+08:00", ""));
        assertField("timestamp", GOOD.replace("2025-", "1925-"));
        assertField("attributes", GOOD.replace("}", ",\"attributes\":[]}"));
        assertField("attributes.recipe", GOOD.replace("}", ",\"attributes\":{\"recipe\":1}}"));
        assertField("", "[]");
        assertField("", "");
        assertField("", GOOD + "x");
        assertField("", GOOD.replace("}", ",\"toolId\":\"T2\"}"));
    }

    @Test
    void sizeAndDepthAreBounded() {
        assertField(
                "",
                GOOD.replace("{\"toolId\"", "{\"pad\":\"" + "x".repeat(NotificationCodec.MAX_BYTES) + "\",\"toolId\""));
        assertField("", GOOD.replace("{\"toolId\"", "{\"pad\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"toolId\""));
    }

    @Test
    void damagedMessagesAreReadOrRefusedButNothingElseHappens() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = GOOD.getBytes(UTF_8);
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                NotificationCodec.decode(damaged);
            } catch (NotificationException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
        assertTrue(refused > 1000, "seed " + seed + ": only " + refused + " refused");
    }

    private static CompletionNotification decode(String json) {
        return NotificationCodec.decode(json.getBytes(UTF_8));
    }

    private static void assertField(String field, String json) {
        NotificationException refused = assertThrows(NotificationException.class, () -> decode(json));
        assertEquals(field, refused.field(), refused.getMessage());
    }
}
