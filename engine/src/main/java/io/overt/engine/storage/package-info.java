/**
 * Storage servers and storage domains: made on a host, attached to a data center, activated,
 * detached, removed.
 *
 * <p>The inventory is the only arbiter of who may change storage; hosts do what they are told
 * ("storage pool lite": VDSM's verbs and layout on disk, without leases).
 *
 * <p>Starting points: {@link io.overt.engine.storage.StorageDomains}, {@link
 * io.overt.engine.storage.AttachedDomains}, {@link io.overt.engine.storage.DomainWork}, {@link
 * io.overt.engine.storage.HostStorage}.
 */
@NullMarked
package io.overt.engine.storage;

import org.jspecify.annotations.NullMarked;
