/**
 * What UI plugins ask to be run by Ansible, such as the upgrade of a cluster.
 *
 * <p>Starting point: {@link io.overt.engine.webadmin.playbooks.Playbooks}.
 */
@NullMarked
package io.overt.engine.webadmin.playbooks;

import org.jspecify.annotations.NullMarked;
