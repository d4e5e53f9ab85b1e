package io.tfdc.cli.console;

/** What the API is asked for. */
enum Topic {
    WHO("/whoami"),
    NODE("/status"),
    FLEET("/fleet"),
    ALARMS("/alarms?state=raised,acknowledged&limit=200"),
    CLUSTER("/cluster"),
    DECISIONS("/cluster/decisions?limit=40");

    final String path;

    Topic(String path) {
        this.path = path;
    }
}
