/**
 * Traces as OpenTelemetry has them, sent by OTLP over HTTP. The command line makes an {@link io.tfdc.tracing.otlp.OtlpTracing} where the
 * configuration asks for one; nobody else calls in, and without it no class of OpenTelemetry's SDK is loaded.
 */
@NullMarked
package io.tfdc.tracing.otlp;

import org.jspecify.annotations.NullMarked;
