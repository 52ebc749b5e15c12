/**
 * Who calls: credentials and tokens through the port {@link io.overt.rest.login.Authenticator}, API
 * sessions by cookie, and the order in which a request is admitted or refused.
 *
 * <p>Starting points: {@link io.overt.rest.login.Gate}, {@link io.overt.rest.login.Authenticator}.
 */
@NullMarked
package io.overt.rest.login;

import org.jspecify.annotations.NullMarked;
