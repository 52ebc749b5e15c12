/**
 * Quality of service of a data center, and the CPU and disk profiles that carry it to VMs.
 *
 * <p>Starting points: {@link io.overt.engine.qos.Qoss}, {@link io.overt.engine.qos.CpuProfiles},
 * {@link io.overt.engine.qos.DiskProfiles}.
 */
@NullMarked
package io.overt.engine.qos;

import org.jspecify.annotations.NullMarked;
