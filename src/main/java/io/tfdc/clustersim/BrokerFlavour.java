package io.tfdc.clustersim;

/** Which server is simulated. */
public enum BrokerFlavour {
    /** One server: updates that would make consumers overlap are refused. */
    STANDALONE,
    /** Three servers: updates are not checked, and everything takes longer. */
    CLUSTER
}
