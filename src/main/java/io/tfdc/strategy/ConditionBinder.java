package io.tfdc.strategy;

import java.util.List;

/** Ties the conditions of a rule to the charts of a run. */
final class ConditionBinder {
    private final ChartIndex index;
    private final RuleSpec rule;
    private int sequential;

    ConditionBinder(ChartIndex index, RuleSpec rule) {
        this.index = index;
        this.rule = rule;
    }

    Condition bind() {
        return bind(rule.when());
    }

    private Condition bind(ConditionSpec spec) {
        if (spec instanceof ConditionSpec.AllOf all) {
            return new LogicConditions.All(bind(all.conditions()));
        }
        if (spec instanceof ConditionSpec.AnyOf any) {
            return new LogicConditions.Any(bind(any.conditions()));
        }
        if (spec instanceof ConditionSpec.Not not) {
            return new LogicConditions.Not(bind(not.condition()));
        }
        if (spec instanceof ConditionSpec.Count count) {
            return new LogicConditions.Count(bind(count.conditions()), count.atLeast(), count.atMost());
        }
        if (spec instanceof ConditionSpec.Repeated repeated) {
            return new LogicConditions.Repeated(
                    bind(repeated.condition()), repeated.k(), repeated.n(), repeated.sameAttribute());
        }
        return leaf(spec);
    }

    private List<Condition> bind(List<ConditionSpec> specs) {
        return specs.stream().map(this::bind).toList();
    }

    private Condition leaf(ConditionSpec spec) {
        if (spec instanceof ConditionSpec.Outside outside) {
            int[] charts = index.resolve(outside.of());
            return outside.kind() == ConditionSpec.Outside.Kind.STAT
                    ? new LimitConditions.OutsideStat(charts, outside)
                    : new LimitConditions.OutsideSpec(charts, outside);
        }
        if (spec instanceof ConditionSpec.Pattern pattern) {
            return new SequenceConditions.Pattern(index.resolve(pattern.of()), pattern);
        }
        if (spec instanceof ConditionSpec.Ewma ewma) {
            return new SequenceConditions.Ewma(
                    index.resolve(ewma.of()), ewma, rule.id().hashCode(), node("ewma " + ewma.design() + ewma.of()));
        }
        if (spec instanceof ConditionSpec.Cusum cusum) {
            return new SequenceConditions.Cusum(
                    index.resolve(cusum.of()),
                    cusum,
                    rule.id().hashCode(),
                    node("cusum " + cusum.design() + cusum.of()));
        }
        if (spec instanceof ConditionSpec.Compare compare) {
            return new CompareCondition(compare, index);
        }
        if (spec instanceof ConditionSpec.Change change) {
            return new LimitConditions.Change(index.resolve(change.of()), change);
        }
        if (spec instanceof ConditionSpec.Multivariate multivariate) {
            return new MultivariateCondition(index.resolve(multivariate.of()), multivariate);
        }
        return quality(spec);
    }

    private Condition quality(ConditionSpec spec) {
        if (spec instanceof ConditionSpec.Missing missing) {
            return new QualityConditions.Missing(index.resolve(missing.of()), missing);
        }
        if (spec instanceof ConditionSpec.Stale stale) {
            return new QualityConditions.Stale(index.resolve(stale.of()), stale);
        }
        if (spec instanceof ConditionSpec.Stuck stuck) {
            return new QualityConditions.Stuck(index.resolve(stuck.of()), stuck);
        }
        if (spec instanceof ConditionSpec.Finding finding) {
            return new QualityConditions.Finding(finding);
        }
        if (spec instanceof ConditionSpec.Happened happened) {
            return new QualityConditions.Happened(happened);
        }
        if (spec instanceof ConditionSpec.Context context) {
            return new QualityConditions.Context(context.match());
        }
        if (spec instanceof ConditionSpec.Incomplete) {
            return new QualityConditions.Incomplete();
        }
        throw new IllegalStateException("condition " + spec);
    }

    /** Names a sequential chart in the state; the same as long as the rule keeps it. */
    private int node(String definition) {
        return (rule.id() + ' ' + sequential++ + ' ' + definition).hashCode();
    }
}
