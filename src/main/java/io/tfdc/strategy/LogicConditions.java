package io.tfdc.strategy;

import java.util.List;

/** Conditions made of conditions. */
final class LogicConditions {
    private LogicConditions() {}

    record All(List<Condition> conditions) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            Truth truth = Truth.TRUE;
            for (int i = 0; i < conditions.size() && truth != Truth.FALSE; i++) {
                truth = truth.and(conditions.get(i).test(run, row));
            }
            return truth;
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            conditions.forEach(condition -> condition.explain(run, row, into));
        }

        @Override
        public void advance(RunView run) {
            conditions.forEach(condition -> condition.advance(run));
        }
    }

    record Any(List<Condition> conditions) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            Truth truth = Truth.FALSE;
            for (int i = 0; i < conditions.size() && truth != Truth.TRUE; i++) {
                truth = truth.or(conditions.get(i).test(run, row));
            }
            return truth;
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            for (Condition condition : conditions) {
                if (condition.test(run, row) == Truth.TRUE) {
                    condition.explain(run, row, into);
                }
            }
        }

        @Override
        public void advance(RunView run) {
            conditions.forEach(condition -> condition.advance(run));
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return condition.test(run, row).not();
        }

        @Override
        public void explain(RunView run, int row, Violations into) {}

        @Override
        public void advance(RunView run) {
            condition.advance(run);
        }
    }

    record Count(List<Condition> conditions, int atLeast, int atMost) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            int yes = 0;
            int open = 0;
            for (Condition condition : conditions) {
                for (int i = 0; i < condition.size(); i++) {
                    Truth truth = condition.testOne(run, row, i);
                    yes += truth == Truth.TRUE ? 1 : 0;
                    open += truth == Truth.UNKNOWN ? 1 : 0;
                }
            }
            if (yes > atMost || yes + open < atLeast) {
                return Truth.FALSE;
            }
            return yes >= atLeast && yes + open <= atMost ? Truth.TRUE : Truth.UNKNOWN;
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            int yes = 0;
            int all = 0;
            for (Condition condition : conditions) {
                all += condition.size();
                for (int i = 0; i < condition.size(); i++) {
                    if (condition.testOne(run, row, i) == Truth.TRUE) {
                        yes++;
                        condition.explainOne(run, row, i, into);
                    }
                }
            }
            into.circumstance(yes + " of " + all + " conditions hold");
        }

        @Override
        public void advance(RunView run) {
            conditions.forEach(condition -> condition.advance(run));
        }
    }

    /** Holds in the run and held in at least k of the last n runs in which it could be decided, the run included. */
    record Repeated(Condition condition, int k, int n, String sameAttribute) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            Truth now = condition.test(run, row);
            if (now != Truth.TRUE) {
                return now;
            }
            int yes = 0;
            int seen = 0;
            for (int i = row; i >= run.windowFrom && seen < n; i--) {
                Truth truth = isSame(run, row, i) ? condition.test(run, i) : Truth.UNKNOWN;
                seen += truth == Truth.UNKNOWN ? 0 : 1;
                yes += truth == Truth.TRUE ? 1 : 0;
            }
            if (yes >= k) {
                return Truth.TRUE;
            }
            return yes + (n - seen) < k ? Truth.FALSE : Truth.UNKNOWN;
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            condition.explain(run, row, into);
            String same = sameAttribute.isEmpty() ? "" : " of the same " + sameAttribute;
            into.circumstance(
                    k == n ? "for " + n + " runs in a row" + same : "in at least " + k + " of " + n + " runs" + same);
        }

        @Override
        public void advance(RunView run) {
            condition.advance(run);
        }

        private boolean isSame(RunView run, int row, int other) {
            return sameAttribute.isEmpty()
                    || run.runs[other].attribute(sameAttribute).equals(run.runs[row].attribute(sameAttribute));
        }
    }
}
