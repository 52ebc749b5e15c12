/**
 * Single sign-on as clients of oVirt use it: tokens for passwords, their revocation and
 * description, log-out.
 *
 * <p>Starting points: {@link io.overt.rest.sso.SsoEndpoint}, {@link io.overt.rest.sso.Scopes}.
 */
@NullMarked
package io.overt.rest.sso;

import org.jspecify.annotations.NullMarked;
