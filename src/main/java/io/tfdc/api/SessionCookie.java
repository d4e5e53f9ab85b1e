package io.tfdc.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * The cookie of a browser's session. By itself it is worth nothing: other sites can make a browser send it, but can neither add a header
 * to their requests nor hide where a web socket was opened from. So it counts along with {@link #HEADER}, or with the console's own origin.
 */
public final class SessionCookie {
    /** Where the console is reached by TLS; browsers take this name from nobody else. */
    public static final String SECURE = "__Host-defender";
    /** On the machine itself, without TLS. */
    public static final String PLAIN = "defender";
    /** Sent by the console with every request, whatever its value. */
    public static final String HEADER = "X-Defender-Console";

    private static final int LONGEST = 4096;
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

    private SessionCookie() {}

    /** The session that a request of the console carries, empty without. */
    public static String ofRequest(HttpServerRequest request) {
        return request.getHeader(HEADER) == null ? "" : value(request);
    }

    /** The session of the request that opened a socket, empty without. */
    public static String ofSocket(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        HostAndPort asked = request.authority();
        try {
            URI page = new URI(origin == null ? "" : origin);
            boolean own = asked != null
                    && asked.host().equalsIgnoreCase(page.getHost())
                    && told(asked.port()) == told(page.getPort());
            return own ? value(request) : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** A port as addresses tell it, -1 for the usual ones, which a proxy in front may have changed. */
    private static int told(int port) {
        return port == 80 || port == 443 ? -1 : port;
    }

    /** Elsewhere than on the machine itself a cookie of the plain name could be a neighbour's, set to make somebody act as somebody else. */
    private static String value(HttpServerRequest request) {
        HostAndPort asked = request.authority();
        boolean local = asked != null && LOCAL.contains(asked.host());
        Cookie secure = request.getCookie(SECURE);
        Cookie cookie = secure == null && local ? request.getCookie(PLAIN) : secure;
        return cookie == null || cookie.getValue().length() > LONGEST ? "" : cookie.getValue();
    }
}
