/**
 * What is known of a running machine: statistics, applications, sessions and devices that its guest
 * reports. Nothing of it is stored; it comes from the latest report of the machine's host.
 *
 * <p>Starting points: {@link io.overt.engine.vms.guest.MachineReports}, {@link
 * io.overt.engine.vms.guest.VmStatistics}.
 */
@NullMarked
package io.overt.engine.vms.guest;

import org.jspecify.annotations.NullMarked;
