package io.tfdc.election;

import io.vertx.core.Future;
import java.util.OptionalInt;

/** Tells how many members are intended. */
public interface ClusterSizeSource {
    /**
     * Members that the deployment of a pod is to have.
     *
     * @return empty if it is not known, also where nobody can be asked; fails with {@link ElectionException} if asking failed
     */
    Future<OptionalInt> desiredReplicas(String namespace, String pod);
}
