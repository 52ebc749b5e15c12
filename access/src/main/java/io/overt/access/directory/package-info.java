/**
 * The built-in directory {@code internal}: users with passwords, and groups. Its entries are not
 * the engine's users: an entry becomes one by logging in or by being granted a permission.
 *
 * <p>Starting points: {@link io.overt.access.directory.Directory}, {@link
 * io.overt.access.directory.Authentication}.
 */
@NullMarked
package io.overt.access.directory;

import org.jspecify.annotations.NullMarked;
