package io.tfdc.election.agent;

import grpc.election_agent.v1.Pods;
import io.vertx.core.Future;

/** Tells about pods and their replica sets. */
interface PodSource {
    /** All pods of a deployment; none if there is no such deployment. */
    Future<Pods> ofDeployment(String namespace, String deployment);

    /** One pod; none if there is no such pod. */
    Future<Pods> named(String namespace, String pod);
}
