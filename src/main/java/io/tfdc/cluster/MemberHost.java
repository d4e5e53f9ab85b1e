package io.tfdc.cluster;

import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.MemberView;
import io.tfdc.model.ChamberId;
import io.tfdc.processing.Ownership;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The member's core for several threads. Processing asks it on its own context, and the answer has to be true at that moment: whether the
 * work on a run may begin and the news that it has begun are one step, so that no chamber is released between the two. Hence a lock, which is
 * held for microseconds, and for the few milliseconds that a new map takes. Effects are carried out one after the other on the
 * coordination context.
 */
final class MemberHost implements Ownership {
    private final MemberCore core;
    private final Moments moments;
    private final Context context;
    private final Consumer<MemberEffect> effects;
    private final Queue<MemberEffect> pending = new ArrayDeque<>();
    /** Runs at work by chamber: of a chamber's runs the next may begin before the last one's acknowledgement is confirmed. */
    private final Map<ChamberId, Integer> atWork = new HashMap<>();

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
        synchronized (this) {
            work = !abandoned && pending.addAll(core.handle(event, moments.now()));
        }
        if (work) {
            context.runOnContext(v -> carryOut());
        }
    }

    /** From now on nothing happens and nothing may be done: who is no member any more opens no consumers. */
    synchronized void abandon() {
        abandoned = true;
        pending.clear();
    }

    @Override
    public boolean begin(ChamberId chamber) {
        synchronized (this) {
            if (abandoned || !core.mayExecute(chamber, moments.nanos())) {
                return false;
            }
            if (atWork.merge(chamber, 1, Integer::sum) == 1) {
                pending.addAll(core.handle(new MemberEvent.RunStarted(chamber), moments.now()));
            }
        }
        context.runOnContext(v -> carryOut());
        return true;
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
    public synchronized boolean mayStore(ChamberId chamber) {
        return !abandoned && core.mayStore(chamber, moments.nanos());
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
