package io.tfdc.coordination;

import java.util.regex.Pattern;

/**
 * Who a process is.
 *
 * @param podUid uid of its pod, up to 128 printable characters; the same after a restart of the container
 * @param podName name of its pod, up to 253 printable characters
 * @param boot token of this start, 6 to 16 of {@code a-z 0-9}, unique among all starts of all processes
 * @param build version of the program
 */
public record Identity(String podUid, String podName, String boot, String build) {
    private static final Pattern POD_UID = Pattern.compile("[!-~&&[^\"\\\\]]{1,128}");
    private static final Pattern POD_NAME = Pattern.compile("[!-~&&[^\"\\\\]]{1,253}");
    private static final Pattern BOOT = Pattern.compile("[a-z0-9]{6,16}");

    public Identity {
        if (!POD_UID.matcher(podUid).matches()
                || !POD_NAME.matcher(podName).matches()
                || !BOOT.matcher(boot).matches()) {
            throw new IllegalArgumentException("identity: expected pod uid, pod name and a boot token of 6 to 16 of"
                    + " a-z 0-9, found \"" + podUid + "\", \"" + podName + "\", \"" + boot + '"');
        }
    }

    /** The n-th life of this process, from 0: {@code a-z 0-9} only. */
    public String incarnation(int life) {
        return boot + 'x' + Integer.toString(life, Character.MAX_RADIX);
    }

    /** Whether an incarnation is one of this process. */
    boolean lived(String incarnation) {
        return incarnation.startsWith(boot + 'x');
    }
}
