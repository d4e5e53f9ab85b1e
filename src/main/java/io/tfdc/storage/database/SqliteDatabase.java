package io.tfdc.storage.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One SQLite connection with its prepared statements. Owned by one thread at a time, as a rule the only thread of a named
 * worker pool; every call blocks.
 */
public final class SqliteDatabase implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** Reads one row of a result. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Several statements that take effect together. */
    public interface Work {
        void run() throws SQLException;
    }

    private SqliteDatabase(Connection connection) {
        this.connection = connection;
    }

    /** Opens {@code url} and runs the pragmas. */
    public static SqliteDatabase open(String url, List<String> pragmas) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        SqliteDatabase database = new SqliteDatabase(connection);
        try {
            for (String pragma : pragmas) {
                database.execute(pragma);
            }
            return database;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs a statement that takes no arguments, without keeping it. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement prepared once; {@code null}, Long, Integer, Double, String and byte[] may be arguments. */
    public int update(String sql, Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /** All rows of a query prepared once. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... arguments) throws SQLException {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(reader.read(rows));
            }
            return result;
        }
    }

    /** The first column of the first row. */
    public long number(String sql, Object... arguments) throws SQLException {
        return query(sql, row -> row.getLong(1), arguments).get(0);
    }

    /** Runs the work in one transaction and undoes it if it fails. */
    public void transaction(Work work) throws SQLException {
        execute("BEGIN IMMEDIATE");
        try {
            work.run();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    private PreparedStatement bind(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        statements.clear();
        connection.close();
    }
}
