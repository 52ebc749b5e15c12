/**
 * Disks: images on storage domains, and how machines and templates use them.
 *
 * <p>A disk's id is that of its image on storage, its {@code image_id} that of the volume that
 * guests write to.
 *
 * <p>Starting points: {@link io.overt.engine.disks.Disks}, {@link
 * io.overt.engine.disks.DiskAttachments}, {@link io.overt.engine.disks.DiskWork}.
 */
@NullMarked
package io.overt.engine.disks;

import org.jspecify.annotations.NullMarked;
