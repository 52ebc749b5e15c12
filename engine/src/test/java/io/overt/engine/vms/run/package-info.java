/** Machines that run, on simulated hosts. */
@NullMarked
package io.overt.engine.vms.run;

import org.jspecify.annotations.NullMarked;
