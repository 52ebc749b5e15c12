/**
 * From credentials to a caller: checks them against the directory, gives tokens, keeps the engine's
 * user of a directory entry, and decides whether that user may log in.
 *
 * <p>Starting points: {@link io.overt.access.login.Logins}, {@link io.overt.access.login.Setup}.
 */
@NullMarked
package io.overt.access.login;

import org.jspecify.annotations.NullMarked;
