/**
 * A process's part in the cluster: verticles and what they are made of, which carry out what the pure cores of {@code coordination} and
 * {@code leader} decide, against broker, store and election. Started and stopped through {@link io.tfdc.cluster.Cluster}; operators reach the
 * leader through {@link io.tfdc.cluster.OperatorClient}.
 */
@NullMarked
package io.tfdc.cluster;

import org.jspecify.annotations.NullMarked;
