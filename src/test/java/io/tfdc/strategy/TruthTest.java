package io.tfdc.strategy;

import static io.tfdc.strategy.Truth.FALSE;
import static io.tfdc.strategy.Truth.TRUE;
import static io.tfdc.strategy.Truth.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TruthTest {
    private record Fixed(Truth truth) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return truth;
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            into.circumstance(truth.name());
        }
    }

    @Test
    void tablesOfKleene() {
        assertEquals(List.of(FALSE, FALSE, FALSE), List.of(FALSE.and(FALSE), FALSE.and(UNKNOWN), FALSE.and(TRUE)));
        assertEquals(
                List.of(FALSE, UNKNOWN, UNKNOWN), List.of(UNKNOWN.and(FALSE), UNKNOWN.and(UNKNOWN), UNKNOWN.and(TRUE)));
        assertEquals(List.of(TRUE, TRUE, TRUE), List.of(TRUE.or(FALSE), TRUE.or(UNKNOWN), TRUE.or(TRUE)));
        assertEquals(
                List.of(UNKNOWN, UNKNOWN, TRUE), List.of(UNKNOWN.or(FALSE), UNKNOWN.or(UNKNOWN), UNKNOWN.or(TRUE)));
        assertEquals(List.of(TRUE, UNKNOWN, FALSE), List.of(FALSE.not(), UNKNOWN.not(), TRUE.not()));
    }

    /**
     * A composed condition is TRUE or FALSE only if it is so for every way to decide what is unknown; leaves occur once, so
     * that the converse holds, too.
     */
    @Test
    void unknownMeansThatBothOutcomesArePossible() {
        long seed = 99;
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            Tree tree = Tree.random(random, 3);
            List<Tree> unknown = new ArrayList<>();
            tree.unknownLeaves(unknown);
            if (unknown.size() > 10) {
                continue;
            }
            boolean canBeTrue = false;
            boolean canBeFalse = false;
            for (int choice = 0; choice < 1 << unknown.size(); choice++) {
                for (int leaf = 0; leaf < unknown.size(); leaf++) {
                    unknown.get(leaf).assumed = (choice >> leaf & 1) == 1 ? TRUE : FALSE;
                }
                boolean outcome = tree.decided();
                canBeTrue |= outcome;
                canBeFalse |= !outcome;
            }
            Truth expected = canBeTrue ? canBeFalse ? UNKNOWN : TRUE : FALSE;
            Truth actual = tree.condition().test(null, 0);
            assertEquals(expected, actual, "seed " + seed + ", case " + i);
        }
    }

    /** A condition of leaves, any, all, not and count. */
    private static final class Tree {
        private final String kind;
        private final List<Tree> children;
        private final Truth truth;
        private final int atLeast;
        Truth assumed;

        private Tree(String kind, List<Tree> children, Truth truth, int atLeast) {
            this.kind = kind;
            this.children = children;
            this.truth = truth;
            this.assumed = truth;
            this.atLeast = atLeast;
        }

        static Tree random(Random random, int depth) {
            if (depth == 0 || random.nextInt(4) == 0) {
                return new Tree("leaf", List.of(), Truth.values()[random.nextInt(3)], 0);
            }
            int size = 1 + random.nextInt(3);
            String kind = List.of("any", "all", "not", "count").get(random.nextInt(4));
            List<Tree> children = IntStream.range(0, kind.equals("not") ? 1 : size)
                    .mapToObj(i -> random(random, depth - 1))
                    .toList();
            return new Tree(kind, children, UNKNOWN, 1 + random.nextInt(size));
        }

        void unknownLeaves(List<Tree> into) {
            if (kind.equals("leaf") && truth == UNKNOWN) {
                into.add(this);
            }
            children.forEach(child -> child.unknownLeaves(into));
        }

        boolean decided() {
            return switch (kind) {
                case "leaf" -> assumed == TRUE;
                case "any" -> children.stream().anyMatch(Tree::decided);
                case "all" -> children.stream().allMatch(Tree::decided);
                case "not" -> !children.get(0).decided();
                default -> children.stream().filter(Tree::decided).count() >= atLeast;
            };
        }

        Condition condition() {
            List<Condition> below = children.stream().map(Tree::condition).toList();
            return switch (kind) {
                case "leaf" -> new Fixed(truth);
                case "any" -> new LogicConditions.Any(below);
                case "all" -> new LogicConditions.All(below);
                case "not" -> new LogicConditions.Not(below.get(0));
                default -> new LogicConditions.Count(below, atLeast, Integer.MAX_VALUE);
            };
        }
    }
}
