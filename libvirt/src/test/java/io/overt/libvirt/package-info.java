/** Tests of the binding, on libvirt's test driver and on a private libvirtd with real guests. */
@NullMarked
package io.overt.libvirt;

import org.jspecify.annotations.NullMarked;
