package io.tfdc;

/** Entry point of {@code defender.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command named by {@code args} and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(0);
    }
}
