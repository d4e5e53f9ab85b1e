package io.tfdc.storage.codec;

import io.tfdc.model.RunContext;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import io.tfdc.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Everything of a T-chart but its samples: what is stored beside the blobs, and how they are cut into chunks. A blob is cut
 * every {@code chunkBytes}; a blob that fits is one chunk, an empty one too.
 *
 * <pre>
 * form u8 (1) | tool chamber context | start end | attributes | step SVID | SVIDs: count (id i64, name, unit)*
 * | chunkBytes | blobs: count (length, CRC-32C)* | CRC-32C
 * </pre>
 *
 * @param context the run
 * @param svids its SVIDs
 * @param stepSvid name of the step signal, may be empty
 * @param chunkBytes largest chunk, at least 1
 * @param blobs one per blob in order
 */
public record TChartManifest(RunContext context, List<Svid> svids, String stepSvid, int chunkBytes, List<Blob> blobs) {
    private static final int FORM = 1;
    private static final int MAX_BLOB = 1 << 30;

    /** Length and CRC-32C of a blob. */
    public record Blob(int length, int crc) {
        static Blob of(byte[] bytes) {
            return new Blob(bytes.length, checksum(bytes));
        }
    }

    public TChartManifest {
        svids = List.copyOf(svids);
        blobs = List.copyOf(blobs);
        if (chunkBytes < 1) {
            throw new IllegalArgumentException("T-chart chunks: expected at least 1 byte, found " + chunkBytes);
        }
    }

    public static TChartManifest of(TChart chart, int chunkBytes) {
        return new TChartManifest(
                chart.context(),
                chart.svids(),
                chart.stepSvid(),
                chunkBytes,
                chart.blobs().stream().map(Blob::of).toList());
    }

    /** Number of chunks of all blobs. */
    public int chunkCount() {
        long chunks = 0;
        for (Blob blob : blobs) {
            chunks += chunksOf(blob);
        }
        return Math.toIntExact(chunks);
    }

    private int chunksOf(Blob blob) {
        return Math.max(1, (int) (((long) blob.length + chunkBytes - 1) / chunkBytes));
    }

    /** A part of a blob, as one row stores it. */
    public record Chunk(byte[] blob, int offset, int length) {}

    /** Where the chart's chunks lie in its blobs; nothing is copied. */
    public List<Chunk> cut(List<byte[]> bytes) {
        List<Chunk> chunks = new ArrayList<>();
        for (byte[] blob : bytes) {
            int offset = 0;
            do {
                int length = Math.min(chunkBytes, blob.length - offset);
                chunks.add(new Chunk(blob, offset, length));
                offset += length;
            } while (offset < blob.length);
        }
        return chunks;
    }

    /**
     * The T-chart of all its chunks in order.
     *
     * @throws StoreException not retryable, if the chunks aren't those that the manifest describes
     */
    public TChart join(List<byte[]> chunks) {
        if (chunks.size() != chunkCount()) {
            throw new StoreException(
                    "corrupt T-chart " + context.id() + ": expected " + chunkCount() + " chunks, found "
                            + chunks.size(),
                    false);
        }
        List<byte[]> joined = new ArrayList<>(blobs.size());
        int next = 0;
        for (int i = 0; i < blobs.size(); i++) {
            Blob blob = blobs.get(i);
            int count = chunksOf(blob);
            byte[] bytes = count == 1 ? chunks.get(next) : concatenate(chunks.subList(next, next + count), blob.length);
            if (bytes.length != blob.length || checksum(bytes) != blob.crc) {
                throw new StoreException(
                        "corrupt T-chart " + context.id() + ", blob " + i + " (chunk " + next + " and on): expected "
                                + blob.length + " bytes with checksum " + Integer.toHexString(blob.crc) + ", found "
                                + bytes.length + " with " + Integer.toHexString(checksum(bytes)),
                        false);
            }
            joined.add(bytes);
            next += count;
        }
        return new TChart(context, svids, stepSvid, joined);
    }

    private static byte[] concatenate(List<byte[]> chunks, int expected) {
        int length = chunks.stream().mapToInt(chunk -> chunk.length).sum();
        byte[] all = new byte[Math.min(length, expected)];
        int at = 0;
        for (byte[] chunk : chunks) {
            int part = Math.min(chunk.length, all.length - at);
            System.arraycopy(chunk, 0, all, at, part);
            at += part;
        }
        return all;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    public byte[] encode() {
        ByteWriter out = new ByteWriter(512 + 32 * svids.size());
        out.u8(FORM);
        UChartCodec.context(out, context);
        out.text(stepSvid);
        out.varint(svids.size());
        for (Svid svid : svids) {
            out.i64(svid.metricId());
            out.text(svid.name());
            out.text(svid.unit());
        }
        out.varint(chunkBytes);
        out.varint(blobs.size());
        for (Blob blob : blobs) {
            out.varint(blob.length);
            out.varint(Integer.toUnsignedLong(blob.crc));
        }
        return out.toCheckedBytes();
    }

    /**
     * @param row names the row in the failure
     * @throws StoreException not retryable, if the bytes aren't a manifest
     */
    public static TChartManifest decode(byte[] bytes, Object row) {
        ByteReader in = new ByteReader(bytes, row);
        in.verifyChecksum();
        int form = in.u8();
        if (form != FORM) {
            throw in.corrupt(0, "expected T-chart manifest form " + FORM + ", found " + form);
        }
        RunContext context = UChartCodec.context(in);
        String stepSvid = in.text("step SVID", 512);
        int svidCount = in.count("SVIDs", 65_536, 10);
        List<Svid> svids = new ArrayList<>(svidCount);
        for (int i = 0; i < svidCount; i++) {
            int from = in.offset();
            long id = in.i64();
            String name = in.text("SVID name", 512);
            String unit = in.text("SVID unit", 128);
            svids.add(in.checked(from, () -> new Svid(id, name, unit)));
        }
        int chunkBytes = in.count("chunk bytes", MAX_BLOB);
        int blobCount = in.count("blobs", 1024, 2);
        List<Blob> blobs = new ArrayList<>(blobCount);
        for (int i = 0; i < blobCount; i++) {
            int length = in.count("blob length", MAX_BLOB);
            blobs.add(new Blob(length, (int) in.varint()));
        }
        in.finish();
        return in.checked(0, () -> new TChartManifest(context, svids, stepSvid, chunkBytes, blobs));
    }
}
