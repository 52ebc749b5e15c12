/**
 * Storage pools, domains, images and volumes in VDSM's layout and vocabulary, without sanlock: the
 * engine's database is the arbiter of who writes what. The rules (metadata, chains, tasks) are
 * here; a {@link io.overt.agent.storage.DomainStore} holds the bytes, on a file system or in
 * memory.
 *
 * <p>Starting points: {@link io.overt.agent.storage.Volumes}, {@link
 * io.overt.agent.storage.StoragePools}, {@link io.overt.agent.storage.DomainStore}.
 */
@NullMarked
package io.overt.agent.storage;

import org.jspecify.annotations.NullMarked;
