/**
 * Permissions as resources: those on the system, those that hold for an object, those of a user or
 * group. What a permission means is decided in {@code io.overt.access.permissions}.
 *
 * <p>Starting points: {@link io.overt.engine.permissions.ObjectPermissions} for the {@code
 * permissions} below any object, {@link io.overt.engine.permissions.PrincipalPermissions} below
 * users and groups, {@link io.overt.engine.permissions.SystemPermissions} at the root.
 */
@NullMarked
package io.overt.engine.permissions;

import org.jspecify.annotations.NullMarked;
