package io.tfdc.testing;

import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;

/**
 * A NATS operator with one account and one user, as decentralised JWT authentication has them.
 *
 * @param configuration of a server that trusts the operator
 * @param credentials the user's {@code .creds} file
 * @param seed the user's secret key, part of the credentials
 */
public record NatsAccounts(String configuration, String credentials, String seed) {
    private static final String UNLIMITED = "{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
            + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,"
            + "\"consumer\":-1}";

    /** New keys throughout. */
    public static NatsAccounts create() throws IOException, GeneralSecurityException {
        NKey operator = NKey.createOperator(null);
        NKey account = NKey.createAccount(null);
        NKey system = NKey.createAccount(null);
        NKey user = NKey.createUser(null);
        String accountJwt = account(operator, account, UNLIMITED);
        String systemJwt = account(operator, system, UNLIMITED.replaceAll(",\"mem.*", "}"));
        String configuration = "operator: " + sign(operator, operator, "\"type\":\"operator\",\"version\":2")
                + "\nsystem_account: " + id(system)
                + "\nresolver: MEMORY\nresolver_preload: {\n  " + id(account) + ": " + accountJwt + "\n  " + id(system)
                + ": " + systemJwt + "\n}\n";
        String userJwt = sign(
                account,
                user,
                "\"type\":\"user\",\"version\":2,\"subs\":-1,\"data\":-1,\"payload\":-1,\"pub\":{},\"sub\":{}");
        String seed = new String(user.getSeed());
        return new NatsAccounts(configuration, block("NATS USER JWT", userJwt) + block("USER NKEY SEED", seed), seed);
    }

    private static String account(NKey operator, NKey account, String limits)
            throws IOException, GeneralSecurityException {
        return sign(operator, account, "\"type\":\"account\",\"version\":2,\"limits\":" + limits);
    }

    private static String block(String title, String content) {
        return "-----BEGIN " + title + "-----\n" + content + "\n------END " + title + "------\n\n";
    }

    private static String sign(NKey issuer, NKey subject, String claims) throws IOException, GeneralSecurityException {
        String id = id(subject);
        String payload = "{\"jti\":\"" + id + "\",\"iat\":" + Instant.now().getEpochSecond() + ",\"iss\":\""
                + id(issuer) + "\",\"name\":\"defender\",\"sub\":\"" + id + "\",\"nats\":{" + claims + "}}";
        String body = encoded("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}") + '.' + encoded(payload);
        byte[] signature = issuer.sign(body.getBytes(StandardCharsets.US_ASCII));
        return body + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(NKey key) throws IOException, GeneralSecurityException {
        return new String(key.getPublicKey());
    }
}
