/**
 * Virtual machines: their definition, its rules and what clients see of it. What needs a host is in
 * {@code run}, devices in {@code devices}, what guests report in {@code guest}.
 *
 * <p>Starting points: {@link io.overt.engine.vms.Vms}, {@link io.overt.engine.vms.Machines}.
 */
@NullMarked
package io.overt.engine.vms;

import org.jspecify.annotations.NullMarked;
