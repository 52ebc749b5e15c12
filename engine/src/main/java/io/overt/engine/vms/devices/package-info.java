/**
 * What machines, templates and instance types are made of: network interfaces, CD-ROM, consoles,
 * watchdogs, NUMA nodes. Each is an entity that lives and dies with its owner.
 *
 * <p>Starting points: {@link io.overt.engine.vms.devices.Devices}, {@link
 * io.overt.engine.vms.devices.NicRules}, {@link io.overt.engine.vms.devices.DeviceCopies}.
 */
@NullMarked
package io.overt.engine.vms.devices;

import org.jspecify.annotations.NullMarked;
