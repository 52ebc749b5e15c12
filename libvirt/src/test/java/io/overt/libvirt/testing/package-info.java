/**
 * A private libvirtd and small real guests for tests. Needs root.
 *
 * <p>Starting points: {@link io.overt.libvirt.testing.PrivateLibvirt#shared()}, {@link
 * io.overt.libvirt.testing.TestGuest}.
 */
@NullMarked
package io.overt.libvirt.testing;

import org.jspecify.annotations.NullMarked;
