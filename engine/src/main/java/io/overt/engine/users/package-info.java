/**
 * Users and groups that the engine knows, with what belongs to them, and the directory that they
 * come from.
 *
 * <p>Starting points: {@link io.overt.engine.users.Users}, {@link io.overt.engine.users.Groups},
 * {@link io.overt.engine.users.Domains}.
 */
@NullMarked
package io.overt.engine.users;

import org.jspecify.annotations.NullMarked;
