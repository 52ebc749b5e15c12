/**
 * Notifications by SNMP: traps and informs of version 2c and 3 in the layouts of oVirt.
 *
 * <p>Starting points: {@link io.overt.events.notifier.snmp.SnmpTransport}, {@link
 * io.overt.events.notifier.snmp.TrapLayout}.
 */
@NullMarked
package io.overt.events.notifier.snmp;

import org.jspecify.annotations.NullMarked;
