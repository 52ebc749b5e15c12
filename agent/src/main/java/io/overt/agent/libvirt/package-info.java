/**
 * The hypervisor port on libvirt and QEMU.
 *
 * <p>Starting points: {@link io.overt.agent.libvirt.LibvirtHypervisor}.
 */
@NullMarked
package io.overt.agent.libvirt;

import org.jspecify.annotations.NullMarked;
