/**
 * Consoles of machines in the page: a ticket for one connection, and the connection, which the
 * engine carries to the host.
 *
 * <p>Starting point: {@link io.overt.engine.webadmin.console.Consoles}.
 */
@NullMarked
package io.overt.engine.webadmin.console;

import org.jspecify.annotations.NullMarked;
