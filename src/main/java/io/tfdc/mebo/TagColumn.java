package io.tfdc.mebo;

/** Tags of one metric: a varint length and that many bytes per point. */
final class TagColumn {
    private TagColumn() {}

    static void read(Column column, TagVisitor visitor) {
        byte[] in = column.bytes();
        int end = column.to();
        int at = column.from();
        for (int i = 0; i < column.count(); i++) {
            long length = 0;
            int b = -1;
            for (int shift = 0; b < 0; shift += 7) {
                if (at >= end) {
                    throw column.ended(at, i);
                }
                if (shift > 63) {
                    throw column.fault(at, "a length of at most 10 bytes", "a longer one");
                }
                b = in[at++];
                length |= (b & 0x7FL) << shift;
            }
            if (length < 0 || length > end - at) {
                throw column.fault(
                        at, "a tag inside the column", "a tag of " + Long.toUnsignedString(length) + " bytes");
            }
            visitor.tag(i, in, at, (int) length);
            at += (int) length;
        }
        column.checkEnd(at);
    }
}
