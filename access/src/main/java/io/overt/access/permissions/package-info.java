/**
 * Who may do what, and who sees what. A permission gives a principal a role on an object or on the
 * system; it holds for everything below the object.
 *
 * <p>A permission on an object is owned by it in the inventory and disappears with it; one on the
 * system has no owner. A role's permits are kept in its private attributes.
 *
 * <p>Starting points: {@link io.overt.access.permissions.Permissions} answers whether, {@link
 * io.overt.access.permissions.Visibility} what is seen, {@link io.overt.access.permissions.Grants}
 * and {@link io.overt.access.permissions.Roles} change it, {@link
 * io.overt.access.permissions.InitialAccess} is what a new installation has.
 */
@NullMarked
package io.overt.access.permissions;

import org.jspecify.annotations.NullMarked;
