package io.tfdc.logging;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void the_product_and_the_libraries_have_levels_of_their_own() {
        Logging.apply(context, Logging.Form.TEXT, org.slf4j.event.Level.DEBUG, org.slf4j.event.Level.WARN);
        assertAll(
                () -> assertEquals(Level.DEBUG, level("io.tfdc.processing.Anything")),
                () -> assertEquals(Level.WARN, level("io.netty.channel.Anything")),
                () -> assertEquals(Level.WARN, level("com.datastax.oss.driver.Anything")),
                () -> assertEquals(Level.ERROR, level("io.micrometer.core.instrument.MeterRegistry")));
    }

    @Test
    void applying_again_replaces_what_was_set() {
        Logging.apply(context, Logging.Form.TEXT, org.slf4j.event.Level.INFO, org.slf4j.event.Level.WARN);
        assertInstanceOf(TextLogEncoder.class, encoder());
        Logging.apply(context, Logging.Form.JSON, org.slf4j.event.Level.ERROR, org.slf4j.event.Level.ERROR);
        assertInstanceOf(JsonLogEncoder.class, encoder());
        assertEquals(Level.ERROR, level("io.tfdc"));
    }

    @Test
    void logback_finds_the_default_and_the_default_steps_back_for_a_file() {
        Configurator found = ServiceLoader.load(Configurator.class).findFirst().orElseThrow();
        assertInstanceOf(DefaultLogging.class, found);
        assertEquals(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY, found.configure(context));
    }

    private Level level(String name) {
        return context.getLogger(name).getEffectiveLevel();
    }

    private Encoder<ILoggingEvent> encoder() {
        var appender = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        return appender.getEncoder();
    }
}
