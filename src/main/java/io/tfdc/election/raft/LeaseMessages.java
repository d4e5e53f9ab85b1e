package io.tfdc.election.raft;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseClock.Stamp;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseCommand.Handover;
import io.tfdc.election.lease.LeaseCommand.Resign;
import io.tfdc.election.lease.LeaseKey;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * What goes over the wire between replicas and into the log. A command's first byte tells its kind; its form is part of the log on disk:
 * kinds are added, never changed.
 */
final class LeaseMessages {
    private static final int CAMPAIGN = 1;
    private static final int EXTEND = 2;
    private static final int RESIGN = 3;
    private static final int HANDOVER = 4;

    private LeaseMessages() {}

    /** A question that changes nothing. */
    sealed interface Query {
        /** Who leads. */
        record Leader(LeaseKey key) implements Query {}

        /** Who leads the elections of a kind. */
        record Leaders(String kind) implements Query {}

        /** Whether a campaign would be refused. */
        record Refusal(LeaseKey key, String candidate) implements Query {}
    }

    /** A command as it stands in the log. */
    record Entry(Stamp stamp, LeaseCommand command) {}

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    static Message command(LeaseCommand command) {
        return Message.valueOf(bytes(out -> {
            if (command instanceof Campaign campaign) {
                head(out, CAMPAIGN, command);
                out.writeLong(campaign.term());
            } else if (command instanceof Extend extend) {
                head(out, EXTEND, command);
                out.writeLong(extend.term());
            } else if (command instanceof Handover handover) {
                head(out, HANDOVER, command);
                out.writeLong(handover.term());
            } else {
                head(out, RESIGN, command);
            }
        }));
    }

    private static void head(DataOutputStream out, int kind, LeaseCommand command) throws IOException {
        out.writeByte(kind);
        out.writeUTF(command.key().kind());
        out.writeUTF(command.key().election());
        out.writeUTF(command.name());
    }

    /** The log's entry for a command. */
    static ByteString stamped(ByteString command, Stamp stamp) {
        return bytes(out -> {
                    out.writeLong(stamp.source());
                    out.writeLong(stamp.millis());
                })
                .concat(command);
    }

    static Entry entry(ByteString data) {
        return read(data, in -> {
            Stamp stamp = new Stamp(in.readLong(), in.readLong());
            int kind = in.readByte();
            LeaseKey key = new LeaseKey(in.readUTF(), in.readUTF());
            String name = in.readUTF();
            LeaseCommand command = switch (kind) {
                case CAMPAIGN -> new Campaign(key, name, in.readLong());
                case EXTEND -> new Extend(key, name, in.readLong());
                case RESIGN -> new Resign(key, name);
                case HANDOVER -> new Handover(key, name, in.readLong());
                default -> throw new IOException("log entry of unknown kind " + kind);
            };
            return new Entry(stamp, command);
        });
    }

    static Message answer(LeaseAnswer answer) {
        return Message.valueOf(bytes(out -> {
            out.writeUTF(answer.verdict().name());
            out.writeUTF(answer.leader());
            out.writeLong(answer.token());
        }));
    }

    static LeaseAnswer answer(Message message) {
        return read(message.getContent(), LeaseMessages::readAnswer);
    }

    private static LeaseAnswer readAnswer(DataInputStream in) throws IOException {
        return new LeaseAnswer(Verdict.valueOf(in.readUTF()), in.readUTF(), in.readLong());
    }

    static Message query(Query query) {
        return Message.valueOf(bytes(out -> {
            if (query instanceof Query.Leader leader) {
                out.writeByte(1);
                out.writeUTF(leader.key().kind());
                out.writeUTF(leader.key().election());
            } else if (query instanceof Query.Leaders leaders) {
                out.writeByte(2);
                out.writeUTF(leaders.kind());
            } else if (query instanceof Query.Refusal refusal) {
                out.writeByte(3);
                out.writeUTF(refusal.key().kind());
                out.writeUTF(refusal.key().election());
                out.writeUTF(refusal.candidate());
            }
        }));
    }

    static Query query(Message message) {
        return read(message.getContent(), in -> switch (in.readByte()) {
            case 1 -> new Query.Leader(new LeaseKey(in.readUTF(), in.readUTF()));
            case 2 -> new Query.Leaders(in.readUTF());
            case 3 -> new Query.Refusal(new LeaseKey(in.readUTF(), in.readUTF()), in.readUTF());
            default -> throw new IOException("unknown question");
        });
    }

    /** An optional answer as a list of none or one. */
    static Message refusal(Optional<LeaseAnswer> refusal) {
        return refusal.map(LeaseMessages::answer).orElse(Message.EMPTY);
    }

    static Optional<LeaseAnswer> refusal(Message message) {
        return message.getContent().isEmpty() ? Optional.empty() : Optional.of(answer(message));
    }

    static Message leader(Optional<String> leader) {
        return Message.valueOf(leader.orElse(""));
    }

    static Optional<String> leader(Message message) {
        String name = message.getContent().toStringUtf8();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    static Message leaders(SortedMap<String, String> leaders) {
        return Message.valueOf(bytes(out -> {
            out.writeInt(leaders.size());
            for (var entry : leaders.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
        }));
    }

    static SortedMap<String, String> leaders(Message message) {
        return read(message.getContent(), in -> {
            SortedMap<String, String> leaders = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                leaders.put(in.readUTF(), in.readUTF());
            }
            return leaders;
        });
    }

    private static ByteString bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private static <T> T read(ByteString bytes, Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(bytes.newInput())) {
            return reader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
