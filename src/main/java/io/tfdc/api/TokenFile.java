package io.tfdc.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Static tokens: a file with a line {@code NAME ROLE[,ROLE] sha256:HEX} per caller. Tokens are 256 random bits, see {@link #mint}, so
 * that a plain hash can't be turned around by guessing; found by hash, so that the time of a look-up says nothing about a token.
 */
public final class TokenFile {
    private static final String PREFIX = "sha256:";
    private static final int MAX_BYTES = 1 << 20;
    private static final int TOKEN_BYTES = 32;

    private final Path file;
    private volatile Map<String, Caller> byHash = Map.of();
    private FileTime read = FileTime.fromMillis(0);

    private TokenFile(Path file) {
        this.file = file;
    }

    /** A new token and the line that lets it in. */
    public record Minted(String token, String line) {}

    /** @throws IOException if the file can't be read or a line is wrong */
    public static TokenFile open(Path file) throws IOException {
        TokenFile tokens = new TokenFile(file);
        tokens.reload();
        return tokens;
    }

    /** Makes a token that is shown once. */
    public static Minted mint(String name, Set<Role> roles) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = "tfdc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String granted =
                String.join(",", roles.stream().map(Role::text).sorted().toList());
        return new Minted(token, new Caller(name, roles).name() + ' ' + granted + ' ' + PREFIX + hash(token));
    }

    /** Reads the file again if it has changed; true if so. Blocks. A file that is wrong leaves what was read before. */
    public synchronized boolean reload() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        if (modified.equals(read)) {
            return false;
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("token file " + file + ": expected at most " + MAX_BYTES + " bytes");
        }
        byHash = parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        read = modified;
        return true;
    }

    /** The caller that a token belongs to. */
    Optional<Caller> find(String token) {
        return Optional.ofNullable(byHash.get(hash(token)));
    }

    private Map<String, Caller> parse(List<String> lines) throws IOException {
        Map<String, Caller> callers = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+");
            if (words.length != 3 || !words[2].matches(PREFIX + "[0-9a-f]{64}")) {
                throw new IOException("token file " + file + ", line " + (i + 1)
                        + ": expected NAME ROLE[,ROLE] sha256:64-hex-digits");
            }
            callers.put(words[2].substring(PREFIX.length()), new Caller(words[0], roles(words[1], i + 1)));
        }
        return Map.copyOf(callers);
    }

    private Set<Role> roles(String text, int line) throws IOException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(",")) {
            roles.add(Role.of(word)
                    .orElseThrow(() -> new IOException("token file " + file + ", line " + line + ": expected one of "
                            + Arrays.stream(Role.values()).map(Role::text).toList() + ", found \"" + word + '"')));
        }
        return roles;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
