package io.tfdc.processing;

import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreException;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Cuts off one operation of a store, before or after it took effect; the whole process is taken to have died with it. */
final class FaultyStore {
    private int operations;
    private int failAt = -1;
    private boolean afterEffect;

    /** The operation with this number from now, counted from 1, is the last one; 0 for none. */
    void failAt(int operation, boolean afterItsEffect) {
        operations = 0;
        failAt = operation;
        afterEffect = afterItsEffect;
    }

    int operations() {
        return operations;
    }

    boolean isDead() {
        return failAt > 0 && operations >= failAt;
    }

    ChartStore around(ChartStore store) {
        return around(ChartStore.class, store);
    }

    <T> T around(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (isDead()) {
                        return Future.failedFuture(new StoreException("dead", true));
                    }
                    operations++;
                    boolean last = operations == failAt;
                    if (last && !afterEffect) {
                        return Future.failedFuture(new StoreException("died before " + method.getName(), true));
                    }
                    try {
                        Future<?> result = (Future<?>) method.invoke(target, arguments);
                        return last
                                ? result.transform(done ->
                                        Future.failedFuture(new StoreException("died after " + method.getName(), true)))
                                : result;
                    } catch (InvocationTargetException e) {
                        return Future.failedFuture(e.getCause());
                    }
                });
        return type.cast(proxy);
    }
}
