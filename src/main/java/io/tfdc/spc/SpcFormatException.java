package io.tfdc.spc;

/** A text form (window, indicator, rule, method) that cannot be read; the message names the text and what was expected. */
public final class SpcFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SpcFormatException(String what, String text, String expected) {
        super(what + " '" + shorten(text) + "': expected " + expected);
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
