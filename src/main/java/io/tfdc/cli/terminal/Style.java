package io.tfdc.cli.terminal;

/** How a piece of text looks where colours are wanted. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    LEARNING("36"),
    LOG("34"),
    WARNING("33"),
    ALARM("31"),
    CRITICAL("1;97;41");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String apply(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + 'm' + text + "\u001b[0m";
    }
}
