package io.tfdc.election.lease;

/**
 * Names an election.
 *
 * @param kind kind of election, {@link #DEFAULT_KIND} if nothing was said
 * @param election name within the kind
 */
public record LeaseKey(String kind, String election) implements Comparable<LeaseKey> {
    public static final String DEFAULT_KIND = "default";

    public LeaseKey {
        kind = kind.isEmpty() ? DEFAULT_KIND : kind;
        if (election.isEmpty()) {
            throw new IllegalArgumentException("election: expected a name, found nothing");
        }
    }

    @Override
    public int compareTo(LeaseKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : election.compareTo(other.election);
    }
}
