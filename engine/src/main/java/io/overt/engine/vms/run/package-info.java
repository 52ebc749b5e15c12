/**
 * The life of a running machine: placing it, starting it on a host, stopping it.
 *
 * <p>Starting points: {@link io.overt.engine.vms.run.VmLifeCycle} (what a request does), {@link
 * io.overt.engine.vms.run.StartVm} (the job), {@link io.overt.engine.vms.run.DomainXml}.
 */
@NullMarked
package io.overt.engine.vms.run;

import org.jspecify.annotations.NullMarked;
