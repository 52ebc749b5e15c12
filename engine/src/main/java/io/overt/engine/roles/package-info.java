/**
 * Roles and their permits as resources, and the roles that a user or group has. The rules for
 * changing a role are in {@code io.overt.access.permissions.Roles}.
 *
 * <p>Starting points: {@link io.overt.engine.roles.AllRoles}, {@link
 * io.overt.engine.roles.AssignedRoles}.
 */
@NullMarked
package io.overt.engine.roles;

import org.jspecify.annotations.NullMarked;
