package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.CassandraServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SchemaCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String hosts, String keyspace, String subcommand) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of("schema", subcommand));
        for (String set : List.of("hosts=" + hosts, "keyspace=" + keyspace, "replication=1")) {
            args.add("--set");
            args.add("cassandra." + set);
        }
        return DefenderCommand.run(args.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    @Tag("integration")
    void theSchemaIsAppliedOnceAndItsStatusShown() {
        CassandraServer server = CassandraServer.shared();
        String hosts = server.host() + ':' + server.port();
        String keyspace = "cli_" + UUID.randomUUID().toString().substring(0, 8);
        assertEquals(ExitCode.FAILED, run(hosts, keyspace, "status"));
        assertTrue(out.toString().contains("1 charts: missing"), out.toString());
        assertEquals(ExitCode.OK, run(hosts, keyspace, "apply"), err.toString());
        assertTrue(out.toString().contains("applied 1 charts"), out.toString());
        assertEquals(ExitCode.OK, run(hosts, keyspace, "apply"), err.toString());
        assertTrue(out.toString().contains("nothing to do"), out.toString());
        assertEquals(ExitCode.OK, run(hosts, keyspace, "status"), err.toString());
        assertTrue(out.toString().contains("1 charts: applied at 20"), out.toString());
    }

    @Test
    void anUnreachableClusterEndsTheCommandWithAReason() {
        assertEquals(ExitCode.FAILED, run("127.0.0.1:1", "anything", "status"));
        assertTrue(err.toString().contains("127.0.0.1:1"), err.toString());
        assertTrue(err.toString().contains("try again later"), err.toString());
    }
}
