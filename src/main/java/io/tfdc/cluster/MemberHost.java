package io.tfdc.cluster;

import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.MemberView;
import io.tfdc.model.ChamberId;
import io.tfdc.processing.Ownership;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The member's core for several threads. Processing asks it on its own context, and the answer has to be true at that moment: whether the
 * work on a run may begin and the news that it has begun are one step, so that no chamber is released between the two. Hence a lock, which is
 * held for microseconds, and for the few milliseconds that a new map takes. Effects are carried out one after the other on the
 * coordination context. While the core is in doubt whoever asks waits, and asks again when it is certain: as many as there are runs at work.
 */
final class MemberHost implements Ownership {
    private final MemberCore core;
    private final Moments moments;
    private final Context context;
    private final Consumer<MemberEffect> effects;
    private final Queue<MemberEffect> pending = new ArrayDeque<>();
    /** Runs at work by chamber: of a chamber's runs the next may begin before the last one's acknowledgement is confirmed. */
    private final Map<ChamberId, Integer> atWork = new HashMap<>();

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean abandoned;

    /** @param effects carries out an effect, on the context */
    MemberHost(MemberCore core, Moments moments, Context context, Consumer<MemberEffect> effects) {
        this.core = core;
        this.moments = moments;
        this.context = context;
        this.effects = effects;
    }

    /** Tells the core something; any thread. */
    void tell(MemberEvent event) {
        boolean work;
        List<Runnable> answerable;
        synchronized (this) {
            work = !abandoned && pending.addAll(core.handle(event, moments.now()));
            answerable = answerable();
        }
        if (work) {
            context.runOnContext(v -> carryOut());
        }
        answerable.forEach(Runnable::run);
    }

    /** Those who wait for certainty, if there is any. */
    private List<Runnable> answerable() {
        if (waiting.isEmpty() || (!abandoned && core.isInDoubt(moments.nanos()))) {
            return List.of();
        }
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** From now on nothing happens and nothing may be done: who is no member any more opens no consumers. */
    void abandon() {
        List<Runnable> answerable;
        synchronized (this) {
            abandoned = true;
            pending.clear();
            answerable = answerable();
        }
        answerable.forEach(Runnable::run);
    }

    @Override
    public Future<Boolean> begin(ChamberId chamber) {
        return inCertainty(() -> {
            boolean may = core.mayExecute(chamber, moments.nanos());
            if (may && atWork.merge(chamber, 1, Integer::sum) == 1) {
                pending.addAll(core.handle(new MemberEvent.RunStarted(chamber), moments.now()));
                context.runOnContext(v -> carryOut());
            }
            return may;
        });
    }

    @Override
    public Future<Boolean> mayStore(ChamberId chamber) {
        return inCertainty(() -> core.mayStore(chamber, moments.nanos()));
    }

    /** Asks, as often as the answer is no for want of certainty. */
    private Future<Boolean> inCertainty(BooleanSupplier question) {
        Promise<Void> certain = Promise.promise();
        synchronized (this) {
            if (abandoned) {
                return Future.succeededFuture(false);
            }
            boolean answer = question.getAsBoolean();
            if (answer || !core.isInDoubt(moments.nanos())) {
                return Future.succeededFuture(answer);
            }
            Context asker = context.owner().getOrCreateContext();
            waiting.add(() -> asker.runOnContext(v -> certain.complete()));
            pending.addAll(core.handle(new MemberEvent.CertaintyWanted(), moments.now()));
        }
        context.runOnContext(v -> carryOut());
        return certain.future().compose(v -> inCertainty(question));
    }

    @Override
    public void end(ChamberId chamber) {
        synchronized (this) {
            if (atWork.merge(chamber, -1, Integer::sum) > 0) {
                return;
            }
            atWork.remove(chamber);
            if (abandoned) {
                return;
            }
            pending.addAll(core.handle(new MemberEvent.RunFinished(chamber), moments.now()));
        }
        context.runOnContext(v -> carryOut());
    }

    @Override
    public synchronized boolean owns(ChamberId chamber) {
        return !abandoned && core.keeps(chamber, moments.nanos());
    }

    synchronized MemberView view() {
        return core.view(moments.nanos());
    }

    private void carryOut() {
        for (MemberEffect next = poll(); next != null; next = poll()) {
            effects.accept(next);
        }
    }

    private synchronized @Nullable MemberEffect poll() {
        return pending.poll();
    }
}
