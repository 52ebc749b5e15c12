/**
 * What the engine does for the web administration page: the page itself with what it must know of
 * this installation, logins that last in a browser, and UI plugins written for oVirt, under oVirt's
 * addresses.
 *
 * <p>Starting points: {@link io.overt.engine.webadmin.WebAdmin}, {@link
 * io.overt.engine.webadmin.HostPage}.
 */
@NullMarked
package io.overt.engine.webadmin;

import org.jspecify.annotations.NullMarked;
