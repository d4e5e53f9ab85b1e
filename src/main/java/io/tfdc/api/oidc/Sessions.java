package io.tfdc.api.oidc;

import io.tfdc.api.Caller;
import io.tfdc.api.Role;
import io.tfdc.api.SessionReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who is logged in: name and roles, sealed for the browser to keep, so that every process of the installation knows it. They hold until their
 * end; what the provider takes away meanwhile counts from the next log-in on.
 */
final class Sessions implements SessionReader {
    private static final String PURPOSE = "session";

    private final SealedText sealed;
    private final Duration life;
    private final InstantSource clock;

    Sessions(SealedText sealed, Duration life, InstantSource clock) {
        this.sealed = sealed;
        this.life = life;
        this.clock = clock;
    }

    String begin(Caller caller) {
        JsonArray roles = new JsonArray();
        caller.roles().forEach(role -> roles.add(role.text()));
        return sealed.seal(
                PURPOSE,
                new JsonObject().put("name", caller.name()).put("roles", roles),
                clock.instant().plus(life));
    }

    @Override
    public Optional<Caller> find(String session) {
        return sealed.open(PURPOSE, session, clock.instant()).map(content -> {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            content.getJsonArray("roles")
                    .forEach(one -> Role.of(String.valueOf(one)).ifPresent(roles::add));
            return new Caller(content.getString("name"), roles);
        });
    }
}
