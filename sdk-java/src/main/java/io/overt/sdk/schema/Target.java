package io.overt.sdk.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param action the action that the path's last part names, else null
 */
public record Target(ServiceType service, @Nullable OperationType action) {}
