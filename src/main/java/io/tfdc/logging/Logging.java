package io.tfdc.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up logging of this process. Lines go to stderr, so that a command's result on stdout stays clean. Libraries log from
 * their own level on, the product from another.
 *
 * <p>Context belongs into key/values ({@code log.atInfo().addKeyValue("chamber", id).log("Chart stored")}), which appear in
 * both forms. Not into the MDC, which is bound to a thread and would speak of another run on an event loop.
 */
public final class Logging {
    /** How a line looks. */
    public enum Form {
        /** Text with colours and the time of day. */
        TERMINAL,
        /** Text with the full UTC time. */
        TEXT,
        /** One JSON object. */
        JSON
    }

    private static final String PRODUCT = "io.tfdc";

    private Logging() {}

    /**
     * Applies form and levels; repeating it replaces what was set before.
     *
     * @param level the product's lowest level logged
     * @param libraryLevel the same for everything else
     */
    public static void apply(Form form, org.slf4j.event.Level level, org.slf4j.event.Level libraryLevel) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        apply(context, form, level, libraryLevel);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static void apply(
            LoggerContext context, Form form, org.slf4j.event.Level level, org.slf4j.event.Level libraryLevel) {
        // The reset opens all levels before it takes the appenders away.
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        context.reset();
        Encoder<ILoggingEvent> encoder =
                form == Form.JSON ? new JsonLogEncoder() : new TextLogEncoder(form == Form.TERMINAL);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.convertAnSLF4JLevel(libraryLevel));
        context.getLogger(PRODUCT).setLevel(Level.convertAnSLF4JLevel(level));
        // Says at every start that a gauge was registered twice, which is harmless.
        context.getLogger("io.micrometer.core.instrument.MeterRegistry").setLevel(Level.ERROR);
        // Warns of each connection that an election agent ends at its age.
        context.getLogger("io.vertx.core.http.impl.HttpClientConnectionInternal")
                .setLevel(Level.ERROR);
        // Warns with stack traces of each peer that is away, again and again; who leads is logged by the product.
        context.getLogger("org.apache.ratis").setLevel(Level.ERROR);
        // Last: what others log meanwhile is to meet the levels.
        root.addAppender(appender);
    }

    /** The form for a process that wasn't told: text where a person reads along, JSON otherwise. */
    public static Form automatic() {
        return Terminal.onStderr() ? (Terminal.wantsColour() ? Form.TERMINAL : Form.TEXT) : Form.JSON;
    }

    /** Text in the variant that suits where stderr leads to. */
    public static Form text() {
        return Terminal.onStderr() && Terminal.wantsColour() ? Form.TERMINAL : Form.TEXT;
    }
}
