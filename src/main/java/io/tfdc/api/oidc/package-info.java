/**
 * OpenID Connect: a provider's keys as they come and go, and the log-in of people at their browsers. The command line makes an
 * {@link io.tfdc.api.oidc.OidcTokens} and an {@link io.tfdc.api.oidc.Login} where the configuration asks for them.
 */
@NullMarked
package io.tfdc.api.oidc;

import org.jspecify.annotations.NullMarked;
