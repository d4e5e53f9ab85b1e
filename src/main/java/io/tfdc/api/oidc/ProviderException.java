package io.tfdc.api.oidc;

/** The identity provider doesn't answer, or not as it must. */
final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProviderException(String message) {
        super(message, null, false, false);
    }
}
