package io.tfdc.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The console's files: those of the program and the libraries it uses, all from the jar, nothing else and nothing from a disk. Read and
 * compressed when first asked for, then served from memory.
 */
final class ConsoleFiles {
    private static final String LIBRARIES = "/META-INF/resources/webjars/";
    private static final Pattern PAGE = Pattern.compile("/((pages/)?[a-z-]+\\.(js|css|svg))");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /** Path beneath {@code /lib} to place beneath {@link #LIBRARIES}. */
    private static final Map<String, String> LIBRARY = Map.of(
            "/lib/echarts.js", "echarts/5.5.0/echarts.min.js",
            "/lib/sockjs.js", "sockjs-client/1.6.1/dist/sockjs.min.js",
            "/lib/lit.js", "lit/3.3.2/index.js",
            "/lib/lit-html.js", "lit-html/3.3.2/lit-html.js",
            "/lib/lit-is-server.js", "lit-html/3.3.2/is-server.js",
            "/lib/lit-element.js", "lit-element/4.2.2/lit-element.js",
            "/lib/lit-reactive-element.js", "lit__reactive-element/2.1.2/reactive-element.js",
            "/lib/css-tag.js", "lit__reactive-element/2.1.2/css-tag.js");

    private final Vertx vertx;
    private final Map<String, Future<File>> files = new ConcurrentHashMap<>();
    private final String policy;

    private record File(String type, Buffer plain, Buffer zipped, String etag) {}

    /** Reads the start page; blocks. */
    ConsoleFiles(Vertx vertx) throws IOException {
        this.vertx = vertx;
        this.policy = policy(new String(bytes("/webroot/index.html"), StandardCharsets.UTF_8));
    }

    /** Answers if the path is one of the console's, else passes on. */
    void serve(RoutingContext context) {
        String path = context.normalizedPath();
        String resource = resource(path);
        if (resource == null) {
            context.next();
            return;
        }
        files.computeIfAbsent(path, first -> vertx.executeBlocking(() -> read(path, resource), false))
                .onSuccess(file -> end(context, file))
                .onFailure(error -> {
                    files.remove(path);
                    context.next();
                });
    }

    private static @Nullable String resource(String path) {
        if (path.equals("/")) {
            return "/webroot/index.html";
        }
        String library = LIBRARY.get(path);
        if (library != null) {
            return LIBRARIES + library;
        }
        return PAGE.matcher(path).matches() ? "/webroot" + path : null;
    }

    private void end(RoutingContext context, File file) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ETAG, file.etag)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (file.etag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type).putHeader(HttpHeaders.VARY, "Accept-Encoding");
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(file.zipped);
        } else {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                    .end(file.plain);
        }
    }

    /** Everything from here and nothing inline, but for the map of module names, which is named by its hash. */
    private static String policy(String index) {
        Matcher map = IMPORT_MAP.matcher(index);
        if (!map.find()) {
            throw new IllegalStateException("index.html has no import map");
        }
        String hash = Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static File read(String path, String resource) throws IOException {
        byte[] bytes = bytes(resource);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        String etag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 12) + '"';
        return new File(type(path), Buffer.buffer(bytes), Buffer.buffer(zipped.toByteArray()), etag);
    }

    private static String type(String path) {
        if (path.endsWith(".js")) {
            return "text/javascript; charset=utf-8";
        }
        return path.endsWith(".css")
                ? "text/css; charset=utf-8"
                : path.endsWith(".svg") ? "image/svg+xml" : "text/html; charset=utf-8";
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream stream = ConsoleFiles.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new FileNotFoundException(resource);
            }
            return stream.readAllBytes();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
