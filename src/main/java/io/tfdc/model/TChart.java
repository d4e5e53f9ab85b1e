package io.tfdc.model;

import java.util.List;

/**
 * The samples of one run as stored: Mebo blobs plus what is needed to read them. The blobs are shared, not copied: nobody
 * may write to them.
 *
 * @param context the run
 * @param svids the SVIDs to be found in the blobs, at most 65,536, the step signal included
 * @param stepSvid name of the SVID that carries the recipe step number, empty when the run has no steps
 * @param blobs Mebo blobs in storage order, 1 to 1,024
 */
public record TChart(RunContext context, List<Svid> svids, String stepSvid, List<byte[]> blobs) {
    public TChart {
        svids = List.copyOf(svids);
        blobs = List.copyOf(blobs);
        Names.text("step SVID", stepSvid, 128);
        if (svids.size() > 65_536) {
            throw new IllegalArgumentException(
                    "T-chart " + context.id() + ": expected at most 65536 SVIDs, found " + svids.size());
        }
        if (blobs.isEmpty() || blobs.size() > 1024) {
            throw new IllegalArgumentException(
                    "T-chart " + context.id() + ": expected 1 to 1024 blobs, found " + blobs.size());
        }
    }

    /** Sum of the blobs' lengths in bytes. */
    public long blobBytes() {
        return blobs.stream().mapToLong(blob -> blob.length).sum();
    }
}
