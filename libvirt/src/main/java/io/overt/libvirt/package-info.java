/**
 * Binds libvirt (libvirt.so.0) through the foreign function interface. Calls run on a small pool of
 * platform threads, because libvirt keeps its last error per operating system thread; the caller
 * may be a virtual thread and waits, with a deadline, for the answer. Events arrive in order on one
 * thread per connection and carry values only, never native pointers.
 *
 * <p>Starting points: {@link io.overt.libvirt.Connection#open(String)}, {@link
 * io.overt.libvirt.Domain}, {@link io.overt.libvirt.DomainEvent}, {@link
 * io.overt.libvirt.LibvirtException}.
 */
@NullMarked
package io.overt.libvirt;

import org.jspecify.annotations.NullMarked;
