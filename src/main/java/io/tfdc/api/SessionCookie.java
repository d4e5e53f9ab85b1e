package io.tfdc.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;

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

    private SessionCookie() {}

    /** The session that a request of the console carries, empty without. */
    public static String ofRequest(HttpServerRequest request) {
        return request.getHeader(HEADER) == null ? "" : value(request);
    }

    /** The session of the request that opened a socket, empty without. */
    public static String ofSocket(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        try {
            boolean own = origin != null && host != null && host.equalsIgnoreCase(new URI(origin).getAuthority());
            return own ? value(request) : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String value(HttpServerRequest request) {
        Cookie secure = request.getCookie(SECURE);
        Cookie cookie = secure == null ? request.getCookie(PLAIN) : secure;
        return cookie == null || cookie.getValue().length() > LONGEST ? "" : cookie.getValue();
    }
}
