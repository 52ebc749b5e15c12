/**
 * Scheduling units in Python: found in a directory, run in sandboxed processes, offered to an
 * engine directly or by the protocol of oVirt's scheduler proxy; and the client of such a proxy.
 *
 * <p>Starting points: {@link io.overt.units.PythonUnits}, {@link io.overt.units.SchedulerProxy},
 * {@link io.overt.units.ProxyClient}.
 */
@NullMarked
package io.overt.units;

import org.jspecify.annotations.NullMarked;
