/**
 * {@code ?follow=nics.vnic_profile,template}: puts linked objects inline.
 *
 * <p>Starting points: {@link io.overt.rest.follow.Follower}, {@link
 * io.overt.rest.follow.FollowTree}.
 */
@NullMarked
package io.overt.rest.follow;

import org.jspecify.annotations.NullMarked;
