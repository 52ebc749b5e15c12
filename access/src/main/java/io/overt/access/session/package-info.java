/**
 * Staying logged in: tokens of the single sign-on, cookie sessions of the API, and who the caller
 * of a request is.
 *
 * <p>Starting points: {@link io.overt.access.session.Caller}, {@link
 * io.overt.access.session.Sessions}.
 */
@NullMarked
package io.overt.access.session;

import org.jspecify.annotations.NullMarked;
