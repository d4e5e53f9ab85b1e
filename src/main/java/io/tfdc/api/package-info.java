/**
 * The HTTP API: an OpenAPI contract, who may call what, and one class per kind of resource. Handlers compose the ports of the
 * other packages; nothing here blocks an event loop, and nothing changes state without a role and a line in the audit log.
 */
@NullMarked
package io.tfdc.api;

import org.jspecify.annotations.NullMarked;
