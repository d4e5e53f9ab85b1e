package io.tfdc.leader;

import io.tfdc.model.ChamberId;
import java.util.Arrays;
import java.util.List;

/** A consistent-hash ring (Karger et al., STOC 1997): a chamber belongs to the member whose point follows its own clockwise. */
public final class HashRing {
    private final long[] points;
    private final String[] owners;

    /**
     * @param members at least one
     * @param virtualNodes points per member, hashed from {@code MEMBER-vnode-NUMBER}
     */
    public HashRing(List<String> members, int virtualNodes) {
        record Point(long position, String member) {}
        Point[] all = members.stream()
                .flatMap(member -> java.util.stream.IntStream.range(0, virtualNodes)
                        .mapToObj(i -> new Point(TieBreak.hash(member + "-vnode-" + i), member)))
                .sorted((a, b) -> a.position() != b.position()
                        ? Long.compareUnsigned(a.position(), b.position())
                        : a.member().compareTo(b.member()))
                .toArray(Point[]::new);
        points =
                Arrays.stream(all).mapToLong(p -> p.position() ^ Long.MIN_VALUE).toArray();
        owners = Arrays.stream(all).map(Point::member).toArray(String[]::new);
    }

    /** The member that owns the chamber. */
    public String owner(ChamberId chamber) {
        int at = Arrays.binarySearch(points, TieBreak.hash(chamber.toString()) ^ Long.MIN_VALUE);
        return owners[(at >= 0 ? at : -1 - at) % owners.length];
    }
}
